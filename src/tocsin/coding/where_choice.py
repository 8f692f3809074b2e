"""Which place a name means: options weighed alone first, then by what the other names mean.

Both steps are a linear score and a softmax over the options of one name; every weight belongs to
a named fact, so that a choice can be explained.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log1p, log10

import numpy as np
from numpy.typing import NDArray

from tocsin.gazetteer import Place, distance_km, key

Floats = NDArray[np.float64]

# Facts about one option of one name.
ALONE = (
    "people", "village", "big_city", "biggest", "less_than_biggest", "own_name",
    "country", "admin1", "admin2", "region",
    "alternate", "short", "adjective",
    "in_stated_area", "outside_stated_area", "in_next_area", "holds_name_before",
    "called_city", "called_state", "called_area",
    "in_us", "in_english_speaking", "capital", "bare_county", "shadowed_town", "shadowed_hamlet",
    "same_country_as_outlet", "same_state_as_outlet", "near_outlet",
)  # fmt: skip

# Facts about an option in the light of the other names.
TOGETHER = (
    *ALONE,
    "alone", "country_share", "state_share", "county_share",
    "country_named", "state_named", "county_named", "country_seen", "state_seen",
    "nearest", "near_many", "far_from_all", "first_state",
    "names_near", "names_near_share", "names_in_state", "names_in_county",
)  # fmt: skip

_ENGLISH = frozenset({"US", "GB", "CA", "AU", "IE", "NZ"})
_TOWNS = ("city", "neighbourhood", "site")
_POINTS = ("city", "neighbourhood", "site", "admin2")

# A name's likeliest meanings that the other names are compared with.
_COMPARED = 3
_NEAR_KM, _REGION_KM = 40.0, 150.0


@dataclass(frozen=True, slots=True)
class Context:
    """What stands around the mentions of one name."""

    stated: tuple[Place, ...] = ()
    following: tuple[Place, ...] = ()
    preceding: tuple[Place, ...] = ()
    called: str = ""
    first: bool = False


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a report with its options; one name has one sense in one report."""

    words: str
    options: tuple[Place, ...]
    context: Context
    count: int = 1


def choose(
    names: Sequence[Name],
    home: Place | None,
    alone: Mapping[str, float],
    together: Mapping[str, float],
) -> list[Floats]:
    """The probability of each option of each name."""
    first = [facts_alone(name, home) for name in names]
    weights = np.array([alone.get(fact, 0.0) for fact in ALONE])
    shares = [softmax(facts @ weights) for facts in first]
    weights = np.array([together.get(fact, 0.0) for fact in TOGETHER])
    second = facts_together(names, first, shares)
    return [softmax(facts @ weights) for facts in second]


def softmax(scores: Floats) -> Floats:
    """Scores as shares of one."""
    if not scores.size:
        return scores
    raised = np.exp(scores - scores.max())
    return np.asarray(raised / raised.sum())


def is_within(place: Place, area: Place) -> bool:
    """Tell whether an area holds a place."""
    if area.kind == "country":
        return place.country == area.country
    if area.kind == "admin1":
        return place.admin1 == area.admin1 and place.kind != "admin1"
    if area.kind == "admin2":
        return place.admin2 == area.admin2 and place.kind not in ("admin1", "admin2")
    return False


def facts_alone(name: Name, home: Place | None) -> Floats:
    """One row of facts for each option."""
    rows = [_facts(name, option, home) for option in name.options]
    return np.array(rows, dtype=np.float64).reshape(len(rows), len(ALONE))


def _facts(name: Name, place: Place, home: Place | None) -> list[float]:
    most = max((p.population for p in name.options if p.kind == "city"), default=0)
    town = place.kind in _TOWNS
    people = log10(place.population + 1) if town else 0.0
    context = name.context
    shadowed = town and any(p.kind in ("country", "admin1") for p in name.options)
    stated = context.stated and any(is_within(place, area) for area in context.stated)
    return [
        people / 3,
        float(town and place.population < 5_000),
        float(town and place.population >= 500_000),
        float(town and place.population >= most),
        people - log10(most + 1) if town else 0.0,
        float(key(place.name) == key(name.words)),
        *(float(place.kind == kind) for kind in ("country", "admin1", "admin2", "region")),
        *(float(place.matched == how) for how in ("alternate", "short", "adjective")),
        float(bool(stated)),
        float(bool(context.stated) and not stated),
        float(any(is_within(place, area) for area in context.following)),
        float(any(is_within(other, place) for other in context.preceding)),
        float(context.called == "city" and town),
        float(context.called == "state" and place.kind == "admin1"),
        float(context.called == "area" and place.kind == "admin2"),
        float(place.country == "US"),
        float(place.country in _ENGLISH),
        float(place.capital),
        float(place.kind == "admin2" and place.matched == "alternate"),
        float(shadowed and place.population < 100_000),
        float(shadowed and place.population < 10_000),
        *_outlet(place, home),
    ]


def _outlet(place: Place, home: Place | None) -> tuple[float, float, float]:
    if home is None:
        return 0.0, 0.0, 0.0
    near = distance_km(place.lat, place.lon, home.lat, home.lon) <= _REGION_KM
    return (
        float(place.country == home.country),
        float(place.admin1 is not None and place.admin1 == home.admin1),
        float(near and place.kind in _POINTS),
    )


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A name's likeliest options with their shares, for comparing other names with."""

    places: tuple[tuple[Place, float], ...]


