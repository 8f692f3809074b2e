"""Check the training passages and print their balance: what does not parse trains nothing."""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import msgspec
from rapidfuzz import fuzz, process
from training.passages import Passage, SpanRole, plain_text, read_passages

from tocsin.ontology import load
from tocsin.terms import Status

STATUSES: tuple[str, ...] = get_args(Status)
ROLES = frozenset(get_args(SpanRole))
QUIET = ("negative", "background")

NEAR_DUPLICATE = 90  # token_set_ratio above this reads as one passage retold, not two
MOST_MARKS = 14  # more marks than this in one passage were slips of the annotator
FEWEST_WORDS, MOST_WORDS = 4, 110  # outside lie stubs and passages longer than the encoder reads

LEFTOVER = re.compile(r"\[\[|\]\]")
COUNTRY = re.compile(r"[A-Z]{2}")


@dataclass(frozen=True)
class Problem:
    """What is wrong with one passage."""

    passage: str
    message: str


def text_problems(marked: str) -> list[str]:
    """Name what keeps the marks of one text from being trained on."""
    text, marks = plain_text(marked)
    messages = [f"unknown role {mark.role!r}" for mark in marks if mark.role not in ROLES]
    if LEFTOVER.search(text):
        messages.append("a mark does not parse")
    if any(text[mark.start : mark.end] != text[mark.start : mark.end].strip() for mark in marks):
        messages.append("a mark begins or ends in white space")
    if len(marks) > MOST_MARKS:
        messages.append(f"{len(marks)} marks")
    if not FEWEST_WORDS <= len(text.split()) <= MOST_WORDS:
        messages.append(f"{len(text.split())} words")
    return messages


def kind_problems(passage: Passage, names: Sequence[str]) -> list[str]:
    """Name what is wrong with the kinds that one passage is said to hold."""
    messages: list[str] = []
    for held in passage.kinds:
        if held.kind not in names:
            messages.append(f"unknown kind {held.kind!r}")
        if (held.conduct or held.force) and held.kind != "demonstration":
            messages.append("conduct or force outside a demonstration")
    seen = Counter((held.kind, held.status) for held in passage.kinds)
    messages += [f"{kind} {status} twice" for (kind, status), n in seen.items() if n > 1]
    if (passage.part == "negative") != (not passage.kinds):
        messages.append("kinds are empty in negatives and only there")
    if passage.part == "background" and any(held.status == "new" for held in passage.kinds):
        messages.append("a background passage holds something new")
    return messages


def near_duplicates(passages: Sequence[Passage]) -> list[Problem]:
    """Find passages that say almost the same words as an earlier one."""
    texts = [plain_text(passage.text)[0].casefold() for passage in passages]
    scores = process.cdist(texts, texts, scorer=fuzz.token_set_ratio, score_cutoff=NEAR_DUPLICATE)
    return [
        Problem(passages[right].id, f"almost the same as {passages[left].id}")
        for right in range(len(texts))
        for left in range(right)
        if scores[left, right] > NEAR_DUPLICATE
    ]


def check(passages: Sequence[Passage], names: Sequence[str]) -> list[Problem]:
    """Check all passages, alone and against each other."""
    problems: list[Problem] = []
    for passage in passages:
        messages = text_problems(passage.text) + kind_problems(passage, names)
        if not COUNTRY.fullmatch(passage.country):
            messages.append(f"country {passage.country!r} is no two-letter code")
        problems += [Problem(passage.id, message) for message in messages]
    counts = Counter(passage.id for passage in passages)
    problems += [Problem(name, "id is not unique") for name, times in counts.items() if times > 1]
    return problems + near_duplicates(passages)


def balance(passages: Sequence[Passage], names: Sequence[str]) -> str:
    """Draw the tables: passages that hold a kind, by status, then the shares."""
    tally = Counter((held.kind, held.status) for passage in passages for held in passage.kinds)
    lines = ["| kind | all | " + " | ".join(STATUSES) + " |", "|---|---|" + "---|" * len(STATUSES)]
    for kind in names:
        row = [sum(n for key, n in tally.items() if key == (kind, status)) for status in STATUSES]
        lines.append(f"| {kind} | {sum(row)} | " + " | ".join(map(str, row)) + " |")
    quiet = sum(passage.part in QUIET for passage in passages)
    lines += ["", f"passages: {len(passages)}"]
    lines.append(f"negatives and background: {quiet} ({quiet / max(len(passages), 1):.0%})")
    lines.append(_shares("part", [passage.part for passage in passages]))
    lines.append(_shares("style", [passage.style for passage in passages]))
    lines.append(_shares("country", [passage.country for passage in passages]))
    marks = [mark.role for passage in passages for mark in plain_text(passage.text)[1]]
    lines.append(_shares("mark", marks))
    return "\n".join(lines)


def _shares(label: str, values: Sequence[str]) -> str:
    counts = Counter(values).most_common()
    return f"{label} ({len(counts)}): " + ", ".join(f"{value} {times}" for value, times in counts)


def main() -> int:
    """Print the problems and the balance; 1 when there is any problem."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, help="default: training/data/passages-*")
    folder = Path(__file__).parent / "data"
    paths: list[Path] = parser.parse_args().files or sorted(folder.glob("passages-*.jsonl"))
    try:
        passages = read_passages(paths)
    except msgspec.ValidationError as error:
        print(f"a line has another form: {error}", file=sys.stderr)
        return 1
    names = tuple(load().kinds)
    problems = check(passages, names)
    for problem in problems:
        print(f"{problem.passage}: {problem.message}", file=sys.stderr)
    print(balance(passages, names))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
