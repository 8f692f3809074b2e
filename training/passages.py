"""The passages of our own training corpus: their format, and their marks as spans."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

import msgspec

from tocsin.terms import Status

Style = Literal[
    "agency",
    "tabloid",
    "police_release",
    "ngo",
    "broadcast",
    "translated",
    "unedited",
    "local",
    "feature",
]
Part = Literal["headline", "lead", "body", "multi", "background", "negative"]
SpanRole = Literal[
    "actor",
    "target",
    "victim",
    "act",
    "place",
    "time",
    "count",
    "means",
    "cause",
    "measure",
    "source",
    "cue",
]
Conduct = Literal["peaceful", "some_violence", "mostly_violent"]
Force = Literal["none", "dispersal", "non_lethal", "lethal"]

MARK = re.compile(r"\[\[([a-z_]+)\|([^\[\]|]+)\]\]")


class HeldKind(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A kind that a passage holds; conduct and force only for demonstrations that state them."""

    kind: str
    status: Status
    conduct: Conduct | None = None
    force: Force | None = None


class Passage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One passage as written, with inline marks [[role|words]]."""

    id: str
    style: Style
    country: str
    part: Part
    text: str
    kinds: tuple[HeldKind, ...]


class Mark(msgspec.Struct, frozen=True):
    """One marked span of a passage, in offsets of its plain text."""

    role: str
    start: int
    end: int


def plain_text(marked: str) -> tuple[str, list[Mark]]:
    """Split a marked text into its plain text and the marks on it."""
    pieces: list[str] = []
    marks: list[Mark] = []
    length = seen = 0
    for found in MARK.finditer(marked):
        before, words = marked[seen : found.start()], found.group(2)
        pieces += [before, words]
        start = length + len(before)
        length = start + len(words)
        marks.append(Mark(role=found.group(1), start=start, end=length))
        seen = found.end()
    pieces.append(marked[seen:])
    return "".join(pieces), marks


def read_passages(paths: Iterable[Path]) -> list[Passage]:
    """Read every line of the given files in order; a line of another form is an error."""
    return [
        msgspec.json.decode(line, type=Passage)
        for path in paths
        for line in path.read_bytes().splitlines()
        if line.strip()
    ]
