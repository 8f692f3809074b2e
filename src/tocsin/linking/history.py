"""How the shown values of an incident changed as reports came in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tocsin import describe
from tocsin.linking.fuse import slots
from tocsin.linking.origins import Origins
from tocsin.linking.readings import SINGLE
from tocsin.model import Account, Change, Entry, Victim

_LONGEST = 40  # reports after which a history is drawn from the first and latest ones only


def history(
    accounts: Sequence[Account], published: Mapping[str, str], origins: Origins
) -> tuple[Change, ...]:
    """Return each change of a shown value, in the order in which reports were published."""
    days: dict[str, list[str]] = {}
    for report in {account.report for account in accounts}:
        days.setdefault(published.get(report, ""), []).append(report)
    known = sorted(day for day in days if day)
    if len(known) < 2:
        return ()
    if len(known) > _LONGEST:
        known = [*known[: _LONGEST // 2], *known[-_LONGEST // 2 :]]
    before: dict[str, str] = {}
    changes: list[Change] = []
    for day in known:
        told = [a for a in accounts if "" < published.get(a.report, "") <= day]
        now = _shown(slots(told, published, origins))
        for slot in sorted(now):
            if before and now[slot] != before.get(slot):
                newest = min(days[day])
                changes.append(
                    Change(
                        slot=slot, before=before.get(slot), after=now[slot], report=newest, at=day
                    )
                )
        before = now
    return tuple(changes)


def _shown(found: Mapping[str, tuple[Entry, ...]]) -> dict[str, str]:
    values = {s: describe.value(e[0].shown.value) for s, e in found.items() if s in SINGLE and e}
    for entry in found.get("victim", ()):
        victim = entry.shown.value
        if isinstance(victim, Victim) and victim.name and victim.conditions:
            values[f"condition of {victim.name}"] = victim.conditions[-1].state
    return values
