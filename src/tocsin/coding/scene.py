"""Where the event told at some words happened, as opposed to other places of the report."""

from __future__ import annotations

from tocsin.coding.document import Document
from tocsin.coding.mentions import PlaceMention


def place_for(
    document: Document, places: tuple[PlaceMention, ...], start: int, end: int
) -> PlaceMention | None:
    """The place of the event told at start..end: its own sentence first, then those before."""
    sentence = document.sentence_at(start)
    if sentence is None:
        return None
    named = [m for m in places if not m.adjective and m.where.precision not in (None, "country")]
    same = [m for m in named if m.sentence == sentence.index]
    if same:
        return min(same, key=lambda m: min(abs(m.start - start), abs(m.start - end)))
    before = [m for m in named if m.sentence < sentence.index]
    return before[-1] if before else None
