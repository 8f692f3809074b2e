"""Which day, week, month or year a piece means, seen from the publication or another time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Literal

from tocsin.coding.when_anchor import (
    DAY,
    HOUR,
    Anchor,
    Moment,
    day_or_none,
    holiday_in,
    month_after,
    night_of,
    whole_days,
)
from tocsin.coding.when_piece import Piece, Shift
from tocsin.coding.when_words import codes

Tense = Literal["ahead", "near", "past"] | None
# A date without a year that lies this many days ahead is last year's, unless the verb looks ahead.
_NEAR_AHEAD = 60
# What the verb says outweighs nearness up to this many days.
_FAR_AHEAD = 330
# "A curfew was called for 10 p.m. on Tuesday" is past where Tuesday was so many days ago.
_LATELY = 2
_MONTHS = {"early": (1, 11), "mid": (11, 21), "late": (21, 32)}


def day_of(piece: Piece, anchor: Anchor, context: Moment | None, tense: Tense) -> Moment | None:
    """The day or longer period that a piece names; None when nothing ties it down."""
    if piece.holiday is not None:
        return _holiday(piece, anchor, tense)
    if piece.month is not None and piece.day is not None:
        return _date(piece, anchor, context, tense)
    if piece.weekday is not None:
        return _weekday(piece, anchor, context, tense)
    if piece.shift is not None and not (piece.shift.amount == 0 and piece.shift.base == "context"):
        if piece.shift.base == "ahead" and tense != "ahead":
            return None
        return _shifted(piece, piece.shift, anchor, context)
    if piece.period is not None and not (piece.period == "year" and piece.month is not None):
        return _period(piece, piece.period, anchor, context, tense)
    if piece.day is not None and anchor.day is not None:
        return _day_of_month(piece.day, anchor.day, ahead=tense == "ahead")
    if piece.month is not None:
        return _month(piece, anchor, tense)
    if piece.year is not None:
        return _thirds(
            piece, whole_days(date(piece.year, 1, 1), date(piece.year + 1, 1, 1), "year")
        )
    if piece.part is not None and piece.turn is not None:
        return _part_day(piece, anchor, context)
    if piece.part == "overnight" and anchor.day is not None:
        return _one(anchor.day - DAY)
    return None


def _one(day: date, *, inferred: bool = False) -> Moment:
    """A whole day."""
    return replace(whole_days(day, day + DAY, "day"), inferred=inferred)


def _nearest(options: list[date], anchor: Anchor, tense: Tense) -> date | None:
    """Of the same date in several years, the one meant."""
    if anchor.day is None:
        return None
    past = [option for option in options if option <= anchor.day + DAY]
    coming = [option for option in options if option >= anchor.day]
    ahead = _NEAR_AHEAD if tense is None else _FAR_AHEAD if tense == "ahead" else 0
    if coming and (min(coming) - anchor.day).days <= ahead:
        late = not past or (anchor.day - max(past)) > (min(coming) - anchor.day)
        if tense == "ahead" or late:
            return min(coming)
    return max(past) if past else None


def _years(anchor: Anchor) -> range:
    """The years that a date without one may lie in; 29 February may lie far back."""
    year = anchor.day.year if anchor.day else anchor.year or 0
    return range(year - 8, year + 2) if year else range(0)


def _holiday(piece: Piece, anchor: Anchor, tense: Tense) -> Moment | None:
    """A holiday of the year said, or the nearest one."""
    rule = codes("holiday")[piece.holiday or ""]
    if piece.year is not None:
        return _one(holiday_in(rule, piece.year))
    day = _nearest([holiday_in(rule, year) for year in _years(anchor)], anchor, tense)
    return _one(day) if day else None


def _date(piece: Piece, anchor: Anchor, context: Moment | None, tense: Tense) -> Moment | None:
    """A day of the calendar; a missing year is the nearest one."""
    month, number = piece.month or 0, piece.day or 0
    year = piece.year
    if year is None and piece.turn == "last" and piece.period == "year":
        year = anchor.day.year - 1 if anchor.day else anchor.year and anchor.year - 1
    if year is not None:
        day = day_or_none(year, month, number)
        return _one(day) if day else None
    options = [day_or_none(year, month, number) for year in _years(anchor)]
    found = [day for day in options if day]
    if piece.weekday is not None:
        found = [day for day in found if day.weekday() == piece.weekday] or found
        found = [day for day in found if anchor.day and abs((day - anchor.day).days) < 300] or found
    nearest = _nearest(found, anchor, tense)
    if nearest is None and context is not None and anchor.day is None:
        same_year = day_or_none(context.start.year, month, number)
        return _one(same_year, inferred=True) if same_year else None
    return _one(nearest) if nearest else None


def _day_of_month(number: int, base: date, *, ahead: bool) -> Moment | None:
    """The nearest "23rd": past with the same day allowed, or coming."""
    for step in range(3):
        first = month_after(base.year, base.month, step if ahead else -step)
        day = day_or_none(first.year, first.month, number)
        if day is not None and (day >= base if ahead else day <= base):
            return _one(day)
    return None


def _weekday(piece: Piece, anchor: Anchor, context: Moment | None, tense: Tense) -> Moment | None:
    """The nearest such weekday: past with the same day allowed, or coming."""
    weekday = piece.weekday or 0
    if piece.turn in ("following", "previous", "that") and context is not None:
        step = 1 if piece.turn == "following" else -1
        day = context.day + (DAY * step if piece.turn != "that" else timedelta(0))
        while day.weekday() != weekday:
            day += DAY * step
        return _one(day)
    if anchor.day is None:
        return None
    if piece.period == "week":
        week = anchor.day - timedelta(anchor.day.weekday())
        weeks = {"last": -1, "previous": -1, "next": 1, "following": 1}.get(piece.turn or "", 0)
        return _one(week + timedelta(7 * weeks + weekday))
    if piece.shift is not None and piece.shift.unit == "week" and piece.shift.amount is not None:
        week = anchor.day - timedelta(anchor.day.weekday())
        return _one(week + timedelta(7 * piece.shift.amount + weekday))
    since = _since_update(anchor, weekday)
    if since is not None and tense != "ahead" and piece.turn is None:
        return _one(since)
    back = (anchor.day.weekday() - weekday) % 7
    forth = (weekday - anchor.day.weekday()) % 7
    if piece.turn == "last":
        return _one(anchor.day - timedelta(back or 7))
    if piece.turn in ("next", "following"):
        return _one(anchor.day + timedelta(forth or 7))
    if tense == "ahead" or (tense == "near" and back > _LATELY):
        return _one(anchor.day + timedelta(forth))
    return _one(anchor.day - timedelta(back))


def _since_update(anchor: Anchor, weekday: int) -> date | None:
    """The weekday between a report's date and the last day that it tells of."""
    if anchor.day is None or anchor.latest is None:
        return None
    day = anchor.day + timedelta((weekday - anchor.day.weekday()) % 7 or 7)
    return day if day <= anchor.latest else None


