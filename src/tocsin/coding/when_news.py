"""Events that a report dates by nothing but being news of its day."""

from __future__ import annotations

import dataclasses

from spacy.tokens import Token

from tocsin.coding.document import Document, Sentence
from tocsin.coding.mentions import TimeMention
from tocsin.coding.when_anchor import DAY, anchor_of, when_of, whole_days
from tocsin.coding.when_clause import (
    is_aside,
    is_news,
    is_past,
    is_pluperfect,
    is_present,
    names_measure,
    verb_of,
)
from tocsin.coding.when_words import words
from tocsin.lang.lexicon import word_pattern
from tocsin.model import When

# Only the report's first sentences tell news by their tense alone.
_NEWS = 8
# In what opens a report, and in what ends it, it may call itself breaking news.
_EDGE = 200

_Times = tuple[TimeMention, ...]


def of_tense(
    document: Document, times: _Times, sentence: Sentence, focus: Token
) -> TimeMention | None:
    """ "Has declared", "are burning": news of the day the report came out, by its tense alone."""
    verb = verb_of(focus)
    if sentence.index >= _NEWS or verb is None or is_aside(verb) or _speaks_of(verb, focus):
        return None
    if not is_news(verb) and not _is_headline(document, sentence, focus):
        return None
    helpers = [child.i for child in verb.children if child.dep_ in ("aux", "auxpass")]
    base = document.base(verb.doc)
    start = base + verb.doc[min([*helpers, verb.i])].idx
    return _of_day(document, times, sentence, start, base + verb.idx + len(verb.text))


def _speaks_of(verb: Token, focus: Token) -> bool:
    """Tell whether a verb is about what happened before: "are investigating a shooting"."""
    if focus.i == verb.i or any(names_measure(token) for token in focus.subtree):
        return False
    lemma = verb.lemma_.lower()
    return any(lemma in words(name) for name in ("saying", "legal", "inquiring"))


def of_breaking(
    document: Document, times: _Times, sentence: Sentence, focus: Token
) -> TimeMention | None:
    """What a report tells first that calls itself breaking is of its own day: "Details soon"."""
    verb = verb_of(focus)
    if sentence.index >= _NEWS or (verb is not None and not _may_be_today(verb)):
        return None
    last = max(0, len(document.text) - _EDGE)
    breaking = word_pattern("en", "time", "breaking_patterns")
    match = breaking.search(document.text, 0, _EDGE) or breaking.search(document.text, last)
    return _of_day(document, times, sentence, *match.span()) if match else None


def after_that(document: Document, sentence: Sentence, focus: Token) -> TimeMention | None:
    """ "Thereafter": later than what was told before, nobody says when."""
    verb = verb_of(focus)
    for token in verb.children if verb is not None else ():
        soon = any(child.dep_ in ("advmod", "npadvmod") for child in token.children)
        if token.lower_ in words("after_that") and not soon:
            start, end = document.token_span(token)
            when = When(words=document.text[start:end], relation="after")
            return TimeMention(start, end, sentence.index, when)
    return None


def _of_day(
    document: Document, times: _Times, sentence: Sentence, start: int, end: int
) -> TimeMention | None:
    """The day of publication, inferred, with the words that say so."""
    zone = next((mention.when.zone for mention in times if mention.when.zone), None)
    anchor = anchor_of(document.report, zone)
    if anchor.day is None:
        return None
    moment = whole_days(anchor.day, anchor.day + DAY, "day")
    when = when_of(dataclasses.replace(moment, inferred=True), document.text[start:end], anchor)
    return TimeMention(start, end, sentence.index, when)


def _is_headline(document: Document, sentence: Sentence, measure: Token) -> bool:
    """Whether a title leaves out "has been": "City curfew declared"."""
    verb = measure.head
    if not names_measure(measure) or not in_title(document, sentence):
        return False
    bare = not any(child.dep_ in ("aux", "auxpass") for child in verb.children)
    return bare and verb.tag_ in ("VBN", "VBD")


def in_title(document: Document, sentence: Sentence) -> bool:
    """Whether a sentence is the report's title, which stands before its text."""
    title = document.report.title
    return (
        bool(title) and document.text.startswith(title or "") and sentence.end <= len(title or "")
    )


def _may_be_today(verb: Token) -> bool:
    told = is_past(verb) or is_present(verb)
    return told and not is_aside(verb) and not is_pluperfect(verb)
