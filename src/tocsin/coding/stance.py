"""How sure the wording is, and who says it, for given words of a report.

Certainty is the wording's, never the speaker's rank: nothing here looks at who speaks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from spacy.tokens import Span, Token

from tocsin.coding.document import Document
from tocsin.coding.mentions import Attributed
from tocsin.lang.lexicon import word_lists
from tocsin.model import Attribution
from tocsin.terms import Certainty

# The words of a claim belong to an attribution that holds at least this part of them.
_HELD = 0.5


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(_lists()[name])


def _lists() -> Mapping[str, tuple[str, ...]]:
    return word_lists("en", "stance")


def attribution_of(
    document: Document, attributions: Sequence[Attributed], start: int, end: int
) -> Attribution:
    """Who says the words at start..end, and how surely; the outlet where nobody else does."""
    said = attributed_at(attributions, start, end)
    wording = wording_of(document, start, end)
    if said is None:
        return Attribution(certainty=wording)
    certainty = wording if wording != "asserted" else said.certainty
    return Attribution(
        speaker_kind=said.speaker_kind,
        certainty=certainty,
        speaker=said.speaker,
        position=said.position,
        via=said.via,
        cue=document.evidence(said.cue[0][0], said.cue[-1][1]) if said.cue else None,
        content=document.evidence(said.content[0][0], said.content[-1][1]),
    )


def attributed_at(attributions: Sequence[Attributed], start: int, end: int) -> Attributed | None:
    """The narrowest attribution whose content holds the words."""
    best: tuple[int, Attributed] | None = None
    for attributed in attributions:
        shared = sum(max(0, min(e, end) - max(s, start)) for s, e in attributed.content)
        if shared < _HELD * (end - start):
            continue
        size = sum(e - s for s, e in attributed.content)
        if best is None or size < best[0]:
            best = (size, attributed)
    return best[1] if best else None


def wording_of(document: Document, start: int, end: int) -> Certainty:
    """Certainty of the words at start..end from hedges, negation, mood and tense around them."""
    span = document.char_span(start, end)
    if span is None or not len(span):
        return "asserted"
    return _of_head(_head(span))


def _head(span: Span) -> Token:
    """The verb that carries a span: its root, or the copula or participle above a noun."""
    root = span.root
    while root.pos_ not in ("VERB", "AUX") and root.head in span and root.head != root:
        root = root.head
    return root


def _of_head(head: Token) -> Certainty:
    near = [head, *head.children]
    if any(t.dep_ == "mark" and t.lower_ in _words("conditionals") for t in near):
        return "hypothetical"
    if _is_negated(head):
        return "denied"
    if any(t.lower_ in _words("hedges") for t in near):
        return "alleged"
    modals = {t.lower_ for t in head.children if t.dep_ == "aux"}
    if modals & _words("hedging_modals"):
        return "alleged"
    if modals & _words("future_modals"):
        return "planned"
    return "asserted"


def _is_negated(head: Token) -> bool:
    for token in [*head.children, *(g for c in head.children for g in c.children)]:
        if token.lower_ in _words("negators") and token.dep_ in ("neg", "det", "advmod"):
            after = token.doc[token.i : token.i + 3].text.lower()
            if not after.startswith(_lists()["not_negating"]):
                return True
    return False
