"""The compiled patterns of page furniture, and quick looks that tell which need not be tried."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Literal

from tocsin.lang.lexicon import word_lists

# Kinds that are also cut when they are one sentence among others in a line.
IN_SENTENCES = ("copyright", "newsletter", "support", "share", "cookies")

# A pattern that begins with a run of any characters.
_RUN = re.compile(r"(?:\(\?:|\\W\*\+?)?(?:\.|\[\^[^\]]+\]|\[\\w[^\]]*\])[{+]")
_ESCAPED = re.compile(r"\\.|[A-Z]+")


def lowered(text: str) -> str:
    """Return a text in lower case, as the patterns want it, of the same length."""
    lower = text.lower()
    return lower if len(lower) == len(text) else text


def can_match(kind: Literal["far", "inline", "cue"], lower: str, words: Iterable[str]) -> bool:
    """Tell whether patterns can match at all: a look for fixed words is far cheaper."""
    signs = word_lists("en", "furniture").get(f"{kind}_signs", ())
    return not hints(f"{kind}_hints").isdisjoint(words) or any(map(lower.__contains__, signs))


def may_match(lower: str, *, has_far: bool, in_sentences: bool = False) -> bool:
    """Tell whether any pattern matches a line: most don't, and two looks tell."""
    return bool(
        _gate(False, in_sentences).fullmatch(lower)
        or (has_far and _gate(True, in_sentences).fullmatch(lower))
    )


@cache
def patterns() -> Mapping[str, re.Pattern[str]]:
    """Return the patterns of whole lines by their kind."""
    return {kind: _compiled(words) for kind, words in _lines().items()}


@cache
def _gate(begins_with_run: bool, in_sentences: bool) -> re.Pattern[str]:
    """Return one pattern of all that begin with a run of any characters, or of all others."""
    return _compiled(
        word
        for kind, words in _lines().items()
        if kind in IN_SENTENCES or not in_sentences
        for word in words
        if bool(_RUN.match(word)) == begins_with_run
    )


def _lines() -> Mapping[str, tuple[str, ...]]:
    return {
        key.removeprefix("line_"): words
        for key, words in word_lists("en", "furniture").items()
        if key.startswith("line_")
    }


@cache
def header() -> re.Pattern[str]:
    """Return the pattern of lines that open a list of headlines."""
    return _compiled(word_lists("en", "furniture")["header_related"])


@cache
def inline() -> re.Pattern[str]:
    """Return the pattern of pieces inside a line of content."""
    return _compiled(word_lists("en", "furniture")["inline"])


@cache
def hints(kind: str = "hints") -> frozenset[str]:
    """Return the words of which furniture, by default as long as prose, has one."""
    return frozenset(word_lists("en", "furniture")[kind])


@cache
def cues() -> Mapping[str, re.Pattern[str]]:
    """Return the phrases that count for and against furniture."""
    lists = word_lists("en", "furniture")
    return {
        name: re.compile(rf"\b(?:{'|'.join(lists[f'cue_{name}'])})\b")
        for name in ("strong", "middle", "weak", "news")
    }


def _compiled(words: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern of alternatives in lower case: ignoring case takes twice the time."""
    return re.compile(_ESCAPED.sub(_lower, _filled("|".join(words))))


def _lower(match: re.Match[str]) -> str:
    return match.group() if match.group().startswith("\\") else match.group().lower()


def _filled(pattern: str) -> str:
    """Return a pattern with the shapes of dates filled in."""
    lists = word_lists("en", "furniture")
    for name in ("stamp", "clock", "ago", "month", "zone"):
        pattern = pattern.replace(f"{{{name}}}", f"(?:{'|'.join(lists[f'shape_{name}'])})")
    return pattern


# Letters and the signs of copyright and address stay.
_KEPT = b"abcdefghijklmnopqrstuvwxyz@\xa9\n"
_LETTERS = bytes(code if code in _KEPT else 32 for code in range(256))


def letters_of(lower: str) -> str:
    """Return a text as words and blanks, several times faster than a pattern does."""
    letters = lower.encode("latin-1", "replace").translate(_LETTERS)
    return letters.replace(b"@", b" @ ").replace(b"\xa9", b" \xa9 ").decode("latin-1")
