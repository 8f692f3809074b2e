"""Counts in a report: figures, single persons and stated zeros, with what each of them counts."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from typing import Literal

from msgspec.structs import replace
from spacy.tokens import Token

from tocsin.coding.counts_figure import Figure, figures, ordinals
from tocsin.coding.counts_settle import settled
from tocsin.coding.counts_single import joined_singles, kills_self, nones, singles
from tocsin.coding.counts_what import Counted, counted, named, side_of
from tocsin.coding.document import Document, Sentence
from tocsin.coding.mentions import CountMention
from tocsin.gazetteer.countries import wide_countries
from tocsin.model import Count

Scope = Literal["incident", "day", "since", "area"]
# The least that a vague word such as "dozens" stands for.
_VAGUE_LEAST = 24
_HARMS = ("killed", "injured", "struck", "detained", "abducted")
_AND = re.compile(r",?\s+and\s+|,\s+")
_OF_WHOM_DEAD = re.compile(
    r"\s+of\s+(?:whom|them|those|these)(?:,[^,.;]{1,40},)?\s+(?:\w+\s+){0,2}"
    r"(?:dead|died|dies|killed|fatally)\b"
)
_LONG = re.compile(
    r"\b(?:since\s+(?!then)|so far this year|this year|to date|(?:in|over|during|for)\s+"
    r"(?:(?:nearly|about|almost|just over|more than|the past|the last|the)\s+){0,2}"
    r"(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|\d+|several|few|past|last)\s+"
    r"(?:days|weeks?|months?|years?|decades?|nights)\b"
    r"|last year\b.*\b(?:homicides|murders)\b|\b(?:homicides|murders)\b.*\blast year\b)",
    re.IGNORECASE,
)
# "Deaths across Kenya"; "22 deaths, 19 of them in Nairobi": the whole is of more than a town.
_ACROSS = re.compile(
    r"\b(?:across|throughout|all over) (?:the )?(?P<name>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)*)"
)
# Right behind a figure: it is of several shootings, or of a year; no one of them had so many.
_SEVERAL = re.compile(
    r"[^,;]{0,50}?\b(?:(?:in|during) (?!the\b|his\b|her\b|their\b)(?:[\w'’-]+ ){0,3}?"
    r"(?:shootings|stabbings)|in (?:\d+|two|three|four|five|six|seven|eight|nine|ten|several|"
    r"multiple|separate|other|different) (?:[\w-]+ )?(?:incidents|homicides)"
    r"|(?:each|every|per|a|last|previous) year|(?:so far|all) (?:in|of) (?:19|20)\d\d)\b"
)
_SUICIDE = re.compile(r"(?<!attempted )\bsuicide\b(?! attempt| note| watch| prevention| hot)", re.I)
_OF_THEM_IN = re.compile(r"\b(?:\d+|\w+) of (?:them|whom|those|these) (?:were |was )?in [A-Z]")


def find_counts(document: Document) -> tuple[CountMention, ...]:
    """All counts of a report, in the order of the text."""
    found: list[CountMention] = []
    for sentence in document.sentences:
        mine = _summed(document, list(_figures(document, sentence)))
        taken = {(mention.head, mention.count.what) for mention in mine}
        for mention in _without_figure(document, sentence):
            if (mention.head, mention.count.what) not in taken:
                mine.append(mention)
        mine = _with_killer(document, sentence, mine)
        found += sorted(mine, key=lambda mention: (mention.start, mention.end))
    return settled(_by_own_hand(document, found))


def _by_own_hand(document: Document, found: list[CountMention]) -> list[CountMention]:
    """Who shot themselves has died where the report calls it a suicide."""
    if not _SUICIDE.search(document.text):
        return found
    return [
        dataclasses.replace(mention, count=replace(mention.count, what="killed"))
        if _is_self(mention)
        else mention
        for mention in found
    ]


def _is_self(mention: CountMention) -> bool:
    return mention.count.what == "struck" and mention.count.words.lower() in named("reflexives")


def _figures(document: Document, sentence: Sentence) -> Iterator[CountMention]:
    """The counts that have a figure, and the ordinals that name one more person."""
    text = sentence.text
    for figure in figures(text):
        if figure.part and not _OF_WHOM_DEAD.match(text, figure.core[1]):
            continue
        token = _token_at(sentence, figure.core[0])
        last = _token_at(sentence, figure.core[1] - 1)
        if token is None or last is None:
            continue
        low = figure.low if figure.low is not None else figure.high or 0
        vague = figure.low != figure.high and low >= _VAGUE_LEAST
        told = counted(_root(token, last), last, low=low, vague=vague)
        if told is not None:
            yield _mention(document, sentence, figure, told)
    for start, end, rank in ordinals(text):
        token = _token_at(sentence, start)
        if token is None or rank > 20:
            continue
        told = counted(token, token, low=1, vague=False)
        if told is not None and told.what in _HARMS:
            person = told.head.i == token.i or side_of(told.head) != "unknown"
            if person or told.head.lemma_.lower() in named("persons"):
                figure = Figure(start, end, (start, end), 1, 1, added=told.what == "killed")
                yield _mention(document, sentence, figure, told)


def _summed(document: Document, found: list[CountMention]) -> list[CountMention]:
    """Make one of "three children and two adults were killed"."""
    made: list[CountMention] = []
    for mention in found:
        last = made[-1] if made else None
        if last is None or not _adds(document, last, mention):
            made.append(mention)
            continue
        count = replace(
            last.count,
            words=document.text[last.start : mention.end],
            low=(last.count.low or 0) + (mention.count.low or 0),
            high=(last.count.high or 0) + (mention.count.high or 0),
            side=last.count.side if last.count.side == mention.count.side else "unknown",
        )
        made[-1] = CountMention(last.start, mention.end, last.sentence, count, last.head)
    return made


def _with_killer(
    document: Document, sentence: Sentence, found: list[CountMention]
) -> list[CountMention]:
    """Count who killed others and then themselves with them: "killed two sons, then himself"."""
    own = kills_self(sentence.span)
    if own is None:
        return found
    end = document.token_span(own)[1]
    return [_and_one(document, mention, end) if _is_done_to(document, mention) else mention
            for mention in found]  # fmt: skip


def _is_done_to(document: Document, mention: CountMention) -> bool:
    """Whether somebody is told to have killed those counted."""
    head = document.root(mention.head, mention.head + 1)
    if head is None or mention.count.what != "killed" or head.lower_ in named("reflexives"):
        return False
    while head.dep_ == "conj":
        head = head.head
    return head.dep_ == "dobj"


def _and_one(document: Document, mention: CountMention, end: int) -> CountMention:
    count = mention.count
    last = max(mention.end, end)
    more = replace(
        count,
        words=document.text[mention.start : last],
        low=None if count.low is None else count.low + 1,
        high=None if count.high is None else count.high + 1,
    )
    return CountMention(mention.start, last, mention.sentence, more, mention.head)


def _adds(document: Document, last: CountMention, mention: CountMention) -> bool:
    """Whether two figures of one thing stand side by side as one whole."""
    one, two = last.count, mention.count
    if one.what != two.what or one.what == "shots" or "addition" in (one.mode, two.mode):
        return False
    if None in (one.low, one.high, two.low, two.high):
        return False
    if not _AND.fullmatch(document.text[last.end : mention.start]):
        return False
    first = document.char_span(last.head, last.head + 1)
    second = document.char_span(mention.head, mention.head + 1)
    if first is None or second is None or first.doc is not second.doc:
        return False
    return bool(second[0].dep_ == "conj" and second[0].head.i == first[0].i)


def _token_at(sentence: Sentence, offset: int) -> Token | None:
    """The token at an offset of the sentence's text."""
    base = sentence.span.start_char
    span = sentence.span.doc.char_span(base + offset, base + offset + 1, alignment_mode="expand")
    return span[0] if span is not None and len(span) else None


