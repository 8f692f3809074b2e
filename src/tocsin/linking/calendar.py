"""The dates, weekdays and years that a text names: neighbouring stories seldom share them."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from tocsin.lang.lexicon import word_maps

_DATE = re.compile(r"\b([A-Z][a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?\b")
_DAY_FIRST = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)? (?:of )?([A-Z][a-z]+)\b")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_WEEKDAY = re.compile(r"\b[A-Z][a-z]+day\b")


@dataclass(frozen=True, slots=True)
class Calendar:
    """What a text names: days as month and day, weekdays with Monday 0, years."""

    dates: frozenset[tuple[int, int]] = frozenset()
    weekdays: frozenset[int] = frozenset()
    years: frozenset[int] = frozenset()

    @property
    def months(self) -> frozenset[int]:
        """The months of the dates."""
        return frozenset(month for month, _ in self.dates)


NO_CALENDAR = Calendar()


def calendar_of(text: str) -> Calendar:
    """Return the dates, weekdays and years that a text names."""
    words = word_maps("en", "time")
    months, weekdays = words["month"], words["weekday"]
    named = [*_DATE.findall(text), *((month, day) for day, month in _DAY_FIRST.findall(text))]
    days = (found.lower() for found in _WEEKDAY.findall(text))
    return Calendar(
        dates=frozenset((int(months[m.lower()]), int(d)) for m, d in named if m.lower() in months),
        weekdays=frozenset(int(weekdays[day]) for day in days if day in weekdays),
        years=frozenset(int(year) for year in _YEAR.findall(text)),
    )


def overlap(one: Collection[int], other: Collection[int]) -> float | None:
    """Return the share of the shorter side that both have; None where one side names none."""
    shorter = min(len(one), len(other))
    return len(set(one) & set(other)) / shorter if shorter else None
