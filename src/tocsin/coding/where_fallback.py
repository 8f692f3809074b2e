"""Streets, parts of towns, and names that the gazetteer lacks: by the towns named near them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import replace

import msgspec

from tocsin.coding.mentions import PlaceMention
from tocsin.gazetteer import distance_km
from tocsin.model import Where

# A town named within so many sentences says where an unknown name lies.
_REACH = 3

# An unknown name of a local report is somewhere around its towns, hardly in them.
AROUND_KM = 100.0


# A site named like a town further off than this from the report's towns is in one of them.
FAR_KM = 60.0
# A town this wide (half a million people) is meant by its name: "Boston station" is in Boston.
BIG_KM = 9.5
# What a report calls a neighbourhood is part of a town so much wider that lies this near.
WIDER, PART_KM = 2.0, 30.0
# How sure it is that an unknown name is a town.
UNKNOWN = 0.6
_PART_AFTER = re.compile(r" (?:neighbou?rhoods?|quarter|section|community area)\b", re.IGNORECASE)
_PART_BEFORE = re.compile(r"\b(?:neighbou?rhoods?|quarter|section) of $", re.IGNORECASE)


def placed(
    mentions: Sequence[PlaceMention],
    streets: Set[tuple[int, int]],
    sites: Set[tuple[int, int]] = frozenset(),
) -> tuple[PlaceMention, ...]:
    """Give streets and sites the town they are told of in, unknown names its surroundings.

    A site named like a town ("San Borja station") keeps its own point only near another place.
    """
    anchors = [m for m in mentions if _is_town(m) and (m.start, m.end) not in sites]
    found = []
    for mention in mentions:
        anchor = None
        is_site = (mention.start, mention.end) in sites and _is_far(mention, anchors)
        if mention.where.lat is None or is_site:
            anchor = _anchor(mention, anchors)
        if anchor is None:
            found.append(mention)
        elif is_site or (mention.start, mention.end) in streets:
            found.append(replace(mention, where=_in_town(mention, anchor.where)))
        else:
            found.append(replace(mention, where=_around(mention, anchor.where)))
    return tuple(found)


def housed(
    mentions: Sequence[PlaceMention], lacking: Set[tuple[int, int]]
) -> tuple[PlaceMention, ...]:
    """Put towns that the gazetteer lacks into the county that the report is about."""
    county = _county(mentions)
    if county is None:
        return tuple(mentions)
    return tuple(
        replace(mention, where=_in_county(mention, county), score=UNKNOWN)
        if mention.where.lat is None and (mention.start, mention.end) in lacking
        else mention
        for mention in mentions
    )


def _county(mentions: Sequence[PlaceMention]) -> Where | None:
    """The county that a report names alone, or as often as all others together."""
    counties = [m.where for m in mentions if m.where.precision == "admin2" and m.where.city is None]
    counts = Counter(where.place for where in counties)
    if not counts:
        return None
    place, most = counts.most_common(1)[0]
    named = next(where for where in counties if where.place == place)
    return named if most * 2 >= sum(counts.values()) and named.country == "US" else None


def _in_county(mention: PlaceMention, county: Where) -> Where:
    words = mention.where.words
    return msgspec.structs.replace(
        county, words=words, name=words, city=words, basis="inferred", runners_up=()
    )


def parted(text: str, mentions: Sequence[PlaceMention]) -> tuple[PlaceMention, ...]:
    """Give what the report calls a neighbourhood its town, where the gazetteer has it as a town."""
    towns = [m.where for m in mentions if _is_town(m) and m.where.precision == "city"]
    called = {m.where.place for m in mentions if _is_called_part(text, m)}
    found = []
    for mention in mentions:
        part = mention.where
        if part.place in called and part.precision == "city":
            mention = replace(mention, where=_as_part(mention, mentions, towns))
        found.append(mention)
    return tuple(found)


def _as_part(
    mention: PlaceMention, mentions: Sequence[PlaceMention], towns: Sequence[Where]
) -> Where:
    """A neighbourhood near a town is in it; one named like a town far off is in the report's."""
    part = mention.where
    town = next((t for t in towns if _is_around(t, part)), None)
    if town is not None:
        return msgspec.structs.replace(part, city=town.city, precision="neighbourhood")
    least = WIDER * (part.radius_km or 0.0)
    others = [m for m in mentions if _is_town(m) and (m.where.radius_km or 0.0) >= least]
    anchor = _anchor(mention, others) if _is_far(mention, others) else None
    return _in_town(mention, anchor.where) if anchor is not None else part


def _is_called_part(text: str, mention: PlaceMention) -> bool:
    head = text[max(0, mention.start - 20) : mention.start]
    after, before = _PART_AFTER.match(text, mention.end), _PART_BEFORE.search(head)
    return mention.where.place is not None and bool(after or before)


def _is_around(town: Where, part: Where) -> bool:
    """Tell whether a much wider town of the same state lies near."""
    points = [x for x in (town.lat, town.lon, part.lat, part.lon) if x is not None]
    near = len(points) == 4 and distance_km(*points) <= PART_KM
    wider = (town.radius_km or 0.0) >= WIDER * (part.radius_km or 0.0)
    return near and wider and (town.country, town.admin1) == (part.country, part.admin1)


def _is_town(mention: PlaceMention) -> bool:
    where = mention.where
    return where.lat is not None and where.city is not None and not mention.adjective


def _is_far(mention: PlaceMention, anchors: Sequence[PlaceMention]) -> bool:
    """Tell whether a smaller town lies away from every other town of the report."""
    where = mention.where
    if where.lat is None or where.lon is None or where.precision not in ("city", "neighbourhood"):
        return False
    if (where.radius_km or 0.0) > BIG_KM:
        return False
    points = [(a.where.lat, a.where.lon) for a in anchors]
    return not any(
        lat is not None and lon is not None and distance_km(where.lat, where.lon, lat, lon) < FAR_KM
        for lat, lon in points
    )


def _anchor(mention: PlaceMention, anchors: Sequence[PlaceMention]) -> PlaceMention | None:
    """The town named nearest, in this sentence or those before it, else the commonest one."""
    near = [a for a in anchors if 0 <= mention.sentence - a.sentence <= _REACH]
    if near:
        return min(
            near, key=lambda a: (mention.sentence - a.sentence, abs(a.start - mention.start))
        )
    counts: dict[str, int] = {}
    for anchor in anchors:
        counts[anchor.where.city or ""] = counts.get(anchor.where.city or "", 0) + 1
    return max(anchors, key=lambda a: (counts[a.where.city or ""], -a.start), default=None)


def _in_town(mention: PlaceMention, town: Where) -> Where:
    """A street: the town's point, with the street's own words."""
    return msgspec.structs.replace(
        town, words=mention.where.words, precision="city", basis="inferred", runners_up=()
    )


def _around(mention: PlaceMention, town: Where) -> Where:
    """A name that the gazetteer lacks: somewhere in the region of the town."""
    return Where(
        words=mention.where.words,
        lat=town.lat,
        lon=town.lon,
        admin1=town.admin1,
        country=town.country,
        precision="admin1",
        radius_km=AROUND_KM,
        zone=town.zone,
        basis="inferred",
    )