def facts_together(
    names: Sequence[Name], first: Sequence[Floats], shares: Sequence[Floats]
) -> list[Floats]:
    """The facts of each option, with how it fits what the other names likely mean."""
    weighed = [
        _Weighed(tuple((name.options[i], float(share[i])) for i in _top(share)))
        for name, share in zip(names, shares, strict=True)
    ]
    totals = _totals(weighed)
    opening = next((w for n, w in zip(names, weighed, strict=True) if n.context.first), None)
    possible = _possible(names)
    tables = []
    for number, name in enumerate(names):
        own = _totals([weighed[number]])
        others = [w for other, w in enumerate(weighed) if other != number]
        rows = [
            [
                float(np.log(shares[number][i] + 1e-6)),
                *_shared(place, totals, own, len(others)),
                *_distances(place, others),
                _same_state(place, opening if opening is not weighed[number] else None),
                *possible[number][i],
            ]
            for i, place in enumerate(name.options)
        ]
        table = np.array(rows, dtype=np.float64).reshape(
            len(name.options), len(TOGETHER) - len(ALONE)
        )
        tables.append(np.hstack([first[number], table]))
    return tables


def _top(share: Floats) -> list[int]:
    return [int(i) for i in np.argsort(-share, kind="stable")[:_COMPARED]]


def _totals(weighed: Sequence[_Weighed]) -> dict[str, float]:
    """How much of the names' meaning lies in, or is, each area."""
    totals: dict[str, float] = {}
    for place, share in (pair for name in weighed for pair in name.places):
        codes = [code for code in (place.country, place.admin1, place.admin2) if code]
        own = {"country": place.country, "admin1": place.admin1, "admin2": place.admin2}
        if place.kind in own:
            codes.append(f"={own[place.kind]}")
        for code in codes:
            totals[code] = totals.get(code, 0.0) + share
    return totals


def _shared(
    place: Place, totals: Mapping[str, float], own: Mapping[str, float], others: int
) -> list[float]:
    """How far the other names point to the option's country, state and county."""
    counts = [
        totals.get(code, 0.0) - own.get(code, 0.0) if code else 0.0
        for code in (place.country, place.admin1, place.admin2)
    ]
    named = [
        max(0.0, totals.get(f"={code}", 0.0) - own.get(f"={code}", 0.0)) if code else 0.0
        for code in (place.country, place.admin1, place.admin2)
    ]
    shares = [count / max(others, 1) for count in counts]
    seen = [log1p(max(0.0, count)) for count in counts[:2]]
    return [*shares, *(min(1.0, name) for name in named), *seen]


def _distances(place: Place, others: Sequence[_Weighed]) -> tuple[float, float, float]:
    """Closeness to the other names' likeliest points: the nearest, many, none."""
    if place.kind not in _POINTS:
        return 0.0, 0.0, 0.0
    nearest = many = 0.0
    for other in others:
        close = 0.0
        for point, share in other.places:
            if point.kind not in _POINTS or abs(point.lat - place.lat) > 5:
                continue
            far = distance_km(place.lat, place.lon, point.lat, point.lon)
            close += share * (1.0 if far <= _NEAR_KM else float(np.exp(-far / _REGION_KM)))
        nearest = max(nearest, close)
        many += close
    return nearest, log1p(many), float(many < 0.1)


def _same_state(place: Place, opening: _Weighed | None) -> float:
    """Share of the report's opening name that lies in the option's state."""
    if opening is None or place.admin1 is None:
        return 0.0
    return sum(share for point, share in opening.places if point.admin1 == place.admin1)


def _possible(names: Sequence[Name]) -> list[list[list[float]]]:
    """For each option, how many other names have any meaning near it, in its state, its county."""
    points = [(n, p) for n, name in enumerate(names) for p in name.options]
    near = _names_near(points)
    states: dict[str, set[int]] = {}
    counties: dict[str, set[int]] = {}
    for number, place in points:
        if place.admin1:
            states.setdefault(place.admin1, set()).add(number)
        if place.admin2:
            counties.setdefault(place.admin2, set()).add(number)
    others = max(len(names) - 1, 1)
    found: list[list[list[float]]] = [[] for _ in names]
    for (number, place), count in zip(points, near, strict=True):
        in_state = len(states.get(place.admin1 or "", {number})) - 1
        in_county = len(counties.get(place.admin2 or "", {number})) - 1
        found[number].append([log1p(count), count / others, in_state / others, log1p(in_county)])
    return found


def _names_near(points: Sequence[tuple[int, Place]]) -> list[int]:
    """For each point, how many other names have an option within the near distance."""
    if not points:
        return []
    lat = np.array([place.lat for _, place in points])
    east = np.cos(np.radians(lat)) * np.array([place.lon for _, place in points])
    local = np.array([place.kind in _POINTS for _, place in points])
    number = np.array([n for n, _ in points])
    apart = (lat[:, None] - lat[None, :]) ** 2 + (east[:, None] - east[None, :]) ** 2
    close = (apart < (_NEAR_KM / 111.2) ** 2) & local[:, None] & local[None, :]
    starts = np.unique(number, return_index=True)[1]
    by_name = np.logical_or.reduceat(close, starts, axis=1)
    own = np.searchsorted(np.unique(number), number)
    by_name[np.arange(len(points)), own] = False
    return [int(count) for count in by_name.sum(axis=1)]
