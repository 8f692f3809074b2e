"""Which language a text is in: function words tell English, resiliparse names the others."""

from __future__ import annotations

import re
from functools import cache

from resiliparse.parse.lang import detect_fast

from tocsin.lang.lexicon import word_lists

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_LETTER = re.compile(r"[^\W\d_]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")

# Shares of English function words: news has .25 to .45, other languages below .08 (chance
# matches such as Dutch "was", German "an"); headlines and telegrams lie between.
_SURE = 0.16
_POSSIBLE = 0.05
_ENOUGH_WORDS = 12  # below this the share says little
_SAMPLE_CHARS = 6000


def language_of(text: str, *, hint: str | None = None) -> str:
    """Return the ISO 639-1 code of a text's language, `und` when nothing can be told.

    A hint (a page's `lang`) settles only what the words leave open: labels are often wrong.
    """
    sample = _sample(text)
    letters = len(_LETTER.findall(sample))
    if not letters:
        return _code(hint) or "und"
    if len(_LATIN.findall(sample)) < 0.5 * letters:
        return _other(sample)
    words = _WORD.findall(sample.lower())
    share, other = _share(words, "common"), _share(words, "others")
    if share >= _SURE or (share >= _POSSIBLE and share > other):
        return "en"
    guess = _other(sample.lower())
    if len(words) < _ENOUGH_WORDS or (other < _POSSIBLE and sample.isascii()):
        # Names, headlines, telegrams: too few running words for any language to show.
        return _code(hint) or ("en" if other < _POSSIBLE or guess == "und" else guess)
    return guess if guess not in ("und", "en") else (_code(hint) or "und")


def _share(words: list[str], name: str) -> float:
    known = _words(name)
    return sum(word in known for word in words) / max(1, len(words))


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(word_lists("en", "function_words")[name])


def _sample(text: str) -> str:
    """Return the middle of a long text: the start and end often hold labels in English."""
    start = max(0, (len(text) - _SAMPLE_CHARS) // 2)
    middle = " ".join(text[start : start + _SAMPLE_CHARS].split())
    return middle if _LETTER.search(middle) else " ".join(text.split())[:_SAMPLE_CHARS]


def _other(sample: str) -> str:
    code, _ = detect_fast(sample)
    return "und" if code == "unknown" else str(code)


def _code(hint: str | None) -> str | None:
    """Return the language part of a tag such as `en-US`, if it is one."""
    if not hint:
        return None
    match = re.match(r"([A-Za-z]{2,3})(?:[-_]|$)", hint.strip())
    return match.group(1).lower() if match else None