def _root(first: Token, last: Token) -> Token:
    """The word of a number that its noun or verb governs."""
    return first.doc[first.i : last.i + 1].root


def _mention(document: Document, sentence: Sentence, figure: Figure, told: Counted) -> CountMention:
    """A figure with its noun, side, scope and mode."""
    start, end = sentence.start + figure.start, sentence.start + figure.end
    head_start, head_end = document.token_span(told.head)
    first, last = min(start, head_start), max(end, head_end)
    several = _SEVERAL.match(document.text, last, sentence.end)
    more = joined_singles(told.head) if told.what in _HARMS else 0
    count = Count(
        what=told.what,
        words=document.text[first:last],
        low=None if figure.low is None else figure.low + more,
        high=None if figure.high is None else figure.high + more,
        side=side_of(told.head),
        scope="since" if several else _scope(sentence.text),
        mode="addition" if figure.added else "total",
    )
    return CountMention(first, last, sentence.index, count, head_start)


def _scope(text: str) -> Scope:
    """Whether the figures of a sentence are of a longer time or a wider area."""
    if _LONG.search(text):
        return "since"
    lower = text.lower()
    is_wide = any(words in lower for words in named("area_words")) or bool(_OF_THEM_IN.search(text))
    across = (match["name"] for match in _ACROSS.finditer(text))
    is_wide = is_wide or any(name in wide_countries() for name in across)
    return "area" if is_wide else "incident"


def _without_figure(document: Document, sentence: Sentence) -> Iterator[CountMention]:
    """Single persons and stated zeros."""
    for told in (*singles(sentence.span), *nones(sentence.span)):
        start, end = document.token_span(told.first)[0], document.token_span(told.last)[1]
        count = Count(
            what=told.what,
            words=document.text[start:end],
            low=told.number,
            high=told.number,
            side=side_of(told.last),
            mode="addition" if told.first.lower_ == "another" else "total",
        )
        head = document.token_span(told.last)[0]
        yield CountMention(start, end, sentence.index, count, head)