def _shifted(piece: Piece, shift: Shift, anchor: Anchor, context: Moment | None) -> Moment | None:
    """So many units from the publication or from the time told before."""
    if shift.amount is None or shift.base == "event":
        return None
    told = context.day if context else None
    base = told if shift.base == "context" else anchor.day
    if base is None:
        return None
    inferred = shift.base == "context"
    if shift.base == "span":
        return _span(shift, base)
    if shift.base == "published" and piece.part == "night" and _small_hours(anchor):
        base -= DAY
    if shift.unit in ("minute", "second", "hour"):
        return _clock_shift(shift, base, anchor, context)
    steps = {"day": 1, "night": 1, "week": 7, "weekend": 7, "fortnight": 14}.get(shift.unit)
    if steps is not None:
        day = base + timedelta(shift.amount * steps)
        if steps == 1:
            return _one(day, inferred=inferred)
        return replace(_week_about(day), inferred=inferred)
    if shift.unit == "month":
        first = month_after(base.year, base.month, shift.amount)
        return whole_days(first, month_after(first.year, first.month), "month")
    year = base.year + shift.amount * (10 if shift.unit == "decade" else 1)
    if not 1 < year < 9990:
        return None
    return whole_days(date(year, 1, 1), date(year + 1, 1, 1), "year")


def _week_about(day: date) -> Moment:
    """The week around a day: "two weeks ago" is no exact day."""
    first = day - timedelta(day.weekday())
    return whole_days(first, first + timedelta(7), "week")


def _small_hours(anchor: Anchor) -> bool:
    """Whether the report went out before morning, so that "tonight" began the evening before."""
    return anchor.clock is not None and anchor.clock.hour < 6


def _clock_shift(shift: Shift, base: date, anchor: Anchor, context: Moment | None) -> Moment | None:
    """Hours or minutes from a known clock time; else only the day is known."""
    size = HOUR if shift.unit == "hour" else HOUR / 60
    start = anchor.clock if shift.base == "published" else None
    if shift.base == "context" and context is not None and context.precision in ("minute", "hour"):
        start = context.start
    if start is None:
        whole = abs(shift.amount or 0) * size
        if whole >= DAY / 2:
            return None
        return _one(base, inferred=True)
    begin = start + (shift.amount or 0) * size
    return Moment(begin, begin + HOUR, "hour", night_of(begin, begin + HOUR))


