"""Reports of police violence at protests: place, date and tags."""

from __future__ import annotations

from tocsin.coding import Coder
from tocsin.coding.classify import scores_of, signs_of
from tocsin.coding.coder import read
from tocsin.coding.document import parse
from tocsin.coding.force_words import force_signs
from tocsin.coding.kind import find_tellings
from tocsin.evaluate.tasks import Fields
from tocsin.model import Report, Where

# A tag is given from this chance on: micro F1 over five folds is flat between .2 and .4.
_LIKELY = 0.3
# The United States and their territories, which are countries of their own to the gazetteer.
_US = ("US", "PR", "GU", "VI", "AS", "MP")
_FINE = ("site", "neighbourhood", "city")


def predict(record: Fields, coder: Coder) -> Fields:
    """Read one report: its city where named, its date where stated, and the tags of its force."""
    title, description = str(record["title"]), str(record.get("description") or "")
    text = f"{title}. {description}"
    report = Report(id=str(record["id"]), text=text, text_digest="", raw_digest="")
    document = parse(report, coder.nlp)
    found = read(document, coder)
    signs = signs_of(
        text, find_tellings(document), find_tellings(document, "posture"), coder.ontology
    )
    scores = scores_of("us_incidents", text, signs | force_signs(title, description))
    row: Fields = {"id": record["id"], "tags": [tag for tag, s in scores.items() if s >= _LIKELY]}
    places = [p.where for p in found.places if p.where.country in _US and not p.adjective]
    where = next((w for w in places if w.precision in _FINE and w.city), None)
    row |= _place(where or next(iter(places), None))
    day = next((t.when.start for t in found.times if t.when.start), None)
    return row | ({"date": day[:10]} if day else {})


def _place(where: Where | None) -> Fields:
    if where is None:
        return {}
    return {"city": where.city, "state": where.admin1, "lat": where.lat, "lon": where.lon}
