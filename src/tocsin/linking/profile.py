"""What linking compares: the compact shape of one account, with its days, spot, names and words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tocsin.linking.times import Days, days_of, is_by_day, news_days, ordinal, weekdays_of
from tocsin.linking.words import Telling
from tocsin.model import (
    Account,
    Actor,
    Count,
    Measure,
    Statement,
    Text,
    Victim,
    When,
    Where,
)
from tocsin.ontology import Ontology

# Kinds that one and the same happening is told under by different outlets share a block.
FORCE = "force"
CROWD = "crowd"
_GROUPS = {"crowd": CROWD, "police_force": FORCE, "attack": FORCE}
POLICE = frozenset({"police_shooting", "police_use_of_force", "death_in_custody", "raid_or_search"})
# Kinds of other families are each a block of their own: a curfew is never a deployment.
_COUNTS = frozenset({"killed", "injured", "detained", "present", "shots"})
_OF_STATE = frozenset({"COP", "MIL", "GOV", "SPY"})  # groups of actors that act for a state
_AGE = re.compile(r"\b(\d{1,2})-year-old\b")
MANY = 5  # dead in a crowd's telling: lethal force, whoever used it


@dataclass(frozen=True, slots=True)
class Spot:
    """Where: the names of the place at each level, its point, and how far the point reaches."""

    place: str | None
    lat: float | None
    lon: float | None
    radius_km: float
    city: str | None
    admin1: str | None
    country: str | None
    stated: bool = True
    part: bool = False  # a quarter or a site of its town
    whole: bool = False  # a whole state or country

    @property
    def loose(self) -> bool:
        """Tell whether it is an area that no words state for this account."""
        return self.city is None and not self.stated

    @property
    def key(self) -> str:
        """The place as a block key: its town, or the widest thing known."""
        return "/".join(part or "" for part in (self.country, self.admin1, self.city))


@dataclass(frozen=True, slots=True)
class Told:
    """What all accounts of a report tell of: the main one of another may be a minor one here."""

    days: frozenset[int]
    towns: frozenset[str]
    regions: frozenset[str]
    counts: Mapping[str, frozenset[tuple[int | None, int | None]]]


@dataclass(frozen=True, slots=True)
class Profile:
    """One account as linking sees it."""

    account: str
    report: str
    kind: str
    group: str
    published: int | None
    days: Days | None
    spot: Spot | None
    victims: tuple[str, ...]
    people: tuple[str, ...]
    ages: frozenset[int]
    counts: Mapping[str, tuple[int | None, int | None]]
    speakers: tuple[str, ...]
    telling: Telling
    reach: Days | None = None  # the days it may lie on, by what is stated or by publication
    whole: bool = False  # a report's main matter rather than one of its accounts
    told: Told | None = None  # of a whole report
    weekdays: frozenset[int] = frozenset()  # named by a time that has no date
    by_day: bool = False  # published before dark: tells of no night of that day
    lone_age: int | None = None  # of the only one who was hit
    adds: bool = False  # forces sent beside those that are there
    on_crowd: bool = False  # a crowd met with lethal force, or force that may have met one


def group_of(kind: str, ontology: Ontology) -> str:
    """Return the block of a kind: its family where outlets mix kinds, else the kind itself."""
    return _GROUPS.get(ontology.family(kind), kind)


def profile(
    account: Account, telling: Telling, *, ontology: Ontology, published: str | None
) -> Profile:
    """Return the shape of an account that pairs are compared by."""
    victims: list[str] = []
    people: list[str] = []
    ages: set[int] = set()
    counts: dict[str, tuple[int | None, int | None]] = {}
    speakers: list[str] = []
    for claim in account.claims:
        match claim.value:
            case Victim() as victim:
                victims += [victim.name] if victim.name else []
                ages |= {victim.age} if victim.age is not None else set()
            case Actor(name=str(name), person=True):
                people.append(name)
            case Count() as count if claim.slot in _COUNTS and count.scope == "incident":
                counts.setdefault(claim.slot, (count.low, count.high))
            case Statement(speaker=Actor() as speaker):
                speakers.append(speaker.name or speaker.words)
            case _:
                pass
    told = published or account.published
    days, weekdays = _when(account, ordinal(told))
    return Profile(
        account=account.id,
        report=account.report,
        kind=account.kind,
        group=group_of(account.kind, ontology),
        published=ordinal(told),
        days=days,
        spot=_where(account),
        victims=tuple(dict.fromkeys(victims)),
        people=tuple(dict.fromkeys(people)),
        ages=frozenset(ages),
        counts=counts,
        speakers=tuple(dict.fromkeys(speakers)),
        telling=telling,
        reach=days or news_days(ordinal(told)),
        weekdays=weekdays,
        by_day=is_by_day(told),
        lone_age=_lone_age(account),
        adds=account.kind == "deployment" and _is_extended(account),
        on_crowd=_is_on_crowd(account, group_of(account.kind, ontology)),
    )


def _is_on_crowd(account: Account, group: str) -> bool:
    """Tell whether one outlet's attack by soldiers may be another's crowd that was shot at.

    Force against one named person, or by somebody who is no state's, is an incident of its own.
    """
    harmed = [
        claim.value.low
        for claim in account.claims
        if isinstance(claim.value, Count) and claim.slot in ("killed", "injured")
    ]
    if group == CROWD:
        lethal = any(
            isinstance(claim.value, Text) and claim.value.code == "lethal"
            for claim in account.claims
            if claim.slot == "force"
        )
        return lethal or any(low is not None and low >= MANY for low in harmed)
    if group != FORCE or 1 in harmed or any(isinstance(c.value, Victim) for c in account.claims):
        return False
    actors = [c.value for c in account.claims if c.slot == "actor" and isinstance(c.value, Actor)]
    return all(actor.group in _OF_STATE for actor in actors)


def _lone_age(account: Account) -> int | None:
    """Return the age of the one person whom an account says was hit, None where there are more."""
    hit = [c.value for c in account.claims if c.slot in ("killed", "injured")]
    victims = [c.value for c in account.claims if isinstance(c.value, Victim)]
    ages = {victim.age for victim in victims if victim.age is not None}
    for count in hit:
        if not isinstance(count, Count) or (count.low, count.high) != (1, 1):
            return None
        ages |= {int(age) for age in _AGE.findall(count.words)}
    return ages.pop() if len(ages) == 1 and len(victims) <= 1 else None


def _is_extended(account: Account) -> bool:
    measures = (claim.value for claim in account.claims if isinstance(claim.value, Measure))
    return any(measure.state == "extended" for measure in measures)


def _when(account: Account, published: int | None) -> tuple[Days | None, frozenset[int]]:
    """Return an account's days, of a measure those on which it starts; else its weekdays.

    News without a time is dated by its tense to the day it came out: it may be of the day before,
    as may "yesterday" below an update that has no day.
    """
    stated = [c.value for c in account.claims if c.slot == "when" and isinstance(c.value, When)]
    starts = [
        claim.value.effective
        for claim in account.claims
        if isinstance(claim.value, Measure) and claim.value.effective is not None
    ]
    for when in (*starts, *stated[:1]):
        days = days_of(when)
        if days is not None and not (days.vague and account.status == "new"):
            by_tense = when.basis == "inferred" and when.precision == "day" and days.exact
            if (by_tense and days.first == published) or when.basis == "assumed":
                days = replace(days, first=days.first - 1)
            if when in starts and _at_midnight(when):
                days = replace(days, first=days.first - 1)
            return days, frozenset()
    return None, weekdays_of(stated[0]) if stated else frozenset()


def _at_midnight(when: When) -> bool:
    """Tell whether something starts as a day does: outlets give it either day."""
    return when.night_of is None and (when.start or "")[11:16] == "00:00"


def _where(account: Account) -> Spot | None:
    places = (c.value for c in account.claims if c.slot == "where")
    spots = (spot_of(place) for place in places if isinstance(place, Where))
    return next((spot for spot in spots if spot is not None), None)


def pooled(
    accounts: Sequence[Account], telling: Telling, *, ontology: Ontology, published: str | None
) -> Profile:
    """Return one profile for a whole report: its main account, and what all of them tell."""
    if not accounts:
        return unread(telling, published=published)
    told = sorted(accounts, key=lambda account: (account.status != "new", account.anchor.start))
    shapes = [profile(a, telling, ontology=ontology, published=published) for a in told]
    return replace(
        shapes[0],
        account=telling.report,
        group="report",
        victims=tuple(dict.fromkeys(name for shape in shapes for name in shape.victims)),
        people=tuple(dict.fromkeys(name for shape in shapes for name in shape.people)),
        whole=True,
        told=_told(shapes),
    )


def _told(shapes: Sequence[Profile]) -> Told:
    spots = [shape.spot for shape in shapes if shape.spot is not None]
    whats = {what for shape in shapes for what in shape.counts}
    return Told(
        days=frozenset(s.days.first for s in shapes if s.days is not None and s.days.exact),
        towns=frozenset(spot.key for spot in spots if spot.city),
        regions=frozenset(f"{spot.country}/{spot.admin1}" for spot in spots if spot.admin1),
        counts={
            what: frozenset(s.counts[what] for s in shapes if what in s.counts) for what in whats
        },
    )


def unread(telling: Telling, *, published: str | None) -> Profile:
    """Return the profile of a report that tells nothing we code: its words and its date."""
    return Profile(
        account=telling.report,
        report=telling.report,
        kind="",
        group="report",
        published=ordinal(published),
        days=None,
        spot=None,
        victims=(),
        people=(),
        ages=frozenset(),
        counts={},
        speakers=(),
        telling=telling,
        whole=True,
    )


def spot_of(where: Where) -> Spot | None:
    """Return the spot of a place; one that was not found on the map has none."""
    if where.place is None and where.country is None:
        return None
    return Spot(
        place=where.place,
        lat=where.lat,
        lon=where.lon,
        radius_km=where.radius_km if where.radius_km is not None else 5.0,
        city=where.city,
        admin1=where.admin1,
        country=where.country,
        stated=where.basis == "stated",
        part=where.precision in ("site", "neighbourhood"),
        whole=where.precision in ("admin1", "country"),
    )
