"""What linking compares: the compact shape of one account, with its days, spot, names and words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tocsin.linking.words import Telling
from tocsin.model import Account, Actor, Count, Statement, Victim, When, Where
from tocsin.ontology import Ontology

# Kinds that one and the same happening is told under by different outlets share a block.
FORCE = "force"
_GROUPS = {"crowd": "crowd", "police_force": FORCE, "attack": FORCE}
POLICE = frozenset({"police_shooting", "police_use_of_force", "death_in_custody", "raid_or_search"})
# Days before publication on which something told as new, without a day, may have happened.
_NEWS = 21
# Kinds of other families are each a block of their own: a curfew is never a deployment.
_COUNTS = frozenset({"killed", "injured", "detained", "present", "shots"})


@dataclass(frozen=True, slots=True)
class Days:
    """The days on which something may have happened, as ordinals, both inclusive."""

    first: int
    last: int
    stated: bool

    @property
    def exact(self) -> bool:
        """Tell whether one day is stated."""
        return self.stated and self.first == self.last


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

    @property
    def key(self) -> str:
        """The place as a block key: its town, or the widest thing known."""
        return "/".join(part or "" for part in (self.country, self.admin1, self.city))


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


def ordinal(value: str | None) -> int | None:
    """Return the day number of an ISO date or time, None where there is none."""
    if not value:
        return None
    try:
        return date.fromisoformat(value[:10]).toordinal()
    except ValueError:
        return None


def _news(published: int | None) -> Days | None:
    return None if published is None else Days(published - _NEWS, published, stated=False)


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
    days: Days | None = None
    spot: Spot | None = None
    for claim in account.claims:
        match claim.value:
            case When() as when if claim.slot == "when" and days is None:
                days = days_of(when)
            case Where() as where if claim.slot == "where" and spot is None:
                spot = spot_of(where)
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
    return Profile(
        account=account.id,
        report=account.report,
        kind=account.kind,
        group=group_of(account.kind, ontology),
        published=ordinal(published or account.published),
        days=days,
        spot=spot,
        victims=tuple(dict.fromkeys(victims)),
        people=tuple(dict.fromkeys(people)),
        ages=frozenset(ages),
        counts=counts,
        speakers=tuple(dict.fromkeys(speakers)),
        telling=telling,
        reach=days or _news(ordinal(published or account.published)),
    )


def pooled(
    accounts: Sequence[Account], telling: Telling, *, ontology: Ontology, published: str | None
) -> Profile:
    """Return one profile for a whole report: its main account, and the victims of all of them."""
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


def days_of(when: When) -> Days | None:
    """Return the days of a time; a night belongs to the evening it began."""
    night = ordinal(when.night_of)
    if night is not None:
        return Days(night, night, stated=True)
    first = ordinal(when.start)
    if first is None:
        return None
    last = ordinal(when.end)
    if last is None:
        return Days(first, first, stated=True)
    midnight = when.end is not None and when.end[11:16] in ("", "00:00")
    return Days(first, max(first, last - 1 if midnight else last), stated=True)


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
    )
