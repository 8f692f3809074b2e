"""How the shown values of an incident changed as reports came in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tocsin import describe
from tocsin.linking.fuse import slots
from tocsin.linking.origins import Origins
from tocsin.linking.readings import SINGLE, is_same_value, severities
from tocsin.model import Account, Change, Entry, Text, Value, Victim

_CONDITION = "condition of "
_GONE = "no longer stated"  # a newer version of the only report that said it left it out
_LONGEST = 40  # reports after which a history is drawn from the first and latest ones only


@dataclass(frozen=True)
class Edition:
    """What one version of a report told, and since when it did."""

    since: str
    accounts: tuple[Account, ...]


def history(
    accounts: Sequence[Account],
    published: Mapping[str, str],
    origins: Origins,
    former: Mapping[str, Sequence[Edition]] | None = None,
) -> tuple[Change, ...]:
    """Return each change of a shown value, in the order in which reports were published.

    `former` holds the editions of the reports that changed, the newest last.
    """
    editions = _editions(accounts, published, former or {})
    days: dict[str, list[str]] = {}
    for report, told in editions.items():
        for edition in told:
            days.setdefault(edition.since, []).append(report)
    known = sorted(day for day in days if day)
    if len(known) < 2:
        return ()
    if len(known) > _LONGEST:
        known = [*known[: _LONGEST // 2], *known[-_LONGEST // 2 :]]
    before: dict[str, Value] = {}
    changes: list[Change] = []
    for day in known:
        now = _shown(slots(_told(editions, day), published, origins))
        for slot in sorted({*now, *before}):
            old, new = before.get(slot), now.get(slot)
            if before and (old is None or new is None or not is_same_value(old, new)):
                changes.append(
                    Change(
                        slot=slot,
                        before=_said(old),
                        after=_said(new) or _GONE,
                        report=min(days[day]),
                        at=day,
                    )
                )
        before = now
    return tuple(change for change in changes if not _is_of_somebody_else(change, before))


def _is_of_somebody_else(change: Change, newest: Mapping[str, Value]) -> bool:
    """Tell whether a change names a victim whom the newest versions name no more."""
    return change.slot.startswith(_CONDITION) and change.slot not in newest


def _editions(
    accounts: Sequence[Account],
    published: Mapping[str, str],
    former: Mapping[str, Sequence[Edition]],
) -> dict[str, list[Edition]]:
    """Return what each report told of this incident, version by version."""
    found: dict[str, list[Edition]] = {}
    for report in sorted({account.report for account in accounts}):
        mine = tuple(account for account in accounts if account.report == report)
        versions = former.get(report, ())
        found[report] = [
            Edition(edition.since, _same(edition.accounts, mine)) for edition in versions[:-1]
        ]
        since = versions[-1].since if versions else published.get(report, "")
        found[report].append(Edition(since, mine))
    return found


def _same(older: Sequence[Account], newer: Sequence[Account]) -> tuple[Account, ...]:
    """Return the accounts of an older version that tell what the newer ones tell."""
    ids, kinds = {a.id for a in newer}, {a.kind for a in newer}
    alone = [kind for kind in kinds if sum(a.kind == kind for a in older) == 1]
    return tuple(a for a in older if a.status == "new" and (a.id in ids or a.kind in alone))


def _told(editions: Mapping[str, Sequence[Edition]], day: str) -> list[Account]:
    """Return the accounts that could be read on a day: of each report its newest version then."""
    told: list[Account] = []
    for versions in editions.values():
        known = [edition for edition in versions if "" < edition.since <= day]
        if known:
            told.extend(known[-1].accounts)
    return told


def _shown(found: Mapping[str, tuple[Entry, ...]]) -> dict[str, Value]:
    values = {slot: e[0].shown.value for slot, e in found.items() if slot in SINGLE and e}
    for entry in found.get("victim", ()):
        victim = entry.shown.value
        if isinstance(victim, Victim) and victim.name and victim.conditions:
            graded = [c for c in victim.conditions if severities((c,))]
            state = (graded or victim.conditions)[-1].state
            values[_CONDITION + victim.name] = Text(words=state, code=state)
    return values


def _said(value: Value | None) -> str | None:
    """Return a value in words; of a state, which is a code of its own, the words alone."""
    if value is None:
        return None
    return (
        value.words
        if isinstance(value, Text) and value.words == value.code
        else describe.value(value)
    )
