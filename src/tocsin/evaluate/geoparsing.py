"""Toponyms with points: found ones, and a point for each span that the record gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tocsin.coding import Coder
from tocsin.coding.document import Document, parse
from tocsin.coding.mentions import PlaceMention
from tocsin.coding.where import find_places, resolve_spans
from tocsin.evaluate.tasks import Fields
from tocsin.gazetteer import Gazetteer
from tocsin.ids import digest
from tocsin.model import Report, Where
from tocsin.models.places import PlaceWeights


def predict(record: Fields, coder: Coder) -> Fields:
    """Find and place the toponyms of one record."""
    document = parse(report_of(record), coder.nlp)
    return predict_in(record, document, coder.gazetteer)


def predict_in(
    record: Fields,
    document: Document,
    gazetteer: Gazetteer,
    weights: PlaceWeights | None = None,
) -> Fields:
    """Find and place the toponyms of a parsed record, with given or packaged weights."""
    found = find_places(document, gazetteer, weights=weights)
    spans = _spans(record)
    resolved = resolve_spans(document, gazetteer, spans, weights=weights)
    return {
        "id": record["id"],
        "toponyms": [_row(_stated(mention)) for mention in found if not mention.inside],
        "resolved": [_row(mention) for mention in resolved],
    }


def report_of(record: Fields) -> Report:
    """A report with the text as it stands: the offsets of the bench point into it.

    No address: the outlet's home would tell where, and in a bench the publisher never decides.
    """
    text = str(record["text"])
    return Report(
        id=str(record["id"]),
        text=text,
        text_digest=digest(text.encode()),
        raw_digest=digest(text.encode()),
    )


def _spans(record: Fields) -> Sequence[tuple[int, int]]:
    spans = record.get("spans")
    if not isinstance(spans, list):
        return ()
    return [(int(start), int(end)) for start, end in spans]


def _stated(mention: PlaceMention) -> PlaceMention:
    """A find whose point was only inferred from its neighbours claims none."""
    if mention.where.basis == "stated":
        return mention
    return replace(mention, where=Where(words=mention.where.words))


def _row(mention: PlaceMention) -> Fields:
    where = mention.where
    return {"start": mention.start, "end": mention.end, "lat": where.lat, "lon": where.lon}
