"""Which language a text is in: function words tell English, resiliparse names the others."""

from __future__ import annotations

import re

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
    common = _common_words()
    share = sum(word in common for word in words) / max(1, len(words))
    if share >= _SURE:
        return "en"
    guess = _other(sample.lower())
    if len(words) < _ENOUGH_WORDS:
        return _code(hint) or ("en" if share >= _POSSIBLE or guess == "und" else guess)
    if share < _POSSIBLE and guess == "en":
        return _code(hint) or "en"
    return guess if guess != "und" else (_code(hint) or "und")


def _common_words() -> frozenset[str]:
    return frozenset(word_lists("en", "function_words")["common"])


def _sample(text: str) -> str:
    """Return the middle of a long text: the start and end often hold labels in English."""
    if len(text) <= _SAMPLE_CHARS:
        return text
    start = (len(text) - _SAMPLE_CHARS) // 2
    return text[start : start + _SAMPLE_CHARS]


def _other(sample: str) -> str:
    code, _ = detect_fast(sample)
    return "und" if code == "unknown" else str(code)


def _code(hint: str | None) -> str | None:
    """Return the language part of a tag such as `en-US`, if it is one."""
    if not hint:
        return None
    match = re.match(r"([A-Za-z]{2,3})(?:[-_]|$)", hint.strip())
    return match.group(1).lower() if match else None
