"""From the pieces of an expression to an interval: the day first, then the time of day."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tocsin.coding.when_anchor import (
    DAY,
    HOUR,
    Anchor,
    Moment,
    at_hour,
    night_of,
    whole_days,
)
from tocsin.coding.when_day import Tense, day_of
from tocsin.coding.when_piece import Clock, Piece
from tocsin.coding.when_words import codes

_MINUTE = timedelta(minutes=1)
_WEEK = timedelta(days=7)


def moment_of(piece: Piece, anchor: Anchor, context: Moment | None, tense: Tense) -> Moment | None:
    """The interval of one piece; None when nothing ties it to the calendar."""
    day = day_of(piece, anchor, context, tense)
    if day is None and not _names_period(piece) and (piece.clock or piece.part):
        day = _context_day(piece, context)
    if day is None:
        return None
    moment = _timed(piece, day, anchor)
    told_later = anchor.clock is None or moment.start <= anchor.clock + anchor.adrift
    weekly = piece.weekday is not None and piece.turn is None and piece.period is None
    dated = piece.day is not None or piece.shift is not None
    if told_later or tense == "ahead" or not weekly or dated:
        return moment
    return replace(
        moment,
        start=moment.start - _WEEK,
        end=moment.end - _WEEK,
        night_of=moment.night_of and moment.night_of - _WEEK,
    )


def _names_period(piece: Piece) -> bool:
    """Whether it names a day or period, so that another time must not stand in for it."""
    named = (piece.year, piece.month, piece.weekday, piece.period, piece.holiday, piece.rank)
    return any(slot is not None for slot in named) or (
        piece.shift is not None and piece.shift.amount != 0
    )


def _context_day(piece: Piece, context: Moment | None) -> Moment | None:
    """The day of a bare clock time or day part: that of the time told before."""
    if context is None or context.precision not in ("minute", "hour", "daypart", "day"):
        return None
    day = context.day
    clock = piece.clock
    if clock is not None and context.night_of is not None:
        hour = _hour(clock, piece.part)
        if hour is not None and hour < 6:
            day = context.night_of + DAY
        elif hour is not None and hour < 18:
            day = context.start.date()
    return replace(whole_days(day, day + DAY, "day"), inferred=True)


def _timed(piece: Piece, day: Moment, anchor: Anchor) -> Moment:
    """Narrow a day by the day part or the time of day."""
    if day.precision != "day" or day.end - day.start > DAY:
        return day
    hours = part_hours(piece)
    if piece.clock is not None:
        hour = _hour(piece.clock, piece.part)
        if hour is not None:
            return _clocked(piece.clock, hour, day, hours, anchor)
    if hours is None:
        return day
    first = day.start.date()
    start, end = at_hour(first, hours[0]), at_hour(first, hours[1])
    return replace(day, start=start, end=end, precision="daypart", night_of=night_of(start, end))


def part_hours(piece: Piece) -> tuple[int, int] | None:
    """First and last hour of the day part that a piece says."""
    parts = codes("part")
    named = " ".join(word for word in (piece.shade, piece.part) if word)
    hours = parts.get(named) or parts.get(piece.part or "")
    if hours is None:
        return None
    first, _, last = hours.partition("-")
    return int(first), int(last)


def _hour(clock: Clock, part: str | None) -> int | None:
    """The hour on a 24-hour clock; None when morning or evening is not said."""
    if clock.half == "24":
        return clock.hour
    if clock.half is not None:
        return clock.hour % 12 + (12 if clock.half == "pm" else 0)
    if part is None or clock.hour > 12:
        return None
    if "morning" in part or part in ("early hours", "small hours", "wee hours", "overnight"):
        return clock.hour % 12
    late = "night" in part and (clock.hour < 5 or clock.hour == 12)
    return clock.hour % 12 + (0 if late else 12)


def _clocked(
    clock: Clock, hour: int, day: Moment, hours: tuple[int, int] | None, anchor: Anchor
) -> Moment:
    """The minute, or about the hour, of a time of day."""
    first = day.start.date()
    if hour == 24 and clock.slack == "after" and not day.inferred:
        hour = 0
    small = hour < 6 and hours is not None and hours[1] > 24
    if small or (hour == 0 and clock.slack == "after" and hours is not None and hours[0] >= 18):
        first += DAY
    at = at_hour(first, hour, clock.minute or 0)
    zone = None
    if clock.zone is not None:
        at, zone = _in_zone(at, clock.zone, anchor)
    start, end = at, at + _MINUTE
    if clock.slack == "about":
        start, end = at - HOUR / 2, at + HOUR / 2
    elif clock.slack == "before":
        start, end = at - HOUR, at
    elif clock.slack == "after":
        end = at + HOUR
    return Moment(
        start,
        end,
        "hour" if clock.slack else "minute",
        night_of(start, end),
        day.inferred,
        zone,
    )


def _in_zone(at: datetime, named: str, anchor: Anchor) -> tuple[datetime, ZoneInfo | None]:
    """A clock time of a named zone in the place's own; without one its zone is kept."""
    zone = ZoneInfo(named)
    if anchor.zone is None:
        return at, zone
    return at.replace(tzinfo=zone).astimezone(anchor.zone).replace(tzinfo=None), None


