"""Texts in capitals, written as others would write them, so that case tells names again."""

from __future__ import annotations

import re
from functools import cache

from tocsin.gazetteer import Gazetteer
from tocsin.lang.lexicon import word_lists, word_maps
from tocsin.lang.rarity import packaged, stem
from tocsin.text.repair import is_shouted

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_BLOCK = re.compile(r"[^\n]+")
_OPENS = re.compile(r"(?:^|[.!?:]\s|[\"“]|\n)\s*$")
_KNOWN_PLACE = 50_000  # people; a smaller town's name is more often some other word
_COMMON = 8  # texts of 5,000 that have a word; names of people and towns stand in fewer


def in_usual_case(text: str, gazetteer: Gazetteer | None) -> str:
    """Return a text with its paragraphs in capitals written as others would write them."""
    blocks = list(_BLOCK.finditer(text))
    shouted = [block for block in blocks if is_shouted(block.group())]
    if not shouted:
        return text
    spans = {block.span() for block in shouted}
    seen = {
        word
        for block in blocks
        if block.span() not in spans
        for word in _WORD.findall(block.group())
    }
    for block in shouted:
        case = _Case(seen, gazetteer)
        start, end = block.span()
        text = text[:start] + _WORD.sub(case.of, block.group()) + text[end:]
    return text


class _Case:
    """Writes the words of a shouted paragraph in their usual case, one after the other."""

    def __init__(self, seen: set[str], gazetteer: Gazetteer | None) -> None:
        self._seen = seen
        self._gazetteer = gazetteer
        self._after_name = False

    def of(self, match: re.Match[str]) -> str:
        """Return a word in its usual case: the same number of letters."""
        word = match.group()
        lower = word.lower()
        if len(lower) != len(word):  # some letters have a capital only as two
            return word
        is_name = self._is_name(lower)
        self._after_name = is_name and lower in _first_names()
        opens = _OPENS.search(match.string, 0, match.start()) is not None
        return lower[0].upper() + lower[1:] if is_name or opens else lower

    def _is_name(self, word: str) -> bool:
        if word in function_words():
            return False
        if self._after_name or word in _first_names() or word in _calendar():
            return True
        if word in self._seen or word.capitalize() in self._seen:
            return word not in self._seen
        if word not in _everyday() and any(
            place.kind in ("country", "admin1") or place.population >= _KNOWN_PLACE
            for place in (self._gazetteer.candidates(word) if self._gazetteer else ())
        ):
            return True
        return packaged().counts.get(stem(word), 0) < _COMMON


@cache
def function_words() -> frozenset[str]:
    """Return the words that end no sentence and are no names."""
    return frozenset(word_lists("en", "function_words")["common"])


@cache
def _first_names() -> frozenset[str]:
    lists = word_lists("en", "speakers")
    return frozenset((*lists["men"], *lists["women"]))


@cache
def _calendar() -> frozenset[str]:
    maps = word_maps("en", "time")
    return frozenset((*maps["weekday"], *maps["month"])) - {"may", "march", "sun", "sat"}


@cache
def _everyday() -> frozenset[str]:
    lists = word_lists("en", "places")
    return frozenset((*lists["everyday"], *lists["common"]))
