"""Which tellings are of one incident: by line of kind, place and night."""

from __future__ import annotations

from dataclasses import replace

from tocsin.coding.context import Context
from tocsin.coding.groups import SAID, Area, Group, area_of, key_of, line_of, may_be_one
from tocsin.coding.kind import Telling
from tocsin.coding.referring import (
    CROWD,
    HARM_CUES,
    OPENING,
    WEAK,
    adds_forces,
    are_victims,
    hurt_sentences,
    is_announced,
    is_counted,
    is_hurt_beside,
    opening_shots,
    referred,
)
from tocsin.coding.roles import NOBODY, classes_of, target_of
from tocsin.coding.status import patterns

_ABSORBED = frozenset(
    {"property_destruction", "mob_violence", "arrest", "armed_attack", "dispersal_order"}
    | {"police_shooting", "police_use_of_force"}
)
# What police say somebody did before they shot.
_OCCASIONS = frozenset({"vehicle_ramming", "threat"})
_HARM_LINES = frozenset({"attack", "police_harm"})
_TOTALLED = frozenset({"arrest", "property_destruction"})
# Kinds of one line from the most exact to the widest.
_EXACT = (
    "suicide_bombing",
    "chemical_attack",
    "grenade",
    "air_strike",
    "shelling",
    "vehicle_ramming",
    "bombing",
)
_PEOPLE = frozenset({"person", "crowd", "protest"})
_BY_POLICE = frozenset({"police_use_of_force"})
_SHOOTING_CUES = frozenset({"shoot", "police_shooting"})
# What stands for a crowd that was named before: "fired at it", "shot several of them".
_MANY = frozenset(
    {"it", "them", "several", "some", "many", "dozens", "scores", "hundreds", "thousands"}
)
_NEXT = 2  # sentences after a crowd's act in which a bare one is still its own
_SPEAKERS = frozenset({"i", "we", "you", "who", "which", "that", "it", "this"})


def group(context: Context) -> tuple[Group, ...]:
    """Sort tellings into incidents; weak ones only join."""
    said = [t for t in referred(context.tellings) if t.kind and not _is_own_voice(t)]
    tellings = [t for t in said if not _is_part(context, t, said)]
    groups: list[Group] = []
    for telling in tellings:
        if telling.confidence > WEAK and not _may_be_act(telling):
            _place(context, groups, telling, may_open=True)
    for telling in tellings:
        if telling.confidence > WEAK and _may_be_act(telling) and not _is_total(context, telling):
            _place_act(context, groups, telling)
    left = [
        telling
        for telling in tellings
        if telling.confidence <= WEAK
        and not _joins_sentence(context, groups, telling)
        and not _joins_crowd(context, groups, telling)
        and not _place(context, groups, telling, may_open=_is_specific(context, telling, groups))
    ]
    _open_together(context, groups, left)
    return tuple(_named(g) for g in groups)


def _named(found: Group) -> Group:
    """The group in text order, under the most exact kind that one of its tellings gives."""
    tellings = tuple(sorted(found.tellings, key=lambda t: t.start))
    kinds = {t.kind for t in tellings if t.confidence > WEAK}
    kind = next((exact for exact in _EXACT if exact in kinds), found.kind)
    if kind in _BY_POLICE and any(t.cue in _SHOOTING_CUES for t in tellings):
        kind = "police_shooting"
    return replace(found, tellings=tellings, kind=kind)


def _open_together(context: Context, groups: list[Group], left: list[Telling]) -> None:
    """Bare words of harm in several sentences make an incident that none of them would alone."""
    bare = [t for t in left if t.cue in HARM_CUES and t.status == "new"]
    told = [t for t in bare if t.patients != NOBODY]
    if len(hurt_sentences(told, context.tellings)) <= 1:
        harmed = any(_may_hold_harm(g) for g in groups)
        told = [] if harmed else opening_shots(context.document, left, context.readings.counts)
    rest = [t for t in bare if t not in told and is_announced(t)]
    for telling in (*told, *rest):
        _place(context, groups, telling, may_open=telling in told)


def _may_hold_harm(found: Group) -> bool:
    """Tell whether bare harm may be of what is told: another attack, a crowd of the opening."""
    opening = any(t.sentence <= OPENING for t in found.tellings)
    harm = line_of(found.kind) in _HARM_LINES or (found.kind == CROWD and opening)
    return harm and not found.past


