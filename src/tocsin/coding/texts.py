"""Slots whose value is words: weapon, cause, damage, demand, form."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Token

from tocsin.coding.context import Context
from tocsin.coding.findings import Finding
from tocsin.coding.grouping import Group
from tocsin.coding.kind import Telling
from tocsin.coding.referring import CROWD
from tocsin.lang.lexicon import word_lists
from tocsin.model import Text

_HARMING = frozenset(
    {"armed_attack", "police_shooting", "police_use_of_force", "mob_violence", "foiled_attack"}
)
_DEMAND = re.compile(r"\b(?:(?:to )?demand(?:ing|ed)?|(?:to )?call(?:ing)? for) ", re.I)
_FORMS = ("march", "rally", "vigil", "sit-in", "blockade", "procession", "picket", "strike")
_LONGEST = 160  # characters: a cause that runs on is a story of its own


def text_findings(context: Context, group: Group) -> Iterator[Finding]:
    """Weapon, cause, demand and form of one incident, in the words of the report."""
    if group.kind in _HARMING:
        yield from _weapon(context, group)
        yield from _occasion(context, group)
        yield from _circumstance(context, group)
    if group.kind == CROWD:
        yield from _cause(context, group)
        yield from _demand(context, group)
        yield from _form(context, group)


def _weapon(context: Context, group: Group) -> Iterator[Finding]:
    """The first weapon that the sentences of the attack name."""
    weapons = word_lists("en", "harm")["weapons"]
    for telling in _told(group):
        sentence = context.document.sentences[telling.sentence]
        for token in sentence.span:
            if token.lower_ in weapons and token.pos_ in ("NOUN", "PROPN") and _means(token):
                start, end = _phrase(context, token)
                value = Text(words=context.document.text[start:end])
                yield Finding("weapon", value, start, end, 0.7)
                return


def _means(token: Token) -> bool:
    """Tell whether a noun is a tool here: "with a rifle", "firing a pistol", "a knife attack"."""
    if token.dep_ == "pobj":
        return token.head.lower_ in ("with", "from", "by")
    return token.dep_ in ("dobj", "nsubj", "nsubjpass", "compound", "appos")


def _occasion(context: Context, group: Group) -> Iterator[Finding]:
    """On what occasion police or others used force: "while responding to a call"."""
    words = word_lists("en", "harm")["occasion_words"]
    for telling in _told(group):
        for child in telling.token.children:
            mark = next((c.lower_ for c in child.children if c.dep_ in ("mark", "advmod")), "")
            opens = child.lower_ in words or mark in words
            if child.i > telling.token.i and opens and child.dep_ in ("advcl", "prep"):
                yield from _clause(context, "cause", child)
                return


def _circumstance(context: Context, group: Group) -> Iterator[Finding]:
    """What the one who was hit was doing: "as she walked to her car"."""
    marks = word_lists("en", "harm")["circumstance_words"]
    for telling in _told(group):
        for child in telling.token.children:
            mark = next((c.lower_ for c in child.children if c.dep_ in ("mark", "advmod")), "")
            subject = next((c for c in child.children if c.dep_ == "nsubj"), None)
            if child.dep_ != "advcl" or mark not in marks or subject is None:
                continue
            if _is_patient(context, subject, telling):
                yield from _clause(context, "tactic", child)
                return


def _is_patient(context: Context, subject: Token, telling: Telling) -> bool:
    one, other = context.actor_at(subject), context.actor_at(telling.patient)
    return one is not None and other is not None and one.entity == other.entity


def _cause(context: Context, group: Group) -> Iterator[Finding]:
    """What people demonstrate about: "over the shooting", "against the tax"."""
    words = word_lists("en", "harm")["cause_words"]
    for telling in _told(group):
        if telling.cue not in ("protest", "riot", "unrest"):
            continue
        for child in telling.token.children:
            if child.dep_ == "prep" and child.lower_ in words and child.i > telling.token.i:
                yield from _clause(context, "cause", child)
                return


def _clause(context: Context, slot: str, head: Token) -> Iterator[Finding]:
    start, _ = context.document.token_span(head.doc[head.left_edge.i])
    _, end = context.document.token_span(head.doc[head.right_edge.i])
    if end - start <= _LONGEST:
        yield Finding(slot, Text(words=context.document.text[start:end]), start, end, 0.7)


def _demand(context: Context, group: Group) -> Iterator[Finding]:
    """What the crowd wants, after "demanding" and the like in its own sentences."""
    for telling in _told(group):
        sentence = context.document.sentences[telling.sentence]
        match = _DEMAND.search(sentence.text)
        if match is None:
            continue
        start = sentence.start + match.end()
        rest = context.document.text[start : sentence.end]
        end = start + len(re.split(r"[,.;:]| while | after ", rest)[0])
        if start < end:
            yield Finding("demand", Text(words=context.document.text[start:end]), start, end, 0.75)
            return


def _form(context: Context, group: Group) -> Iterator[Finding]:
    """The form of a demonstration, where a word names it."""
    for telling in _told(group):
        word = telling.token.lemma_.lower()
        if word in _FORMS:
            form = {"procession": "march", "picket": "picket"}.get(word, word)
            value = Text(words=context.document.text[telling.start : telling.end], code=form)
            yield Finding("form", value, telling.start, telling.end, telling.confidence)
            return


def _told(group: Group) -> list[Telling]:
    return [t for t in group.tellings if t.status == "new"] or list(group.tellings)


def _phrase(context: Context, token: Token) -> tuple[int, int]:
    first = token.doc[token.left_edge.i]
    start, _ = context.document.token_span(first)
    _, end = context.document.token_span(token)
    return start, end
