"""The compiled patterns of page furniture, and quick looks that tell which need not be tried."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from tocsin.intake.starts import Starts, start_of, starts_of
from tocsin.lang.lexicon import word_lists

# Kinds that are also cut when they are one sentence among others in a line.
IN_SENTENCES = ("copyright", "newsletter", "support", "share", "cookies")

_NEAR, _FAR = "near", "far"  # keys of patterns without fixed first letters
# A pattern that begins with a run of any characters.
_RUN = re.compile(r"(?:\(\?:)?(?:\.|\[\^[^\]]+\]|\[\\w[^\]]*\])\{")
_NEVER = re.compile(r"(?!)")


class Present(NamedTuple):
    """The fixed words of a text without which some patterns cannot match anywhere in it."""

    far: tuple[str, ...]
    inline: tuple[str, ...]
    cue: tuple[str, ...]


def present_in(text: str) -> Present:
    """Return the fixed words that a text has: one look at it spares one at each line."""
    lower = text.lower()
    lists = word_lists("en", "furniture")
    return Present(
        *(
            tuple(word for word in lists[f"{name}_hints"] if word in lower)
            for name in Present._fields
        )
    )


def has_any(line: str, words: tuple[str, ...]) -> bool:
    """Tell whether patterns can match at all: a look for fixed words is far cheaper."""
    return bool(words) and any(map(line.lower().__contains__, words))


def may_match(line: str, far: tuple[str, ...], *, in_sentences: bool = False) -> bool:
    """Tell whether any pattern matches a line: most don't, and two looks tell."""
    return bool(
        _gate(start_of(line), in_sentences).fullmatch(line)
        or _gate(_NEAR, in_sentences).fullmatch(line)
        or (has_any(line, far) and _gate(_FAR, in_sentences).fullmatch(line))
    )


@cache
def patterns() -> Mapping[str, re.Pattern[str]]:
    """Return the patterns of whole lines by their kind."""
    return {kind: _compiled(words) for kind, words in _lines().items()}


@cache
def _gate(start: str, in_sentences: bool) -> re.Pattern[str]:
    """Return one pattern of all that start with a letter, with anything, or with a run of it."""
    chosen = tuple(
        word
        for kind, words in _lines().items()
        if kind in IN_SENTENCES or not in_sentences
        for word in words
        if start in (_starts(word) or {_FAR if _RUN.match(word) else _NEAR})
    )
    return _compiled(chosen) if chosen else _NEVER


def _lines() -> Mapping[str, tuple[str, ...]]:
    return {
        key.removeprefix("line_"): words
        for key, words in word_lists("en", "furniture").items()
        if key.startswith("line_")
    }


@cache
def _starts(word: str) -> Starts:
    return starts_of(_filled(word))


def is_header(line: str) -> bool:
    """Tell whether a line opens a list of headlines."""
    pattern, starts = _header()
    return (starts is None or start_of(line) in starts) and pattern.fullmatch(line) is not None


@cache
def _header() -> tuple[re.Pattern[str], Starts]:
    words = word_lists("en", "furniture")["header_related"]
    return _compiled(words), starts_of("|".join(words))


@cache
def inline() -> re.Pattern[str]:
    """Return the pattern of pieces inside a line of content."""
    words = word_lists("en", "furniture")["inline"]
    firsts = starts_of("|".join(words))
    assert firsts is not None
    letters = "".join(first for first in firsts if first.isalpha())
    # A look at one character is many times faster than a try of every alternative.
    return re.compile(rf"(?=[{letters}\d\W])(?:{'|'.join(words)})", re.IGNORECASE)


@cache
def hints() -> frozenset[str]:
    """Return the words of which furniture as long as prose has one."""
    return frozenset(word_lists("en", "furniture")["hints"])


@cache
def cues() -> Mapping[str, re.Pattern[str]]:
    """Return the phrases that count for and against furniture."""
    lists = word_lists("en", "furniture")
    return {
        name: re.compile(rf"\b(?:{'|'.join(lists[f'cue_{name}'])})\b", re.IGNORECASE)
        for name in ("strong", "middle", "weak", "news")
    }


def _compiled(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(_filled("|".join(words)), re.IGNORECASE)


def _filled(pattern: str) -> str:
    """Return a pattern with the shapes of dates filled in."""
    lists = word_lists("en", "furniture")
    for name in ("stamp", "clock", "ago", "month", "zone"):
        pattern = pattern.replace(f"{{{name}}}", f"(?:{'|'.join(lists[f'shape_{name}'])})")
    return pattern


class _Letters(dict[int, str]):
    """A table for `str.translate` that leaves letters and signs of copyright and address."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        self[code] = char if "a" <= char <= "z" else f" {char} " if char in "©@" else " "
        return self[code]


_LETTERS = _Letters()


def letter_words(text: str) -> list[str]:
    """Return the runs of letters of a text in lower case, several times faster than a pattern."""
    return text.lower().translate(_LETTERS).split()
