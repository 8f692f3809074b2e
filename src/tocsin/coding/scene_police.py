"""Whose police are at work: the town in which somebody was hurt, where a name may mislead."""

from __future__ import annotations

import re
from dataclasses import replace

import msgspec

from tocsin.coding.document import Document
from tocsin.coding.mentions import PlaceMention
from tocsin.gazetteer import distance_km
from tocsin.model import Where

# "Lyon police", "the Lyon Metro Police Department", "Lyon detectives".
_FORCE_AFTER = re.compile(
    r"(?:['’]s)? (?:[Mm]etro(?:politan)? |[Cc]ity |[Dd]ivision of )?"
    r"(?:[Pp]olice|POLICE|PD|detectives|officers)\b"
)
_FORCE_BEFORE = re.compile(r"\b[Pp]olice (?:in|from) $")
# Words of forces that are also towns somewhere.
_KINDS = frozenset({"metro", "metropolitan", "state", "county", "federal", "national", "transit",
                    "campus", "university", "borough", "township", "capitol", "park"})  # fmt: skip
# What somebody was, or does elsewhere, says nothing on where this happened.
_APART = re.compile(r"\b(?:former|retired|ex-|off-duty|fired) ?(?:\w+ )?$", re.IGNORECASE)
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
    text = document.text
    towns: dict[str, PlaceMention] = {}
    for mention in places:
        head = text[max(0, mention.start - 20) : mention.start]
        force = _FORCE_AFTER.match(text, mention.end) or _FORCE_BEFORE.search(head)
        kind = mention.where.words.lower() in _KINDS
        if not force or kind or mention.of_outlet or _APART.search(head):
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