def window_of(
    pieces: tuple[Piece, Piece, Piece | None],
    anchor: Anchor,
    context: Moment | None,
    tense: Tense,
) -> Moment | None:
    """The interval from the start of the first piece to the end of the last."""
    first, last = _completed(pieces[0], pieces[1])
    through = pieces[2]
    if first.clock is not None and last.clock is not None:
        return _clock_window(first, last, through, (anchor, context, tense))
    opening = moment_of(first, anchor, context, tense)
    if opening is None:
        return None
    closing = _closing(last, anchor, opening, tense)
    if closing is None or closing.end <= opening.start:
        return None
    if first.clock is None and last.clock is None and _is_one_night(opening, closing):
        start, end = opening.start, at_hour(opening.day, 30)
        return replace(opening, end=end, precision="daypart", night_of=night_of(start, end))
    end = closing.start if last.clock is not None else closing.end
    precision = opening.precision
    return replace(opening, end=end, precision=precision, night_of=None)


def _is_one_night(opening: Moment, closing: Moment) -> bool:
    """Whether "Sunday evening into Monday" is the night between two days."""
    late = opening.night_of is not None and opening.precision == "daypart"
    return late and closing.start.date() == opening.day + DAY


def _completed(first: Piece, last: Piece) -> tuple[Piece, Piece]:
    """Give each end what only the other says: month, year, a.m. or p.m., the zone."""
    if first.month is not None and last.month is None and last.day is not None:
        last = replace(last, month=first.month)
    if first.year is None and last.year is not None and first.month is not None:
        first = replace(first, year=last.year)
    if last.year is None and first.year is not None and last.month is not None:
        last = replace(last, year=first.year)
    if first.clock and last.clock and first.clock.half is None and last.clock.half:
        half = last.clock.half
        if first.clock.hour % 12 > last.clock.hour % 12 and half != "24":
            half = "am" if half == "pm" else "pm"
        first = replace(first, clock=replace(first.clock, half=half))
    return first, last


def _closing(last: Piece, anchor: Anchor, opening: Moment, tense: Tense) -> Moment | None:
    """The last end of a range: the next one on or after its beginning."""
    if last.weekday is not None and last.day is None:
        day = opening.start.date()
        day += timedelta((last.weekday - day.weekday()) % 7)
        return _timed(last, whole_days(day, day + DAY, "day"), anchor)
    if last.month is not None and last.year is None and opening.precision in ("day", "daypart"):
        base = Anchor(day=opening.start.date(), zone=anchor.zone)
        return moment_of(last, base, opening, "ahead")
    if last.month is not None and last.year is None and last.day is None:
        year = opening.start.year + (last.month < opening.start.month)
        last = replace(last, year=year)
    return moment_of(last, anchor, opening, tense)


def _clock_window(
    first: Piece, last: Piece, through: Piece | None, seen: tuple[Anchor, Moment | None, Tense]
) -> Moment | None:
    """The hours of a measure: 8 p.m. to 6 a.m., on one night or on several."""
    anchor, context, tense = seen
    assert first.clock is not None and last.clock is not None
    opens, closes = _hour(first.clock, first.part), _hour(last.clock, last.part)
    if opens is None or closes is None:
        return None
    overnight = (closes, last.clock.minute or 0) <= (opens, first.clock.minute or 0)
    if first.names_day or not last.names_day:
        opening = moment_of(first, anchor, context, tense)
    else:
        ending = _told_end(last, context, overnight=overnight)
        ending = ending or moment_of(last, anchor, context, tense)
        if ending is None:
            return None
        day = ending.start.date() - (DAY if overnight else timedelta(0))
        opening = _timed(first, whole_days(day, day + DAY, "day"), anchor)
    if opening is None:
        return None
    # Midnight as the opening hour is the next day already.
    passes = overnight and opening.start.hour > closes
    end_day = opening.start.date() + (DAY if passes else timedelta(0))
    if last.names_day and first.names_day:
        ending = _closing(last, anchor, opening, "ahead")
        end_day = ending.start.date() if ending else end_day
    if through is not None:
        final = _closing(replace(through, clock=None, part=None), anchor, opening, "ahead")
        if final is None or final.precision != "day":
            return None
        end_day = final.start.date() + (DAY if overnight else timedelta(0))
    end = at_hour(end_day, closes, last.clock.minute or 0)
    return replace(opening, start=_sharp(opening, opens, first.clock), end=end,
                   precision="minute", night_of=None)  # fmt: skip


def _told_end(last: Piece, context: Moment | None, *, overnight: bool) -> Moment | None:
    """The end of tonight's or Monday's hours, where its weekday fits the day just told."""
    if context is None or last.weekday is None or last.day is not None or context.inferred:
        return None
    day = context.day + (DAY if overnight else timedelta(0))
    return whole_days(day, day + DAY, "day") if day.weekday() == last.weekday else None


def _sharp(opening: Moment, hour: int, clock: Clock) -> datetime:
    """The beginning of a window without the slack of "around"."""
    if clock.slack is None:
        return opening.start
    return at_hour(opening.start.date(), hour, clock.minute or 0)
