"""What set off what, where no report says it: the nearest fitting incident before, inferred."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tocsin.linking.profile import spot_of
from tocsin.linking.times import Days, days_of
from tocsin.model import ChainLink, Incident, Measure, When, Where
from tocsin.ontology import Ontology
from tocsin.terms import Relation

_HARMS = frozenset({"police_shooting", "police_use_of_force", "death_in_custody"})
_ANSWERS = frozenset({"curfew", "state_of_emergency", "deployment"})
_OPENS = frozenset({"armed_attack", "bombing", "vehicle_ramming", "mob_violence"})
# Days within which one follows from the other in the same town when nobody says so: crowds gather
# for some nights after a shooting, orders answer the last night.
_CROWD_AFTER = 3
_ORDER_AFTER = 2


@dataclass(frozen=True, slots=True)
class Event:
    """An incident as a link of a chain: its day, its town and its sort."""

    incident: str
    kind: str
    family: str
    day: int
    town: str


def events_of(incidents: Iterable[Incident], ontology: Ontology) -> dict[str, Event]:
    """Return the incidents whose day and town are known, as events."""
    found = (event_of(incident, ontology) for incident in incidents)
    return {event.incident: event for event in found if event is not None}


def inferred(events: Mapping[str, Event]) -> dict[str, ChainLink]:
    """Return for each event that fits one the link to its nearest cause, marked inferred."""
    towns: dict[str, list[Event]] = defaultdict(list)
    for event in events.values():
        towns[event.town].append(event)
    found = {}
    for near in towns.values():
        for event in near:
            cause = _cause(event, near)
            if cause is not None:
                found[event.incident] = ChainLink(
                    source=event.incident,
                    target=cause.incident,
                    relation=_relation(event),
                    basis="inferred",
                )
    return found


def merged(
    stated: Mapping[str, Sequence[ChainLink]],
    guessed: Mapping[str, ChainLink],
    events: Mapping[str, Event],
) -> dict[str, tuple[ChainLink, ...]]:
    """Return the links of each incident: what reports say first, guesses where they say nothing.

    Nothing is set off by what came after it: such a link is a misreading and is left out.
    """
    every = {
        (link.source, link.target): link
        for links in stated.values()
        for link in links
        if not _is_backwards(link, events)
    }
    causes: dict[str, list[ChainLink]] = defaultdict(list)
    for link in every.values():
        causes[link.source].append(link)
    for source, link in guessed.items():
        known = [k for k in causes.get(source, ()) if k.relation == link.relation]
        if any(k.basis == "stated" for k in known):
            continue
        for other in known:
            del every[other.source, other.target]
        every[link.source, link.target] = link
    found: dict[str, list[ChainLink]] = defaultdict(list)
    for key in sorted(every):
        for end in key:
            found[end].append(every[key])
    return {incident: tuple(links) for incident, links in found.items()}


def _is_backwards(link: ChainLink, events: Mapping[str, Event]) -> bool:
    source, target = events.get(link.source), events.get(link.target)
    causal = link.relation in ("set_off_by", "measure_against", "about")
    return causal and source is not None and target is not None and target.day > source.day


def event_of(incident: Incident, ontology: Ontology) -> Event | None:
    """Return an incident as an event; one without a day or a town is none."""
    day: Days | None = None
    town: str | None = None
    for slot in ("measure", "when", "where"):
        for entry in incident.slots.get(slot, ())[:1]:
            match entry.shown.value:
                case Measure(effective=When() as when):
                    day = days_of(when)
                case When() as when if day is None:
                    day = days_of(when)
                case Where() as where if (spot := spot_of(where)) is not None:
                    town = spot.key if spot.city else None
                case _:
                    pass
    if day is None or not day.exact or town is None:
        return None
    return Event(incident.id, incident.kind, ontology.family(incident.kind), day.first, town)


def _cause(event: Event, events: Iterable[Event]) -> Event | None:
    fitting = [other for other in events if _fits(event, other)]
    return min(fitting, key=lambda other: _distance(event, other), default=None)


def _fits(event: Event, other: Event) -> bool:
    gap = event.day - other.day
    if event.family == "crowd":
        return other.kind in _HARMS and 0 <= gap <= _CROWD_AFTER
    if event.kind in _ANSWERS:
        return (other.family == "crowd" or other.kind in _OPENS) and 0 <= gap <= _ORDER_AFTER
    return False


def _distance(event: Event, other: Event) -> tuple[int, bool, str]:
    """Prefer the night before an order: the night of its own day mostly comes after it."""
    gap = event.day - other.day
    order = (1, 0, 2)[gap] if event.kind in _ANSWERS else gap
    return (order, other.family != "crowd", other.incident)


def _relation(event: Event) -> Relation:
    return "measure_against" if event.kind in _ANSWERS else "set_off_by"
