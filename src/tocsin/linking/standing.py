"""Groups of accounts that stand: new accounts join them without comparing the world again.

What a new account can change ends at the accounts that are connected with it by pairs that speak
for one incident. Only these are grouped again, so any order of arrival gives the same groups.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from tocsin.linking import cluster
from tocsin.linking.index import Index, Keyed, keyed
from tocsin.linking.profile import Profile
from tocsin.linking.score import Scorer


class Standing:
    """Accounts with their groups; decisions name accounts, which may come in later."""

    def __init__(
        self,
        *,
        scorer: Scorer,
        together: Iterable[tuple[str, str]] = (),
        apart: Iterable[tuple[str, str]] = (),
        left_out: Collection[int] = frozenset(),
    ) -> None:
        """Begin without accounts; keys that are too common elsewhere are left out."""
        self.profiles: list[Profile] = []
        self._scorer = scorer
        self._left_out = left_out
        self._index = Index()
        self._together = _both_ways(together)
        self._apart = _both_ways(apart)
        self._place: dict[str, int] = {}  # of the accounts that decisions name
        self._part = array("i")  # the connected accounts that each belongs to, by one of them
        self._parts: dict[int, _Part] = {}

    @property
    def groups(self) -> list[list[int]]:
        """The positions of each group, in the order of their first members."""
        return sorted(group for part in self._parts.values() for group in part.groups)

    @property
    def parts(self) -> dict[str, str]:
        """The connected accounts that each account belongs to, named by the first of them."""
        names = [[self.profiles[p].account for p in part.members] for part in self._parts.values()]
        return {account: min(part) for part in names for account in part}

    def add(self, profiles: Sequence[Profile]) -> list[list[int]]:
        """Add accounts and return the groups that may have changed."""
        if not profiles:
            return []
        fresh = range(len(self.profiles), len(self.profiles) + len(profiles))
        self.profiles += profiles
        self._part.extend(fresh)
        named = self._together.keys() | self._apart.keys()
        places = ((self.profiles[position].account, position) for position in fresh if named)
        self._place |= {account: position for account, position in places if account in named}
        self._parts |= {position: _Part([position]) for position in fresh}
        keys = keyed(zip(fresh, profiles, strict=True), self._left_out)
        self._index.add(keys)
        good = _Good()
        self._connect(fresh, keys, good)
        touched = {*fresh, *(self._reconnected(keys, good) if fresh.start else ())}
        names = sorted({self._part[position] for position in touched})
        known = good.by_part(self._part)
        for name in names:
            self._group(self._parts[name], known(name))
        return [group for name in names for group in self._parts[name].groups]

    def _connect(self, positions: Iterable[int], keys: Keyed, good: _Good) -> None:
        """Join what speaks for one incident with each account, among those before it."""
        for left, right in self._index.near(keys):
            for other, position in zip(left.tolist(), right.tolist(), strict=True):
                value = self._score(other, position)
                if value > 0:
                    good.add(other, position, value)
                    self._join(other, position)
        for position in positions if self._together else ():
            for name in self._together.get(self.profiles[position].account, ()):
                if name in self._place:
                    self._join(self._place[name], position)

    def _reconnected(self, fresh: Keyed, good: _Good) -> list[int]:
        """Connect those anew whose keys have become too common to compare by; return them."""
        names = {self._part[position] for position in self._index.spoilt(fresh)}
        members = sorted(p for name in names for p in self._parts.pop(name).members)
        for position in members:
            self._part[position] = position
            self._parts[position] = _Part([position])
        told = ((position, self.profiles[position]) for position in members)
        keys = keyed(told, self._left_out)
        self._connect(members, keys, good)
        return members

    def _join(self, one: int, other: int) -> None:
        left, right = self._part[one], self._part[other]
        if left == right:
            return
        if len(self._parts[left].members) < len(self._parts[right].members):
            left, right = right, left
        moved = self._parts.pop(right)
        for position in moved.members:
            self._part[position] = left
        self._parts[left].take(moved)

    def _score(self, one: int, other: int) -> float:
        return in_order(self._scorer, self.profiles[one], self.profiles[other])

    def _group(self, part: _Part, known: Pairs) -> None:
        if len(part.members) == 1:
            return
        # Pairs that score alike merge by the names of accounts, not by who came in first.
        members = sorted(part.members, key=lambda position: self.profiles[position].account)
        local = {position: number for number, position in enumerate(members)}
        scores = np.full((len(members), len(members)), np.nan)
        np.fill_diagonal(scores, 0.0)
        for former, table in part.scored:
            spots = [local[position] for position in former]
            scores[np.ix_(spots, spots)] = table
        left, right = ([local[position] for position in side.tolist()] for side in known[:2])
        scores[left, right] = scores[right, left] = known[2]
        for one, other in np.argwhere(np.isnan(np.triu(scores))).tolist():
            scores[one, other] = scores[other, one] = self._score(members[one], members[other])
        groups = cluster.groups(
            scores,
            together=self._decided(self._together, local),
            apart=self._decided(self._apart, local),
        )
        part.scored = [(members, scores)]
        part.groups = [sorted(members[number] for number in group) for group in groups]

    def _decided(
        self, pairs: Mapping[str, Sequence[str]], local: Mapping[int, int]
    ) -> list[cluster.Pair]:
        return [
            (number, local[self._place[other]])
            for position, number in local.items()
            for other in pairs.get(self.profiles[position].account, ())
            if self._place.get(other) in local
        ]


def in_order(scorer: Scorer, one: Profile, other: Profile) -> float:
    """Score a pair in one order, whichever came first: sums must not differ in a last digit."""
    left, right = (one, other) if one.account <= other.account else (other, one)
    return scorer.score(left, right)


class _Part:
    """Connected accounts, their groups, and the scores of all pairs among some of them."""

    __slots__ = ("groups", "members", "scored")

    def __init__(self, members: list[int]) -> None:
        self.members = members
        self.groups = [members[:]]
        self.scored: Sequence[tuple[list[int], cluster.Table]] = ()

    def take(self, other: _Part) -> None:
        """Take the accounts of another part in."""
        self.members += other.members
        self.scored = [*self.scored, *other.scored]


class _Good:
    """Scores of pairs that speak for one incident, in arrays: there are ten an account."""

    def __init__(self) -> None:
        self._left, self._right = array("i"), array("i")
        self._values = array("d")

    def add(self, left: int, right: int, value: float) -> None:
        """Note the score of a pair."""
        self._left.append(left)
        self._right.append(right)
        self._values.append(value)

    def by_part(self, part_of: array[int]) -> Callable[[int], Pairs]:
        """Return what gives the scores inside one part: the connected accounts of a name."""
        if not self._left:
            return lambda _: _NO_PAIRS
        left = np.frombuffer(self._left, np.int32)
        parts = np.frombuffer(part_of, np.int32)[left]
        order = np.argsort(parts, kind="stable")
        left, right = left[order], np.frombuffer(self._right, np.int32)[order]
        values = np.frombuffer(self._values)[order]
        names, starts, sizes = np.unique(parts[order], return_index=True, return_counts=True)
        spans = map(slice, starts.tolist(), (starts + sizes).tolist())
        by_name = dict(zip(names.tolist(), spans, strict=True))

        def scores(part: int) -> Pairs:
            span = by_name.get(part, slice(0))
            return left[span], right[span], values[span]

        return scores


Pairs = tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float64]]
_NO_PAIRS: Pairs = (np.empty(0, np.int32), np.empty(0, np.int32), np.empty(0))


def _both_ways(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for one, other in pairs:
        found[one].append(other)
        found[other].append(one)
    return dict(found)
