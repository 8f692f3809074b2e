"""When and where one incident happened: by its own sentences, else by those before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import msgspec

from tocsin.coding.context import Context, day_of
from tocsin.coding.findings import Finding, leading, ranked
from tocsin.coding.groups import MEASURES, SAID, Group, line_of
from tocsin.coding.kind import Telling
from tocsin.coding.mentions import PlaceMention, TimeMention
from tocsin.coding.scene import best_of, scene_in, town_in, town_nearer
from tocsin.coding.scene_police import policed

# What is done by saying it: the day it is told stands for the day it is done.
_ORDERED = MEASURES | {"inquiry", "charge", "dismissal"}
_OF_A_DAY = frozenset({"minute", "hour", "daypart", "day"})
# Somebody was hurt in one place, whatever else is told of it.
_HARM = frozenset({"armed_attack", "police_shooting", "police_use_of_force", "death_in_custody"})
# A name that many places have, in a report that does not tell which, is a guess below this chance.
_LIKELY, _GUESSED = 0.5, 0.4


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
    times = (_carried(context, t) for t in ranked(group) if t.status == best.status)
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
        best = town_in(context.document, context.readings.places, best) or best
        best = town_nearer(context.document, context.readings.places, best) or best
        best = policed(context.document, context.readings.places, best) or best
    if best is not None:
        strength = _GUESSED if best.score < _LIKELY else 0.8 if own else 0.6
        yield Finding("where", best.where, best.start, best.end, strength)


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
