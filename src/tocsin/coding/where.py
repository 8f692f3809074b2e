"""Places in a report: names found, and the place each most likely means."""

from __future__ import annotations

from collections.abc import Iterable

from tocsin.coding.document import Document
from tocsin.coding.mentions import PlaceMention
from tocsin.gazetteer import Gazetteer, Place
from tocsin.model import PlaceOption, Where
from tocsin.terms import PlacePrecision

_PRECISIONS: dict[str, PlacePrecision] = {
    "country": "country",
    "admin1": "admin1",
    "admin2": "admin2",
    "city": "city",
    "neighbourhood": "neighbourhood",
    "site": "site",
}


def find_places(document: Document, gazetteer: Gazetteer) -> tuple[PlaceMention, ...]:
    """Find the place names of a report and choose the place of each."""
    spans = []
    for paragraph in document.paragraphs:
        for entity in paragraph.parse.ents:
            if entity.label_ in ("GPE", "LOC", "FAC", "NORP"):
                start, end = document.span_of(entity)
                if gazetteer.has_name(document.text[start:end]):
                    spans.append((start, end))
    return resolve_spans(document, gazetteer, spans)


def resolve_spans(
    document: Document, gazetteer: Gazetteer, spans: Iterable[tuple[int, int]]
) -> tuple[PlaceMention, ...]:
    """Choose a place for each given span of a report."""
    found = []
    for start, end in sorted(spans):
        sentence = document.sentence_at(start)
        options = gazetteer.candidates(document.text[start:end])
        where = where_of(document.text[start:end], options, gazetteer)
        adjective = bool(options) and options[0].matched == "adjective"
        found.append(
            PlaceMention(start, end, sentence.index if sentence else 0, where, 0.5, adjective)
        )
    return tuple(found)


def where_of(words: str, options: tuple[Place, ...], gazetteer: Gazetteer) -> Where:
    """Say where a place is, as precisely as its kind allows and no more."""
    if not options:
        return Where(words=words)
    place = options[0]
    areas = {area.kind: area.name for area in gazetteer.containing(place)}
    return Where(
        words=words,
        name=place.name,
        place=place.id,
        lat=place.lat,
        lon=place.lon,
        city=place.name if place.kind == "city" else place.city,
        admin1=place.name if place.kind == "admin1" else areas.get("admin1"),
        admin2=place.name if place.kind == "admin2" else areas.get("admin2"),
        country=place.country,
        precision=_PRECISIONS.get(place.kind),
        radius_km=place.radius_km,
        zone=place.zone,
        runners_up=tuple(PlaceOption(place=p.id, name=p.name, score=0.0) for p in options[1:4]),
    )