def _is_specific(context: Context, telling: Telling, groups: list[Group]) -> bool:
    """Tell whether a bare word of harm is told with its time, who did it, or who was hit where."""
    if telling.cue not in HARM_CUES or telling.status != "new":
        return False
    of_crowd = any(g.kind == CROWD and not g.past for g in groups)
    if not of_crowd and is_hurt_beside(telling, context.tellings):
        return True
    day, place = key_of(context, telling)
    if telling.background:
        if day is not None and is_counted(telling.patient):
            return True
        told = any(line_of(g.kind) == line_of(telling.kind) and not g.past for g in groups)
        return not told and _is_deed(context, telling)
    where = place is not None and telling.sentence <= 1 and bool(telling.patients & _PEOPLE)
    return day is not None or telling.agents != NOBODY or where


def _is_part(context: Context, telling: Telling, others: list[Telling]) -> bool:
    """Tell whether it is a part of something else that is told: its aim, occasion or victims."""
    return (
        _is_aim(telling, others)
        or _is_occasion(context, telling, others)
        or are_victims(telling, others)
    )


def _is_deed(context: Context, telling: Telling) -> bool:
    """Tell whether it is what somebody was arrested for, with its victims and its place."""
    harmed = telling.patients & _PEOPLE and key_of(context, telling)[1] is not None
    return bool(harmed) and any(
        other.kind == "arrest" and other.status == "new" and not other.background
        for other in context.tellings
        if other.sentence == telling.sentence and other.token in telling.token.ancestors
    )


def _is_aim(telling: Telling, others: list[Telling]) -> bool:
    """Tell whether a demand is what a crowd gathers for: its slot, not a demand beside it."""
    if line_of(telling.kind) != SAID:
        return False
    above = {telling.token.head.i, telling.token.head.head.i}
    return any(
        other.kind == CROWD and other.sentence == telling.sentence and other.token.i in above
        for other in others
    )


def _is_occasion(context: Context, telling: Telling, others: list[Telling]) -> bool:
    """Tell whether it is why police shot: "he had driven at the officers" is no attack beside."""
    aimed = telling.patients | classes_of(target_of(telling.token))
    if telling.kind not in _OCCASIONS or "police" not in aimed:
        return False
    if any(t.outcome and t.sentence == telling.sentence for t in context.tellings):
        return False
    place = area_of(context.own_place(telling))
    return any(
        other.kind == "police_shooting"
        and other.confidence > WEAK
        and may_be_one(area_of(context.own_place(other)), place)
        for other in others
    )


def _is_total(context: Context, telling: Telling) -> bool:
    """Tell whether arrests or fires are added up for a wide area: a figure, no incident."""
    text = context.document.sentences[telling.sentence].text
    return telling.kind in _TOTALLED and bool(patterns("wide_patterns").search(text))


def _is_own_voice(telling: Telling) -> bool:
    """Tell whether a speaker's "we demand" inside a quotation, not the report, is speaking."""
    agent = telling.agent
    if line_of(telling.kind) != SAID or agent is None:
        return False
    return agent.lower_ in _SPEAKERS or agent.pos_ == "NUM"


def _may_be_act(telling: Telling) -> bool:
    return telling.kind in _ABSORBED and telling.act is not None


def _place(context: Context, groups: list[Group], telling: Telling, *, may_open: bool) -> bool:
    """Put a telling into the incident that fits best, or open one; tell whether it has a place."""
    day, place = key_of(context, telling)
    line, past = line_of(telling.kind), telling.status == "mentioned"
    speaker = _speaker(context, telling) if line == SAID else None
    fitting = [
        index
        for index, old in enumerate(groups)
        if line_of(old.kind) == line
        and (old.past, old.speaker) == (past, speaker)
        and (line == SAID or old.may_be_of(day, place))
        and not _is_elsewhere(context, old, telling, place)
        and not _is_added(old, telling, day)
    ]
    if fitting:
        index = max(fitting, key=lambda i: _closeness(groups[i], day, place, telling))
        groups[index] = groups[index].with_telling(telling, day, place)
    elif may_open:
        groups.append(Group(telling.kind, (telling,), day, place, past, speaker))
    return bool(fitting) or may_open


def _speaker(context: Context, telling: Telling) -> str | None:
    """Who makes a statement: statements of one speaker in one report are one."""
    mention = context.actor_at(telling.agent)
    if mention is not None:
        return mention.name or str(mention.entity)
    return telling.agent.lower_ if telling.agent is not None else None


