"""Values read for one incident, with the words that they came from, before they are claims."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import msgspec
from spacy.tokens import Token

from tocsin.coding.context import Context, day_of
from tocsin.coding.grouping import MEASURES, SAID, Group, line_of
from tocsin.coding.kind import Telling
from tocsin.coding.mentions import ActorMention, PlaceMention, TimeMention
from tocsin.coding.referring import CROWD
from tocsin.coding.roles import QUANTITIES, child_of
from tocsin.coding.scene import best_of, scene_in
from tocsin.coding.scene_police import policed
from tocsin.model import Act, Actor, Kind, Text, Value
from tocsin.ontology import Ontology
from tocsin.terms import Role

# Acts that say more than the kind of an incident without a crowd does.
_ACTS_BESIDE = frozenset(
    {"batons", "beating", "electric_weapon", "restraint_hold", "pepper_spray", "tear_gas"}
    | {"arson", "taking_goods", "property_damage", "evacuation"}
)
# What is done by saying it: the day it is told stands for the day it is done.
_ORDERED = MEASURES | {"inquiry", "charge", "dismissal"}
_OF_A_DAY = frozenset({"minute", "hour", "daypart", "day"})
_PEACEFUL = frozenset({"peaceful", "peacefully", "nonviolent", "non-violent"})
_QUOTATION = re.compile(r"[\s:,]*[\"“”][^\"“”\n]{2,120}[\"“”]")
# Somebody was hurt in one place, whatever else is told of it.
_HARM = frozenset({"armed_attack", "police_shooting", "police_use_of_force", "death_in_custody"})
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
    own = [telling for telling in group.tellings if telling.kind == group.kind]
    best = min(own or group.tellings, key=lambda telling: _rank(group, telling))
    value = Kind(name=group.kind, words=best.token.text)
    yield Finding("kind", value, best.start, best.end, best.confidence)


def leading(group: Group) -> Telling:
    """The telling that stands for the group: new, in the foreground, sure, early."""
    return min(group.tellings, key=lambda telling: _rank(group, telling))


def _rank(group: Group, telling: Telling) -> tuple[bool, bool, bool, float, int]:
    other = telling.kind != group.kind
    return telling.status != "new", telling.background, other, -telling.confidence, telling.start


def time_findings(context: Context, group: Group) -> Iterator[Finding]:
    """When it happened: the group's own times of its day first, else a time from before."""
    times = [t for telling in group.tellings if (t := context.own_time(telling))]
    best = _best_time(times, group.day)
    if best is not None and best.when.start is None:
        best = _paragraph_time(context, group) or best
    if best is None and group.kind in _ORDERED:
        best = _said_when(context, leading(group))
    if best is None and line_of(group.kind) != SAID and not group.past:
        best = _told_time(context, group)
    if best is not None:
        yield Finding("when", best.when, best.start, best.end, 0.8 if times else 0.6)


def _paragraph_time(context: Context, group: Group) -> TimeMention | None:
    """The resolved time of the paragraph in which something is told in the foreground."""
    sentences = context.document.sentences
    for telling in group.tellings:
        time = None if telling.background else _carried(context, telling)
        if time is None or time.when.start is None:
            continue
        if sentences[time.sentence].paragraph == sentences[telling.sentence].paragraph:
            return time
    return None


def _told_time(context: Context, group: Group) -> TimeMention | None:
    """The time from before the leading telling; before a title is none, so the next one's."""
    best = leading(group)
    if (time := _carried(context, best)) or not context.is_title(best):
        return time
    ranked = sorted(group.tellings, key=lambda telling: _rank(group, telling))
    times = (_carried(context, t) for t in ranked if t.status == best.status)
    return next((time for time in times if time is not None), None)


def _carried(context: Context, telling: Telling) -> TimeMention | None:
    """A time from before holds on as a day; "in 2015" and "last week" are of other things."""
    time = context.time_of(telling)
    is_own = time is not None and time.sentence == telling.sentence
    is_loose = time is not None and time.when.precision not in (None, *_OF_A_DAY)
    return None if is_loose and not is_own else time


