"""How place names are compared: one key for all spellings that mean the same letters."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_DROPPED = str.maketrans("", "", ".'’‘`ʻʼ")
_BREAKS = re.compile(r"[-‐-―/,_\s]+")
_SPECIAL = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe"})

# Words that news and gazetteers write in two ways; only at the start of a name, because
# "St" at its end is a street.
_LEADING = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort", "pt": "point"}

LAST_LATIN = "\u024f"


def key(name: str) -> str:
    """Return the look-up key of a name: lower case, no accents, points or hyphens."""
    lowered = name.lower()
    if lowered.isascii() and lowered.isalpha():
        return lowered
    if not lowered.isascii():
        decomposed = unicodedata.normalize("NFKD", lowered.translate(_SPECIAL))
        lowered = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    words = _BREAKS.sub(" ", lowered.translate(_DROPPED)).strip()
    first, _, rest = words.partition(" ")
    if rest and first in _LEADING:
        return f"{_LEADING[first]} {rest}"
    return words


cached_key = lru_cache(maxsize=20_000)(key)


def is_latin(name: str) -> bool:
    """Tell whether a name is written in Latin letters, the only ones English news uses."""
    return name.isascii() or max(name.replace("’", "")) <= LAST_LATIN
