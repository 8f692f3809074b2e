"""Places in a report: names found, and the place each most likely means."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from tocsin.coding.document import Document
from tocsin.coding.mentions import PlaceMention
from tocsin.coding.where_choice import Floats, Name, choose
from tocsin.coding.where_names import recognise, senses
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

_RUNNERS_UP = 3
# Below this share an option is no real alternative.
_WORTH_NAMING = 0.02


def find_places(
    document: Document, gazetteer: Gazetteer, *, weights: PlaceWeights | None = None
) -> tuple[PlaceMention, ...]:
    """Find the place names of a report and choose the place of each."""
    weights = weights or load_places()
    found = recognise(document, gazetteer, weights)
    likelihood = {(span.start, span.end): p for span, p in found}
    return _resolved(document, gazetteer, likelihood, weights)


def resolve_spans(
    document: Document,
    gazetteer: Gazetteer,
    spans: Iterable[tuple[int, int]],
    *,
    weights: PlaceWeights | None = None,
) -> tuple[PlaceMention, ...]:
    """Choose a place for each given span of a report."""
    certain = dict.fromkeys(spans, 1.0)
    return _resolved(document, gazetteer, certain, weights or load_places())


def home_of(document: Document, gazetteer: Gazetteer) -> Place | None:
    """Where the report's outlet is at home, if its address tells."""
    report = document.report
    domain = report.outlet.domain if report.outlet else None
    if domain is None and report.url:
        domain = urlsplit(report.url).hostname
    return gazetteer.home_of(domain) if domain else None


def _resolved(
    document: Document,
    gazetteer: Gazetteer,
    likelihood: dict[tuple[int, int], float],
    weights: PlaceWeights,
) -> tuple[PlaceMention, ...]:
    spans = sorted(likelihood)
    names, sense_of = senses(document.text, spans, gazetteer)
    home = home_of(document, gazetteer)
    shares = choose(names, home, weights.alone, weights.together)
    wheres = [where_of(name, share, gazetteer) for name, share in zip(names, shares, strict=True)]
    found = []
    for (start, end), sense in zip(spans, sense_of, strict=True):
        sentence = document.sentence_at(start)
        where, chosen = wheres[sense]
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
        city=place.name if place.kind == "city" else place.city,
        admin1=place.name if place.kind == "admin1" else areas.get("admin1"),
        admin2=place.name if place.kind == "admin2" else areas.get("admin2"),
        country=place.country,
        precision=_PRECISIONS.get(place.kind),
        radius_km=place.radius_km,
        zone=place.zone,
        runners_up=tuple(
            PlaceOption(
                place=name.options[i].id,
                name=name.options[i].name,
                score=round(float(shares[i]), 2),
            )
            for i in others
        ),
    )
    return where, place
