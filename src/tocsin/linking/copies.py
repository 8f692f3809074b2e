"""Copies: texts that are identical, nearly so, or cut down from one another.

MinHash with many small bands finds candidates even when most of a text was cut away; the shared
word sequences of each pair then decide. No pair is looked at that shares no band.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from rensa import RMinHash, RMinHashLSH

from tocsin.model import Report

Sort = Literal["identical", "near", "part"]
Hashes = NDArray[np.uint32]

_SHINGLE = 4  # words: short enough to survive a swapped word, too long to match by chance
_HASHES = 128
_BANDS = 64  # two rows a band: a text of which 60 % was cut away is still found, 99 of 100 times
_SEED = 20  # any fixed number: the same texts give the same groups everywhere
_LSH_THRESHOLD = 0.5  # rensa wants one; candidates depend on the bands alone

# A copy keeps at least this share of the shorter text's word sequences. Two reporters who quote
# the same statement share less. Set by judgement, checked with benchmarks/copies.py.
_COPY = 0.45
_NEAR = 0.8  # of both texts: the same text with small changes
# Below this share of the longer text, the shorter one is an item in a digest, not its source.
_PART_OF = 0.15
_FEWEST = 12  # shingles; shorter texts are copies only when identical
_CHECKS = 4  # members of a known group that a new text is compared with

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Match:
    """Two reports with one text: `share` is how much of the shorter one stands in the other."""

    left: str
    right: str
    share: float
    sort: Sort


@dataclass(frozen=True, slots=True)
class _Text:
    report: str
    shingles: Hashes


class CopyIndex:
    """Reports by their texts; each one added is compared with those that may be copies of it."""

    def __init__(self) -> None:
        self._lsh = RMinHashLSH(threshold=_LSH_THRESHOLD, num_perm=_HASHES, num_bands=_BANDS)
        self._texts: list[_Text] = []
        self._parent: dict[str, str] = {}
        self._members: dict[str, list[int]] = {}
        self._exact: dict[bytes, str] = {}

    def add(self, report: str, text: str) -> tuple[Match, ...]:
        """Add a report's text (without its cuts) and return those already here it is a copy of."""
        if report in self._parent:
            return ()
        words = _WORD.findall(text.casefold())
        shingles = _shingles(words)
        self._parent[report] = report
        exact = shingles.tobytes() if len(shingles) >= _FEWEST else " ".join(words).encode()
        if exact and (twin := self._exact.get(exact)):
            self._join(twin, report)
            return (Match(twin, report, 1.0, "identical"),)
        if not exact:
            return ()
        self._exact[exact] = report
        if len(shingles) < _FEWEST:
            return ()
        return self._compare(_Text(report, shingles), words)

    def groups(self) -> tuple[tuple[str, ...], ...]:
        """Return the reports that share one text, in groups of two and more, sorted."""
        found: dict[str, list[str]] = {}
        for report in self._parent:
            found.setdefault(self._root(report), []).append(report)
        return tuple(sorted(tuple(sorted(group)) for group in found.values() if len(group) > 1))

    def _compare(self, text: _Text, words: list[str]) -> tuple[Match, ...]:
        sketch = RMinHash(num_perm=_HASHES, seed=_SEED)
        sketch.update(_sequences(words))
        checked: dict[str, int] = {}
        matches = []
        represented = False
        for key in sorted(self._lsh.query(sketch), reverse=True):
            other = self._texts[key]
            root = self._root(other.report)
            if checked.get(root, 0) >= _CHECKS:
                continue
            checked[root] = checked.get(root, 0) + 1
            match = _match(other, text)
            if match is not None:
                matches.append(match)
                represented = represented or match.sort == "near"
                self._join(other.report, text.report)
        if not represented:
            self._lsh.insert(len(self._texts), sketch)
            self._texts.append(text)
        return tuple(matches)

    def _root(self, report: str) -> str:
        while (parent := self._parent[report]) != report:
            self._parent[report] = self._parent[parent]
            report = parent
        return report

    def _join(self, left: str, right: str) -> None:
        low, high = sorted((self._root(left), self._root(right)))
        self._parent[high] = low


def copy_groups(texts: Iterable[tuple[str, str]]) -> tuple[tuple[str, ...], ...]:
    """Return the groups of reports (id, text) that share one text, whatever their order."""
    index = CopyIndex()
    for report, text in sorted(texts):
        index.add(report, text)
    return index.groups()


def _match(left: _Text, right: _Text) -> Match | None:
    shared = len(np.intersect1d(left.shingles, right.shingles, assume_unique=True))
    low, high = sorted((len(left.shingles), len(right.shingles)))
    of_shorter, of_longer = shared / low, shared / high
    if of_shorter < _COPY or of_longer < _PART_OF:
        return None
    sort: Sort = "near" if of_longer >= _NEAR else "part"
    return Match(left.report, right.report, round(of_shorter, 2), sort)


def _sequences(words: list[str]) -> list[str]:
    return [" ".join(words[i : i + _SHINGLE]) for i in range(len(words) - _SHINGLE + 1)]


def _shingles(words: list[str]) -> Hashes:
    """Return the distinct word sequences of a text as sorted hashes."""
    sequences = _sequences(words)
    if not sequences:
        return np.empty(0, dtype=np.uint32)
    hashed = np.asarray(RMinHash.hash_token_sets([sequences])[0], dtype=np.uint64)
    return np.unique((hashed & np.uint64(0xFFFFFFFF)).astype(np.uint32))


def copies_of(reports: Mapping[str, Report]) -> dict[str, str]:
    """Map each report that shares its text with others to the first published of them."""
    texts = ((report.id, _kept(report)) for report in reports.values())
    found = {}
    for group in copy_groups(texts):
        first = min(group, key=lambda report: (_published(reports[report]), report))
        found.update(dict.fromkeys(group, first))
    return found


def _kept(report: Report) -> str:
    """Return a report's text without its cuts: shared furniture makes no copy."""
    pieces, last = [], 0
    for cut in report.cuts:
        pieces.append(report.text[last : cut.start])
        last = cut.end
    return "".join((*pieces, report.text[last:]))


def _published(report: Report) -> str:
    return report.published.value if report.published else "9999"
