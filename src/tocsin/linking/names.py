"""Names of people compared: fuller and shorter forms, misspellings, different people."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import DamerauLevenshtein

_TITLES = re.compile(
    r"^(mr|mrs|ms|dr|sgt|sergeant|officer|chief|mayor|governor|gov|president|deputy|detective|"
    r"captain|lieutenant|sheriff|judge|minister|general|colonel)\.?\s+",
    re.I,
)
_SHORT = 4  # letters up to which a name must be spelt exactly
_ALIKE = 85  # of 100: one or two letters off in a name of ten
_WHOLE_ALIKE = 88  # of 100, both names in full, words in any order


@lru_cache(maxsize=65_536)
def plain(name: str) -> str:
    """Return a name in lower case without titles and marks."""
    return " ".join(re.sub(r"[^\w\s'-]", " ", _TITLES.sub("", name.strip())).lower().split())


def is_same_word(left: str, right: str) -> bool:
    """Tell whether two words of names are one, give or take a misspelling."""
    if left == right:
        return True
    if min(len(left), len(right)) <= _SHORT:
        return False
    if DamerauLevenshtein.distance(left, right, score_cutoff=1) <= 1:
        return True
    return left[0] == right[0] and fuzz.ratio(left, right) >= _ALIKE


@lru_cache(maxsize=262_144)
def is_same_person(left: str, right: str) -> bool:
    """Tell whether two names may be one person: same surname, given names that agree."""
    one, other = plain(left).split(), plain(right).split()
    if not one or not other:
        return False
    if fuzz.token_sort_ratio(" ".join(one), " ".join(other)) >= _WHOLE_ALIKE:
        return True
    if not is_same_word(one[-1], other[-1]):
        shorter, longer = sorted((one, other), key=len)
        return len(shorter) == 1 and any(is_same_word(shorter[0], word) for word in longer)
    if len(one) == 1 or len(other) == 1:
        return True
    return is_same_word(one[0], other[0]) or (one[0][0] == other[0][0] and _initial(one, other))


def _initial(one: list[str], other: list[str]) -> bool:
    return min(len(one[0]), len(other[0])) == 1


def shared(left: Iterable[str], right: Iterable[str]) -> list[str]:
    """Return the names of the left side that the right side has too."""
    other = list(right)
    if not other:
        return []
    return [name for name in left if any(is_same_person(name, found) for found in other)]
