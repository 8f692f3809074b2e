"""One of 30 event types for a snippet: the linear head over words and cues, else the cues alone."""

from __future__ import annotations

from tocsin.coding import Coder
from tocsin.coding.document import parse
from tocsin.coding.kind import Telling, find_tellings
from tocsin.coding.passages import features
from tocsin.evaluate.tasks import Fields
from tocsin.model import Report
from tocsin.models.heads import load_heads
from tocsin.ontology import Ontology, facts_from

_UNSAID = "OTHER"


def predict(record: Fields, coder: Coder) -> Fields:
    """Name the type of one snippet."""
    text = str(record["text"])
    report = Report(id=str(record["id"]), text=text, text_digest="", raw_digest="")
    tellings = find_tellings(parse(report, coder.nlp))
    scores = load_heads().scores("event_type", features(text, tellings))
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
