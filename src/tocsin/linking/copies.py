"""Copies: texts that are identical, nearly so, or cut down from one another.

MinHash with many small bands finds candidates even when most of a text was cut away; the shared
word sequences of each pair then decide. No pair is looked at that shares no band.
"""

from __future__ import annotations

import hashlib
import re
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from rensa import RMinHash, RMinHashLSH

from tocsin.model import Report

Sort = Literal["identical", "near", "part"]
Hashes = NDArray[np.uint32]
Bands = Sequence[int]

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
_MIX = np.uint64(0x9E3779B97F4A7C15)  # any odd number of many bits: parts equal bands

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Match:
    """Two reports with one text: `share` is how much of the shorter one stands in the other."""

    left: str
    right: str
    share: float
    sort: Sort


@dataclass(frozen=True, slots=True)
class Wording:
    """A text as copies are found by: its distinct word sequences, or all its words if few."""

    words: tuple[str, ...]
    shingles: Hashes

    @property
    def exact(self) -> bytes:
        """What only identical texts have in common; nothing where there are no words."""
        return " ".join(self.words).encode() if self.is_short else self.shingles.tobytes()

    @property
    def is_short(self) -> bool:
        """Tell whether it is too short for anything but an identical text to be its copy."""
        return len(self.shingles) < _FEWEST

    def sketch(self) -> RMinHash:
        """Return what texts that share many word sequences have in common, mostly."""
        made = RMinHash(num_perm=_HASHES, seed=_SEED)
        made.update(_sequences(self.words))
        return made

    def bands(self) -> Bands:
        """Return the numbers of which a copy shares one: the bands of its sketch."""
        if self.is_short:
            code = hashlib.blake2b(self.exact, digest_size=8).digest()
            return array("q", [int.from_bytes(code, signed=True)] if self.exact else [])
        return _bands_of(self.sketch())


def _bands_of(sketch: RMinHash) -> Bands:
    rows = np.array(sketch.digest(), np.uint64).reshape(_BANDS, -1)
    band = np.arange(1, _BANDS + 1, dtype=np.uint64) * _MIX
    codes = (rows[:, 0] << np.uint64(32) | rows[:, 1]) ^ band
    return array("q", np.unique(codes.view(np.int64)).tobytes())


def wording(text: str) -> Wording:
    """Return the wording of a text (without its cuts)."""
    words = tuple(_WORD.findall(text.casefold()))
    return Wording(words, _shingles(words))


def is_copy(one: Wording, other: Wording) -> bool:
    """Tell whether two texts are one."""
    if one.is_short or other.is_short:
        return one.exact == other.exact != b""
    return _shared(one.shingles, other.shingles) is not None


class CopyIndex:
    """Reports by their texts; each one added is compared with those that may be copies of it.

    The groups are what the pairs of copies connect, so the order of reports changes nothing.
    """

    def __init__(self) -> None:
        self._lsh = RMinHashLSH(threshold=_LSH_THRESHOLD, num_perm=_HASHES, num_bands=_BANDS)
        self._texts: list[tuple[str, Hashes]] = []
        self._parent: dict[str, str] = {}
        self._exact: dict[bytes, str] = {}
        self.bands: dict[str, Bands] = {}

    def add(self, report: str, text: str) -> tuple[Match, ...]:
        """Add a report's text (without its cuts) and return a copy of it from each group here."""
        if report in self._parent:
            return ()
        found = wording(text)
        self._parent[report] = report
        if twin := self._exact.get(found.exact):
            self._join(twin, report)
            self.bands[report] = self.bands[twin]
            return (Match(twin, report, 1.0, "identical"),)
        if found.is_short:
            self.bands[report] = found.bands()
        if not found.exact:
            return ()
        self._exact[found.exact] = report
        return () if found.is_short else self._compare(report, found)

    def groups(self) -> tuple[tuple[str, ...], ...]:
        """Return the reports that share one text, in groups of two and more, sorted."""
        found: dict[str, list[str]] = {}
        for report in self._parent:
            found.setdefault(self._root(report), []).append(report)
        return tuple(sorted(tuple(sorted(group)) for group in found.values() if len(group) > 1))

    def _compare(self, report: str, text: Wording) -> tuple[Match, ...]:
        sketch = text.sketch()
        self.bands[report] = _bands_of(sketch)
        matches = []
        for key in sorted(self._lsh.query(sketch), reverse=True):
            other, known = self._texts[key]
            if self._root(other) == self._root(report):
                continue
            if (shared := _shared(known, text.shingles)) is not None:
                matches.append(Match(other, report, *shared))
                self._join(other, report)
        self._lsh.insert(len(self._texts), sketch)
        self._texts.append((report, text.shingles))
        return tuple(matches)

    def _root(self, report: str) -> str:
        while (parent := self._parent[report]) != report:
            self._parent[report] = self._parent[parent]
            report = parent
        return report

    def _join(self, left: str, right: str) -> None:
        low, high = sorted((self._root(left), self._root(right)))
        self._parent[high] = low


def _shared(left: Hashes, right: Hashes) -> tuple[float, Sort] | None:
    """Return how much of the shorter text stands in the longer one, if that makes it a copy."""
    shared = len(np.intersect1d(left, right, assume_unique=True))
    low, high = sorted((len(left), len(right)))
    of_shorter, of_longer = shared / low, shared / high
    if of_shorter < _COPY or of_longer < _PART_OF:
        return None
    return round(of_shorter, 2), "near" if of_longer >= _NEAR else "part"


def _sequences(words: Sequence[str]) -> list[str]:
    return [" ".join(words[i : i + _SHINGLE]) for i in range(len(words) - _SHINGLE + 1)]


def _shingles(words: Sequence[str]) -> Hashes:
    """Return the distinct word sequences of a text as sorted hashes."""
    sequences = _sequences(words)
    if not sequences:
        return np.empty(0, dtype=np.uint32)
    hashed = np.asarray(RMinHash.hash_token_sets([sequences])[0], dtype=np.uint64)
    return np.unique((hashed & np.uint64(0xFFFFFFFF)).astype(np.uint32))


def copies_of(reports: Mapping[str, Report]) -> dict[str, str]:
    """Map each report that shares its text with others to the first published of them."""
    return copied(reports)[0]


def copied(reports: Mapping[str, Report]) -> tuple[dict[str, str], dict[str, Bands]]:
    """Map each report that shares its text to the first published of them; and all to bands."""
    index = CopyIndex()
    for name in sorted(reports):
        index.add(name, kept_text(reports[name]))
    found = {}
    for group in index.groups():
        first = min(group, key=lambda report: (_published(reports[report]), report))
        found.update(dict.fromkeys(group, first))
    return found, index.bands


def kept_text(report: Report) -> str:
    """Return a report's text without its cuts: shared furniture makes no copy."""
    pieces, last = [], 0
    for cut in report.cuts:
        pieces.append(report.text[last : cut.start])
        last = cut.end
    return "".join((*pieces, report.text[last:]))


def _published(report: Report) -> str:
    return report.published.value if report.published else "9999"
