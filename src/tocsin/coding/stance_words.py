"""The word lists of stance, and words as these lists have them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from spacy.tokens import Token

from tocsin.lang.lexicon import word_lists

# A governing phrase has at most this many words after its verb: "pour cold water on".
_PHRASE = 4


@cache
def words(name: str) -> frozenset[str]:
    """One list of `lang/en/stance.toml` as a set."""
    return frozenset(word_lists("en", "stance")[name])


@cache
def pattern(name: str) -> re.Pattern[str]:
    """One list of phrases as a pattern on word bounds."""
    phrases = sorted(word_lists("en", "stance")[name], key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(_spelt, phrases)) + r")\b", re.IGNORECASE)


def _spelt(phrase: str) -> str:
    """A phrase as a pattern; " ~ " stands for a few words of its clause."""
    return re.escape(phrase).replace(r"\ \~\ ", r"\s(?:[^\s,;:.]+\s){0,6}?")


def phrase_at(token: Token) -> str:
    """A word as its lemma with the few words after it."""
    after = token.doc[token.i + 1 : token.i + 1 + _PHRASE].text
    return f"{token.lemma_.lower()} {after}"


def stems(token: Token) -> Iterator[str]:
    """The lemma of a word, and what it would be were the word a verb."""
    word = token.lower_
    yield token.lemma_.lower()
    for ending, put in (("ied", "y"), ("ed", ""), ("d", ""), ("ies", "y"), ("es", ""), ("s", "")):
        if word.endswith(ending):
            yield word.removesuffix(ending) + put
    if word.endswith("ed") and len(word) > 4 and word[-3] == word[-4]:
        yield word[:-3]
