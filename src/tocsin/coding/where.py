"""Places in a report: names found, and the place each most likely means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import replace

import msgspec
import numpy as np

from tocsin.coding.document import Document
from tocsin.coding.mentions import PlaceMention
from tocsin.coding.where_choice import Floats, Name, choose, is_within
from tocsin.coding.where_doubt import strays, towns_first
from tocsin.coding.where_fallback import housed, parted, placed
from tocsin.coding.where_names import (
    all_spans,
    inside_names,
    masthead,
    outlet_towns,
    recognise,
    seat_of,
    senses,
    small_names,
)
from tocsin.coding.where_spans import Span, is_street, names_site
from tocsin.coding.where_spelling import hamlets, namesakes, respelt, suspects
from tocsin.gazetteer import Gazetteer, Place
from tocsin.model import PlaceOption, Where
from tocsin.models.places import PlaceWeights, load_places
from tocsin.terms import PlacePrecision

_PRECISIONS: dict[str, PlacePrecision] = {
    "country": "country",
    "admin1": "admin1",
    "admin2": "admin2",
    "city": "city",
    "neighbourhood": "neighbourhood",
    "site": "site",
}

# How sure a place is that only stands inside another name, or is written small.
INSIDE = 0.5

# How sure the reading of a misspelt name is.
MISSPELT = 0.6

_HOST = re.compile(r"[a-z]+://(?:www\.)?([^/:?#]+)", re.IGNORECASE)

# First-level areas that are one town under another name.
_ONE_TOWN = {"US.DC": "Washington"}

_RUNNERS_UP = 3
# Below this share an option is no real alternative.
_WORTH_NAMING = 0.02


def find_places(
    document: Document, gazetteer: Gazetteer, *, weights: PlaceWeights | None = None
) -> tuple[PlaceMention, ...]:
    """Find the place names of a report and choose the place of each."""
    weights = weights or load_places()
    spans = all_spans(document, gazetteer)
    found = recognise(spans, weights)
    inside = inside_names(spans, [span for span, _ in found])
    likelihood = {(span.start, span.end): p for span, p in found}
    likelihood |= {(span.start, span.end): INSIDE for span in inside}
    hidden = {(span.start, span.end) for span in inside}
    streets = {(span.start, span.end) for span, _ in found if span.form in ("street", "road")}
    doubted = suspects(spans, [span for span, _ in found])
    lacking = hamlets(spans, doubted, likelihood)
    elsewhere = namesakes([span for span, _ in found])
    unsure = {*doubted, *lacking} - set(likelihood) | elsewhere
    likelihood |= dict.fromkeys(unsure, INSIDE)
    mentions = _resolved(document, gazetteer, likelihood, weights, elsewhere, doubting=True)
    outlets = {(span.start, span.end) for span in (*outlet_towns(spans), *_behind(document, spans))}
    if not any(mention.where.city for mention in mentions):
        last = {*small_names(document, gazetteer), *outlets} - set(likelihood)
        hidden |= last
        likelihood |= dict.fromkeys(last, INSIDE)
        mentions = _resolved(document, gazetteer, likelihood, weights, elsewhere, doubting=True)
    mentions = _without_unplaced(housed(mentions, {*lacking, *elsewhere}), unsure)
    marked = tuple(_marked(mention, hidden, outlets) for mention in mentions)
    sites = {
        (span.start, span.end)
        for span in (*(span for span, _ in found), *inside)
        if names_site(span)
    }
    return parted(document.text, placed(marked, streets, sites))


def _marked(
    mention: PlaceMention, hidden: Set[tuple[int, int]], outlets: Set[tuple[int, int]]
) -> PlaceMention:
    """Note that a mention stands inside another name, or in an outlet's."""
    span = (mention.start, mention.end)
    return replace(mention, inside=span in hidden, of_outlet=span in outlets)


def _behind(document: Document, spans: Sequence[Span]) -> list[Span]:
    """The names in the part of the title that says who published."""
    publisher = masthead(document.report.title)
    start = document.text.find(publisher, 0, len(document.report.title or "") + len(publisher) + 1)
    if not publisher or start < 0:
        return []
    return [span for span in spans if start <= span.start and span.end <= start + len(publisher)]


def resolve_spans(
    document: Document,
    gazetteer: Gazetteer,
    spans: Iterable[tuple[int, int]],
    *,
    weights: PlaceWeights | None = None,
) -> tuple[PlaceMention, ...]:
    """Choose a place for each given span of a report."""
    certain = dict.fromkeys(spans, 1.0)
    mentions = _resolved(document, gazetteer, certain, weights or load_places())
    streets = {span for span in certain if is_street(document.text[span[0] : span[1]])}
    return placed(mentions, streets)


