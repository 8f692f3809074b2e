"""The forms in which a person's name turns up: in prose, in capitals, in addresses of pages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

_APART = r"(?:[\s\-_+.]|%20)+"
_BETWEEN = rf"(?:{_APART}\w\.?)?{_APART}"  # a middle initial may stand between
_SLUG = r"[-_+/.=]"
_SHORTEST = 3  # initials and particles would mask ordinary words
# Given names that begin a sentence as another word: alone they are left.
_ALSO_WORDS = frozenset({"April", "August", "June", "Mark", "May", "Will"})


def forms(name: str, left: Collection[str] = ()) -> list[str]:
    """Return patterns for a name: whole, then the surname and the given name alone.

    A word that is also a town of the reports, or part of a name that is shown, is left alone.
    """
    words = name.split()
    found = [_whole(words)]
    if len(words) == 1:
        return found
    if len(words[-1]) >= _SHORTEST and words[-1] not in left:
        found.append(_alone(words[-1]))
    given = words[0]
    if len(given) >= _SHORTEST and given not in _ALSO_WORDS and given not in left:
        # Before another capital it is the beginning of somebody else's name.
        found.append(_alone(given) + r"(?!['’]?\s+[A-Z])")
    return found


def _whole(words: list[str]) -> str:
    if len(words) == 1:
        return _alone(words[0])
    spelt = _BETWEEN.join(_either(word) for word in words)
    return rf"(?<![^\W_])(?i:{spelt})(?![^\W_])"


def _alone(word: str) -> str:
    """Match one word as a name is written: capitalised, all capitals, or small in an address."""
    small = {word.casefold(), _plain(word).casefold()}
    slug = "|".join(re.escape(form) for form in sorted(small))
    prose = "|".join(re.escape(form) for form in dict.fromkeys((word, word.upper(), _plain(word))))
    return rf"(?:(?<!\w)(?:{prose})(?!\w)|(?<={_SLUG})(?:{slug})(?=[-_+/.&?#]|$))"


def _either(word: str) -> str:
    plain = _plain(word)
    return re.escape(word) if plain == word else f"(?:{re.escape(word)}|{re.escape(plain)})"


def _plain(word: str) -> str:
    """Return a word without accents, as addresses have it."""
    apart = unicodedata.normalize("NFKD", word)
    return "".join(c for c in apart if not unicodedata.combining(c))
