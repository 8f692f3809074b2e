"""Which reports are about one thing, whether or not they tell a new incident."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tocsin.linking.profile import Profile, pooled
from tocsin.linking.words import Telling
from tocsin.model import Account
from tocsin.ontology import Ontology


def stories(
    tellings: Mapping[str, Telling],
    accounts: Mapping[str, Sequence[Account]],
    published: Mapping[str, str],
    *,
    ontology: Ontology,
) -> list[Profile]:
    """Return one profile a report: its main account with the names of all that it tells."""
    return [
        pooled(
            accounts.get(report, ()),
            tellings[report],
            ontology=ontology,
            published=published.get(report),
        )
        for report in sorted(tellings)
    ]
