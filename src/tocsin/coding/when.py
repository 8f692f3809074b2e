"""Times in a report: what is said of when, resolved against its publication."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tocsin.coding.document import Document
from tocsin.coding.mentions import TimeMention
from tocsin.model import When

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_HOURS = {"morning": (6, 12), "afternoon": (12, 18), "evening": (18, 24), "night": (18, 30)}
_DAY = re.compile(
    rf"\b(?P<day>{'|'.join(_DAYS)}|today|tonight|yesterday|last night)\b"
    rf"(?:\s+(?P<part>{'|'.join(_HOURS)})\b)?",
    re.IGNORECASE,
)


def find_times(document: Document, *, zone: str | None) -> tuple[TimeMention, ...]:
    """Find time expressions and resolve them against the publication day."""
    published = document.report.published
    base = date.fromisoformat(published.value[:10]) if published else None
    found = []
    for sentence in document.sentences:
        for match in _DAY.finditer(sentence.text):
            start = sentence.start + match.start()
            when = _when(match, base, zone)
            found.append(TimeMention(start, sentence.start + match.end(), sentence.index, when))
    return tuple(found)


def _when(match: re.Match[str], base: date | None, zone: str | None) -> When:
    """Resolve one weekday or day word."""
    if base is None:
        return When(words=match.group())
    word = match.group("day").lower()
    part = match.group("part")
    part = "night" if word in ("tonight", "last night") else part and part.lower()
    if word in _DAYS:
        day = base - timedelta((base.weekday() - _DAYS.index(word)) % 7)
    else:
        day = base - timedelta(word in ("yesterday", "last night"))
    first, last = _HOURS[part] if part else (0, 24)
    tz = ZoneInfo(zone) if zone else None
    opening = datetime.combine(day, time(first), tz)
    closing = datetime.combine(day + timedelta(last // 24), time(last % 24), tz)
    return When(
        words=match.group(),
        start=opening.isoformat(timespec="minutes"),
        end=closing.isoformat(timespec="minutes"),
        zone=zone,
        precision="daypart" if part else "day",
        night_of=day.isoformat() if part in ("evening", "night") else None,
    )


def time_for(
    document: Document, times: tuple[TimeMention, ...], start: int, end: int
) -> TimeMention | None:
    """The time of what is told at start..end: same sentence first, then the nearest before."""
    sentence = document.sentence_at(start)
    if sentence is None:
        return None
    same = [m for m in times if m.sentence == sentence.index]
    if same:
        return min(same, key=lambda m: min(abs(m.start - start), abs(m.start - end)))
    before = [m for m in times if m.sentence < sentence.index]
    return before[-1] if before else None


def window_for(
    document: Document, times: tuple[TimeMention, ...], start: int, end: int
) -> tuple[When | None, When | None]:
    """When the measure told at start..end takes effect and ends."""
    mention = time_for(document, times, start, end)
    return (mention.when if mention else None, None)
