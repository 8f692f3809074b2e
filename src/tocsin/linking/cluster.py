"""From scored pairs to groups: average linkage inside components, decisions first."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

UNCOMPARED = -3.0  # log odds of a pair that shares no key: little, and no contradiction
CONTRADICTED = -6.0  # log odds at or below this: a contradiction, which no company outweighs
Pair = tuple[int, int]
Score = Callable[[int, int], float]


def ordered(one: int, other: int) -> Pair:
    """Return two positions, smaller first."""
    return (one, other) if one < other else (other, one)


def groups(
    size: int,
    scores: Mapping[Pair, float],
    score: Score,
    *,
    together: Iterable[Pair] = (),
    apart: Iterable[Pair] = (),
) -> list[list[int]]:
    """Return the groups of positions 0..size-1, each sorted, in the order of their first member.

    `scores` holds the pairs that were compared; `score` answers for the others of a component.
    """
    root = _Union(size)
    for one, other in together:
        root.join(one, other)
    start = [root.find(position) for position in range(size)]
    for (one, other), value in scores.items():
        if value > 0:
            root.join(one, other)
    components: dict[int, list[int]] = defaultdict(list)
    for position in range(size):
        components[root.find(position)].append(position)
    forbidden = {ordered(one, other) for one, other in apart}
    found: list[list[int]] = []
    for members in components.values():
        found += [members] if len(members) == 1 else _split(members, start, score, forbidden)
    return sorted(found)


def _split(
    members: Sequence[int], start: Sequence[int], score: Score, forbidden: set[Pair]
) -> list[list[int]]:
    """Merge the closest groups of one component while their average score speaks for it."""
    seeds: dict[int, list[int]] = defaultdict(list)
    for member in members:
        seeds[start[member]].append(member)
    parts = dict(enumerate(sorted(seeds.values())))
    sums: dict[Pair, float] = {}
    barred: set[Pair] = set()
    queue: list[tuple[float, Pair]] = []
    for one in parts:
        for other in range(one + 1, len(parts)):
            pairs = [ordered(a, b) for a in parts[one] for b in parts[other]]
            scored = [score(*pair) for pair in pairs]
            sums[one, other] = sum(scored)
            if min(scored) <= CONTRADICTED or any(pair in forbidden for pair in pairs):
                barred.add((one, other))
            heapq.heappush(queue, (-sums[one, other] / len(pairs), (one, other)))
    return _merge(parts, sums, barred, queue)


def _merge(
    parts: dict[int, list[int]],
    sums: dict[Pair, float],
    barred: set[Pair],
    queue: list[tuple[float, Pair]],
) -> list[list[int]]:
    fresh = len(parts)
    while queue:
        against, (one, other) = heapq.heappop(queue)
        if against >= 0:
            break
        if one not in parts or other not in parts or (one, other) in barred:
            continue
        merged = sorted(parts.pop(one) + parts.pop(other))
        for third, members in parts.items():
            left, right = ordered(one, third), ordered(other, third)
            total = sums[left] + sums[right]
            sums[third, fresh] = total
            if left in barred or right in barred:
                barred.add((third, fresh))
            heapq.heappush(queue, (-total / (len(members) * len(merged)), (third, fresh)))
        parts[fresh] = merged
        fresh += 1
    return list(parts.values())


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
