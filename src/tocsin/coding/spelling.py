"""Misspelt cue words: the one word that a slip of a single letter can have been."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache

from tocsin.lang.cues import GAP, cue_patterns
from tocsin.lang.lexicon import word_lists
from tocsin.models.vocabulary import common_words

_SHORTEST = 5  # letters: in shorter words one slip makes another word
_LONG = 7  # letters: shorter words share their letters with others
_ROLE_LISTS = ("police", "military", "crowd", "protest", "armed", "official", "person")


@cache
def mended(word: str) -> str | None:
    """Return the cue or role word that a lower-case word is a slip of; None for real words."""
    if len(word) < _SHORTEST or not word.isalpha() or word in common_words():
        return None
    slips = _slips()
    found = {slips[piece] for piece in (word, *_shortened(word)) if piece in slips}
    return found.pop() if len(found) == 1 else None


@cache
def unjumbled(word: str, known: frozenset[str]) -> str | None:
    """Return the long word that has the same letters, at most one more or less, in disorder."""
    if len(word) < _LONG or not word.isalpha() or word in common_words():
        return None
    fits = {other for other in known if len(other) >= _LONG and _same_letters(word, other)}
    return fits.pop() if len(fits) == 1 else None


def _same_letters(one: str, other: str) -> bool:
    if one[0] != other[0] or abs(len(one) - len(other)) > 1:
        return False
    left, right = Counter(one), Counter(other)
    return (left - right).total() + (right - left).total() <= 1


@cache
def _slips() -> dict[str, str]:
    """Every known form, and each with one letter left out, by the word that it is a form of."""
    found: dict[str, str] = {}
    for word in sorted(_known()):
        for form in _forms(word):
            for piece in (form, *_shortened(form)):
                found.setdefault(piece, word)
    return found


def _known() -> set[str]:
    words = {w for rows in cue_patterns("en").values() for row in rows for w in row.words}
    lists = word_lists("en", "roles")
    words |= {w for name in _ROLE_LISTS for w in lists[name]}
    return {w for w in words if w != GAP and len(w) >= _SHORTEST and w.isalpha()}


def _forms(word: str) -> Iterable[str]:
    stem = word.removesuffix("e")
    return word, f"{word}s", f"{stem}ed", f"{stem}ing"


def _shortened(word: str) -> Iterator[str]:
    """The word with each letter left out once, and with each pair of letters turned."""
    for at in range(1, len(word)):
        yield word[:at] + word[at + 1 :]
