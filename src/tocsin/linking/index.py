"""Accounts by their blocking keys, compact enough for millions, growing as accounts come in."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tocsin.linking import blocking
from tocsin.linking.profile import Profile

Numbers = NDArray[np.int64]

_SHRINK = 4  # a run is so many times as long as the next: few runs to search, each seldom merged
_AT_ONCE = 1 << 18  # keys looked up together: what they find has to fit into memory


@dataclass(frozen=True, slots=True)
class Keyed:
    """Keys and the positions of the accounts that have them, side by side."""

    codes: NDArray[np.uint64]
    positions: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.codes)

    def ordered(self) -> Keyed:
        """Return them by key."""
        order = np.argsort(self.codes, kind="stable")
        return Keyed(self.codes[order], self.positions[order])

    def portions(self) -> Iterator[Keyed]:
        """Yield some at a time, each portion by key: neighbouring keys are found side by side."""
        for start in range(0, len(self), _AT_ONCE):
            part = slice(start, start + _AT_ONCE)
            yield Keyed(self.codes[part], self.positions[part]).ordered()


def keyed(told: Iterable[tuple[int, Profile]], left_out: Collection[int] = frozenset()) -> Keyed:
    """Return the keys of accounts at their positions, one account after the other."""
    codes, positions = array("Q"), array("i")
    for position, profile in told:
        found = [code for code in blocking.codes(profile) if code not in left_out]
        codes.extend(found)
        positions.extend([position] * len(found))
    if not codes:
        return Keyed(np.empty(0, np.uint64), np.empty(0, np.int32))
    return Keyed(np.frombuffer(codes, np.uint64), np.frombuffer(positions, np.int32))


class Index:
    """Positions by key, in runs that are each sorted: short ones for what came in last."""

    def __init__(self) -> None:
        self._runs: list[Keyed] = []

    def add(self, fresh: Keyed) -> None:
        """Add accounts by their keys."""
        if not len(fresh):
            return
        self._runs.append(fresh.ordered())
        while len(self._runs) > 1 and len(self._runs[-2]) < _SHRINK * len(self._runs[-1]):
            last, former = self._runs.pop(), self._runs.pop()
            codes = np.concatenate([former.codes, last.codes])
            positions = np.concatenate([former.positions, last.positions])
            self._runs.append(Keyed(codes, positions).ordered())

    def near(self, asked: Keyed) -> Iterator[tuple[Numbers, Numbers]]:
        """Yield the pairs that share a key, crowded keys left out: who was before, and who asks."""
        for part in asked.portions():
            blocks = [_Blocks(run, part) for run in self._runs]
            usable = ~_are_crowded(part, _sizes(blocks))
            found = [block.members(usable) for block in blocks]
            who, members = (np.concatenate(side) for side in zip(*found, strict=True))
            before = members < who
            pairs = np.unique(who[before].astype(np.int64) << 32 | members[before])
            yield pairs & 0xFFFFFFFF, pairs >> 32

    def spoilt(self, fresh: Keyed) -> set[int]:
        """Return the older positions of keys that fresh ones made crowded."""
        found: set[int] = set()
        part = fresh.ordered()
        blocks = [_Blocks(run, part) for run in self._runs]
        sizes = _sizes(blocks)
        _, inverse, counts = np.unique(part.codes, return_inverse=True, return_counts=True)
        turned = _are_crowded(part, sizes) & ~_are_crowded(part, sizes - counts[inverse])
        for block in blocks:
            found.update(block.members(turned)[1].tolist())
        return found - set(part.positions.tolist())


class _Blocks:
    """Where the members of some keys stand in a run."""

    def __init__(self, run: Keyed, part: Keyed) -> None:
        self._run, self._part = run, part
        self._starts = np.searchsorted(run.codes, part.codes, "left")
        self.sizes: Numbers = np.searchsorted(run.codes, part.codes, "right") - self._starts

    def members(self, wanted: NDArray[np.bool_]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Return, for the wanted keys, each member of the run beside the account that asks."""
        sizes = np.where(wanted, self.sizes, 0)
        before = np.cumsum(sizes) - sizes
        spots = np.arange(sizes.sum()) + np.repeat(self._starts - before, sizes)
        return np.repeat(self._part.positions, sizes), self._run.positions[spots]


def _sizes(blocks: Sequence[_Blocks]) -> Numbers:
    sizes: Numbers = np.sum([block.sizes for block in blocks], axis=0, dtype=np.int64)
    return sizes


def _are_crowded(part: Keyed, sizes: Numbers) -> NDArray[np.bool_]:
    crowded: NDArray[np.bool_] = (sizes > blocking.CROWDED) & (part.codes & np.uint64(1) == 0)
    return crowded
