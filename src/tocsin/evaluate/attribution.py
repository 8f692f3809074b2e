"""Who said what: source, cue and content of every attribution, as offsets."""

from __future__ import annotations

from tocsin.coding import Coder
from tocsin.coding.attribution import find_attributions, outermost
from tocsin.coding.document import parse
from tocsin.coding.encoded import Encoded
from tocsin.coding.mentions import Segments
from tocsin.coding.who import find_actors
from tocsin.evaluate.geoparsing import report_of
from tocsin.evaluate.tasks import Fields


def predict(record: Fields, coder: Coder) -> Fields:
    """Find the attributions of one record; the bench's are flat, so nested ones are left out."""
    document = parse(report_of(record), coder.nlp)
    tagged = Encoded(document, coder.tagger).tagged if coder.tagger is not None else ()
    found = find_attributions(document, find_actors(document), tagged)
    rows = [
        {"source": _pairs(a.source), "cue": _pairs(a.cue), "content": _pairs(a.content)}
        for a in outermost(found)
    ]
    return {"id": record["id"], "attributions": rows}


def _pairs(segments: Segments) -> list[list[int]]:
    return [[start, end] for start, end in segments]
