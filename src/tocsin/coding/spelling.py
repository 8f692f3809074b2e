"""Misspelt words: what a word with a slip was meant for, by how it is spelt and what is beside it.

A word is weighed against those that one slip of a letter away lie: how often news has each there,
how often the report itself has it, and how readily such a slip happens. A report full of slips
is trusted less than a clean one, where only words that do not exist are taken for others.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from string import ascii_lowercase

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein
from spacy.language import Language

from tocsin.lang.cues import GAP, cue_patterns
from tocsin.lang.lexicon import word_lists, word_maps
from tocsin.lang.words import word_table

_SHORTEST = 4  # letters of a cue that may be meant by a slip
_LONG = 7  # letters: shorter words share their letters with others
_ROLE_LISTS = ("police", "military", "guard", "crowd", "protest", "armed", "official", "person")
_TIME_MAPS = ("weekday", "month")
_VERBAL = (
    "es",
    "ed",
    "ing",
    "er",
    "ers",
    "est",
    "ee",
    "ees",
)  # before these a word may lose its e or y
_PLAIN = ("ing", "ly", "ness", "ment", "less", "ful")
_ENDINGS = ("s", *_VERBAL, *_PLAIN[1:])
_PREFIX = re.compile(r"(?:un|non|dis|mis|re|over|under|anti|pre|co|out|counter)(?=[a-z]{4})")
_DOUBLED = re.compile(r"[aeiou]([bdfglmnprtvz])\1$")  # "stopp(ed)", not "warnn(ing)"
# What a slip does to a letter, as shares of all slips.
_LEFT_OUT, _TWICE, _TURNED, _ANOTHER, _MORE = 0.3, 0.3, 0.1, 0.012, 0.004
# How often a word that no list has is right all the same: a rare word, a name, a name that opens.
_NOVEL, _NOVEL_NAME, _LISTED = 1e-10, 1e-7, 5e-8
_OWN = 0.1  # share of a report's words that are its own words again, whatever news has
_CUE = 3.0  # how much likelier the words that news on unrest turns on are
_SHORT = 4  # letters: two slips in a report can make the same word of so few
_LEAD = 3.0  # how far the best guess leads, in odds
_SPLIT, _PAIR, _JOINED = 5, 25, 0.05  # letters of two joined words, times they stand so, as slips
_TWO_SLIPS, _TWO = 8, 0.002  # letters from which two slips leave a cue recognisable
_FULL = 0.008  # slips per letter from which on words that do exist are doubted, too
_REAL = 4.0  # how much more it takes to doubt a word that exists
_LEAST_CAPITAL = 10  # times that news writes a word with a capital, to be meant for one


@dataclass(frozen=True)
class Words:
    """The words of English as the parser's own tables know them: what is no misspelling."""

    bases: frozenset[str]

    def has(self, word: str) -> bool:
        """Tell whether a lower-case word is a real one, in any of its forms."""
        return word_table().knows(word) or word in strong_words() or self.lists(word)

    def lists(self, word: str) -> bool:
        """Tell whether the tables list a word or what it is a form of; few names are there."""
        if word in self.bases or not self.bases:
            return True
        if any(base in self.bases for base in _bases(word)):
            return True
        prefix = _PREFIX.match(word)
        return prefix is not None and self.has(word[prefix.end() :])


def _bases(word: str) -> Iterator[str]:
    """What a word can be a form of by the rules of English spelling."""
    for ending in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < 2:
            continue
        if ending in _PLAIN or stem[-1] not in "es":
            yield stem
        if ending in _VERBAL:
            yield f"{stem}e"
            if stem[-1] == "i":
                yield f"{stem[:-1]}y"
            if _DOUBLED.search(stem):
                yield stem[:-1]


@cache
def words_of(nlp: Language) -> Words:
    """Return the words that a parser's lemmatizer lists, none where it has no such table."""
    if not nlp.has_pipe("lemmatizer"):
        return Words(frozenset())
    lookups = getattr(nlp.get_pipe("lemmatizer"), "lookups", None)
    if lookups is None or not lookups.has_table("lemma_index"):
        return Words(frozenset())
    listed = set()
    for name in ("lemma_index", "lemma_exc"):  # words, and irregular forms such as "woken"
        tables: Mapping[str, Iterable[str]] = lookups.get_table(name, {})
        listed |= {word for table in tables.values() for word in table}
    return Words(frozenset(listed))


