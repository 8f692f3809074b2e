"""From scored pairs to groups: average linkage inside components, decisions first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

CONTRADICTED = -6.0  # log odds at or below this: a contradiction, which no company outweighs
# Neighbouring stories of one kind share most of their words. Between groups of four and more chance
# pairs weigh out, and they are one only where their average score is that of one story's pairs:
# nothing else that was tried (size, scores inside, likeness of middles) parts them better.
MANY = 4
ALIKE = 2.8
Pair = tuple[int, int]
Table = NDArray[np.float64]


def groups(
    scores: Table, *, together: Iterable[Pair] = (), apart: Iterable[Pair] = ()
) -> list[list[int]]:
    """Return the groups of connected positions, in the order of their first member.

    The table has the score of each pair both ways and zeros for each position with itself. The
    closest groups merge while their average score speaks for it; decisions come first.
    """
    root = _Union(len(scores))
    for one, other in together:
        root.join(one, other)
    seeds: dict[int, list[int]] = defaultdict(list)
    for position in range(len(scores)):
        seeds[root.find(position)].append(position)
    return sorted(_Parts(sorted(seeds.values()), scores, apart).merged())


class _Parts:
    """The groups of one component while they merge: members, and summed scores in and between.

    A group keeps its row when it takes another one in, but ranks as a new one: of pairs that are
    equally alike, the groups that stand longest merge first.
    """

    def __init__(self, seeds: Sequence[list[int]], scores: Table, apart: Iterable[Pair]) -> None:
        self._members = dict(enumerate(seeds))
        self._ranks = np.arange(len(seeds))
        self._sizes = np.array([len(seed) for seed in seeds], float)
        members = [position for seed in seeds for position in seed]
        starts = np.cumsum(self._sizes, dtype=int) - self._sizes.astype(int)
        scores = scores[np.ix_(members, members)]
        sums = np.add.reduceat(np.add.reduceat(scores, starts, 0), starts, 1)
        self._sums = np.maximum(sums, sums.T)  # which may differ in a last digit
        least = np.minimum.reduceat(np.minimum.reduceat(scores, starts, 0), starts, 1)
        self._barred = least <= CONTRADICTED
        np.fill_diagonal(self._barred, val=True)
        row = {position: number for number, seed in enumerate(seeds) for position in seed}
        for one, other in apart:
            self._barred[row[one], row[other]] = self._barred[row[other], row[one]] = True

    def merged(self) -> list[list[int]]:
        """Return the groups that are left when no two speak for being one."""
        alike = self._alike(np.arange(len(self._ranks)))
        best = alike.max(axis=1)
        while (top := best.max()) > 0:
            one = self._longest_standing(best == top)
            other = self._longest_standing(alike[one] == top)
            stale = (best == alike[one]) | (best == alike[other])
            stale[[one, other]] = True
            self._merge(one, other)
            alike[one] = alike[:, one] = self._alike(np.array([one]))[0]
            alike[other] = alike[:, other] = -np.inf
            best = np.maximum(best, alike[one])
            best[stale] = alike[stale].max(axis=1)
        return list(self._members.values())

    def _longest_standing(self, rows: NDArray[np.bool_]) -> int:
        found = np.flatnonzero(rows)
        return int(found[self._ranks[found].argmin()])

    def _alike(self, rows: NDArray[np.int64]) -> Table:
        """Return the average scores of some groups with all, where nothing keeps them apart."""
        sizes = self._sizes
        average: Table = self._sums[rows] / (sizes[rows, None] * sizes)
        large = np.minimum(sizes[rows, None], sizes) >= MANY
        average[large & (average < ALIKE) | self._barred[rows]] = -np.inf
        return average

    def _merge(self, one: int, other: int) -> None:
        self._sums[one] += self._sums[other]
        self._sums[:, one] = self._sums[one]
        self._barred[one] |= self._barred[other]
        self._barred[:, one] = self._barred[one]
        self._barred[other] = self._barred[:, other] = True
        self._sizes[one] += self._sizes[other]
        self._members[one] += self._members.pop(other)
        self._members[one].sort()
        self._ranks[one] = self._ranks.max() + 1


class _Union:
    """Joined sets of positions."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def find(self, position: int) -> int:
        """Return the smallest position of a set."""
        while self._parent[position] != position:
            self._parent[position] = self._parent[self._parent[position]]
            position = self._parent[position]
        return position

    def join(self, one: int, other: int) -> None:
        """Join two sets under their smallest position."""
        left, right = self.find(one), self.find(other)
        if left != right:
            self._parent[max(left, right)] = min(left, right)
