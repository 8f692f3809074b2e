"""The parts of a time expression as read from the words, before any calendar is looked at."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

Turn = Literal["last", "this", "next", "that", "following", "previous"]
Shade = Literal["early", "mid", "late"]
Slack = Literal["before", "after", "about"]
Base = Literal["published", "ahead", "context", "event", "span"]
Lead = Literal["from", "until", "through", "since", "by", "before", "after"]


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day; `half` is None when neither a.m., p.m. nor a 24-hour form is said."""

    hour: int
    minute: int | None = None
    half: Literal["am", "pm", "24"] | None = None
    slack: Slack | None = None
    zone: str | None = None


@dataclass(frozen=True, slots=True)
class Shift:
    """So many units away from the publication, from another time told, or from an event."""

    amount: int | None
    unit: str
    base: Base


@dataclass(frozen=True, slots=True)
class Piece:
    """What one expression says, slot by slot; neighbours join when their slots are free."""

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    day_to: int | None = None
    weekday: int | None = None
    turn: Turn | None = None
    part: str | None = None
    clock: Clock | None = None
    shift: Shift | None = None
    period: str | None = None
    rank: int | None = None  # 0 for one more of a series
    shade: Shade | None = None
    holiday: str | None = None
    lead: Lead | None = None
    each: bool = False
    open_end: bool = False
    weak: bool = False

    @property
    def names_day(self) -> bool:
        """Whether it names a day by itself, without another time of the report."""
        if self.shift is not None:
            return self.shift.base == "published"
        return self.weekday is not None or self.day is not None or self.holiday is not None


_SLOTS = (
    *(
        "year",
        "month",
        "day",
        "day_to",
        "weekday",
        "turn",
        "part",
        "clock",
        "shift",
        "period",
        "rank",
    ),
    *("shade", "holiday", "lead"),
)


_OF_CONTEXT = Shift(0, "day", "context")


def _agree(left: Piece, right: Piece) -> bool:
    """Whether two neighbours can speak of one time."""
    if right.lead is not None or left.open_end or right.open_end:
        return False
    for one, other in ((left, right), (right, left)):
        shift = one.shift
        if shift is not None and shift.base != "published" and (shift.amount or not one.part):
            whole = shift.base == "context" and shift.unit not in ("minute", "hour", "second")
            return whole and other.clock is not None and not other.names_day
        if shift is not None and shift.unit not in ("day", "week") and not other.clock:
            return False
        if one.period == "week" and other.weekday is None and other.clock is not None:
            return False
        if one.period in ("weekend", "month") or (one.period or "").startswith("decade"):
            return one.period == "weekend" and other.each
        if one.period == "year" and other.month is None:
            return False
        lone_year = one.year is not None and one.month is None and one.period is None
        if lone_year and other.month is None and not (other.period or other.holiday):
            return False
    return True


def joined(left: Piece, right: Piece) -> Piece | None:
    """One expression from two neighbours, or None when both fill a slot."""
    if not _agree(left, right):
        return None
    values: dict[str, object] = {}
    for slot in _SLOTS:
        mine, other = getattr(left, slot), getattr(right, slot)
        if mine == _OF_CONTEXT and other is not None:
            mine = None  # "in the early hours" of a day that is named behind it
        if mine is not None and other is not None and mine != other:
            return None
        values[slot] = other if mine is None else mine
    each, weak = left.each or right.each, left.weak and right.weak
    return replace(left, end=right.end, each=each, weak=weak, **values)  # type: ignore[arg-type]
