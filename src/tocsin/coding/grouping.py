"""Which tellings are of one incident: by line of kind, place and night."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from tocsin.coding.context import Context, day_of
from tocsin.coding.kind import Telling
from tocsin.coding.roles import NOBODY
from tocsin.lang.lexicon import word_lists

CROWD = "demonstration"
SAID = "said"
WEAK = 0.5  # at most this: the telling needs a firm one beside it

# Kinds that are one incident when place and night agree: the first that fits names it.
_LINES = {
    "police_shooting": "police_harm",
    "police_use_of_force": "police_harm",
    "death_in_custody": "police_harm",
    "armed_attack": "attack",
    "armed_clash": "attack",
    "bombing": "attack",
    "suicide_bombing": "attack",
    "grenade": "attack",
    "shelling": "attack",
    "air_strike": "attack",
    "chemical_attack": "attack",
    "vehicle_ramming": "attack",
    "statement": SAID,
    "demand": SAID,
}
_ABSORBED = frozenset(
    {"property_destruction", "mob_violence", "arrest", "armed_attack", "dispersal_order"}
    | {"police_shooting", "police_use_of_force"}
)
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
_BY_POLICE = frozenset({"police_use_of_force"})
_SHOOTING_CUES = frozenset({"shoot", "police_shooting"})
# What stands for a crowd that was named before: "fired at it", "shot several of them".
_MANY = frozenset({"it", "them", "several", "some", "dozens", "many"})
_NEXT = 2  # sentences after a crowd's act in which a bare one is still its own
_SPEAKERS = frozenset({"i", "we", "you", "who", "which", "that", "it", "this"})
_REFERRED = frozenset({"police_shooting", CROWD, "armed_attack", "police_use_of_force"})
_HARM_CUES = frozenset({"shoot", "kill", "gunfire", "attack", "police_shooting", "death_of"})
_FULL_CUES = _HARM_CUES | {"clash"}


@dataclass(frozen=True)
class Group:
    """The tellings of one incident in one report."""

    kind: str
    tellings: tuple[Telling, ...]
    day: str | None
    place: str | None
    past: bool = False
    speaker: str | None = None

    def with_telling(self, telling: Telling, day: str | None, place: str | None) -> Group:
        """The group with one more telling; a day or place that it lacked is taken over."""
        return replace(
            self,
            tellings=(*self.tellings, telling),
            day=self.day or day,
            place=self.place or place,
        )


def line_of(kind: str) -> str:
    """The line of a kind: kinds of one line can be tellings of one incident."""
    return _LINES.get(kind, kind)


def group(context: Context) -> tuple[Group, ...]:
    """Sort tellings into incidents; weak ones only join."""
    referred = [t for t in _referred(context.tellings) if t.kind and not _is_own_voice(t)]
    tellings = [t for t in referred if not _is_aim(t, referred)]
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
        and not _joins_crowd(context, groups, telling)
        and not _place(context, groups, telling, may_open=_is_specific(context, telling))
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
    told = [t for t in left if t.cue in _HARM_CUES and t.status == "new" and t.patients != NOBODY]
    if len({telling.sentence for telling in told}) > 1:
        for telling in told:
            _place(context, groups, telling, may_open=True)


def _is_specific(context: Context, telling: Telling) -> bool:
    """Tell whether a bare word of harm is still told with its time or with who did it."""
    if telling.cue not in _HARM_CUES or telling.status != "new" or telling.background:
        return False
    return _key(context, telling)[0] is not None or telling.agents != NOBODY


def _is_aim(telling: Telling, others: list[Telling]) -> bool:
    """Tell whether a demand is what a crowd gathers for: its slot, not a demand beside it."""
    if line_of(telling.kind) != SAID:
        return False
    above = {telling.token.head.i, telling.token.head.head.i}
    return any(
        other.kind == CROWD and other.sentence == telling.sentence and other.token.i in above
        for other in others
    )


def _is_total(context: Context, telling: Telling) -> bool:
    """Tell whether arrests are added up for a whole country: a figure, no incident of arrest."""
    text = context.document.sentences[telling.sentence].text
    return telling.kind == "arrest" and bool(_wide().search(text))


@cache
def _wide() -> re.Pattern[str]:
    return re.compile("|".join(word_lists("en", "status")["wide_patterns"]), re.IGNORECASE)


def _is_own_voice(telling: Telling) -> bool:
    """Tell whether a speaker's "we demand" inside a quotation, not the report, is speaking."""
    agent = telling.agent
    return line_of(telling.kind) == SAID and agent is not None and agent.lower_ in _SPEAKERS


