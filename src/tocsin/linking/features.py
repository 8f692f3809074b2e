"""What speaks for and against two accounts telling one incident: named, explained, as strengths.

Each function looks at one thing, returns nothing where that thing is not stated on both sides, and
its docstring is the explanation that a person reads.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

from tocsin.linking import names
from tocsin.linking.calendar import overlap
from tocsin.linking.profile import Profile, Spot
from tocsin.linking.times import weekday
from tocsin.linking.words import cosine

_EARTH_KM = 6371.0
_NEAR_KM = 60.0  # towns of one area, a suburb given as its city
_FAR_KM = 150.0
_COMPARED = frozenset({"killed", "injured", "shots"})
_MANY_NAMES = 100.0  # weight of some three rare names that both reports have


class Found(NamedTuple):
    """How strongly a feature holds, and what says why: put into words only when asked for."""

    strength: float
    words: str
    values: tuple[object, ...] = ()

    @property
    def why(self) -> str:
        """What a person reads."""
        return self.words.format(*self.values) if self.values else self.words


Compare = Callable[[Profile, Profile], Found | None]


def same_words(one: Profile, other: Profile) -> Found | None:
    """The two reports use the same rare words."""
    likeness = cosine(one.telling.whole, other.telling.whole)
    return Found(likeness, "cosine {:.2f}", (likeness,)) if likeness > 0 else None


def same_names(one: Profile, other: Profile) -> Found | None:
    """The two reports name the same people, places and bodies."""
    likeness = cosine(one.telling.names, other.telling.names)
    return Found(likeness, "cosine {:.2f}", (likeness,)) if likeness > 0 else None


def rare_names(one: Profile, other: Profile) -> Found | None:
    """The names that both reports have are many and rare."""
    weight = cosine(one.telling.names, other.telling.names)
    weight *= one.telling.names_weight * other.telling.names_weight / _MANY_NAMES
    return Found(weight, "weight {:.2f}", (weight,)) if weight > 0 else None


def names_taken_up(one: Profile, other: Profile) -> Found | None:
    """One of them has the names of the other's first paragraphs."""
    shares = (one.telling.covers(other.telling), other.telling.covers(one.telling))
    found = [share for share in shares if share is not None]
    return Found(max(found), "{:.2f} of them", (max(found),)) if found else None


def same_figures(one: Profile, other: Profile) -> Found | None:
    """The two reports have the same figures: ages, house numbers, times."""
    likeness = cosine(one.telling.figures, other.telling.figures)
    return Found(likeness, "cosine {:.2f}", (likeness,)) if likeness > 0 else None


def dates_named(one: Profile, other: Profile) -> Found | None:
    """The texts name the same date, or dates of one month, or dates of other months."""
    left, right = one.telling.calendar, other.telling.calendar
    if not left.dates or not right.dates:
        return None
    if left.dates & right.dates:
        return Found(1.0, "the same date")
    together = bool(left.months & right.months)
    return Found(0.5 if together else 0.0, "the same month" if together else "other months")


def weekdays_named(one: Profile, other: Profile) -> Found | None:
    """The texts name the same weekdays, or other ones."""
    return _shared(overlap(one.telling.calendar.weekdays, other.telling.calendar.weekdays))


def years_named(one: Profile, other: Profile) -> Found | None:
    """The texts name the same years, or other ones."""
    return _shared(overlap(one.telling.calendar.years, other.telling.calendar.years))


def _shared(share: float | None) -> Found | None:
    return None if share is None else Found(share, "{:.2f} of them", (share,))


def same_kind(one: Profile, other: Profile) -> Found | None:
    """Both tell it as the same kind of incident."""
    return Found(1.0, one.kind) if one.kind == other.kind and one.kind else None


def other_kind(one: Profile, other: Profile) -> Found | None:
    """They tell it as different kinds of incident."""
    if one.kind == other.kind or not one.kind or not other.kind:
        return None
    return Found(1.0, "{}, {}", (one.kind, other.kind))


def same_place(one: Profile, other: Profile) -> Found | None:
    """Both name the same place, or places that lie within each other's reach."""
    gap = apart_km(one, other)
    if gap is None or one.spot is None or other.spot is None:
        return None
    same = one.spot.place is not None and one.spot.place == other.spot.place
    if same or (one.spot.city is not None and one.spot.key == other.spot.key):
        return Found(1.0, one.spot.city or one.spot.key)
    if not is_same_area(one.spot, other.spot):
        return None
    reach = one.spot.radius_km + other.spot.radius_km
    return Found(0.5, "{:.0f} km apart, within reach", (gap,)) if gap <= reach else None