def _span(shift: Shift, base: date) -> Moment | None:
    """The past so many days, weeks, months up to the publication."""
    amount = abs(shift.amount or 0)
    if shift.unit in ("minute", "second", "hour"):
        days = -(-amount // 24) if shift.unit == "hour" else 0
        return whole_days(base - timedelta(days), base + DAY, "day")
    if shift.unit in ("month", "year", "decade"):
        months = amount * {"month": 1, "year": 12, "decade": 120}[shift.unit]
        first = month_after(base.year, base.month, -months)
        day = day_or_none(first.year, first.month, base.day) or month_after(first.year, first.month)
        return whole_days(day, base + DAY, "month" if shift.unit == "month" else "year")
    step = {"week": 7, "weekend": 7, "fortnight": 14}.get(shift.unit, 1)
    return whole_days(base - timedelta(amount * step), base + DAY, "day" if step == 1 else "week")


def _part_day(piece: Piece, anchor: Anchor, context: Moment | None) -> Moment | None:
    """The day of "last night", "this morning", "that evening", "the next afternoon"."""
    steps = {"that": 0, "following": 1, "previous": -1}
    if piece.turn in steps:
        if context is None:
            return None
        base = context.day
        if piece.turn == "following" and context.night_of and "night" not in (piece.part or ""):
            base = context.night_of
        return _one(base + DAY * steps[piece.turn], inferred=True)
    if anchor.day is None:
        return None
    if piece.turn == "this" and "night" in (piece.part or "") and _small_hours(anchor):
        return _one(anchor.day - DAY)
    return _one(anchor.day + DAY * {"last": -1, "next": 1}.get(piece.turn or "", 0))


def _period(
    piece: Piece, period: str, anchor: Anchor, context: Moment | None, tense: Tense
) -> Moment | None:
    """Days, weeks, weekends, months, seasons, years and decades, by last, this, next, that."""
    if period.startswith("decade:"):
        return _decade(piece, int(period[7:]))
    if period.startswith("season:"):
        return _season(piece, int(period[7:]), anchor)
    near = piece.turn in ("that", "following", "previous")
    base = (context.day if context else None) if near else anchor.day
    steps = {"last": -1, "previous": -1, "next": 1, "following": 1}.get(piece.turn or "", 0)
    if base is None:
        if period == "year" and not near and anchor.year:
            return whole_days(date(anchor.year + steps, 1, 1), date(anchor.year + steps + 1, 1, 1),
                              "year")  # fmt: skip
        return None
    if period == "day":
        return _one(base + DAY * steps, inferred=True) if near else None
    if period in ("week", "fortnight"):
        first = base - timedelta(base.weekday()) + timedelta(7 * steps)
        return whole_days(first, first + timedelta(7), "week")
    if period == "weekend":
        return _weekend(piece, base, tense)
    if period == "month":
        first = month_after(base.year, base.month, steps)
        return whole_days(first, month_after(first.year, first.month), "month")
    return whole_days(date(base.year + steps, 1, 1), date(base.year + steps + 1, 1, 1), "year")


def _weekend(piece: Piece, base: date, tense: Tense) -> Moment:
    """The weekend under way or just past; the coming one where the words look ahead."""
    saturday = base - timedelta((base.weekday() - 5) % 7)
    within = base.weekday() >= 5
    if piece.turn in ("next", "following") or (tense == "ahead" and not within):
        saturday += timedelta(7)
    elif piece.turn in ("last", "previous") and within:
        saturday -= timedelta(7)
    return whole_days(saturday, saturday + timedelta(2), "weekend")


def _season(piece: Piece, month: int, anchor: Anchor) -> Moment | None:
    """A season of three months; winter is named by the year it begins in."""
    year = piece.year
    if year is None:
        if anchor.day is None:
            return None
        year = anchor.day.year
        begun = date(year, month, 1)
        ended = month_after(year, month, 3)
        if piece.turn == "last" and ended > anchor.day:
            year -= 1
        elif piece.turn == "next" and begun <= anchor.day:
            year += 1
        elif piece.turn == "this" and month == 12 and anchor.day.month < 3:
            year -= 1
    return whole_days(date(year, month, 1), month_after(year, month, 3), "season")


def _decade(piece: Piece, first: int) -> Moment:
    """Ten years; early, mid and late are thirds of it."""
    start, stop = {"early": (0, 4), "mid": (4, 7), "late": (6, 10)}.get(piece.shade or "", (0, 10))
    return whole_days(date(first + start, 1, 1), date(first + stop, 1, 1), "year")


def _month(piece: Piece, anchor: Anchor, tense: Tense) -> Moment | None:
    """A month; without a year the last one (the running one included)."""
    month, year = piece.month or 1, piece.year
    if year is None:
        if anchor.day is None:
            return None
        if piece.turn == "last" and piece.period == "year":
            year = anchor.day.year - 1
        else:
            running = anchor.day.month
            ahead = piece.turn == "next" or (tense == "ahead" and month != running)
            late = month > running or (piece.turn == "last" and month == running)
            year = anchor.day.year - late if not ahead else anchor.day.year + (month < running)
    return _thirds(piece, whole_days(date(year, month, 1), month_after(year, month), "month"))


def _thirds(piece: Piece, moment: Moment) -> Moment:
    """Early, mid and late narrow a month or year to a third of it."""
    if piece.shade is None:
        return moment
    first = moment.start.date()
    if moment.precision == "year":
        quarter = {"early": (0, 4), "mid": (4, 8), "late": (8, 12)}[piece.shade]
        start, stop = (month_after(first.year, 1, step) for step in quarter)
        return whole_days(start, stop, "year")
    start_day, stop_day = _MONTHS[piece.shade]
    stop = first.replace(day=stop_day) if stop_day < 28 else moment.end.date()
    return whole_days(first.replace(day=start_day), stop, "month")
