"""Where reports differ, and where one only says less exactly what the other says."""

from __future__ import annotations

import pytest

from tocsin.model import Count, Entry, Reading, Value, When
from tocsin.shown import differs


def day(date: str) -> When:
    return When(words=date, start=f"{date}T00:00-05:00", end=f"{date}T23:59-05:00")


def clock(time: str) -> When:
    return When(words=time, start=f"{time}:00-05:00", end=f"{time}:59-05:00")


def night(date: str, until: str) -> When:
    start, end = f"{date}T18:00-05:00", f"{until}T06:00-05:00"
    return When(words="that night", start=start, end=end, night_of=date)


def figure(low: int | None, high: int | None) -> Count:
    return Count(what="killed", words=f"{low} to {high}", low=low, high=high)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (day("2020-08-23"), clock("2020-08-23T17:11"), False),
        (day("2020-08-23"), clock("2020-08-24T17:11"), True),
        (clock("2020-08-23T21:55"), clock("2020-08-23T17:11"), True),
        (day("2020-08-23"), When(words="lately"), False),
        (day("2020-08-23"), night("2020-08-23", "2020-08-24"), False),
        (day("2020-08-24"), night("2020-08-23", "2020-08-24"), True),
        (figure(12, 12), figure(12, None), False),
        (figure(12, 12), figure(0, 0), True),
        (figure(2, None), figure(7, 7), False),
        (figure(3, 5), figure(4, 8), True),
        (figure(None, 10), figure(12, 12), True),
        (figure(None, None), figure(4, 4), False),
    ],
    ids=["clock-of-day", "other-day", "two-clocks", "no-day", "night", "night-before",
         "at-least", "none", "several", "ranges", "fewer", "no-figure"],
)  # fmt: skip
def test_reports_differ_where_both_cannot_be_right(
    one: Value, other: Value, expected: bool
) -> None:
    def reading(value: Value) -> Reading:
        return Reading(
            value=value, certainty="asserted", claims=(), reports=1, origins=1, speakers=()
        )

    for left, right in ((one, other), (other, one)):
        entry = Entry(shown=reading(left), others=(reading(right),), why="the latest of equals")
        assert differs(entry) is expected
