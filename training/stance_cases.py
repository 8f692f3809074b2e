"""Cases of stance, our own text: words of a report with how sure they are put and who says them.

A line is `certainty<TAB>kind of speaker<TAB>text`; in the text [[ ]] marks the words asked about,
{{ }} the fullest mention of who says them and << >> who passes them on. Empty lines part groups.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_MARK = re.compile(r"\[\[|\]\]|\{\{|\}\}|<<|>>")


@dataclass(frozen=True)
class Case:
    """Words of a text with their stance; offsets in the text."""

    text: str
    certainty: str
    kind: str
    content: tuple[int, int]
    speaker: tuple[int, int] | None = None


def read_cases(path: Path) -> Iterator[Case]:
    """Read marked cases, or those of the probe set that may be learnt (`.jsonl`)."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if path.suffix == ".jsonl":
            row = json.loads(line)
            if row["half"] == "dev":
                yield _of_probe(row)
        elif line.strip():
            certainty, kind, marked = line.split("\t")
            yield unmarked(certainty, kind, marked)


def _of_probe(row: dict[str, str | None]) -> Case:
    """A case of the probe set; the speaker is marked where it stands outside the words."""
    text, content, name = str(row["text"]), str(row["content"]), row["speaker"]
    start = text.index(content)
    end = start + len(content)
    places = [m.span() for m in re.finditer(re.escape(name), text, re.I)] if name else []
    outside = [place for place in places if not start <= place[0] < end]
    speaker = next(iter(outside or places), None)
    return Case(text, str(row["certainty"]), str(row["speaker_kind"]), (start, end), speaker)


def unmarked(certainty: str, kind: str, marked: str) -> Case:
    """Take the marks out of a text."""
    text, at, last = "", {}, 0
    for mark in _MARK.finditer(marked):
        text += marked[last : mark.start()]
        at[mark.group()] = len(text)
        last = mark.end()
    text += marked[last:]
    speaker = (at["{{"], at["}}"]) if "{{" in at else None
    return Case(text, certainty, kind, (at["[["], at["]]"]), speaker)