def near_place(one: Profile, other: Profile) -> Found | None:
    """The places differ but lie in one area."""
    gap = beyond_km(one, other)
    return Found(1.0, "{:.0f} km", (gap,)) if gap is not None and 0 < gap <= _NEAR_KM else None


def far_place(one: Profile, other: Profile) -> Found | None:
    """The places lie too far apart to be one."""
    gap = beyond_km(one, other)
    if gap is None or gap <= _NEAR_KM:
        return None
    loose = any(spot is None or spot.loose for spot in (one.spot, other.spot))
    return Found(0.4 if loose else 1.0, "{:.0f} km", (gap,))


def same_day(one: Profile, other: Profile) -> Found | None:
    """Both state the same day or night."""
    if one.days is None or other.days is None:
        return None
    same = one.days.exact and other.days.exact and one.days.first == other.days.first
    return Found(1.0, "same day") if same else None


def days_overlap(one: Profile, other: Profile) -> Found | None:
    """The stated times overlap without both being exact."""
    gap = days_between(one, other)
    both_exact = one.days and other.days and one.days.exact and other.days.exact
    return Found(1.0, "times overlap") if gap == 0 and not both_exact else None


def next_day(one: Profile, other: Profile) -> Found | None:
    """The stated days follow each other: a slip, or the next night of a series."""
    gap = days_between(one, other)
    return Found(1.0, "one day apart") if gap == 1 else None


def other_day(one: Profile, other: Profile) -> Found | None:
    """The stated days lie apart."""
    gap = days_between(one, other)
    return Found(math.log1p(gap), "{} days apart", (gap,)) if gap and gap > 1 else None


def same_weekday(one: Profile, other: Profile) -> Found | None:
    """One names a weekday without a date, and the other's day is one."""
    return Found(1.0, "same weekday") if weekdays_meet(one, other) else None


def published_apart(one: Profile, other: Profile) -> Found | None:
    """The reports were published days, weeks or years apart."""
    if one.published is None or other.published is None:
        return None
    gap = abs(one.published - other.published)
    return Found(math.log1p(gap), "{} days apart", (gap,))


def same_victim(one: Profile, other: Profile) -> Found | None:
    """Both name the same victim, give or take a misspelling."""
    found = names.shared(one.victims, other.victims)
    return Found(1.0, ", ".join(found)) if found else None


def other_victim(one: Profile, other: Profile) -> Found | None:
    """Each names victims, and none of them is the other's."""
    if not one.victims or not other.victims or names.shared(one.victims, other.victims):
        return None
    return Found(1.0, "{}, {}", (one.victims[0], other.victims[0]))


def same_people(one: Profile, other: Profile) -> Found | None:
    """Both name the same people in other roles."""
    found = names.shared(one.people, other.people)
    return Found(min(1.0, len(found) / 2), ", ".join(found)) if found else None


def same_age(one: Profile, other: Profile) -> Found | None:
    """A victim's stated age is the same."""
    found = one.ages & other.ages
    return Found(1.0, ", ".join(map(str, sorted(found)))) if found else None


def same_counts(one: Profile, other: Profile) -> Found | None:
    """Figures that both give agree."""
    agree = [what for what in _common(one, other) if _meet(one.counts[what], other.counts[what])]
    return Found(min(1.0, len(agree) / 2), ", ".join(agree)) if agree else None


def other_counts(one: Profile, other: Profile) -> Found | None:
    """Figures that both give differ."""
    differ = [w for w in _common(one, other) if not _meet(one.counts[w], other.counts[w])]
    return Found(min(1.0, len(differ) / 2), ", ".join(differ)) if differ else None


def days_told(one: Profile, other: Profile) -> Found | None:
    """The reports tell of one day, or of days that lie apart."""
    if one.told is None or other.told is None or not one.told.days or not other.told.days:
        return None
    gap = min(abs(left - right) for left in one.told.days for right in other.told.days)
    return Found(math.log1p(gap), "{} days apart", (gap,))


def places_told(one: Profile, other: Profile) -> Found | None:
    """The reports tell of one town, or of one state or province only, or of other ones."""
    if one.told is None or other.told is None:
        return None
    towns = sorted(one.told.towns & other.told.towns)
    if towns:
        return Found(1.0, towns[0])
    if not one.told.regions or not other.told.regions:
        return None
    regions = sorted(one.told.regions & other.told.regions)
    return Found(0.5, regions[0]) if regions else Found(0.0, "none in both")


