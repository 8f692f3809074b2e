"""Attributions by cue words and the parse: what stands in when no tagger is at hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from tocsin.coding.document import Document, Sentence
from tocsin.coding.mentions import Segments
from tocsin.lang.lexicon import word_lists

_ACCORDING = re.compile(r"\baccording to\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """Segments of one attribution before its speaker is resolved."""

    source: Segments
    cue: Segments
    content: Segments


def find_by_rule(document: Document) -> list[Found]:
    """All attributions that a cue verb with a clause, or "according to", makes plain."""
    found: list[Found] = []
    for sentence in document.sentences:
        found.extend(_according(document, sentence))
        found.extend(_verbs(document, sentence))
    return found


def _cues() -> frozenset[str]:
    lists = word_lists("en", "stance")
    return frozenset((*lists["asserted"], *lists["alleged"], *lists["denied"]))


def _verbs(document: Document, sentence: Sentence) -> Iterator[Found]:
    for token in sentence.span:
        if token.pos_ != "VERB" or token.lemma_.lower() not in _cues():
            continue
        subject = next((c for c in token.children if c.dep_ in ("nsubj", "nsubjpass")), None)
        clause = next((c for c in token.children if c.dep_ in ("ccomp", "xcomp")), None)
        if subject is None or clause is None:
            continue
        yield Found(
            (_extent(document, subject),),
            (document.token_span(token),),
            (_extent(document, clause),),
        )


def _according(document: Document, sentence: Sentence) -> Iterator[Found]:
    for match in _ACCORDING.finditer(sentence.text):
        span = document.char_span(sentence.start + match.end(), sentence.start + match.end() + 1)
        if span is None:
            continue
        chunk = next((c for c in sentence.span.noun_chunks if c.start <= span[0].i < c.end), span)
        source = document.span_of(chunk)
        cue = (sentence.start + match.start(), sentence.start + match.end(0))
        before, after = (sentence.start, cue[0]), (source[1], sentence.end)
        content = max(before, after, key=lambda s: s[1] - s[0])
        yield Found((source,), (cue,), (content,))


def _extent(document: Document, token: Token) -> tuple[int, int]:
    tokens = list(token.subtree)
    return document.token_span(tokens[0])[0], document.token_span(tokens[-1])[1]
