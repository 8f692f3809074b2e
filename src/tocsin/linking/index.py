"""Accounts by their blocking keys, compact enough for millions, growing as accounts come in."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tocsin.linking import blocking
from tocsin.linking.profile import Profile

Codes = NDArray[np.uint64]

_HALF = (1 << 63) - 1
# Entries kept beside the sorted ones: sorting millions takes seconds, so it has to be rare, and a
# dict entry takes ten times the room of a sorted one.
_LOOSE = 200_000


def codes_of(profile: Profile) -> list[int]:
    """Return an account's keys as numbers; an odd number is a key that says enough by itself."""
    keys = set(blocking.keys(profile))
    return sorted((hash(key) & _HALF) << 1 | blocking.is_firm(key) for key in keys)


class Keyed:
    """The keys of some accounts, one account after the other."""

    def __init__(self, keys: Codes, ends: NDArray[np.int64]) -> None:
        self._keys, self._ends = keys, ends

    def __iter__(self) -> Iterator[Codes]:
        start = 0
        for end in self._ends:
            yield self._keys[start:end]
            start = end


class Index:
    """Positions by key: sorted arrays, and a dict for what came in since they were sorted."""

    def __init__(self) -> None:
        self._keys: Codes = np.empty(0, np.uint64)
        self._positions: NDArray[np.int32] = np.empty(0, np.int32)
        self._loose: dict[int, list[int]] = {}
        self._waiting = 0

    def add(self, first: int, profiles: Sequence[Profile]) -> Keyed:
        """Add accounts at the positions from the first on; return the keys of each."""
        codes, sizes = array("Q"), array("q")
        for profile in profiles:
            found = codes_of(profile)
            codes.extend(found)
            sizes.append(len(found))
        keys = np.frombuffer(codes, np.uint64) if codes else np.empty(0, np.uint64)
        positions = np.repeat(np.arange(first, first + len(profiles), dtype=np.int32), sizes)
        self._waiting += len(keys)
        if self._waiting > _LOOSE:
            self._sort_in(keys, positions)
        else:
            for key, position in zip(keys.tolist(), positions.tolist(), strict=True):
                self._loose.setdefault(key, []).append(position)
        return Keyed(keys, np.cumsum(sizes))

    def near(self, codes: Codes) -> list[int]:
        """Return the positions that share a key with an account, crowded keys left out."""
        found = [
            members for code, members in self._blocks(codes) if not _is_crowded(code, len(members))
        ]
        return sorted({position for members in found for position in members})

    def spoilt(self, codes: Codes, fresh: range) -> list[int]:
        """Return the older positions of keys that fresh ones made crowded."""
        found: set[int] = set()
        for code, members in self._blocks(codes):
            older = [position for position in members if position not in fresh]
            if _is_crowded(code, len(members)) and not _is_crowded(code, len(older)):
                found.update(older)
        return sorted(found)

    def _blocks(self, codes: Codes) -> Iterable[tuple[int, list[int]]]:
        starts = self._edges(codes, "left")
        ends = self._edges(codes, "right")
        for code, start, end in zip(codes.tolist(), starts, ends, strict=True):
            sorted_in = self._positions[start:end].tolist()
            yield code, [*sorted_in, *self._loose.get(code, ())]

    def _edges(self, codes: Codes, side: Literal["left", "right"]) -> list[int]:
        found: list[int] = np.searchsorted(self._keys, codes, side).tolist()
        return found

    def _sort_in(self, keys: Codes, positions: NDArray[np.int32]) -> None:
        loose = [(key, position) for key, found in self._loose.items() for position in found]
        keys = np.concatenate([np.array([k for k, _ in loose], np.uint64), keys])
        waiting = np.array([position for _, position in loose], np.int32)
        positions = np.concatenate([waiting, positions])
        order = np.argsort(keys, kind="stable")
        keys, positions = keys[order], positions[order]
        if len(self._keys):
            spots = np.searchsorted(self._keys, keys, "right")
            keys = np.insert(self._keys, spots, keys)
            positions = np.insert(self._positions, spots, positions)
        self._keys, self._positions = keys, positions
        self._loose, self._waiting = {}, 0


def _is_crowded(code: int, size: int) -> bool:
    return size > blocking.CROWDED and not code & 1
