"""Whose police are at work: the town in which somebody was hurt, where a name may mislead."""

from __future__ import annotations

import re
from dataclasses import replace

import msgspec

from tocsin.coding.document import Document
from tocsin.coding.mentions import PlaceMention
from tocsin.gazetteer import distance_km
from tocsin.lang.lexicon import word_lists, word_pattern
from tocsin.model import Where

_WITH_AREA = re.compile(r", (?=[A-Z])")
# A part of a town is so near to its middle, and the town so much wider.
PART_KM, WIDER = 30.0, 2.0


def policed(
    document: Document, places: tuple[PlaceMention, ...], found: PlaceMention
) -> PlaceMention | None:
    """The town whose police alone the report names, or the place found as a part of that town.

    A shooting "in Madisonville" that Cincinnati police look into was in Cincinnati. None where
    the place found is told with its state, or with police of its own.
    """
    town = _only_town(document, places)
    where = found.where
    if town is None or where.city == town.where.city or _has_area(document, found):
        return None
    if where.city is None and where.admin1 not in (None, town.where.admin1):
        return None
    if where.city is not None and _is_part(where, town.where):
        part = msgspec.structs.replace(where, city=town.where.city, precision="neighbourhood")
        return replace(found, where=part)
    return replace(town, where=msgspec.structs.replace(town.where, basis="inferred"))


def _only_town(document: Document, places: tuple[PlaceMention, ...]) -> PlaceMention | None:
    text, kinds = document.text, word_lists("en", "scene")["police_kinds"]
    names = ("police_after", "police_before", "police_former")
    after, before, former = (word_pattern("en", "scene", name) for name in names)
    towns: dict[str, PlaceMention] = {}
    for mention in places:
        head = text[max(0, mention.start - 20) : mention.start]
        if not after.match(text, mention.end) and not before.search(head):
            continue
        if mention.of_outlet or former.search(head) or mention.where.words.lower() in kinds:
            continue
        if mention.where.city is not None and mention.where.precision == "city":
            towns.setdefault(mention.where.city, mention)
    return next(iter(towns.values())) if len(towns) == 1 else None


def _has_area(document: Document, found: PlaceMention) -> bool:
    """Tell whether the report says anywhere in which state the place lies."""
    name = re.escape(found.where.name or found.where.words)
    return any(
        _WITH_AREA.match(document.text, match.end())
        for match in re.finditer(rf"\b{name}\b", document.text)
    )


def _is_part(part: Where, town: Where) -> bool:
    points = [x for x in (town.lat, town.lon, part.lat, part.lon) if x is not None]
    near = len(points) == 4 and distance_km(*points) <= PART_KM
    return near and (town.radius_km or 0.0) >= WIDER * (part.radius_km or 0.0)
