"""What speakers said, trimmed to what one clause can hold before it is used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from tocsin.coding.document import Document
from tocsin.coding.mentions import Attributed, Segments
from tocsin.lang.lexicon import word_lists

_CLAUSE_ENDS = ',;:.!?()“”"'
_SOURCING = frozenset({"according", "per", "by", "from", "in", "to", "as"})


def tidied(document: Document, found: Iterable[Attributed]) -> tuple[Attributed, ...]:
    """Attributions without those that no verb carries; paraphrases end where their clause ends."""
    return tuple(_whole(document, said) for said in found if _is_said(document, said))


def _is_said(document: Document, said: Attributed) -> bool:
    """Tell whether the cue speaks: a lone adverb does not, and an order given is a deed."""
    spans = [span for start, end in said.cue if (span := document.char_span(start, end))]
    tokens = [token for span in spans for token in span]
    if tokens and all(t.pos_ == "ADV" and t.lower_ not in _SOURCING for t in tokens):
        return False
    if said.direct or not tokens:
        return True
    deeds = word_lists("en", "measures")["deeds"]
    return not any(t.lemma_.lower() in deeds for t in tokens) or _has_verb(document, said.content)


def _has_verb(document: Document, content: Segments) -> bool:
    spans = (document.char_span(start, end) for start, end in content)
    return any(t.pos_ in ("VERB", "AUX") for span in spans if span for t in span)


def _whole(document: Document, said: Attributed) -> Attributed:
    if said.direct or not said.cue or not said.content:
        return said
    own = document.sentence_at(said.cue[0][0])
    if own is None:
        return said
    home = next(p for p in document.paragraphs if p.index == own.paragraph)
    kept = tuple(_clipped(document, said, home.start, home.end))
    return replace(said, content=kept) if kept else said


def _clipped(
    document: Document, said: Attributed, first: int, last: int
) -> Iterator[tuple[int, int]]:
    """The segments inside the cue's paragraph; the last one runs on to the end of its clause."""
    inside = [
        (max(start, first), min(end, last))
        for start, end in said.content
        if start < last and end > first
    ]
    for start, end in inside[:-1]:
        yield start, end
    if inside:
        start, end = inside[-1]
        yield start, _clause_end(document, said, end, last)


def _clause_end(document: Document, said: Attributed, end: int, last: int) -> int:
    """Where a clause that was cut in the middle of its words ends."""
    taken = [start for start, _ in (*said.cue, *said.source) if start >= end]
    limit = min((last, *taken))
    sentence = document.sentence_at(max(end - 1, 0))
    if taken or sentence is None:
        return end
    limit = min(limit, sentence.end)
    at = end
    while at < limit and document.text[at] not in _CLAUSE_ENDS:
        at += 1
    return at
