"""A report as it was meant: misspelt words mended for reading, never for citing.

The readers see the mended text; `Mended` leads every span and every value's words back to the
letters of the report, so that evidence stays a slice of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace
from spacy.language import Language

from tocsin.coding.spelling import Words, meant, opening_words, words_of
from tocsin.lang.lexicon import word_maps
from tocsin.model import Report
from tocsin.models.vocabulary import common_words
from tocsin.text.repair import Repaired

_WORD = re.compile(r"(?<![\w'’.@#/-])[^\W\d_]+(?![\w@/]|[.-]\w)")
_OPENING = re.compile(r"(?:^|[.!?:\n\"“]\s?)$")
# Fields that hold words of the report; codes, states and resolved names are ours.
_CITED = ("words", "actor", "target", "area", "reason", "exceptions", "addressee", "legal_basis")
Value = TypeVar("Value", bound=Struct)
Edit = tuple[int, int, str]


@dataclass(frozen=True)
class Mended:
    """The report as it came, and how its mended text leads back to it."""

    source: Report
    repaired: Repaired

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the report that a span of the mended text stands for."""
        return self.repaired.span(start, end)

    def letters(self, words: str, near: int) -> str:
        """Return the report's own letters for words of the mended text, the nearest ones."""
        text = self.repaired.text
        places = [match.start() for match in re.finditer(re.escape(words), text)]
        if not places:
            return words
        start = min(places, key=lambda place: abs(place - near))
        first, last = self.original(start, start + len(words))
        return self.source.text[first:last]


def restored(value: Value, mended: Mended, near: int) -> Value:
    """Return a record with the report's letters in its cited fields, and in the records inside."""
    changes: dict[str, object] = {}
    for name in value.__struct_fields__:
        held = getattr(value, name)
        if isinstance(held, str) and name in _CITED:
            changes[name] = mended.letters(held, near)
        elif isinstance(held, Struct):
            changes[name] = restored(held, mended, near)
        elif isinstance(held, tuple) and any(isinstance(part, Struct) for part in held):
            changes[name] = tuple(
                restored(part, mended, near) if isinstance(part, Struct) else part for part in held
            )
    return replace(value, **changes) if changes else value


def mend(report: Report, nlp: Language) -> tuple[Report, Mended | None]:
    """Return a report for reading and the way back; the report itself where nothing is wrong."""
    edits = list(_edits(report, words_of(nlp)))
    if not edits:
        return report, None
    repaired = _edited(report.text, edits)
    cuts = tuple(
        replace(cut, start=_moved(cut.start, edits), end=_moved(cut.end, edits))
        for cut in report.cuts
    )
    return replace(report, text=repaired.text, cuts=cuts), Mended(report, repaired)


def _moved(offset: int, edits: list[Edit]) -> int:
    """Where an offset of the report lies in the mended text."""
    return offset + sum(len(words) - (end - start) for start, end, words in edits if end <= offset)


def _edits(report: Report, words: Words) -> Iterator[Edit]:
    """What to read in place of what, outside the cuts."""
    text = report.text
    for match in _WORD.finditer(text):
        word = match.group()
        start, end = match.span()
        if word in common_words() or any(cut.start <= start < cut.end for cut in report.cuts):
            continue
        read = _read(word, words, opens=bool(_OPENING.search(text[max(0, start - 3) : start])))
        if read is not None and read != word:
            yield start, end, read


def _edited(text: str, edits: list[Edit]) -> Repaired:
    """The text with words put in place of others, and the way back."""
    pieces: list[str] = []
    starts, sources = [0], [0]
    length = last = 0
    for start, end, words in edits:
        pieces += [text[last:start], words]
        starts += [length + start - last, length + start - last + len(words)]
        sources += [start, end]
        length, last = starts[-1], end
    pieces.append(text[last:])
    return Repaired("".join(pieces), tuple(starts), tuple(sources), len(text))


def _read(word: str, words: Words, *, opens: bool) -> str | None:
    """The word that a slip was meant for; of a capitalised one only where a sentence opens."""
    lower = word.lower()
    if word.islower():
        return None if words.has(lower) else meant(lower, words)
    if not word[1:].islower() or words.has(lower):
        return None
    mended = meant(lower, words, cues_only=True)
    if mended is None or mended not in opening_words() or mended[0] != lower[0]:
        return None
    is_day = mended in word_maps("en", "time")["weekday"]
    return mended.capitalize() if opens or is_day else None