@dataclass(frozen=True)
class Writing:
    """A report's own words, each as often as it stands there, and how full of slips it is."""

    own: Mapping[str, int]
    size: int
    slips: float  # per letter

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The words that the report writes with a capital."""
        return tuple(w for w in self.own if w[0].isupper() and not w.isupper())

    @property
    def is_full_of_slips(self) -> bool:
        """Tell whether there are so many slips that any word may be one."""
        return self.slips >= _FULL

    def again(self, word: str) -> float:
        """Return how much of the report is this very word."""
        return self.own.get(word, 0) / max(self.size, 1)


@dataclass(frozen=True)
class Place:
    """What stands beside a word: the words before and after it, in lower case."""

    before: str
    after: str | None
    opens: bool  # a sentence opens with it, so that its capital tells nothing


def meant(word: str, place: Place, writing: Writing, words: Words) -> str | None:
    """Return what a word was meant for; None where it stands as it is."""
    if not word.isascii() or not word.isalpha():
        return None
    keep = _kept(word, place, writing, words)
    if keep is None:
        return None
    scores = {
        other: (_chance(other, place) + _OWN * writing.again(other)) * slip * writing.slips
        for other, slip in _near(word, place, writing)
    }
    best = max(sorted(scores), key=scores.__getitem__, default=None)
    doubt = _LEAD * (_REAL if word_table().knows(word.lower()) else 1.0)
    if best is None or scores[best] < doubt * keep:
        return None
    rivals = [scores[o] for o in scores if o[:-2] != best[:-2]]  # gunman, gunmen
    return best if not rivals or scores[best] >= _LEAD * max(rivals) else None


def _kept(word: str, place: Place, writing: Writing, words: Words) -> float | None:
    """The chance that a word is right as it stands; None where there is no doubt of it."""
    lower = word.lower()
    more = writing.own.get(word, 1) - 1
    again = _OWN * more / max(writing.size, 1) if more > 1 or len(word) > _SHORT else 0.0
    listed = lower in strong_words() or words.lists(lower)
    known = word_table().knows(lower) or (not word.islower() and lower in word_table().capital)
    if known or listed:
        if not writing.is_full_of_slips:
            return None
        return max(_chance(word, place), _LISTED if listed else 0.0) + again
    return (_NOVEL if word.islower() else _NOVEL_NAME) + again


def _chance(form: str, place: Place) -> float:
    """How often news has a word, or two that were joined, at such a place."""
    table, word = word_table(), form.lower()
    if " " in word:
        one, other = word.split()
        return table.after(place.before, one) * table.after(one, other)
    small, large = table.lower.get(word, 0), table.capital.get(word, 0)
    if place.opens or not small + large:
        case = 1.0
    else:
        case = (small if form.islower() else large) / (small + large)
    chance = table.after(place.before, word) * case
    if place.after is not None:
        chance *= table.lift(word, place.after)
    chance *= _CUE if word in strong_words() else 1.0
    return min(chance, 1.0)


def _near(word: str, place: Place, writing: Writing) -> Iterator[tuple[str, float]]:
    """What a word may have been meant for, with how readily one slip makes the word of it."""
    lower, table = word.lower(), word_table()
    for other, slip in _one_off(lower):
        if word.islower() or place.opens:
            yield other if word.islower() else other.capitalize(), slip
        elif table.capital.get(other, 0) >= _LEAST_CAPITAL:
            yield other.capitalize(), slip
    for name in writing.names:
        if writing.own[name] <= writing.own.get(word, 1) or abs(len(name) - len(word)) > 1:
            continue
        own = _slip(lower, name.lower())
        if own is not None and (not word.islower() or name.lower()[1:] == lower):
            yield name, own
    if word.islower() and len(word) >= _SPLIT:
        for at in range(2, len(word) - 1):
            if _are_joined(word[:at], word[at:]):
                yield f"{word[:at]} {word[at:]}", _JOINED


def _are_joined(one: str, other: str) -> bool:
    return word_table().count(one, other) >= _PAIR


@lru_cache(maxsize=20_000)
def _one_off(word: str) -> tuple[tuple[str, float], ...]:
    """The words that one slip away from a word lie, or two where it is long and a cue."""
    found: set[str] = set()
    for at in range(len(word) + 1):
        head, tail = word[:at], word[at:]
        found.update(head + letter + tail for letter in ascii_lowercase)
        found.update(head + letter + tail[1:] for letter in ascii_lowercase if tail)
        found.add(head + tail[1:])
        found.add(head + tail[1:2] + tail[:1] + tail[2:])
    known = [other for other in sorted(found - {word}) if _is_word(other)]
    return tuple((other, _slip(word, other) or _MORE) for other in known) or _two_off(word)


def _is_word(word: str) -> bool:
    return word in word_table().lower or word in strong_words()


def _slip(word: str, other: str) -> float | None:
    """How readily one slip makes a word of another one; None where it takes more."""
    if word == other:
        return None
    start = next((i for i, (a, b) in enumerate(zip(word, other, strict=False)) if a != b),
                 min(len(word), len(other)))  # fmt: skip
    left, right = word[start:], other[start:]
    if left == right[1:]:
        return _LEFT_OUT
    if left[1:] == right:
        return _TWICE if start and left[0] == word[start - 1] else _MORE
    if left[1:] == right[1:]:
        return _ANOTHER
    return _TURNED if left[:2] == right[:2][::-1] and left[2:] == right[2:] else None


def _two_off(word: str) -> tuple[tuple[str, float], ...]:
    """The one cue word two slips away."""
    if len(word) < _TWO_SLIPS:
        return ()
    near = process.extract(
        word, _long_words(), scorer=DamerauLevenshtein.distance, score_cutoff=2, limit=2
    )
    alone = len(near) == 1 or (len(near) == 2 and near[0][0][:-2] == near[1][0][:-2])
    return ((str(near[0][0]), _TWO),) if alone else ()


@cache
def _long_words() -> tuple[str, ...]:
    return tuple(sorted(w for w in strong_words() if len(w) >= _TWO_SLIPS))


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


def _forms(word: str) -> Iterable[str]:
    stem = word.removesuffix("e")
    return word, f"{word}s", f"{stem}ed", f"{stem}ing"


@cache
def unjumbled(word: str, known: frozenset[str]) -> str | None:
    """Return the long word that has the same letters, at most one more or less, in disorder."""
    if len(word) < _LONG or not word.isalpha() or word in word_table().lower:
        return None
    fits = {other for other in known if len(other) >= _LONG and _same_letters(word, other)}
    return fits.pop() if len(fits) == 1 else None


def _same_letters(one: str, other: str) -> bool:
    if one[0] != other[0] or abs(len(one) - len(other)) > 1:
        return False
    left, right = Counter(one), Counter(other)
    return (left - right).total() + (right - left).total() <= 1