def _said_when(context: Context, telling: Telling) -> TimeMention | None:
    """When an order or a step of justice was made known: "said on Friday that it had opened"."""
    said = [
        time
        for time in context.readings.times
        if time.sentence == telling.sentence and time.start < telling.start and time.use == "at"
    ]
    return next((t for t in reversed(said) if t.when.precision in _OF_A_DAY), None)


def _best_time(times: list[TimeMention], day: str | None) -> TimeMention | None:
    fitting = [t for t in times if day_of(t) == day] or times
    resolved = [t for t in fitting if t.when.start] or fitting
    return resolved[0] if resolved else None


def place_findings(context: Context, group: Group) -> Iterator[Finding]:
    """Where it happened: the finest place that its own sentences give, else one from before."""
    own = [p for telling in group.tellings if (p := context.own_place(telling))]
    best = best_of(own)
    if best is None and line_of(group.kind) != SAID and not group.past:
        best = _same_event_place(context, group) or _told_place(context, leading(group))
    if best is not None and group.kind in _HARM:
        best = scene_in(context.document, _beside_others(context, group), best) or best
        best = policed(context.document, context.readings.places, best) or best
    if best is not None:
        yield Finding("where", best.where, best.start, best.end, 0.8 if own else 0.6)


def _beside_others(context: Context, group: Group) -> tuple[PlaceMention, ...]:
    """The places of the sentences in which no other harm is told."""
    mine = {telling.start for telling in group.tellings}
    others = {t.sentence for t in context.tellings if t.kind in _HARM and t.start not in mine}
    return tuple(p for p in context.readings.places if p.sentence not in others)


def _same_event_place(context: Context, group: Group) -> PlaceMention | None:
    """The town that the nearest other telling of such harm gives: "after shootings in Racine"."""
    best = leading(group)
    if group.kind not in _HARM:
        return None
    told = [
        (abs(other.start - best.start), place)
        for other in context.tellings
        if other.kind == group.kind
        and other.status == best.status
        and (place := context.own_place(other)) is not None
        and place.where.city is not None
    ]
    if not told:
        return None
    place = min(told, key=lambda pair: pair[0])[1]
    return replace(place, where=msgspec.structs.replace(place.where, basis="inferred"))


def _told_place(context: Context, telling: Telling) -> PlaceMention | None:
    """The place from before; of a whole state, the town in it that the nearest telling gives."""
    coarse = context.place_of(telling)
    if coarse is None or coarse.where.precision not in ("admin1", "country"):
        return coarse
    towns = [
        (abs(other.start - telling.start), place)
        for other in context.tellings
        if (place := context.own_place(other)) is not None
        and place.where.city is not None
        and place.where.country == coarse.where.country
        and coarse.where.admin1 in (None, place.where.admin1)
    ]
    return min(towns, key=lambda pair: pair[0])[1] if towns else coarse


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
    if token.lemma_.lower() not in QUANTITIES or start != mention.head:
        return mention.start, mention.end
    for of in token.children:
        counted = child_of(of, "pobj")
        if of.lower_ == "of" and counted is not None and counted.i > token.i:
            return mention.start, max(mention.end, context.document.token_span(counted)[1])
    return mention.start, mention.end


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
            target=_words(context, telling.patient),
            when=time.when if time else None,
        )
        yield Finding("act", value, start, end, telling.confidence)


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
    span = token.doc[token.left_edge.i : token.i + 1]
    return str(span.text)


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


def all_findings(
    context: Context, group: Group, ontology: Ontology, more: Iterable[Finding]
) -> tuple[Finding, ...]:
    """Every value of one incident, only in slots that its kind has."""
    slots = ontology.kinds[group.kind].slots
    found = (
        *kind_findings(group),
        *time_findings(context, group),
        *place_findings(context, group),
        *actor_findings(context, group),
        *act_findings(context, group),
        *mark_findings(context, group, ontology),
        *more,
    )
    return tuple(finding for finding in found if finding.slot in slots)
