"""The words of a report as linking compares them: weighted terms, names and figures."""

from __future__ import annotations

import math
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations, islice

from tocsin.lang.rarity import Rarity, stem
from tocsin.linking.calendar import NO_CALENDAR, Calendar, calendar_of
from tocsin.model import Report

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+(?:[.,]\d+)*")
_ADDRESS = re.compile(r"\bhttps?:\s?/\S*|\bwww\.\S+")
_FIRST_WORDS = 100  # whose names a report on the same thing is likely to have somewhere
_KEPT = 128  # terms kept a report: the others together weigh less than one of these
# Heaviest terms, whose pairs find the reports to compare: with these, 19 in 20 pairs of reports on
# one incident share a key or a chain of keys, and two compared pairs in three are no incident's.
_KEY_TERMS = 20
_KEY_NAMES = 12
_FEW = 5
_RARE = 6.0  # rarity of names that one text in four hundred has: such a one is a key by itself
_FIGURE_RARITY = 6.0  # figures are in no table of rarity; a house number says as much as a surname
_LONG_FIGURE = 6  # digits; longer ones are telephone numbers and codes of pages


@dataclass(frozen=True, slots=True)
class Telling:
    """One report's words as unit vectors: all, the names', the figures'.

    Terms stand in the order of their weights, those of one weight in that of the alphabet.
    """

    report: str
    whole: Mapping[str, float] = field(default_factory=dict)
    names: Mapping[str, float] = field(default_factory=dict)
    figures: Mapping[str, float] = field(default_factory=dict)
    names_weight: float = 0.0
    lead_names: Mapping[str, float] = field(default_factory=dict)
    rare: tuple[str, ...] = ()
    calendar: Calendar = NO_CALENDAR

    def covers(self, other: Telling) -> float | None:
        """Return the share of the other's first names, by weight, that this text has anywhere."""
        if not other.lead_names:
            return None
        found = other.lead_names.items()
        return sum(w for name, w in found if name in self.whole or name in self.names)

    def pairs(self) -> Iterator[tuple[str, ...]]:
        """Yield pairs of heavy terms and rare names: reports that share none are not compared."""
        yield from combinations(sorted(_heaviest(self.whole, _KEY_TERMS)), 2)
        yield from combinations(sorted(_heaviest(self.names, _KEY_NAMES)), 2)
        yield from ((name,) for name in self.rare)

    def key_words(self) -> list[str]:
        """Return the heaviest terms and names, each of which is a key within one week."""
        return sorted({*_heaviest(self.whole, _FEW), *_heaviest(self.names, _FEW)})

    def few_pairs(self) -> Iterator[tuple[str, ...]]:
        """Yield fewer such keys, for accounts, which have others: their place and day."""
        yield from combinations(sorted(_heaviest(self.whole, _FEW)), 2)
        yield from ((name,) for name in self.rare[:_FEW])


def telling(name: str, report: Report | None, rarity: Rarity) -> Telling:
    """Return the words of a report without its cuts; no report has no words."""
    if report is None:
        return Telling(name)
    found = _words(f"{report.title or ''}\n{_uncut(report)}")
    small = {word for word in found if word.islower()}
    terms = [_term(word) for word in found if len(word) > 1]
    named = [_term(word) for word in found if _is_name(word, small)]
    names = _unit(_weighed(named, rarity))
    first = [_term(word) for word in found[:_FIRST_WORDS] if _is_name(word, small)]
    return Telling(
        report=name,
        whole=_unit(_weighed(terms, rarity)),
        names=names,
        figures=_unit({w: _figure_weight(w) for w in found if w[0].isdigit()}),
        names_weight=math.sqrt(sum(rarity.of(term) ** 2 for term in set(named))),
        lead_names=_shares(_weighed(first, rarity)),
        rare=tuple(n for n in _heaviest(names, _KEY_NAMES) if rarity.of(n) >= _RARE),
        # Also from the lines that are cut: the date of a page dates what it tells.
        calendar=calendar_of(f"{report.title or ''}\n{report.text}"),
    )


@lru_cache(maxsize=65_536)
def _term(word: str) -> str:
    """The stem of a word, each kept once however many reports have it."""
    return sys.intern(stem(word))


def _is_name(word: str, small: set[str]) -> bool:
    return word[0].isupper() and len(word) > 2 and word.lower() not in small


def cosine(left: Mapping[str, float], right: Mapping[str, float]) -> float:
    """Return the cosine of two unit vectors."""
    if len(left) > len(right):
        left, right = right, left
    total = 0.0
    for term, weight in left.items():
        if term in right:
            total += weight * right[term]
    return total


def _heaviest(weights: Mapping[str, float], count: int) -> list[str]:
    return list(islice((term for term in weights if not term[0].isdigit()), count))


def _words(text: str) -> list[str]:
    return [match.group() for match in _WORD.finditer(_ADDRESS.sub(" ", text))]


def _uncut(report: Report) -> str:
    parts = []
    position = 0
    for cut in sorted(report.cuts, key=lambda cut: cut.start):
        parts.append(report.text[position : cut.start])
        position = max(position, cut.end)
    parts.append(report.text[position:])
    return " ".join(parts)


def _weighed(terms: list[str], rarity: Rarity) -> dict[str, float]:
    return {
        term: (1 + math.log(n)) * (_FIGURE_RARITY if term[0].isdigit() else rarity.of(term))
        for term, n in Counter(terms).items()
    }


def _figure_weight(word: str) -> float:
    return 0.0 if len(word) > _LONG_FIGURE else 1.0 if len(word) > 2 else 0.5


def _shares(weights: Mapping[str, float]) -> dict[str, float]:
    total = sum(weights.values()) or 1.0
    return {term: weight / total for term, weight in weights.items()}


def _unit(weights: Mapping[str, float]) -> dict[str, float]:
    some = ((term, weight) for term, weight in weights.items() if weight > 0)
    best = sorted(some, key=lambda pair: (-pair[1], pair[0]))[:_KEPT]
    length = math.sqrt(sum(weight * weight for _, weight in best)) or 1.0
    return {term: weight / length for term, weight in best}
