"""One of 30 event types for a snippet: the linear head over words and cues, else the cues alone."""

from __future__ import annotations

from tocsin.coding import Coder
from tocsin.coding.classify import scores_of, signs_of
from tocsin.coding.document import parse
from tocsin.coding.kind import Telling, find_tellings
from tocsin.evaluate.tasks import Fields
from tocsin.model import Report
from tocsin.ontology import Ontology, facts_from

_UNSAID = "OTHER"


def predict(record: Fields, coder: Coder) -> Fields:
    """Name the type of one snippet."""
    text = str(record["text"])
    report = Report(id=str(record["id"]), text=text, text_digest="", raw_digest="")
    document = parse(report, coder.nlp)
    tellings = find_tellings(document)
    postures = find_tellings(document, "posture")
    signs = signs_of(text, tellings, postures, coder.ontology)
    scores = scores_of("event_type", text, signs)
    label = (
        max(scores, key=lambda name: scores[name]) if scores else _by_cues(tellings, coder.ontology)
    )
    return {"id": record["id"], "label": label}


def _by_cues(tellings: tuple[Telling, ...], ontology: Ontology) -> str:
    """The first firm telling in the foreground, by the rules of the crosswalk."""
    told = [telling for telling in tellings if telling.kind]
    if not told:
        return _UNSAID
    best = min(told, key=lambda t: (t.background, -t.confidence, t.start))
    return ontology.crosswalks["event_type"].code(best.kind, facts_from(())) or _UNSAID
