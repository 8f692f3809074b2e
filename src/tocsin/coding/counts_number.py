"""Numbers in words and digits: one pattern that finds them, one function that reads them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from tocsin.lang.lexicon import word_maps

_SPLIT = re.compile(r"[\s-]+")
_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")
DIGITS = r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?"


def alternatives(words: Iterable[str]) -> str:
    """A pattern that matches any of the words, the longest first."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered)


@cache
def number_pattern() -> str:
    """The pattern of an exact number: 12, 3,000, 2.5 million, a dozen, one hundred and five."""
    maps = word_maps("en", "numbers")
    tens, small = alternatives(maps["tens"]), alternatives(maps["cardinal"])
    under = rf"(?:(?:{tens})(?:[\s-]+(?:{small}))?|{small})\b"
    big = alternatives(word for word in maps["scale"] if word not in ("hundred", "dozen"))
    group = rf"(?:(?:{under}|an?)[\s-]+(?:hundred|dozen)\b(?:\s+(?:and\s+)?{under})?|{under})"
    more = rf"(?:[\s-]+(?:{big})\b(?:,?\s+(?:and\s+)?{group})?)*"
    digits = rf"(?:{DIGITS})(?:[\s-]+(?:{big}|hundred|dozen)\b)?"
    lone = rf"an?\s+(?:{big})\b|(?:hundred|dozen)\b"
    return rf"(?:{digits}|{group}{more}|{lone})"


@cache
def _values() -> tuple[dict[str, int], dict[str, int]]:
    """Number words below a hundred, and the scales."""
    maps = word_maps("en", "numbers")
    small = {word: int(value) for key in ("cardinal", "tens") for word, value in maps[key].items()}
    return small | {"zero": 0}, {word: int(value) for word, value in maps["scale"].items()}


def value_of(words: str) -> int | None:
    """The value of a number in words or digits; None when it is no whole number."""
    small, scales = _values()
    total, current = 0, 0.0
    seen = False
    for word in _SPLIT.split(words.lower().strip()):
        if word in ("and", "a", "an"):
            continue
        if word in scales:
            scale = scales[word]
            current = (current or 1) * scale
            if scale >= 1000:
                total, current = total + round(current), 0
        elif word in small:
            current += small[word]
        elif _DIGITS.fullmatch(word):
            current += float(word.replace(",", ""))
        else:
            return None
        seen = True
    value = total + current
    return int(value) if seen and value == int(value) else None


@cache
def ordinal_pattern() -> str:
    """The pattern of an ordinal: third, 21st, twenty-first."""
    maps = word_maps("en", "numbers")
    tens = alternatives(maps["tens"])
    return rf"(?:\d{{1,4}}(?:st|nd|rd|th)|(?:(?:{tens})-)?(?:{alternatives(maps['ordinal'])}))\b"


def ordinal_of(words: str) -> int | None:
    """The rank that an ordinal names."""
    ordinals = word_maps("en", "numbers")["ordinal"]
    word = words.lower().strip()
    if word[:1].isdigit():
        return int(re.sub(r"\D", "", word))
    tens, _, last = word.rpartition("-")
    if last not in ordinals:
        return None
    small, _ = _values()
    return small.get(tens, 0) + int(ordinals[last])
