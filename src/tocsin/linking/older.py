"""Accounts that only mention an incident find its record, and make none where there is none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from tocsin.linking import blocking
from tocsin.linking.profile import Profile
from tocsin.linking.score import Scorer
from tocsin.linking.times import Days

_MOST = 50  # accounts of one incident that a mention is compared with: more say the same


def homes(
    mentions: Sequence[Profile],
    profiles: Sequence[Profile],
    groups: Sequence[Sequence[int]],
    *,
    scorer: Scorer,
) -> dict[str, int]:
    """Return the group that each mention speaks of, where one fits better than not."""
    asked = {key for mention in mentions for key in blocking.keys(mention)}
    members: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for position, profile in enumerate(profiles):
        for key in asked.intersection(blocking.keys(profile)):
            members[key].append(position)
    group_of = {position: number for number, group in enumerate(groups) for position in group}
    found = {}
    for mention in mentions:
        near = {group_of[p] for key in blocking.keys(mention) for p in members.get(key, ())}
        # What is mentioned may be years old: its report's date says nothing of its day.
        before = Days(0, mention.published, stated=False) if mention.published else None
        asking = replace(mention, reach=mention.days or before, published=None)
        scored = [(_mean(asking, [profiles[p] for p in groups[n]], scorer), -n) for n in near]
        best = max(scored, default=(0.0, 0))
        if best[0] > 0:
            found[mention.account] = -best[1]
    return found


def _mean(mention: Profile, group: Sequence[Profile], scorer: Scorer) -> float:
    some = group[:_MOST]
    return sum(scorer.score(mention, other) for other in some) / len(some)
