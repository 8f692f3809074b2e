"""The tellings of one incident in one report: their line of kind, their day and their area."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tocsin.coding.context import Context, day_of
from tocsin.coding.kind import Telling
from tocsin.coding.mentions import PlaceMention
from tocsin.coding.referring import adds_forces
from tocsin.gazetteer.countries import country_name

SAID = "said"

# Kinds that are one incident when place and night agree: the first that fits names it.
_LINES = {
    "police_shooting": "police_harm",
    "police_use_of_force": "police_harm",
    "death_in_custody": "police_harm",
    "armed_attack": "attack",
    "armed_clash": "attack",
    "bombing": "attack",
    "suicide_bombing": "attack",
    "grenade": "attack",
    "shelling": "attack",
    "air_strike": "attack",
    "chemical_attack": "attack",
    "vehicle_ramming": "attack",
    "statement": SAID,
    "demand": SAID,
}
MEASURES = frozenset(
    {"curfew", "state_of_emergency", "deployment", "dispersal_order", "ban", "closure"}
    | {"public_alert", "shutdown"}
)

Area = tuple[str | None, str | None, str | None]  # country, first-level area, town


@dataclass(frozen=True)
class Group:
    """The tellings of one incident in one report."""

    kind: str
    tellings: tuple[Telling, ...]
    day: str | None
    place: Area | None
    past: bool = False
    speaker: str | None = None

    @property
    def adds(self) -> bool:
        """Whether forces are sent beside those that are there."""
        return any(adds_forces(telling) for telling in self.tellings)

    def with_telling(self, telling: Telling, day: str | None, place: Area | None) -> Group:
        """The group with one more telling; a day or place that it lacked is taken over."""
        return replace(
            self,
            tellings=(*self.tellings, telling),
            day=self.day or day,
            place=self.place or place,
        )

    def may_be_of(self, day: str | None, place: Area | None) -> bool:
        """Whether it can be of this day and place; an order has a day given and one it starts."""
        same_day = day is None or self.day is None or day == self.day or self.kind in MEASURES
        return same_day and may_be_one(self.place, place)


def line_of(kind: str) -> str:
    """The line of a kind: kinds of one line can be tellings of one incident."""
    return _LINES.get(kind, kind)


def key_of(context: Context, telling: Telling) -> tuple[str | None, Area | None]:
    """The day and the area that a telling's own sentence gives."""
    time = context.own_time(telling)
    if time is not None and time.use in ("since", "until", "daily"):
        time = None
    return day_of(time), area_of(context.own_place(telling))


def area_of(place: PlaceMention | None) -> Area | None:
    """A place as far as it tells incidents apart: a state or county may hold them all."""
    if place is None or place.where.city is None:
        return None
    if place.where.city == country_name(place.where.country or ""):
        return None  # Hong Kong holds its own quarters and towns
    return place.where.country, place.where.admin1, place.where.city


def may_be_one(one: Area | None, other: Area | None) -> bool:
    """Tell whether two places can be the same: a town lies in its state."""
    if one is None or other is None:
        return True
    return all(a is None or b is None or a == b for a, b in zip(one, other, strict=True))
