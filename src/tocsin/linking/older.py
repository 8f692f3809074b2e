"""Accounts that only mention an incident find its record, and make none where there is none."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from tocsin.linking import blocking
from tocsin.linking.profile import CROWD, Profile
from tocsin.linking.score import Scorer
from tocsin.linking.times import Days

_MOST = 50  # accounts of one incident that a mention is compared with: more say the same


def homes(
    mentions: Sequence[Profile],
    profiles: Sequence[Profile],
    groups: Sequence[Sequence[int]],
    keys: Mapping[str, blocking.Codes],
    *,
    scorer: Scorer,
    left_out: Collection[int] = frozenset(),
) -> dict[str, int]:
    """Return the group that each mention speaks of, where one fits better than not.

    Keys that too many accounts share are left out, as between accounts.
    """
    wanted = {code for mention in mentions for code in keys[mention.account]}
    members: dict[int, list[int]] = defaultdict(list)
    for position, profile in enumerate(profiles if wanted else ()):
        for code in wanted.intersection(keys[profile.account]):
            members[code].append(position)
    for code, positions in list(members.items()):
        if code in left_out or blocking.is_crowded(code, len(positions)):
            del members[code]
    group_of = {position: number for number, group in enumerate(groups) for position in group}
    found = {}
    for mention in mentions:
        near = {group_of[p] for code in keys[mention.account] for p in members.get(code, ())}
        # What is mentioned may be years old: its report's date says nothing of its day.
        before = Days(0, mention.published, stated=False) if mention.published else None
        asking = replace(mention, reach=mention.days or before, published=None)
        others = {n: _of_other_reports(mention, [profiles[p] for p in groups[n]]) for n in near}
        scored = {n: _mean(asking, told, scorer) for n, told in others.items() if told}
        fitting = [n for n, score in scored.items() if score > 0]
        # Crowds gather night after night: one without a day is the last that fits.
        last = mention.group == CROWD and mention.days is None
        days = {n: _day(others[n]) if last else 0 for n in fitting}
        best = max(fitting, key=lambda n: (days[n], scored[n], -n), default=None)
        if best is not None:
            found[mention.account] = best
    return found


def _of_other_reports(mention: Profile, group: Sequence[Profile]) -> list[Profile]:
    """What a report tells as new and mentions again is one incident where others tell of it."""
    return [profile for profile in group[:_MOST] if profile.report != mention.report]


def _day(group: Sequence[Profile]) -> int:
    days = Counter(p.days.first for p in group if p.days is not None and p.days.exact)
    return max(days, key=lambda day: (days[day], day), default=0)


def _mean(mention: Profile, group: Sequence[Profile], scorer: Scorer) -> float:
    return sum(scorer.score(mention, other) for other in group) / len(group)
