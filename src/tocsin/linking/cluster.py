"""From scored pairs to groups: average linkage inside components, decisions first."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations

CONTRADICTED = -6.0  # log odds at or below this: a contradiction, which no company outweighs
# Neighbouring stories of one kind share most of their words. Two groups of three and more stay
# apart where their average score lies this far below that inside either of them: best mean of
# pairwise F1 and CEAF-e over the three sets in folds (sweep 0.5 to 2.5, groups of two to four).
STAND_OFF = 1.5
COHESIVE = 3
Pair = tuple[int, int]
Score = Callable[[int, int], float]


def ordered(one: int, other: int) -> Pair:
    """Return two positions, smaller first."""
    return (one, other) if one < other else (other, one)


def groups(
    size: int, score: Score, *, together: Iterable[Pair] = (), apart: Iterable[Pair] = ()
) -> list[list[int]]:
    """Return the groups of connected positions 0..size-1, in the order of their first member.

    The closest groups merge while their average score speaks for it; decisions come first.
    """
    root = _Union(size)
    for one, other in together:
        root.join(one, other)
    seeds: dict[int, list[int]] = defaultdict(list)
    for position in range(size):
        seeds[root.find(position)].append(position)
    parts = _Parts(sorted(seeds.values()), score)
    forbidden = {ordered(one, other) for one, other in apart}
    for one, other in combinations(list(parts.members), 2):
        parts.compare(one, other, score, forbidden)
    return sorted(parts.merged())


class _Parts:
    """The groups of one component while they merge: members, and summed scores in and between."""

    def __init__(self, seeds: Sequence[list[int]], score: Score) -> None:
        self.members = dict(enumerate(seeds))
        self._inside = [sum(score(*pair) for pair in combinations(seed, 2)) for seed in seeds]
        self._sums: dict[Pair, float] = {}
        self._barred: set[Pair] = set()
        self._queue: list[tuple[float, Pair]] = []

    def compare(self, one: int, other: int, score: Score, forbidden: set[Pair]) -> None:
        """Note how alike two groups are, and whether anything keeps them apart."""
        pairs = [ordered(a, b) for a in self.members[one] for b in self.members[other]]
        scored = [score(*pair) for pair in pairs]
        if min(scored) <= CONTRADICTED or any(pair in forbidden for pair in pairs):
            self._barred.add((one, other))
        self._note(one, other, sum(scored))

    def merged(self) -> list[list[int]]:
        """Return the groups that are left when no two speak for being one."""
        while self._queue:
            against, (one, other) = heapq.heappop(self._queue)
            if against >= 0:
                break
            gone = one not in self.members or other not in self.members
            if not gone and (one, other) not in self._barred and not self._stands_off(one, other):
                self._merge(one, other)
        return list(self.members.values())

    def _stands_off(self, one: int, other: int) -> bool:
        """Tell whether two groups are each far closer inside than to each other."""
        sizes = (len(self.members[one]), len(self.members[other]))
        if min(sizes) < COHESIVE:
            return False
        between = self._sums[one, other] / (sizes[0] * sizes[1])
        inside = (
            self._inside[part] / (size * (size - 1) / 2)
            for part, size in zip((one, other), sizes, strict=True)
        )
        return between < min(inside) - STAND_OFF

    def _merge(self, one: int, other: int) -> None:
        fresh = len(self._inside)
        self._inside.append(self._inside[one] + self._inside[other] + self._sums[one, other])
        together = sorted(self.members.pop(one) + self.members.pop(other))
        rest = list(self.members)
        self.members[fresh] = together
        for third in rest:
            left, right = ordered(one, third), ordered(other, third)
            if left in self._barred or right in self._barred:
                self._barred.add((third, fresh))
            self._note(third, fresh, self._sums[left] + self._sums[right])

    def _note(self, one: int, other: int, total: float) -> None:
        self._sums[one, other] = total
        size = len(self.members[one]) * len(self.members[other])
        heapq.heappush(self._queue, (-total / size, (one, other)))


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
