"""Records to rows: what a table, a map or a filter needs of an incident masked already."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

import msgspec

from tocsin import describe, records, shown
from tocsin.ids import digest
from tocsin.model import Account, Incident, Part, Report, When
from tocsin.ontology import Ontology

Row = dict[str, object]

FIGURES = ("killed", "injured", "detained", "present", "shots")

# How much harm a wrong record of a family does, before deaths and victims are looked at: force
# against people first, words last. Only the order matters.
_HARM = {
    "police_force": 0.6,
    "attack": 0.6,
    "harm": 0.5,
    "justice": 0.45,
    "crowd": 0.35,
    "measure": 0.3,
    "territory": 0.3,
}
_LEAST_HARM = 0.15
_HARM_OF_DEATH = 0.3
_HARM_OF_VICTIM = 0.1

# What each open question adds to doubt; the coder's own doubt of its reading comes on top.
_DOUBT = {"one origin": 0.15, "differs": 0.25, "not asserted": 0.15, "no place": 0.1, "no day": 0.1}


class Figure(Part, frozen=True, kw_only=True):
    """A count as a card shows it, with how many origins stand behind it."""

    slot: str
    text: str
    origins: int
    certainty: str
    differs: bool = False


class Card(Part, frozen=True, kw_only=True):
    """What a list shows of an incident; names are masked already."""

    id: str
    kind: str
    title: str
    when: When | None = None
    where: str | None = None
    said: str | None = None
    figures: tuple[Figure, ...] = ()


def report_row(report: Report) -> Row:
    """Return the row of a report."""
    return {
        "id": report.id,
        "outlet": report.outlet.name if report.outlet else None,
        "outlet_kind": report.outlet.kind if report.outlet else None,
        "agency": report.agency,
        "title": report.title,
        "published": report.published.value if report.published else None,
        "url": report.url,
        "handling": report.handling,
        "record": records.write(report),
    }


def version_row(position: int, report: Report) -> Row:
    """Return the row of a version of a report, at its place in the order of reading."""
    return {
        "report": report.id,
        "text_digest": report.text_digest,
        "position": position,
        "record": records.write(report),
    }


def account_row(account: Account, owner: Mapping[str, str]) -> Row:
    """Return the row of an account, with the incident it tells."""
    return {
        "id": account.id,
        "report": account.report,
        "incident": owner.get(account.id),
        "kind": account.kind,
        "status": account.status,
        "record": records.write(account),
    }


def incident_row(incident: Incident, accounts: Iterable[Account], ontology: Ontology) -> Row:
    """Return the narrow row of an incident; `n` and generations are the writer's to give."""
    where = shown.where(incident)
    kind = incident.slots.get("kind")
    return {
        "id": incident.id,
        "kind": incident.kind,
        "family": ontology.family(incident.kind),
        "day": shown.day(shown.when(incident)),
        "country": where.country if where else None,
        "lat": where.lat if where else None,
        "lon": where.lon if where else None,
        "radius_km": where.radius_km if where else None,
        "reports": incident.reports,
        "origins": incident.origins,
        "certainty": kind[0].shown.certainty if kind else None,
        "review": incident.review,
        "verification": incident.verification,
        "differs": differs(incident),
        "priority": round(doubt(incident, accounts) * harm(incident, ontology), 4),
    }


def record_row(incident: Incident, released: Incident, card: Card) -> Row:
    """Return the row that holds an incident whole, and as outputs may show it if that differs."""
    record, shown = records.write(incident), records.write(released)
    return {
        "id": incident.id,
        "digest": digest(record + shown)[:16],
        "card": msgspec.json.encode(card),
        "record": record,
        "released": shown if shown != record else None,
    }


def card(incident: Incident, ontology: Ontology) -> Card:
    """Return what a list shows of an incident that is masked already."""
    when, where = shown.when(incident), shown.where(incident)
    kind = incident.slots.get("kind")
    speakers = kind[0].shown.speakers if kind else ()
    return Card(
        id=incident.id,
        kind=incident.kind,
        title=describe.title(incident, ontology),
        when=when,
        where=describe.town(where) if where else None,
        said=speakers[0] if speakers else None,
        figures=tuple(_figures(incident)),
    )


def _figures(incident: Incident) -> Iterable[Figure]:
    for slot in FIGURES:
        count = shown.count(incident, slot)
        if count is None:
            continue
        entry = incident.slots[slot][0]
        yield Figure(
            slot=slot,
            text=describe.figure(count),
            origins=entry.shown.origins,
            certainty=entry.shown.certainty,
            differs=shown.differs(entry),
        )


def words(incident: Incident, card: Card, outlets: Iterable[str]) -> tuple[str, str]:
    """Return what a search looks through: words of the values, and names of places and outlets."""
    values = [
        describe.value(reading.value)
        for _, entries in sorted(incident.slots.items())
        for entry in entries
        for reading in (entry.shown, *entry.others)
    ]
    names = [card.where or "", *sorted(set(outlets))]
    return " · ".join([card.title, *dict.fromkeys(values)]), " · ".join(names)


def differs(incident: Incident) -> bool:
    """Tell whether reports give different values anywhere."""
    entries = (entry for found in incident.slots.values() for entry in found)
    return any(shown.differs(entry) for entry in entries)


def doubt(incident: Incident, accounts: Iterable[Account]) -> float:
    """Return how much there is to check, 0 to 1."""
    claims = [claim for account in accounts for claim in account.claims]
    unsure = [1 - claim.reading_confidence for claim in claims]
    kind = incident.slots.get("kind", ())
    open_questions = {
        "one origin": incident.origins <= 1,
        "differs": differs(incident),
        "not asserted": any(entry.shown.certainty != "asserted" for entry in kind),
        "no place": shown.where(incident) is None,
        "no day": shown.day(shown.when(incident)) is None,
    }
    added = sum(_DOUBT[name] for name, holds in open_questions.items() if holds)
    return min(1.0, (sum(unsure) / len(unsure) if unsure else 0.0) + added)


def harm(incident: Incident, ontology: Ontology) -> float:
    """Return how much harm a wrong record of this could do, 0 to 1."""
    found = _HARM.get(ontology.family(incident.kind), _LEAST_HARM)
    killed = shown.count(incident, "killed")
    if killed is not None and killed.low:
        found += _HARM_OF_DEATH * min(1.0, 0.5 + math.log10(killed.low) / 4)
    if any(True for _ in shown.victims(incident)):
        found += _HARM_OF_VICTIM
    return min(1.0, found)
