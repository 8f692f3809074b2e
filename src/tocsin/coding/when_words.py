"""The word lists of time expressions as patterns, and the repair of misspelt names of days."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from rapidfuzz.distance import OSA

from tocsin.lang.lexicon import word_lists, word_maps

# Typographic signs with a plain one of the same length, so offsets stay.
_PLAIN = str.maketrans({"’": "'", "‘": "'", "–": "-", "—": "-", "\u00a0": " ", "\u202f": " "})
_WORD = re.compile(r"[^\W\d_]{4,10}")
# One slip is allowed from five letters, two from nine: shorter names lie too close to other words.
_SLIPS = ((9, 2), (5, 1))


@cache
def codes(table: str) -> Mapping[str, str]:
    """One table of the time words."""
    return word_maps("en", "time")[table]


@cache
def words(name: str) -> tuple[str, ...]:
    """One list of the time words."""
    return word_lists("en", "time")[name]


@cache
def full_names(table: str) -> tuple[str, ...]:
    """The names of days or months that are written out, save months of up to five letters."""
    return tuple(word for word in codes(table) if len(word) >= 6)


@cache
def _names() -> tuple[str, ...]:
    """What a misspelling may stand for."""
    return (*full_names("weekday"), *full_names("month"))


@cache
def corrected(word: str) -> str | None:
    """The name that a misspelt word stands for; None when it is right or far from all."""
    lower = word.lower()
    if lower in codes("misspelt"):
        return codes("misspelt")[lower]
    if not word[0].isupper() or lower.rstrip("s") in _names() or lower in words("not_names"):
        return None
    slips = next((slips for length, slips in _SLIPS if len(lower) >= length), 0)
    for name in _names():
        close = OSA.distance(lower, name, score_cutoff=slips) <= slips
        if close and name[0] == lower[0] and name[-1] == lower[-1]:
            return name
    return None


@dataclass(frozen=True, slots=True)
class Plain:
    """A paragraph in plain signs with its misspelt names mended, and the way back."""

    text: str
    shifts: tuple[tuple[int, int], ...] = ()

    def origin(self, offset: int) -> int:
        """The offset in the paragraph as it was."""
        for place, delta in reversed(self.shifts):
            if offset >= place:
                return offset + delta
        return offset


def plain(text: str) -> Plain:
    """Mend a paragraph for the rules."""
    text = text.translate(_PLAIN)
    made: list[str] = []
    shifts: list[tuple[int, int]] = []
    last, length = 0, 0
    for match in _WORD.finditer(text):
        name = corrected(match.group())
        if name is None:
            continue
        made += [text[last : match.start()], name.capitalize()]
        length += match.start() - last + len(name)
        last = match.end()
        shifts.append((length, last - length))
    if not shifts:
        return Plain(text)
    return Plain("".join([*made, text[last:]]), tuple(shifts))
