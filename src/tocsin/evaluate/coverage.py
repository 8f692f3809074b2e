"""From reports to linked incidents: the whole job, in the fields of the coverage bench."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from tocsin import linking
from tocsin.coding import Coder, code
from tocsin.evaluate.coverage_facts import day_of, facts_of
from tocsin.evaluate.reports import report_of, value_of
from tocsin.evaluate.tasks import Fields
from tocsin.model import Account, Claim, Count, Incident, Measure, Value, When, Where
from tocsin.ontology import Ontology, facts_from

_CAUSES = frozenset({"set_off_by", "measure_against", "about"})
_COUNTS = {"killed": "killed", "injured": "injured", "detained": "arrested", "present": "crowd"}


def predict_all(records: Iterable[Fields], coder: Coder) -> Iterator[Fields]:
    """Code all reports, link them, and say of each what it reports as new."""
    rows = list(records)
    reports = {str(row["id"]): report_of(row) for row in rows}
    kept = [report for report in reports.values() if report is not None]
    accounts = {report.id: code(report, coder) for report in kept}
    every = [account for told in accounts.values() for account in told]
    linked = linking.link(every, {r.id: r for r in kept}, ontology=coder.ontology)
    for row in rows:
        told = accounts.get(str(row["id"]), ())
        yield predict(str(row["id"]), told, linked.incidents, coder.ontology)


def predict(
    report: str, told: Sequence[Account], incidents: Iterable[Incident], ontology: Ontology
) -> Fields:
    """Say what one report tells as new, with the incidents that linking made of all reports."""
    incident_of = {account: found for found in incidents for account in found.accounts}
    rows = [
        row
        for account in told
        if account.status == "new" and (row := _incident(account, told, incident_of, ontology))
    ]
    unreal = [account for account in told if account.status in ("planned", "denied", "feared")]
    facts = [fact for account in unreal for fact in facts_of(account)] if rows else []
    return {"report_id": report, "relevant": bool(rows), "incidents": rows, "facts": facts}


def _place_of_subject(account: Account, told: Sequence[Account]) -> Value | None:
    """A statement without a place of its own is filed where the thing it is about happened."""
    about = {cause.account for cause in account.caused_by}
    return next((place for a in told if a.id in about and (place := value_of(a, "where"))), None)


def _incident(
    account: Account,
    told: Sequence[Account],
    incident_of: Mapping[str, Incident],
    ontology: Ontology,
) -> Fields | None:
    facts = facts_from((claim.slot, claim.value) for claim in account.claims)
    kind = ontology.crosswalks["coverage"].code(account.kind, facts)
    if kind is None:
        return None
    found = incident_of.get(account.id)
    where = value_of(account, "where") or _place_of_subject(account, told)
    links = found.links if found else ()
    causes = [
        link.target
        for link in links
        if found is not None and link.source == found.id and link.relation in _CAUSES
    ]
    row: Fields = {
        "cluster": found.id if found else account.id,
        "type": kind,
        "date": _date(account),
        "window": _window(account),
        "counts": {
            name: _range(account, slot) for slot, name in _COUNTS.items() if _range(account, slot)
        },
        "caused_by": causes,
        "facts": facts_of(account),
    }
    if isinstance(where, Where):
        row |= {"city": where.city, "admin1": where.admin1, "country": where.country}
        row |= {"lat": where.lat, "lon": where.lon}
    return row


def _date(account: Account) -> str | None:
    """The evening a night began, the start of a measure, else the first day."""
    measure = value_of(account, "measure")
    if isinstance(measure, Measure) and measure.effective and (day := day_of(measure.effective)):
        return day
    when = value_of(account, "when")
    return day_of(when) if isinstance(when, When) else None


def _window(account: Account) -> Fields | None:
    measure = value_of(account, "measure")
    if not isinstance(measure, Measure):
        return None
    start, end = _moment(measure.effective), _moment(measure.ends)
    if start is None and end is None:
        return None
    return {"start": start, "end": end}


def _moment(when: When | None) -> str | None:
    if when is None or when.start is None:
        return None
    return when.start[:16] if when.precision in ("minute", "hour") else when.start[:10]


def _range(account: Account, slot: str) -> list[int | None] | None:
    """What the account says of a count: the claim that it is surest of, asserted before hedged."""
    found = [
        claim
        for claim in account.claims
        if claim.slot == slot and isinstance(claim.value, Count) and claim.value.low is not None
    ]
    if not found:
        return None
    best = max(found, key=_weight)
    value = best.value
    assert isinstance(value, Count)
    return [value.low, value.high]


def _weight(claim: Claim) -> float:
    return claim.reading_confidence
