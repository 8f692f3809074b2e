"""The table of time expressions is well formed; its accuracy is tested beside the resolver.

Conventions: a weekday is the nearest past one, the same day only where the report is later that
day or merely dated; with "will", "planned", "due" it is the nearest to come. A day without a
year is the nearest past one likewise. Intervals are half-open. morning 06-12, afternoon 12-18,
evening and "late" 18-24, night 18-06, "early", "before dawn" and "early hours" 00-06;
`night_of` is the evening before 06:00 of every single time within 18-06, never of a window.
A clock time is one minute; "around" half an hour each side, "shortly before" and "shortly after"
the hour on that side (both precision hour). Weeks run from Monday; "two weeks ago" and "a week
later" are the week of that day, months and years likewise. "through Friday" holds to the end of
Friday, "until Friday" to its beginning. An open end is null; an unresolved expression has both
null and no precision. Local times carry the offset of `zone` on that day.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import pytest

from tocsin.terms import TimePrecision

CASES_FILE = Path(__file__).with_name("when_cases.jsonl")
LEAST_CASES = 260
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
ONLY_WEEKDAY = re.compile(r"(?:on )?([a-z]+day)", re.IGNORECASE)
LENGTHS = {
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "weekend": timedelta(days=2),
    "week": timedelta(days=7),
}


class WhenCase(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    published: str | None
    zone: str
    context: str
    words: str
    start: str | None
    end: str | None
    precision: TimePrecision | None
    night_of: str | None


def load_cases() -> list[WhenCase]:
    lines = CASES_FILE.read_text(encoding="utf-8").splitlines()
    return [msgspec.json.decode(line, type=WhenCase) for line in lines]


CASES = load_cases()


def local(stamp: str) -> datetime:
    return datetime.fromisoformat(stamp).replace(tzinfo=None)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_case_is_well_formed(case: WhenCase) -> None:
    assert case.context.count(case.words) == 1
    assert (case.precision is None) == (case.start is None and case.end is None)
    assert case.published is None or datetime.fromisoformat(case.published).tzinfo is None
    for stamp in filter(None, (case.start, case.end)):
        offset = datetime.fromisoformat(stamp).utcoffset()
        assert offset == local(stamp).replace(tzinfo=ZoneInfo(case.zone)).utcoffset()
    if case.start and case.end:
        assert local(case.start) < local(case.end)


@pytest.mark.parametrize("case", [case for case in CASES if case.night_of], ids=lambda c: c.id)
def test_night_holds_its_time(case: WhenCase) -> None:
    assert case.start
    assert case.end
    evening = datetime.fromisoformat(f"{case.night_of}T18:00")
    assert evening <= local(case.start) < local(case.end) <= evening + timedelta(hours=12)


def test_bare_weekdays_fall_on_that_weekday() -> None:
    for case in CASES:
        match = ONLY_WEEKDAY.fullmatch(case.words)
        if match and match[1].lower() in WEEKDAYS and case.start:
            assert WEEKDAYS[local(case.start).weekday()] == match[1].lower(), case.id


def test_points_have_the_length_of_their_precision() -> None:
    windows = re.compile(r"\b(from|between|for|to|until|through|since)\b|\d ?-|pm-")
    for case in CASES:
        if case.start and case.end and case.precision in LENGTHS and not windows.search(case.words):
            length = local(case.end) - local(case.start)
            assert length == LENGTHS[case.precision], case.id


def test_set_is_large_and_has_no_copies() -> None:
    assert len(CASES) >= LEAST_CASES
    assert len({case.id for case in CASES}) == len(CASES)
    asked = {(case.published, case.zone, case.context, case.words) for case in CASES}
    assert len(asked) == len(CASES)


def test_set_has_unresolved_and_open_cases() -> None:
    assert sum(case.precision is None for case in CASES) >= 15
    assert sum(case.start is not None and case.end is None for case in CASES) >= 10
    assert sum(case.start is None and case.end is not None for case in CASES) >= 8
