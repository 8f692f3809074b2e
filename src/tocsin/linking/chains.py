"""Typed links between incidents, from what single reports say of their own accounts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tocsin.model import Account, ChainLink
from tocsin.terms import Relation


def chains(
    accounts: Iterable[Account], incident_of: Mapping[str, str]
) -> dict[str, tuple[ChainLink, ...]]:
    """Return the links of each incident, outgoing and incoming, from the causes of accounts."""
    best: dict[tuple[str, str, Relation], ChainLink] = {}
    for account in accounts:
        source = incident_of.get(account.id)
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
            key = (source, target, cause.relation)
            known = best.get(key)
            if known is None or _firmness(link) > _firmness(known):
                best[key] = link
    found: dict[str, list[ChainLink]] = {}
    for key in sorted(best):
        for end in key[:2]:
            found.setdefault(end, []).append(best[key])
    return {incident: tuple(links) for incident, links in found.items()}


def _firmness(link: ChainLink) -> tuple[bool, bool]:
    return (link.basis == "stated", link.evidence is not None)
