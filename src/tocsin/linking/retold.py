"""An incident as only some of its accounts tell it, where the others may not be shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from tocsin.linking.copies import copies_of
from tocsin.linking.incidents import Builder
from tocsin.linking.origins import Origins
from tocsin.linking.rulings import rule
from tocsin.model import Account, Decision, Incident, Report
from tocsin.ontology import Ontology


def retold(
    incident: Incident,
    accounts: Sequence[Account],
    reports: Mapping[str, Report],
    *,
    ontology: Ontology,
    decisions: Sequence[Decision] = (),
) -> Incident:
    """Return the incident with the values, figures and changes that these accounts give.

    Its id and what people decided about it stay; a tie whose words stand elsewhere goes.
    """
    days = {a.id: a.published or "" for a in accounts}
    published = {
        a.report: r.published.value if (r := reports.get(a.report)) and r.published else days[a.id]
        for a in accounts
    }
    builder = Builder(
        published=published,
        origins=Origins(reports, copies_of(reports)),
        rulings=rule(decisions, {account.id for account in accounts}),
        ontology=ontology,
    )
    found = builder.incident(incident.id, accounts)
    links = (k for k in incident.links if k.evidence is None or k.evidence.report in reports)
    return msgspec.structs.replace(
        found,
        review=incident.review,
        verification=incident.verification,
        links=tuple(links),
    )