def counts_told(one: Profile, other: Profile) -> Found | None:
    """Figures that both reports give agree, or differ."""
    if one.told is None or other.told is None:
        return None
    left, right = one.told.counts, other.told.counts
    both = sorted(left.keys() & right.keys() & _COMPARED)
    if not both:
        return None
    agree = [w for w in both if any(_meet(a, b) for a in left[w] for b in right[w])]
    return Found(len(agree) / len(both), "{} of {}", (len(agree), len(both)))


# A whole report tells several things, and its main one may be a minor one of the other's: what all
# of its accounts tell is compared instead. Names and ages are compared in both.
ONLY_REPORTS = frozenset({"days_told", "places_told", "counts_told"})
ONLY_ACCOUNTS = frozenset(
    {"near_place", "next_day", "other_day", "other_victim", "same_counts", "other_counts"}
    | {"same_kind", "other_kind", "same_place", "far_place", "same_day", "days_overlap"}
    | {"same_weekday"}
)

FEATURES: dict[str, Compare] = {
    compare.__name__: compare
    for compare in (
        same_words,
        same_names,
        rare_names,
        names_taken_up,
        same_figures,
        dates_named,
        weekdays_named,
        years_named,
        same_kind,
        other_kind,
        same_place,
        near_place,
        far_place,
        same_day,
        days_overlap,
        next_day,
        other_day,
        same_weekday,
        published_apart,
        same_victim,
        other_victim,
        same_people,
        same_age,
        same_counts,
        other_counts,
        days_told,
        places_told,
        counts_told,
    )
}


def days_between(one: Profile, other: Profile) -> int | None:
    """Return the days between two stated times, 0 where they overlap."""
    if one.days is None or other.days is None:
        return None
    return max(0, one.days.first - other.days.last, other.days.first - one.days.last)


def weekdays_meet(one: Profile, other: Profile) -> bool | None:
    """Tell whether weekdays named without a date fit the other side; None where none is named."""
    if not one.weekdays and not other.weekdays:
        return None
    left, right = _weekdays(one), _weekdays(other)
    return bool(left & right) if left and right else None


def _weekdays(profile: Profile) -> frozenset[int]:
    if profile.days is not None and profile.days.exact:
        return frozenset({weekday(profile.days.first)})
    return profile.weekdays


def is_same_area(left: Spot, right: Spot) -> bool:
    """Tell whether an area may hold the other place; two towns may lie across a border."""
    if left.admin1 is None or right.admin1 is None or (left.city and right.city):
        return True
    return left.admin1 == right.admin1


def beyond_km(one: Profile, other: Profile) -> float | None:
    """Return how far two places lie apart beyond what their precision allows."""
    gap = apart_km(one, other)
    if gap is None or one.spot is None or other.spot is None:
        return None
    if _holds(one.spot, other.spot) or _holds(other.spot, one.spot):
        return 0.0
    return max(0.0, gap - one.spot.radius_km - other.spot.radius_km)


def _holds(area: Spot, place: Spot) -> bool:
    """Tell whether a state or country has a place in it, however far from its middle."""
    if not area.whole or area.country is None or area.country != place.country:
        return False
    return area.admin1 in (None, place.admin1)


def apart_km(one: Profile, other: Profile) -> float | None:
    """Return the distance of two points; places of different countries are far apart."""
    left, right = one.spot, other.spot
    if left is None or right is None:
        return None
    if left.lat is None or left.lon is None or right.lat is None or right.lon is None:
        if left.country and right.country and left.country != right.country:
            return 2 * _FAR_KM + left.radius_km + right.radius_km
        return None
    if left.lat == right.lat and left.lon == right.lon:
        return 0.0
    lat, other_lat = math.radians(left.lat), math.radians(right.lat)
    half = math.sin((other_lat - lat) / 2) ** 2
    lon = math.sin(math.radians(right.lon - left.lon) / 2) ** 2
    whole = half + math.cos(lat) * math.cos(other_lat) * lon
    return 2 * _EARTH_KM * math.asin(math.sqrt(min(1.0, whole)))


def _common(one: Profile, other: Profile) -> list[str]:
    if not one.counts or not other.counts:
        return []
    return sorted(one.counts.keys() & other.counts.keys() & _COMPARED)


def _meet(one: tuple[int | None, int | None], other: tuple[int | None, int | None]) -> bool:
    low = max(one[0] or 0, other[0] or 0)
    highs = [high for high in (one[1], other[1]) if high is not None]
    return not highs or low <= min(highs)
