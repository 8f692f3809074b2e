"""One report in, its accounts out: pure, and dependent on the report and the coder alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.language import Language

from tocsin.coding.assemble import assemble
from tocsin.coding.attribution import find_attributions
from tocsin.coding.context import Context
from tocsin.coding.counts import find_counts
from tocsin.coding.document import Document, parse_meant
from tocsin.coding.encoded import Encoded
from tocsin.coding.kind import between_states, find_tellings
from tocsin.coding.mentions import PlaceMention, Readings
from tocsin.coding.sayings import tidied
from tocsin.coding.sense import believed
from tocsin.coding.triage import may_tell
from tocsin.coding.when import find_times
from tocsin.coding.where import find_places
from tocsin.coding.where_capital import with_capitals
from tocsin.coding.who import find_actors
from tocsin.gazetteer import Gazetteer
from tocsin.lang.lexicon import word_maps
from tocsin.model import Account, Report
from tocsin.models import Tagger
from tocsin.models.reliability import Reliability
from tocsin.ontology import Ontology

VERSION = "1"


@dataclass(frozen=True)
class Coder:
    """What coding needs, loaded once: parser, gazetteer, ontology and models."""

    nlp: Language
    gazetteer: Gazetteer
    ontology: Ontology
    tagger: Tagger | None = None
    reliability: Reliability | None = None

    @property
    def version(self) -> str:
        """The coder's version as claims carry it."""
        return f"{VERSION}-{self.ontology.version}"


def code(report: Report, coder: Coder) -> tuple[Account, ...]:
    """Return the accounts of one report; none where it tells of nothing."""
    if not may_tell(report):
        return ()
    document = parse_meant(report, coder.nlp, coder.gazetteer)
    tellings = believed(document, find_tellings(document))
    told = {telling.sentence for telling in tellings if telling.kind}
    postures = find_tellings(document, "posture")
    tellings += tuple(p for p in postures if between_states(p) and p.sentence not in told)
    if not tellings:
        return ()
    context = Context(document, read(document, coder), tellings)
    return assemble(context, coder.ontology, coder.version, coder.reliability)


def read(document: Document, coder: Coder) -> Readings:
    """Return what the single readers find in a parsed report."""
    found = find_places(document, coder.gazetteer)
    named = tuple(p for p in found if not _is_day(document, p))
    places = with_capitals(document, named, coder.gazetteer)
    actors = find_actors(document)
    encoded = Encoded(document, coder.tagger) if coder.tagger is not None else None
    tagged = encoded.tagged if encoded is not None else ()
    return Readings(
        places=places,
        times=find_times(document, zone=_zone(places)),
        counts=find_counts(document),
        actors=actors,
        attributions=tidied(document, find_attributions(document, actors, tagged)),
        encoded=encoded,
    )


def _is_day(document: Document, place: PlaceMention) -> bool:
    """Tell whether a weekday was taken for a place that is named after it."""
    return document.text[place.start : place.end].lower() in word_maps("en", "time")["weekday"]


def _zone(places: Sequence[PlaceMention]) -> str | None:
    """The time zone of most of the places: local times of a report mean it."""
    zones = [place.where.zone for place in places if place.where.zone]
    return max(zones, key=zones.count) if zones else None
