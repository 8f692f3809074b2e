"""Times that hang on the rest of a report: nights of a series, days after an event, updates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from tocsin.coding.roles import child_of
from tocsin.coding.when_anchor import (
    DAY,
    UPDATED,
    Anchor,
    Moment,
    at_hour,
    night_of,
    whole_days,
)
from tocsin.coding.when_clause import begins, is_past
from tocsin.coding.when_read import FINE, Found, is_main
from tocsin.coding.when_resolve import moment_of, part_hours

_PRONOUNS = frozenset({"it", "this", "that"})


def with_events(found: Sequence[Found], moments: Sequence[Moment | None]) -> list[Moment | None]:
    """The moments, with those of events that a day is counted from."""
    return [
        _of_event(index, found, moments) if is_of_event(one) else moment
        for index, (one, moment) in enumerate(zip(found, moments, strict=True))
    ]


def is_of_event(one: Found) -> bool:
    """Whether words such as "two days after" count from an event told behind them."""
    shift = one.expression.first.shift
    days = shift is not None and shift.unit in ("day", "night") and shift.amount is not None
    return days and shift is not None and shift.base == "event"


def _of_event(
    index: int, found: Sequence[Found], moments: Sequence[Moment | None]
) -> Moment | None:
    """The day of that event: "on Thursday, a day after 18 people were killed" dates the killing."""
    one = found[index]
    shift = one.expression.first.shift
    told = [
        moment
        for other, moment in zip(found[:index], moments, strict=False)
        if other.sentence == one.sentence and moment is not None
        if moment.precision in FINE and not other.owned and is_main(other)
    ]
    if not told or shift is None or shift.amount is None:
        return None
    day = told[-1].day - timedelta(shift.amount)
    return replace(whole_days(day, day + DAY, "day"), inferred=True)


def with_latest(found: Sequence[Found], anchor: Anchor) -> Anchor:
    """The anchor of a report that tells, in the past tense, of days after its own date."""
    if anchor.day is None:
        return anchor
    latest = anchor.latest
    for one in found:
        piece = one.expression.first
        dated = piece.month is not None and piece.day is not None and one.expression.last is None
        if not dated or piece.lead is not None or one.verb is None or not is_past(one.verb):
            continue
        moment = moment_of(piece, replace(anchor, day=anchor.day + UPDATED), None, "past")
        day = moment.start.date() if moment else anchor.day
        if anchor.day < day <= anchor.day + UPDATED:
            latest = max(latest or day, day)
    return replace(anchor, latest=latest)


def with_ranks(found: Sequence[Found], moments: Sequence[Moment | None]) -> list[Moment | None]:
    """The moments, with those of nights told by their rank in a series."""
    first_day = _series_start(found, moments)
    return [
        _ranked(index, found, moments, first_day)
        if moment is None and one.expression.first.rank is not None
        else moment
        for index, (one, moment) in enumerate(zip(found, moments, strict=True))
    ]


def from_another_day(
    found: Sequence[Found], moments: Sequence[Moment | None], anchor: Anchor
) -> frozenset[int]:
    """The times told from the day of writing below an undated update, and those that hang on them.

    The report's date may be that of the update: its "yesterday" may be one day earlier.
    """
    heads = [one for one in found if one.update and not one.expression.first.names_day]
    if not heads or anchor.clock is not None:
        return frozenset()
    loose: set[int] = set()
    days: set[date] = set()
    for index, (one, moment) in enumerate(zip(found, moments, strict=True)):
        if moment is None or one.sentence <= heads[0].sentence:
            continue
        if _is_from_writing(one) or (moment.inferred and moment.day in days):
            loose.add(index)
            days.add(moment.day)
    return frozenset(loose)


def _is_from_writing(one: Found) -> bool:
    """Whether a time is counted from when it is written: "yesterday", "last night"."""
    piece = one.expression.first
    if piece.shift is not None:
        return piece.shift.base == "published" and piece.shift.unit in ("day", "night")
    named = (piece.weekday, piece.day, piece.month, piece.period)
    turned = piece.part is not None and piece.turn in ("last", "this")
    turned = turned or (piece.part == "overnight" and piece.turn is None)
    return turned and all(slot is None for slot in named)


def _series_start(found: Sequence[Found], moments: Sequence[Moment | None]) -> date | None:
    """The first day of a series of nights, by a dated night of it or a verb of beginning."""
    for one, moment in zip(found, moments, strict=True):
        rank = one.expression.first.rank
        if rank and moment is not None and moment.precision in FINE:
            return moment.day - timedelta(rank - 1)
    for one, moment in zip(found, moments, strict=True):
        whole = one.expression.last is None and moment is not None
        if whole and moment is not None and moment.precision in FINE and begins(one.verb):
            return moment.day
    return None


def _ranked(
    index: int, found: Sequence[Found], moments: Sequence[Moment | None], first_day: date | None
) -> Moment | None:
    """The second night: a day told in the same sentence, or just before, or from the first."""
    one = found[index]
    rank = one.expression.first.rank
    near = [
        (abs(other.start - one.start), moment.day)
        for other, moment in zip(found, moments, strict=True)
        if other.sentence == one.sentence and moment is not None and not one.of_reason
        if moment.precision in FINE and not other.owned and is_main(other)
    ]
    counted = first_day + timedelta(rank - 1) if first_day and rank else None
    day = min(near)[1] if near else counted or _that_night(index, found, moments)
    if day is None:
        return None
    hours = part_hours(one.expression.first)
    if hours is None:
        return replace(whole_days(day, day + DAY, "day"), inferred=True)
    start, end = at_hour(day, hours[0]), at_hour(day, hours[1])
    return Moment(start, end, "daypart", night_of(start, end), inferred=True)


def _that_night(
    index: int, found: Sequence[Found], moments: Sequence[Moment | None]
) -> date | None:
    """The night told last where a sentence says which one it was: "It was the third night"."""
    verb = found[index].verb
    subject = child_of(verb, "nsubj")
    if verb is None or verb.lemma_ != "be" or subject is None or subject.lower_ not in _PRONOUNS:
        return None
    told = zip(found[:index], moments[:index], strict=True)
    nights = [m.night_of for one, m in told if m is not None and one.tense != "ahead"]
    return next((night for night in reversed(nights) if night is not None), None)
