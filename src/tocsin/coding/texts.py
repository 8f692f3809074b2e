"""Slots whose value is words: weapon, cause, demand, form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from spacy.tokens import Token

from tocsin.coding.context import Context
from tocsin.coding.findings import Finding
from tocsin.coding.groups import Group, line_of
from tocsin.coding.kind import Telling
from tocsin.coding.referring import CROWD
from tocsin.coding.roles import SUBJECTS, child_of, subject_of
from tocsin.lang.lexicon import word_lists
from tocsin.model import Text

_HARMING = frozenset(
    {"police_shooting", "police_use_of_force", "mob_violence", "foiled_attack", "abduction"}
)
_FIRED = frozenset({"police_shooting"})  # nothing but a firearm did it
_DEMAND = re.compile(r"\b(?:(?:to )?demand(?:ing|ed)?|(?:to )?call(?:ing)? for) ", re.I)
_FORMS = ("march", "rally", "vigil", "sit-in", "blockade", "procession", "picket", "strike")
_LONGEST = 160  # characters: a cause that runs on is a story of its own


def text_findings(context: Context, group: Group) -> Iterator[Finding]:
    """Weapon, cause, demand and form of one incident, in the words of the report."""
    if group.kind in _HARMING or line_of(group.kind) == "attack":
        yield from _weapon(context, group)
        yield from _occasion(context, group)
        yield from _circumstance(context, group)
    if group.kind == CROWD:
        yield from _cause(context, group)
        yield from _demand(context, group)
        yield from _form(context, group)


def _weapon(context: Context, group: Group) -> Iterator[Finding]:
    """The first weapon that the sentences of the attack name."""
    weapons = word_lists("en", "harm")["firearms" if group.kind in _FIRED else "weapons"]
    for telling in _told(group):
        sentence = context.document.sentences[telling.sentence]
        hit = _suffered(context, telling)
        for token in sentence.span:
            named = token.lower_ in weapons or token.lemma_.lower() in weapons
            if not named or token.pos_ not in ("NOUN", "PROPN"):
                continue
            if _means(token) and not _is_held_by(token, hit):
                start, end = _phrase(context, token)
                value = Text(words=context.document.text[start:end])
                yield Finding("weapon", value, start, end, 0.7)
                return


def _means(token: Token) -> bool:
    """Tell whether a noun is a tool here: "with a rifle", "firing a pistol", "a knife attack"."""
    if token.dep_ == "pobj":
        return token.head.lower_ in ("with", "from", "by")
    return token.dep_ in ("dobj", "nsubj", "nsubjpass", "compound", "appos")


def _suffered(context: Context, telling: Telling) -> frozenset[int]:
    """The words of the sentence for who was hit: "a man", and "he" for the same one."""
    hit = context.actor_at(telling.patient)
    found = {telling.patient.i} if telling.patient is not None else set()
    for token in telling.token.sent:
        mention = context.actor_at(token) if token.dep_ in SUBJECTS else None
        if hit is not None and mention is not None and mention.entity == hit.entity:
            found.add(token.i)
    return frozenset(found)


def _is_held_by(weapon: Token, people: frozenset[int]) -> bool:
    """Tell whether those people have the weapon: "a man armed with a knife", "he drew a gun"."""
    node = weapon
    while node.head.i != node.i:
        node = node.head
        if node.i in people:
            return True
        if node.pos_ == "VERB":
            subject = child_of(node, "nsubj")
            if subject is not None:
                return subject.i in people
    return False


def _occasion(context: Context, group: Group) -> Iterator[Finding]:
    """On what occasion police or others used force: "while responding to a call"."""
    words = word_lists("en", "harm")["occasion_words"]
    by_police = line_of(group.kind) == "police_harm"
    for telling in _told(group):
        for child in telling.token.children:
            opens = child.lower_ in words or _opener(child) in words
            if child.i <= telling.token.i or not opens or child.dep_ not in ("advcl", "prep"):
                continue
            subject = child_of(child, *SUBJECTS)
            if subject is None and child.dep_ == "advcl" and not by_police:
                subject = subject_of(telling.token)  # "was hit while riding home": no reason for it
            if subject is None or _is_one(context, subject, telling.agent):
                yield from _clause(context, "cause", child)
                return


def _circumstance(context: Context, group: Group) -> Iterator[Finding]:
    """What the one who was hit was doing: "as she walked to her car"."""
    marks = word_lists("en", "harm")["circumstance_words"]
    for telling in _told(group):
        for child in telling.token.children:
            subject = child_of(child, "nsubj")
            if child.dep_ != "advcl" or _opener(child) not in marks or subject is None:
                continue
            if _is_one(context, subject, telling.patient):
                yield from _clause(context, "tactic", child)
                return


def _opener(clause: Token) -> str:
    """The small word that opens a clause: "while", "as"; empty where none does."""
    word = child_of(clause, "mark", "advmod")
    return word.lower_ if word is not None else ""


def _is_one(context: Context, subject: Token, other: Token | None) -> bool:
    """Tell whether two words mean one actor."""
    one, same = context.actor_at(subject), context.actor_at(other)
    return one is not None and same is not None and one.entity == same.entity


def _cause(context: Context, group: Group) -> Iterator[Finding]:
    """What people demonstrate about: "over the shooting", "against the tax"."""
    words = word_lists("en", "harm")["cause_words"]
    for telling in _told(group):
        if telling.cue not in ("protest", "riot", "unrest"):
            continue
        for child in telling.token.children:
            if child.dep_ != "prep" or child.lower_ not in words or child.i < telling.token.i:
                continue
            if not any(inner.lemma_ in _spans() for inner in child.children):
                yield from _clause(context, "cause", child)
                return


@cache
def _spans() -> frozenset[str]:
    """Nouns of time: "for a third night" is no cause."""
    return frozenset(word_lists("en", "harm")["span_nouns"])


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
            form = "march" if word == "procession" else word
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