def _may_be_act(telling: Telling) -> bool:
    return telling.kind in _ABSORBED and telling.act is not None


def _key(context: Context, telling: Telling) -> tuple[str | None, str | None]:
    place, time = context.own_place(telling), context.own_time(telling)
    if time is not None and time.use in ("since", "until", "daily"):
        time = None
    return day_of(time), place.where.city if place else None


def _place(context: Context, groups: list[Group], telling: Telling, *, may_open: bool) -> bool:
    """Put a telling into the incident that fits best, or open one; tell whether it has a place."""
    day, place = _key(context, telling)
    line, past = line_of(telling.kind), telling.status == "mentioned"
    speaker = _speaker(context, telling) if line == SAID else None
    fitting = [
        index
        for index, old in enumerate(groups)
        if line_of(old.kind) == line
        and (old.past, old.speaker) == (past, speaker)
        and (line == SAID or _agree(old, day, place))
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
    day, place = _key(context, telling)
    attack = _attack_beside(groups, telling)
    if attack is not None:
        old = groups[attack]
        groups[attack] = old.with_telling(replace(telling, kind=old.kind), day, place)
        return
    if telling.status == "denied" or not _of_one_person(telling):
        for index, old in enumerate(groups):
            past = telling.status == "mentioned"
            if old.kind == CROWD and old.past == past and _agree(old, day, place):
                groups[index] = old.with_telling(replace(telling, kind=CROWD), day, place)
                return
    _place(context, groups, telling, may_open=True)


def _joins_crowd(context: Context, groups: list[Group], telling: Telling) -> bool:
    """Put a bare act into the crowd incident told just before it, of its place and night."""
    if telling.kind != "mob_violence" or telling.act is None or telling.status != "new":
        return False
    day, place = _key(context, telling)
    for index, old in enumerate(groups):
        near = any(0 <= telling.sentence - t.sentence <= _NEXT for t in old.tellings)
        if old.kind == CROWD and not old.past and near and _agree(old, day, place):
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
    old: Group, day: str | None, place: str | None, telling: Telling
) -> tuple[bool, bool, int]:
    """How well a fitting incident fits: same stated day, same stated place, nearest in text."""
    near = min(abs(t.start - telling.start) for t in old.tellings)
    return old.day == day and day is not None, old.place == place and place is not None, -near


def _agree(old: Group, day: str | None, place: str | None) -> bool:
    same_day = day is None or old.day is None or day == old.day
    return same_day and (place is None or old.place is None or place == old.place)


def _referred(tellings: Iterable[Telling]) -> list[Telling]:
    """Give bare words of harm ("the shooting", "was shot") the kind of the full telling."""
    found = list(tellings)
    firm = [t for t in found if _is_full(t)]
    out = []
    for telling in found:
        bare = telling.cue in _HARM_CUES and telling.confidence <= WEAK
        if bare and not _is_other(telling, firm):
            nearest = min(firm, key=lambda other: _distance(other, telling))
            if nearest.kind in _REFERRED:
                telling = replace(telling, kind=nearest.kind, act=nearest.act)
        out.append(telling)
    return out


def _is_full(telling: Telling) -> bool:
    """Tell whether a telling of harm says who did it, so that bare words can refer to it."""
    if telling.cue not in _FULL_CUES or telling.confidence <= WEAK:
        return False
    return telling.kind != CROWD or telling.act in ("live_fire", "fighting")


def _is_other(telling: Telling, firm: list[Telling]) -> bool:
    """Tell whether a bare telling brings in somebody new: "a 16-year-old girl was hit"."""
    before = [t for t in firm if t.start < telling.start]
    if not firm or telling.patient is None:
        return not firm
    if not before and not all(t.background for t in firm):
        return False
    return any(child.lower_ in ("a", "an") for child in telling.patient.children)


def _distance(other: Telling, telling: Telling) -> tuple[bool, int]:
    same = _name(other) is not None and _name(other) == _name(telling)
    return not same, abs(other.start - telling.start)


def _name(telling: Telling) -> str | None:
    patient = telling.patient
    return patient.lower_ if patient is not None and patient.pos_ == "PROPN" else None
