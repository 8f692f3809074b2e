"""Values read for one incident, with the words that they came from, before they are claims."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Token

from tocsin.coding.context import Context
from tocsin.coding.groups import Group
from tocsin.coding.kind import Telling
from tocsin.coding.mentions import ActorMention
from tocsin.coding.referring import CROWD
from tocsin.coding.roles import QUANTITIES, child_of, word_classes
from tocsin.model import Act, Actor, Kind, Text, Value
from tocsin.ontology import Ontology
from tocsin.terms import Role

# Acts that say more than the kind of an incident without a crowd does.
_ACTS_BESIDE = frozenset(
    {"batons", "beating", "electric_weapon", "restraint_hold", "pepper_spray", "tear_gas"}
    | {"arson", "taking_goods", "property_damage", "evacuation"}
)
_PEACEFUL = frozenset({"peaceful", "peacefully", "nonviolent", "non-violent"})
_QUOTATION = re.compile(r"[\s:,]*[\"“”][^\"“”\n]{2,120}[\"“”]")
_MOST_OF_ONE_ACT = 3  # fires, say: the first ones told stand for the rest


@dataclass(frozen=True, slots=True)
class Finding:
    """One value of a slot at some words of the report."""

    slot: str
    value: Value
    start: int
    end: int
    confidence: float
    also: tuple[tuple[int, int], ...] = ()  # further words of the same value


def kind_findings(group: Group) -> Iterator[Finding]:
    """The kind, at the words that tell it best."""
    best = next((t for t in ranked(group) if t.kind == group.kind), leading(group))
    value = Kind(name=group.kind, words=best.token.text)
    yield Finding("kind", value, best.start, best.end, best.confidence)


def leading(group: Group) -> Telling:
    """The telling that stands for the group: new, in the foreground, sure, early."""
    return ranked(group)[0]


def ranked(group: Group) -> list[Telling]:
    """The tellings of a group, the one that stands best for it first."""
    return sorted(group.tellings, key=lambda telling: _rank(group, telling))


def _rank(group: Group, telling: Telling) -> tuple[bool, bool, bool, float, int]:
    other = telling.kind != group.kind
    return telling.status != "new", telling.background, other, -telling.confidence, telling.start


def actor_findings(context: Context, group: Group) -> Iterator[Finding]:
    """Who did it and to whom it was done; a crowd is one actor however often it is told."""
    told = list(_told_actors(context, group))
    crowds = [f for f in told if f.slot == "actor" and group.kind == CROWD and _is_crowd(f)]
    fullest = max(crowds, key=lambda f: (f.end - f.start, -f.start), default=None)
    for finding in told:
        if finding is fullest:
            yield replace(finding, also=tuple((f.start, f.end) for f in crowds if f is not fullest))
        elif finding not in crowds:
            yield finding


def _is_crowd(finding: Finding) -> bool:
    """Tell whether an actor is the crowd itself, not a group with a name."""
    value = finding.value
    return isinstance(value, Actor) and value.name is None and value.agency is None


def _told_actors(context: Context, group: Group) -> Iterator[Finding]:
    """Every doer and target that a telling names, each once."""
    seen: set[tuple[str, str]] = set()
    for telling in group.tellings:
        if group.kind == CROWD and "protest" not in telling.agents:
            continue
        for role, token in (("actor", telling.agent), ("target", telling.patient)):
            if role == "target" and telling.act == "order_defied":
                continue  # an order is no actor, whoever gave it
            finding = actor_finding(context, token, "target" if role == "target" else "actor")
            if finding is None or not isinstance(finding.value, Actor):
                continue
            value = finding.value
            key = (role, value.name or value.group or value.words.lower())
            if key not in seen:
                seen.add(key)
                yield finding


def actor_finding(context: Context, token: Token | None, role: Role) -> Finding | None:
    """The actor that a word stands for, with the fullest name, if it is an actor at all."""
    mention = context.person_at(token) if role == "target" else context.actor_at(token)
    if mention is None or token is None:
        return None
    name = None if token.lemma_.lower() in QUANTITIES else mention.name
    start, end = _whole(context, mention, token)
    meant = _meant(context, mention)
    value = Actor(
        words=meant.actor.words if meant else context.document.text[start:end],
        role=role,
        name=name,
        group=mention.actor.group,
        agency=mention.actor.agency,
        country=mention.actor.country,
        position=mention.actor.position,
        person=mention.actor.person,
        private=mention.actor.private,
        minor=mention.actor.minor,
    )
    return Finding(role, value, start, end, 0.8, also=((meant.start, meant.end),) if meant else ())


def _meant(context: Context, mention: ActorMention) -> ActorMention | None:
    """Whom a pronoun without a name stands for: the last mention of the same one by a noun."""
    if not mention.pronoun or mention.name is not None:
        return None
    same = (m for m in context.readings.actors if m.entity == mention.entity and not m.pronoun)
    return max((m for m in same if m.end <= mention.start), key=lambda m: m.start, default=None)


def _whole(context: Context, mention: ActorMention, token: Token) -> tuple[int, int]:
    """The words of an actor, of a quantity with what it counts: "Hundreds of the protesters"."""
    start, _end = context.document.token_span(token)
    counted = _counted(token) if start == mention.head else None
    if counted is None:
        return mention.start, mention.end
    return mention.start, max(mention.end, context.document.token_span(counted)[1])


def _counted(token: Token) -> Token | None:
    """Whom or what a quantity counts: "hundreds of the protesters"."""
    if token.lemma_.lower() not in QUANTITIES:
        return None
    things = (child_of(of, "pobj") for of in token.children if of.lower_ == "of")
    return next((thing for thing in things if thing is not None and thing.i > token.i), None)


def act_findings(context: Context, group: Group) -> Iterator[Finding]:
    """What was done inside the incident, each act once per sentence, with its own words."""
    seen: set[tuple[str, str]] = set()
    told: Counter[str] = Counter()
    for telling in group.tellings:
        if telling.act is None or telling.status == "mentioned":
            continue
        if group.kind != CROWD and telling.act not in _ACTS_BESIDE:
            continue
        if (telling.act, _object(telling)) in seen or told[telling.act] == _MOST_OF_ONE_ACT:
            continue
        if telling.act == "gathering" and len(group.tellings) > 1:
            continue
        seen.add((telling.act, _object(telling)))
        told[telling.act] += 1
        start, end = clause_extent(context, telling)
        if telling.cue == "chant":
            start, end = _with_quotation(context, start, end)
        time = context.own_time(telling)
        value = Act(
            what=telling.act,
            words=context.document.text[start:end],
            actor=_words(context, telling.agent),
            target=_target(context, telling),
            when=time.when if time else None,
        )
        yield Finding("act", value, start, end, telling.confidence)


def _target(context: Context, telling: Telling) -> str | None:
    """Whom or what an act is aimed at: what it is done with, "bottles" that are thrown, is none."""
    token = telling.patient
    if token is None or context.actor_at(token) is not None or telling.act == "order_defied":
        return _words(context, token)
    start, end = context.document.token_span(token)
    is_means = telling.start <= start and end <= telling.end
    return None if is_means or "objects" in word_classes(token) else _words(context, token)


def _object(telling: Telling) -> str:
    return telling.patient.lemma_.lower() if telling.patient is not None else ""


def clause_extent(context: Context, telling: Telling) -> tuple[int, int]:
    """The words of a telling with its own doer and object, not the whole sentence."""
    spans = [(telling.start, telling.end)]
    for token in (telling.agent, telling.patient):
        if token is None or not _is_own(token, telling.token):
            continue
        spans.append(context.document.token_span(token.doc[token.left_edge.i]))
        spans.append(context.document.token_span(token))
    return min(s for s, _ in spans), max(e for _, e in spans)


def _with_quotation(context: Context, start: int, end: int) -> tuple[int, int]:
    """The words of a chant with the quotation that follows them."""
    match = _QUOTATION.match(context.document.text, end)
    return (start, match.end()) if match else (start, end)


def _is_own(token: Token, head: Token) -> bool:
    """Tell whether a doer or object stands at the word itself, not at another verb."""
    if token.doc is not head.doc or token.sent.start != head.sent.start:
        return False
    above = token.head
    if above.dep_ in ("prep", "agent"):
        above = above.head
    return above.i == head.i


def _words(context: Context, token: Token | None) -> str | None:
    if token is None:
        return None
    mention = context.actor_at(token)
    if mention is not None:
        start, end = _whole(context, mention, token)
        name = None if token.lemma_.lower() in QUANTITIES else mention.name
        return name or context.document.text[start:end]
    last = _counted(token) or token
    return str(token.doc[token.left_edge.i : last.i + 1].text)


def mark_findings(context: Context, group: Group, ontology: Ontology) -> Iterator[Finding]:
    """Conduct of a crowd and force used against it, as its acts say; silence says nothing."""
    if group.kind != CROWD:
        return
    acted = list(_acted(context, group, ontology))
    yield from acted
    if not any(finding.slot == "conduct" for finding in acted):
        yield from _stated_peaceful(context, group)


def _stated_peaceful(context: Context, group: Group) -> Iterator[Finding]:
    """Where the report itself calls the crowd peaceful, in its sentences or just after."""
    told = {telling.sentence for telling in group.tellings}
    near = [s for s in context.document.sentences if s.index in told or s.index - 1 in told]
    for token in (token for sentence in near for token in sentence.span):
        if token.lower_ in _PEACEFUL and not any(c.dep_ == "neg" for c in token.children):
            start, end = context.document.token_span(token)
            yield Finding("conduct", Text(words=token.text, code="peaceful"), start, end, 0.75)
            return


def _acted(context: Context, group: Group, ontology: Ontology) -> Iterator[Finding]:
    marks: dict[str, Telling] = {}
    for telling in group.tellings:
        act = ontology.acts.get(telling.act or "")
        if act is not None and telling.status == "new":
            for mark in act.marks:
                marks.setdefault(mark, telling)
    for slot, order in (
        ("conduct", ("mostly_violent", "some_violence")),
        ("force", ("lethal", "non_lethal", "dispersal", "arrests")),
    ):
        found = next((mark for mark in order if mark in marks), None)
        if found is not None:
            telling = marks[found]
            words = context.document.text[telling.start : telling.end]
            value = Text(words=words, code=found)
            yield Finding(slot, value, telling.start, telling.end, telling.confidence)
