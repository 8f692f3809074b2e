"""Typed links between incidents, from what single reports say of their own accounts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from tocsin.model import Account, ChainLink, Measure
from tocsin.terms import Relation

Ends = tuple[str, str, Relation]  # source, target and what ties them


class Told(NamedTuple):
    """A link with the number of accounts that give it."""

    link: ChainLink
    accounts: int


def chains(accounts: Iterable[Account], incident_of: Mapping[str, str]) -> dict[Ends, Told]:
    """Return the links that the causes of accounts give, each as the firmest account gives it.

    Why an order was prolonged or lifted is not why it was given.
    """
    found: dict[Ends, Told] = {}
    told = list(accounts)
    given = {incident_of.get(account.id) for account in told if not _is_changed(account)}
    for account in told:
        source = incident_of.get(account.id)
        if source in given and _is_changed(account):
            continue
        for cause in account.caused_by:
            target = incident_of.get(cause.account)
            if source is None or target is None or source == target:
                continue
            link = ChainLink(
                source=source,
                target=target,
                relation=cause.relation,
                basis=cause.basis,
                evidence=cause.evidence,
            )
            ends = (source, target, cause.relation)
            known = found.get(ends, Told(link, 0))
            firmer = max(known.link, link, key=_firmness)
            found[ends] = Told(firmer, known.accounts + 1)
    return found


def _is_changed(account: Account) -> bool:
    measures = (claim.value for claim in account.claims if isinstance(claim.value, Measure))
    return any(measure.state in ("extended", "lifted") for measure in measures)


def _firmness(link: ChainLink) -> tuple[bool, bool]:
    return (link.basis == "stated", link.evidence is not None)
