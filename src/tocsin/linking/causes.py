"""What set off what, where no report says it: the nearest fitting incident before, inferred."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tocsin.linking.chains import Ends, Told
from tocsin.linking.profile import Spot, spot_of
from tocsin.linking.times import Days, days_of
from tocsin.model import ChainLink, Incident, Measure, Value, When, Where
from tocsin.ontology import Ontology
from tocsin.terms import Relation

_HARMS = frozenset({"police_shooting", "police_use_of_force", "death_in_custody"})
_ANSWERS = frozenset({"curfew", "state_of_emergency", "deployment"})
_UNREST = frozenset({"demonstration", "mob_violence", "property_destruction"})
_OPENS = _UNREST | {"armed_attack", "bombing", "vehicle_ramming"}
# Days within which one follows from the other in the same town when nobody says so: crowds gather
# for some nights after a shooting, orders answer the last night.
_CROWD_AFTER = 3
REACH = _CROWD_AFTER  # days before an event among which its cause is looked for
_ORDER_AFTER = 2


@dataclass(frozen=True, slots=True)
class Event:
    """An incident as a link of a chain: its day, its place and its sort."""

    incident: str
    kind: str
    family: str
    day: int
    first: int  # the earliest day that a report gives
    place: str  # a town, or the state of an order that covers one
    area: str | None  # the state around a town
    reports: int
    early: bool = False  # told to have come before what else happened on its day


def events_of(incidents: Iterable[Incident], ontology: Ontology) -> dict[str, Event]:
    """Return the incidents whose day and place are known, as events."""
    found = (event_of(incident, ontology) for incident in incidents)
    return {event.incident: event for event in found if event is not None}


def inferred(asked: Iterable[Event], events: Iterable[Event]) -> dict[str, ChainLink]:
    """Return for each event asked about the link to its nearest cause, marked inferred.

    Of events, those at most `REACH` days before, in its place or around, can be causes.
    """
    known: dict[tuple[str, int], list[Event]] = defaultdict(list)
    for event in events:
        for place in filter(None, (event.place, event.area)):
            known[place, event.day].append(event)
    found = {}
    for event in asked:
        days = range(event.day - REACH, event.day + 1)
        near = (other for day in days for other in known.get((event.place, day), ()))
        cause = _cause(event, near)
        if cause is not None:
            found[event.incident] = ChainLink(
                source=event.incident,
                target=cause.incident,
                relation=_relation(event),
                basis="inferred",
            )
    return found


def believed(
    told: Mapping[Ends, Told], guessed: Mapping[str, ChainLink], events: Mapping[str, Event]
) -> list[ChainLink]:
    """Return the links that hold: what reports state first, one guess where they do not.

    Nothing is set off by what came after it, nor a part of another day: such a link is a misreading
    and is left out.
    """
    causes: dict[tuple[str, Relation], list[Told]] = defaultdict(list)
    for found in told.values():
        if not _is_impossible(found.link, events):
            causes[found.link.source, found.link.relation].append(found)
    for link in guessed.values():
        causes[link.source, link.relation].append(Told(link, 0))
    return [link for found in causes.values() for link in _believed(found)]


def by_incident(links: Iterable[ChainLink]) -> dict[str, tuple[ChainLink, ...]]:
    """Return the links of each incident, those that lead to it and those that lead from it."""
    every = {(link.source, link.target, link.relation): link for link in links}
    ends: dict[str, list[ChainLink]] = defaultdict(list)
    for source, target, relation in sorted(every):
        for end in (source, target):
            ends[end].append(every[source, target, relation])
    return {incident: tuple(links) for incident, links in ends.items()}


def _believed(found: Sequence[Told]) -> list[ChainLink]:
    """Choose among the causes of one incident: those most often stated, else one guess."""
    stated = [each for each in found if each.link.basis == "stated"]
    if stated:
        most = max(each.accounts for each in stated)
        return [each.link for each in stated if 2 * each.accounts > most]
    nearest = [each for each in found if not each.accounts]
    often = sorted(found, key=lambda each: (-each.accounts, each.link.target))
    return [each.link for each in (nearest or often)[:1]]


def _is_impossible(link: ChainLink, events: Mapping[str, Event]) -> bool:
    source, target = events.get(link.source), events.get(link.target)
    if source is None or target is None:
        return False
    if link.relation == "part_of":
        return source.day != target.day
    if link.relation not in ("set_off_by", "measure_against", "about"):
        return False
    return target.first > source.day or _is_before(source, target)


def _is_before(event: Event, other: Event) -> bool:
    """Tell whether a report says that an order came before what else happened on its day."""
    return event.kind in _ANSWERS and event.early and event.day == other.day


def event_of(incident: Incident, ontology: Ontology) -> Event | None:
    """Return an incident as an event; one without a day or a place that counts is none."""
    day = next(_days(incident, shown=True), None)
    spot = next((spot for value in _shown(incident, "where") if (spot := _spot(value))), None)
    if day is None or not day.exact or spot is None:
        return None
    area = f"{spot.country}/{spot.admin1}" if spot.admin1 else None
    place = spot.key if spot.city else area if incident.kind in _ANSWERS else None
    if place is None:
        return None
    whens = [value for value in _given(incident, "when") if isinstance(value, When)]
    return Event(
        incident=incident.id,
        kind=incident.kind,
        family=ontology.family(incident.kind),
        day=day.first,
        first=min(days.first for days in _days(incident) if days.exact),
        place=place,
        area=area if spot.city else None,
        reports=incident.reports,
        early=any(when.relation == "before" for when in whens),
    )


def _days(incident: Incident, *, shown: bool = False) -> Iterator[Days]:
    """Yield the days that an incident's values give, those of a measure's start first."""
    for slot in ("measure", "when"):
        for value in _shown(incident, slot) if shown else _given(incident, slot):
            when = value.effective if isinstance(value, Measure) else value
            days = days_of(when) if isinstance(when, When) else None
            if days is not None:
                yield days


def _shown(incident: Incident, slot: str) -> list[Value]:
    return [entry.shown.value for entry in incident.slots.get(slot, ())[:1]]


def _given(incident: Incident, slot: str) -> list[Value]:
    entries = incident.slots.get(slot, ())[:1]
    return [reading.value for entry in entries for reading in (entry.shown, *entry.others)]


def _spot(value: Value) -> Spot | None:
    return spot_of(value) if isinstance(value, Where) else None


def _cause(event: Event, events: Iterable[Event]) -> Event | None:
    fitting = [other for other in events if _fits(event, other)]
    return min(fitting, key=lambda other: _distance(event, other), default=None)


def _fits(event: Event, other: Event) -> bool:
    gap = event.day - other.day
    if _is_before(event, other):
        return False
    if event.family == "crowd":
        return other.kind in _HARMS and 0 <= gap <= _CROWD_AFTER
    if event.kind in _ANSWERS:
        return other.kind in _OPENS and 0 <= gap <= _ORDER_AFTER
    return False


def _distance(event: Event, other: Event) -> tuple[int, bool, int, str]:
    """Prefer the night before an order: the night of its own day mostly comes after it."""
    gap = event.day - other.day
    order = (1, 0, 2)[gap] if event.kind in _ANSWERS else gap
    return (order, other.kind not in _UNREST, -other.reports, other.incident)


def _relation(event: Event) -> Relation:
    return "measure_against" if event.kind in _ANSWERS else "set_off_by"
