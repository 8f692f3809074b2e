"""When an account may lie: stated days, weekdays without a date, and the days news speaks of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from tocsin.lang.lexicon import word_maps
from tocsin.model import When

# Days before publication on which something told as new, without a day, may have happened.
_NEWS = 21
# A stated time wider than this says when some state of things held, not when the news happened.
_VAGUE = 31
_DARK = "18"  # the hour before which no report tells of the night of its own day
_WORD = re.compile(r"[a-z]+")
# Words of the hours after midnight, which belong to the night of the weekday before.
_SMALL_HOURS = frozenset({"early", "midnight", "overnight", "predawn", "dawn", "a"})


@dataclass(frozen=True, slots=True)
class Days:
    """The days on which something may have happened, as ordinals, both inclusive."""

    first: int
    last: int
    stated: bool
    night: bool = False

    @property
    def exact(self) -> bool:
        """Tell whether one day is stated."""
        return self.stated and self.first == self.last

    @property
    def vague(self) -> bool:
        """Tell whether the time is too wide to date a piece of news."""
        return self.last - self.first > _VAGUE


def ordinal(value: str | None) -> int | None:
    """Return the day number of an ISO date or time, None where there is none."""
    if not value:
        return None
    try:
        return date.fromisoformat(value[:10]).toordinal()
    except ValueError:
        return None


def news_days(published: int | None) -> Days | None:
    """Return the days that a report may tell of as news without saying when."""
    return None if published is None else Days(published - _NEWS, published, stated=False)


def is_by_day(published: str | None) -> bool:
    """Tell whether a report is known to have come out before its day's night began."""
    return "" < (published or "")[11:13] < _DARK


def days_of(when: When) -> Days | None:
    """Return the days of a time; a night belongs to the evening it began."""
    night = ordinal(when.night_of)
    if night is not None:
        return Days(night, night, stated=True, night=True)
    first = ordinal(when.start)
    if first is None:
        return None
    last = ordinal(when.end)
    if last is None:
        return Days(first, first, stated=True)
    midnight = when.end is not None and when.end[11:16] in ("", "00:00")
    return Days(first, max(first, last - 1 if midnight else last), stated=True)


def weekdays_of(when: When) -> frozenset[int]:
    """Return the weekdays that a time without a date names, Monday 0; the small hours name two."""
    names = word_maps("en", "time")["weekday"]
    words = _WORD.findall(when.words.lower())
    found = {int(names[word]) for word in words if word in names}
    if _SMALL_HOURS.intersection(words):
        found |= {(day - 1) % 7 for day in found}
    return frozenset(found)


def weekday(day: int) -> int:
    """Return the weekday of an ordinal, Monday 0."""
    return (day - 1) % 7