def _without_unplaced(
    mentions: Sequence[PlaceMention], doubted: Set[tuple[int, int]]
) -> tuple[PlaceMention, ...]:
    """Leave out doubted words that turned out to be no misspelt place."""
    return tuple(m for m in mentions if m.where.lat is not None or (m.start, m.end) not in doubted)


def home_of(document: Document, gazetteer: Gazetteer) -> Place | None:
    """Where the report's outlet is at home, if its address or its title tells."""
    report = document.report
    domain = report.outlet.domain if report.outlet else None
    if domain is None and (host := _HOST.match(report.url or "")):
        domain = host.group(1)
    known = gazetteer.home_of(domain) if domain else None
    return known or seat_of(masthead(report.title), gazetteer)


def _resolved(
    document: Document,
    gazetteer: Gazetteer,
    likelihood: dict[tuple[int, int], float],
    weights: PlaceWeights,
    elsewhere: Set[tuple[int, int]] = frozenset(),
    *,
    doubting: bool = False,
) -> tuple[PlaceMention, ...]:
    spans = sorted(likelihood)
    names, sense_of = senses(document.text, spans, gazetteer)
    home = home_of(document, gazetteer)
    shares = towns_first(names, choose(names, home, weights.alone, weights.together))
    stray = set(strays(names, shares)) if doubting else set()
    misspelt = respelt(names, shares, gazetteer, stray)
    stray -= set(misspelt)
    for number, place in misspelt.items():
        names[number] = replace(names[number], options=(place,))
        shares[number] = np.full(1, MISSPELT)
    wheres = [where_of(name, share, gazetteer) for name, share in zip(names, shares, strict=True)]
    for number in misspelt:
        where, chosen = wheres[number]
        wheres[number] = (msgspec.structs.replace(where, basis="inferred"), chosen)
    found = []
    for (start, end), sense in zip(spans, sense_of, strict=True):
        sentence = document.sentence_at(start)
        where, chosen = wheres[sense]
        if sense in stray:
            if (start, end) not in elsewhere:
                continue
            where, chosen = Where(words=where.words), None
        found.append(
            PlaceMention(
                start=start,
                end=end,
                sentence=sentence.index if sentence else 0,
                where=where,
                score=round(likelihood[start, end] * float(max(shares[sense], default=0.0)), 2),
                adjective=chosen is not None and chosen.matched == "adjective",
            )
        )
    return tuple(found)


def where_of(name: Name, shares: Floats, gazetteer: Gazetteer) -> tuple[Where, Place | None]:
    """Say where the likeliest option is, as precisely as its kind allows and no more."""
    stated = name.context.stated
    country = any(place.kind == "country" for place in name.options)  # "Kenya, Uganda" is a list
    inside = any(is_within(place, area) for place in name.options for area in stated)
    if stated and not (inside or country):
        if is_street(name.words):
            return Where(words=name.words), None
        return _in_area(name.words, stated[0], gazetteer), None
    if not name.options:
        return Where(words=name.words), None
    ranked = sorted(range(len(name.options)), key=lambda i: (-shares[i], i))
    place = name.options[ranked[0]]
    areas = {area.kind: area.name for area in gazetteer.containing(place)}
    others = [i for i in ranked[1 : 1 + _RUNNERS_UP] if shares[i] >= _WORTH_NAMING]
    where = Where(
        words=name.words,
        name=place.name,
        place=place.id,
        lat=place.lat,
        lon=place.lon,
        city=_city_of(place),
        admin1=place.name if place.kind == "admin1" else areas.get("admin1"),
        admin2=place.name if place.kind == "admin2" else areas.get("admin2"),
        country=place.country,
        precision=_PRECISIONS.get(place.kind),
        radius_km=place.radius_km,
        zone=place.zone,
        runners_up=tuple(_option(name, shares, i) for i in others),
    )
    return where, place


def _city_of(place: Place) -> str | None:
    """The town that a place is, or lies in."""
    if place.kind == "admin1":
        return _ONE_TOWN.get(place.admin1 or "")
    return place.name if place.kind == "city" else place.city


def _option(name: Name, shares: Floats, number: int) -> PlaceOption:
    place = name.options[number]
    return PlaceOption(place=place.id, name=place.name, score=round(float(shares[number]), 2))


def _in_area(words: str, area: Place, gazetteer: Gazetteer) -> Where:
    """A town that the gazetteer lacks, in an area that the report states: the area's point."""
    areas = {a.kind: a.name for a in (area, *gazetteer.containing(area))}
    return Where(
        words=words,
        name=words,
        place=area.id,
        lat=area.lat,
        lon=area.lon,
        city=words if area.kind != "country" else None,
        admin1=areas.get("admin1"),
        admin2=areas.get("admin2"),
        country=area.country,
        precision=_PRECISIONS.get(area.kind),
        radius_km=area.radius_km,
    )
