"""A parsed report of given words, for tests of the readers."""

from __future__ import annotations

from spacy.language import Language

from tocsin.coding.document import Document, parse
from tocsin.ids import digest
from tocsin.model import Report


def reading_of(
    text: str, nlp: Language, *, title: str | None = None, url: str | None = None
) -> Document:
    """Parse a text as a report of its own."""
    report = Report(
        id="r1", text=text, text_digest=digest(text), raw_digest=digest(text), title=title, url=url
    )
    return parse(report, nlp)
