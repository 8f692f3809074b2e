"""One incident's record from the accounts that tell it and the decisions about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tocsin.linking.corrections import corrected
from tocsin.linking.fuse import slots
from tocsin.linking.history import Edition, history
from tocsin.linking.origins import Origins
from tocsin.linking.rulings import Rulings, review_of, verification_of
from tocsin.model import Account, Decision, Entry, Incident, Kind
from tocsin.ontology import Ontology


@dataclass(frozen=True)
class Builder:
    """What a record needs beside its accounts: days, origins, decisions, kinds, older versions."""

    published: Mapping[str, str]
    origins: Origins
    rulings: Rulings
    ontology: Ontology
    former: Mapping[str, Sequence[Edition]] = field(default_factory=dict)

    def incident(self, name: str, members: Sequence[Account]) -> Incident:
        """Return the record of an incident, still without its chain."""
        found = slots(members, self.published, self.origins)
        about = self._about(members)
        found = corrected(found, about, self.ontology)
        kinds = found.get("kind")
        shown = kinds[0].shown.value if kinds else None
        return Incident(
            id=name,
            kind=shown.name if isinstance(shown, Kind) else _commonest_kind(members),
            accounts=tuple(sorted(account.id for account in members)),
            slots=found,
            reports=len({account.report for account in members}),
            origins=self._origins(members, found),
            review=review_of(about),
            verification=verification_of(about),
            history=history(members, self.published, self.origins, self.former),
        )

    def _origins(self, members: Sequence[Account], found: Mapping[str, Sequence[Entry]]) -> int:
        """Return at least how many origins tell of it: those of its best founded value."""
        told = self.origins.count(c for a in members for c in a.claims if c.slot == "kind")
        return max(
            [told, *(entry.shown.origins for entries in found.values() for entry in entries)]
        )

    def _about(self, members: Sequence[Account]) -> list[Decision]:
        by_account = self.rulings.by_account
        found = {d.seq: d for account in members for d in by_account.get(account.id, ())}
        return [found[seq] for seq in sorted(found)]


def _commonest_kind(members: Sequence[Account]) -> str:
    kinds = [account.kind for account in members]
    return min(set(kinds), key=lambda kind: (-kinds.count(kind), kind))
