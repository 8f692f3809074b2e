"""Misspelt words: the one word that a slip of a single letter can have been."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from string import ascii_lowercase

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein
from spacy.language import Language

from tocsin.lang.cues import GAP, cue_patterns
from tocsin.lang.lexicon import word_lists, word_maps
from tocsin.models.vocabulary import common_words, word_ranks

_SHORTEST = 4  # letters: in shorter words one slip makes another word
_LEAST = 3  # letters: so short a word can still be meant for one that holds sentences together
_TWO_SLIPS = 8  # letters from which two slips leave a cue recognisable
_LONG = 7  # letters: shorter words share their letters with others
_ROLE_LISTS = ("police", "military", "guard", "crowd", "protest", "armed", "official", "person")
_TIME_MAPS = ("weekday", "month")
_ENDINGS = ("s", "es", "d", "ed", "ing", "er", "ers", "ly", "ness", "ment", "r", "n")
# How much likelier the word that news on unrest turns on is, and one with the same first letter:
# slips of the first letter are rare, and a reader guesses by the topic.
_CUE, _SAME_FIRST = 20.0, 4.0
_LEAD = 3.0  # how far the best guess leads, in odds
_FIRST, _UNRANKED = 500, 15_000  # ranks: words up to the first are alike common; cues outside


@dataclass(frozen=True)
class Words:
    """The words of English as the parser's own tables know them: what is no misspelling."""

    bases: frozenset[str]

    def has(self, word: str) -> bool:
        """Tell whether a lower-case word is a real one, in any of its forms."""
        return word in common_words() or word in strong_words() or self.lists(word)

    def lists(self, word: str) -> bool:
        """Tell whether the tables list a word or what it is a form of; few names are there."""
        if word in self.bases or not self.bases:
            return True
        return any(self._is_form(word, ending) for ending in _ENDINGS)

    def _is_form(self, word: str, ending: str) -> bool:
        if not word.endswith(ending) or len(word) - len(ending) < 2:
            return False
        stem = word.removesuffix(ending)
        doubled = stem[:-1] if stem[-1:] == stem[-2:-1] else stem
        return any(base in self.bases for base in (stem, f"{stem}e", doubled, f"{stem[:-1]}y"))


@cache
def words_of(nlp: Language) -> Words:
    """Return the words that a parser's lemmatizer lists, none where it has no such table."""
    if not nlp.has_pipe("lemmatizer"):
        return Words(frozenset())
    lookups = getattr(nlp.get_pipe("lemmatizer"), "lookups", None)
    if lookups is None or not lookups.has_table("lemma_index"):
        return Words(frozenset())
    tables: Mapping[str, Iterable[str]] = lookups.get_table("lemma_index")
    return Words(frozenset(word for table in tables.values() for word in table))


@cache
def meant(word: str, words: Words, *, cues_only: bool = False) -> str | None:
    """Return the word that a lower-case word, known to be none, is a slip of."""
    if len(word) < _LEAST or not word.isascii() or not word.isalpha():
        return None
    if len(word) < _SHORTEST:
        return None if cues_only else _best({w: _likely(word, w) for w in _one_off(word, _small())})
    near = _one_off(word, strong_words() if cues_only else strong_words() | common_words())
    found = _best({w: _likely(word, w) for w in near if w in strong_words() or words.lists(w)})
    return found or (_two_off(word) if len(word) >= _TWO_SLIPS else None)


def _best(scores: Mapping[str, float]) -> str | None:
    """The likeliest word, if it leads clearly."""
    ranked = sorted(scores, key=lambda other: (-scores[other], other))
    if not ranked:
        return None
    rivals = [other for other in ranked[1:] if other[:-2] != ranked[0][:-2]]  # gunman, gunmen
    leads = not rivals or scores[ranked[0]] >= _LEAD * scores[rivals[0]]
    return ranked[0] if leads else None


def _two_off(word: str) -> str | None:
    """The one cue word two slips away."""
    near = process.extract(
        word,
        _long_words(),
        scorer=DamerauLevenshtein.distance,
        score_cutoff=2,
        limit=2,
    )
    alone = len(near) == 1 or (len(near) == 2 and near[0][0][:-2] == near[1][0][:-2])
    return str(near[0][0]) if alone else None


@cache
def _long_words() -> tuple[str, ...]:
    return tuple(sorted(w for w in strong_words() if len(w) >= _TWO_SLIPS))


@cache
def _small() -> frozenset[str]:
    return frozenset(word_lists("en", "function_words")["common"])


def _likely(word: str, other: str) -> float:
    score = 1.0 / (_FIRST + word_ranks().get(other, _UNRANKED))
    score *= _CUE if other in strong_words() else 1.0
    return score * (_SAME_FIRST if word[0] == other[0] else 1.0)


def _one_off(word: str, among: Container[str]) -> Iterator[str]:
    """The words that one slip away from a word lie: a letter more, less, other, or turned."""
    found: set[str] = set()
    for at in range(len(word) + 1):
        head, tail = word[:at], word[at:]
        found.update(head + letter + tail for letter in ascii_lowercase)
        found.update(head + letter + tail[1:] for letter in ascii_lowercase if tail)
        found.add(head + tail[1:])
        found.add(head + tail[1:2] + tail[:1] + tail[2:])
    return (other for other in sorted(found - {word}) if other in among and len(other) > 1)


@cache
def strong_words() -> frozenset[str]:
    """Return the words that cues, roles and days are made of, in their usual forms."""
    words = {w for rows in cue_patterns("en").values() for row in rows for w in row.words}
    lists = word_lists("en", "roles")
    words |= {w for name in _ROLE_LISTS for w in lists[name]}
    kept = {w for w in words if w != GAP and len(w) >= _SHORTEST and w.isalpha()}
    days = {w for name in _TIME_MAPS for w in word_maps("en", "time").get(name, ()) if len(w) > 5}
    figures = {w for name in ("cardinal", "tens") for w in word_maps("en", "numbers")[name]}
    days |= {w for w in figures if len(w) >= _SHORTEST and w.isalpha()}
    return frozenset(form for word in kept for form in _forms(word)) | days


@cache
def opening_words() -> frozenset[str]:
    """Return what a misspelt capitalised word may be meant for: those who act, and days."""
    lists = word_lists("en", "roles")
    people = {w for name in _ROLE_LISTS for w in lists[name] if len(w) > _SHORTEST and w.isalpha()}
    days = frozenset(word_maps("en", "time")["weekday"])
    return frozenset(form for word in people for form in (word, f"{word}s")) | days


def _forms(word: str) -> Iterable[str]:
    stem = word.removesuffix("e")
    return word, f"{word}s", f"{stem}ed", f"{stem}ing"


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
