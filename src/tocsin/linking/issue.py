"""Which id an incident has: the oldest one issued to it, or a new one from its founding account."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from tocsin.ids import IdLedger, Issued, incident_id


def issue(
    groups: Sequence[Sequence[str]],
    published: Mapping[str, str],
    ledger: IdLedger,
    elsewhere: Collection[str] = frozenset(),
) -> tuple[list[str], list[Issued]]:
    """Return the id of each group of accounts, and the ledger lines that are new.

    An id goes where its first account is: also to an incident that is not among the groups.
    """
    home: dict[str, int | None] = dict.fromkeys(elsewhere)
    home |= {account: number for number, group in enumerate(groups) for account in group}
    claimed: dict[int, list[str]] = {}
    for known in ledger.latest:
        founders = (home[a] for a in ledger.founded.get(known, ()) if a in home)
        number = next(founders, None)
        if number is not None:
            claimed.setdefault(number, []).append(known)
    found: list[str] = []
    fresh: list[Issued] = []
    for number, group in enumerate(groups):
        olds = claimed.get(number, [])
        ordered = _by_age(group, published)
        chosen = olds[0] if olds else incident_id(ordered[0])
        found.append(chosen)
        line = ledger.latest.get(chosen)
        if line is None or line.to is not None:
            accounts = ledger.founded.get(chosen) or tuple(ordered)
            fresh.append(Issued(id=chosen, accounts=accounts))
        fresh += [Issued(id=o, to=chosen) for o in olds[1:] if ledger.latest[o].to != chosen]
    return found, fresh


def _by_age(group: Sequence[str], published: Mapping[str, str]) -> list[str]:
    """Return accounts, founder first: published first, undated last, then by id."""
    return sorted(group, key=lambda a: (not published.get(a), published.get(a, ""), a))
