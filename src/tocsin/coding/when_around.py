"""Times that hang on the rest of a report: days counted from an event, and a later update."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from tocsin.coding.when_anchor import DAY, UPDATED, Anchor, Moment, whole_days
from tocsin.coding.when_clause import is_past
from tocsin.coding.when_read import FINE, Found, is_main
from tocsin.coding.when_resolve import moment_of


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
