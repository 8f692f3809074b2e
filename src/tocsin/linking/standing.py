"""Incidents already linked, kept so that a new account finds its own without linking the world."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from tocsin.linking import blocking
from tocsin.linking.profile import Profile
from tocsin.linking.score import Scorer

_MOST = 50  # accounts of one incident that a new one is compared with: more say the same


class Standing:
    """An index of linked accounts by the keys of blocking."""

    def __init__(
        self, profiles: Sequence[Profile], groups: Sequence[Sequence[int]], *, scorer: Scorer
    ) -> None:
        self._profiles = list(profiles)
        self._groups = [list(group) for group in groups]
        self._scorer = scorer
        self._home = {p: number for number, group in enumerate(self._groups) for p in group}
        self._keys: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for position, profile in enumerate(self._profiles):
            for key in set(blocking.keys(profile)):
                self._keys[key].append(position)

    def near(self, profile: Profile) -> list[int]:
        """Return the groups that share a key with an account."""
        found = set()
        for key in set(blocking.keys(profile)):
            members = self._keys.get(key, ())
            if len(members) <= blocking.CROWDED or blocking.is_firm(key):
                found |= {self._home[position] for position in members}
        return sorted(found)

    def home(self, profile: Profile) -> int | None:
        """Return the group whose accounts fit on average, the best one; None for a new incident."""
        best: tuple[float, int] = (0.0, -1)
        for number in self.near(profile):
            members = self._groups[number][:_MOST]
            total = sum(self._scorer.score(profile, self._profiles[p]) for p in members)
            best = max(best, (total / len(members), -number - 2))
        return -best[1] - 2 if best[0] > 0 else None

    def add(self, profile: Profile) -> int:
        """Put an account into its group, or into a new one, and return the group."""
        found = self.home(profile)
        number = len(self._groups) if found is None else found
        if found is None:
            self._groups.append([])
        position = len(self._profiles)
        self._profiles.append(profile)
        self._groups[number].append(position)
        self._home[position] = number
        for key in set(blocking.keys(profile)):
            self._keys[key].append(position)
        return number