def _place_act(context: Context, groups: list[Group], telling: Telling) -> None:
    """Put an act into the crowd incident of its place and night, else let it stand alone."""
    day, place = key_of(context, telling)
    attack = _attack_beside(groups, telling)
    if attack is not None:
        old = groups[attack]
        groups[attack] = old.with_telling(replace(telling, kind=old.kind), day, place)
        return
    if telling.status == "denied" or not _of_one_person(telling):
        past = telling.status == "mentioned"
        near = [n for n, g in enumerate(groups) if g.past == past and g.may_be_of(day, place)]
        crowd = [n for n in near if groups[n].kind == CROWD]
        index = next(iter(crowd or (n for n in near if _is_one_disorder(groups[n], telling))), None)
        if index is not None:
            old = replace(groups[index], kind=CROWD if crowd else "property_destruction")
            told = replace(telling, kind=CROWD) if crowd else telling
            groups[index] = old.with_telling(told, day, place)
            return
    _place(context, groups, telling, may_open=True)


def _is_one_disorder(old: Group, telling: Telling) -> bool:
    """Tell whether arrests of many and damage stand in one sentence: one night of disorder."""
    both = {old.kind, telling.kind} == {"arrest", "property_destruction"}
    firm = all(not _of_one_person(t) for t in old.tellings)
    return both and firm and any(t.sentence == telling.sentence for t in old.tellings)


def _joins_sentence(context: Context, groups: list[Group], telling: Telling) -> bool:
    """Put bare damage into the crowd incident of which its own sentence tells another act."""
    if telling.kind != "property_destruction":
        return False
    day, place = key_of(context, telling)
    for index, old in enumerate(groups):
        beside = any(t.sentence == telling.sentence and t.act is not None for t in old.tellings)
        past = telling.status == "mentioned"
        if old.kind == CROWD and old.past == past and beside and old.may_be_of(day, place):
            groups[index] = old.with_telling(replace(telling, kind=CROWD), day, place)
            return True
    return False


def _joins_crowd(context: Context, groups: list[Group], telling: Telling) -> bool:
    """Put a bare act into the crowd incident told just before it, of its place and night."""
    if telling.kind != "mob_violence" or telling.act is None or telling.status != "new":
        return False
    day, place = key_of(context, telling)
    for index, old in enumerate(groups):
        near = any(0 <= telling.sentence - t.sentence <= _NEXT for t in old.tellings)
        if old.kind == CROWD and not old.past and near and old.may_be_of(day, place):
            by_crowd = telling.patients & {"police", "guard", "security", "military"}
            act = "assault_on_police" if by_crowd else telling.act
            groups[index] = old.with_telling(replace(telling, kind=CROWD, act=act), day, place)
            return True
    return False


def _attack_beside(groups: list[Group], telling: Telling) -> int | None:
    """The attack whose own sentence tells of damage that no crowd did: a part of the attack."""
    if telling.kind != "property_destruction" or telling.agents & {"protest", "crowd"}:
        return None
    for index, old in enumerate(groups):
        told = {t.sentence for t in old.tellings if t.kind == old.kind and t.confidence > WEAK}
        if line_of(old.kind) == "attack" and not old.past and telling.sentence in told:
            return index
    return None


def _of_one_person(telling: Telling) -> bool:
    """Shooting or arresting one person is an incident of its own even beside a crowd."""
    if telling.kind in ("police_shooting", "armed_attack", "police_use_of_force"):
        many = telling.patient is not None and telling.patient.lower_ in _MANY
        return not many and "protest" not in telling.patients
    if telling.kind != "arrest" or telling.patient is None:
        return telling.kind == "arrest"
    patient = telling.patient
    plural = patient.tag_ in ("NNS", "NNPS", "CD") or patient.pos_ == "NUM"
    return not plural and "protest" not in telling.patients


def _closeness(
    old: Group, day: str | None, place: Area | None, telling: Telling
) -> tuple[bool, bool, int]:
    """How well a fitting incident fits: same stated day, same stated place, nearest in text."""
    near = min(abs(t.start - telling.start) for t in old.tellings)
    return old.day == day and day is not None, old.place == place and place is not None, -near


def _is_added(old: Group, telling: Telling, day: str | None) -> bool:
    """Tell whether forces of one day and those that were added to them are meant."""
    more = adds_forces(telling)
    if more == old.adds or old.kind != telling.kind:
        return False
    first = old.day if more else day
    return first is not None and day != old.day


def _is_elsewhere(context: Context, old: Group, telling: Telling, place: Area | None) -> bool:
    """Tell whether the background of something else brings in a place that was not meant so far."""
    if not telling.background or old.place is not None or place is None:
        return False
    meant = context.place_of(old.tellings[0])
    return not context.is_of_arrest(meant) and not may_be_one(area_of(meant), place)
