"""Measures as records: what, by whom, where, from when to when, why, in which state."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from spacy.tokens import Token

from tocsin.coding.context import Context
from tocsin.coding.findings import Finding, actor_finding, leading
from tocsin.coding.groups import MEASURES, Group
from tocsin.coding.kind import Telling
from tocsin.coding.plain import legal_basis
from tocsin.coding.referring import adds_forces
from tocsin.coding.roles import agent_of, child_of, classes_of
from tocsin.coding.when import window_for
from tocsin.lang.lexicon import word_lists
from tocsin.model import Actor, Measure, When

_LONGEST = 140  # characters: further apart, the words of a measure are two stories
_EXEMPT = re.compile(
    r"([^.,;]+) (?:is|are|was|were|will be) exempt(?:ed)?\b|\bexcept(?:ing)?(?: for)? ([^.;]+)",
    re.I,
)
State = Literal["announced", "in_force", "extended", "lifted"]
_STATES: tuple[State, ...] = ("lifted", "extended", "in_force", "announced")
_ISSUERS = frozenset({"official", "police", "military", "court", "state", "security"})


def measure_findings(context: Context, group: Group) -> Iterator[Finding]:
    """The measure of a group, if it is one, with everything that its sentences say of it."""
    if group.kind not in MEASURES:
        return
    told = [t for t in group.tellings if t.status != "mentioned"] or list(group.tellings)
    best = leading(group)
    effective, ends = _window(context, told)
    issuer = next((f for t in told if (f := _issuer(context, t)) is not None), None)
    start, end = noun_phrase(context, best.token, best.start, best.end)
    told_start, told_end = _extent(context, best, start, end, (effective, ends))
    value = Measure(
        what=group.kind,
        words=context.document.text[start:end],
        issuer=issuer.value if issuer and isinstance(issuer.value, Actor) else None,
        addressee=_addressee(told) if group.kind == "public_alert" else None,
        area=_area(context, told),
        effective=effective,
        ends=ends,
        binding=group.kind != "public_alert",
        exceptions=_exceptions(context, told),
        reason=next((reason for t in told if (reason := _reason(t))), None),
        legal_basis=_legal_basis(context, told),
        state=_state(told),
    )
    yield Finding("measure", value, told_start, told_end, best.confidence)


def _legal_basis(context: Context, told: list[Telling]) -> str | None:
    """The law that the measure's own sentences name."""
    texts = (context.document.sentences[t.sentence].text for t in told)
    return next((basis for text in texts if (basis := legal_basis(text))), None)


def _extent(
    context: Context,
    best: Telling,
    start: int,
    end: int,
    window: tuple[When | None, When | None],
) -> tuple[int, int]:
    """The words from the verb of the measure to its last stated hour, if they stand together."""
    sentence = context.document.sentences[best.sentence]
    verb = next((t for t in _governors(best.token) if t.pos_ == "VERB"), None)
    spans = [(start, end)]
    if verb is not None:
        spans.append(context.document.token_span(verb))
    for when in window:
        at = sentence.text.find(when.words) if when is not None else -1
        if when is not None and at >= 0:
            spans.append((sentence.start + at, sentence.start + at + len(when.words)))
    first, last = min(s for s, _ in spans), max(e for _, e in spans)
    return (first, last) if last - first <= _LONGEST else (start, end)


def _exceptions(context: Context, told: list[Telling]) -> str | None:
    """Whom the measure spares, in its own sentences or the next."""
    for telling in told:
        for sentence in context.document.sentences[telling.sentence : telling.sentence + 2]:
            match = _EXEMPT.search(sentence.text)
            if match is not None:
                return next(part for part in match.groups() if part).strip(" ,.")
    return None


def noun_phrase(context: Context, token: Token, start: int, end: int) -> tuple[int, int]:
    """The words of a noun with what stands before it and its figures; else the cue alone."""
    if token.pos_ not in ("NOUN", "PROPN"):
        return start, end
    first = token.doc[token.left_edge.i]
    if first.pos_ == "DET" and first.i < token.i:
        first = token.doc[first.i + 1]
    opening, _ = context.document.token_span(first)
    return min(opening, start), end


def _window(context: Context, told: list[Telling]) -> tuple[When | None, When | None]:
    """Start and end as any of the sentences give them: a sentence with both goes first."""
    found = [window_for(context.document, context.readings.times, t.start) for t in told]
    both = next((pair for pair in found if pair[0] and pair[1]), None)
    if both is not None:
        return both
    first = next((start for start, _ in found if start and _is_clock(start)), None)
    first = first or next((start for start, _ in found if start), None)
    return first, next((end for _, end in found if end), None)


def _is_clock(when: When) -> bool:
    return when.precision in ("minute", "hour")


def _issuer(context: Context, telling: Telling) -> Finding | None:
    """Who ordered it: the subject of the verb that the measure hangs on, if an authority."""
    token = telling.token
    for _ in range(4):
        if token.pos_ == "VERB":
            agent = agent_of(token)
            if agent is not None and classes_of(agent) & _ISSUERS:
                return actor_finding(context, agent, "issuer")
        if token.head.i == token.i:
            break
        token = token.head
    return None


def _area(context: Context, told: list[Telling]) -> str | None:
    place = next((p for t in told if (p := context.own_place(t)) is not None), None)
    return place.where.name or place.where.words if place else None


def _addressee(told: list[Telling]) -> str | None:
    """Whom advice is for: "urging bars to close", "asked residents to stay inside"."""
    for token in (token for t in told for token in t.token.sent):
        if (
            token.pos_ != "VERB"
            or token.lemma_.lower() not in word_lists("en", "measures")["asking"]
        ):
            continue
        below = (token, *(c for c in token.children if c.dep_ in ("ccomp", "xcomp")))
        nouns = (c for verb in below for c in verb.children if c.dep_ in ("dobj", "nsubj"))
        asked = next((n for n in nouns if n.i > token.i), None)
        if asked is not None:
            return str(asked.doc[asked.left_edge.i : asked.i + 1].text)
    return None


def _state(told: list[Telling]) -> State:
    if any(adds_forces(t) for t in told):
        return "extended"
    words = word_lists("en", "measures")
    lemmas = {token.lemma_.lower() for t in told for token in _governors(t.token)}
    for state in _STATES:
        if lemmas & set(words[state]):
            return state
    return "announced"


def _governors(token: Token) -> Iterator[Token]:
    for _ in range(3):
        yield token
        if token.head.i == token.i:
            return
        token = token.head


def _reason(telling: Telling) -> str | None:
    """Why, in the words of its own clause: after, because of, following, to stop."""
    words = word_lists("en", "measures")
    verb = telling.token
    while verb.pos_ != "VERB" and verb.head.i != verb.i:
        verb = verb.head
    for anchor in (telling.token, verb):
        for child in anchor.children:
            is_role = child.lower_ == "as" and child.dep_ == "prep"  # "deployed as a precaution"
            if child.i > anchor.i and child.lower_ in words["reasons"] and not is_role:
                span = child.doc[child.i : child.right_edge.i + 1]
                return str(span.text)
            mark = child_of(child, "mark")
            if child.dep_ == "advcl" and mark is not None and mark.lower_ in words["reasons"]:
                return str(child.doc[child.left_edge.i : child.right_edge.i + 1].text)
    for token in telling.token.sent:
        if token.i > telling.token.i and token.lower_ in words["firm_reasons"]:
            return str(token.doc[token.i : token.right_edge.i + 1].text)
    return None
