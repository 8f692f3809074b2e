"""Dates of publication: from metadata, addresses and lines of the page, with their precision."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import Literal

from tocsin.model import Cut, Published
from tocsin.terms import TimePrecision

Basis = Literal["stated", "metadata", "url", "capture_bound", "given"]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEARS = (1850, 2100)  # outside, a number is no year of a news report
_ISO = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})"
    r"(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?"
)
_COMPACT = re.compile(r"\b((?:19|20)\d{2})(\d{2})(\d{2})(?:T?\d{6}Z?)?\b")
_MONTH_FIRST = re.compile(r"\b([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\b")
_DAY_FIRST = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)?(?: of)?[ -]([A-Za-z]{3,9})\.?,?[ -](\d{4})\b")
_DOTTED = re.compile(r"\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b")
_SLASHED = re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b")
_CLOCK = re.compile(
    r"\b(\d{1,2})[:.h](\d{2})\s*([ap])?\.?m?\b|\b(\d{1,2})\s*([ap])\.?m\b", re.IGNORECASE
)
_ZONE = re.compile(
    r"\b(UTC|GMT|Z|BST|CET|CEST|IST|WAT|EAT|SAST|[ECMP][SD]T)\b|([+-]\d{2}:?\d{2})\b"
)
# Zones that name one offset where news uses them; IST is India, the Irish one is rare in stamps.
_OFFSETS = {
    "UTC": 0, "GMT": 0, "Z": 0, "BST": 60, "CET": 60, "CEST": 120, "IST": 330, "WAT": 60,
    "EAT": 180, "SAST": 120, "EST": -300, "EDT": -240, "CST": -360, "CDT": -300, "MST": -420,
    "MDT": -360, "PST": -480, "PDT": -420,
}  # fmt: skip
_URL_DAY = re.compile(
    r"/((?:19|20)\d{2})[/-](\d{1,2}|[a-z]{3})[/-](\d{1,2})(?=[/_-]|$)", re.IGNORECASE
)
_URL_COMPACT = re.compile(r"[/_-]((?:19|20)\d{2})(\d{2})(\d{2})(?=[/_.-]|$)")
_URL_MONTH = re.compile(r"/((?:19|20)\d{2})/(\d{1,2})/")
_UPDATED = re.compile(r"updat|modif|edited", re.IGNORECASE)
_STATED_LINES = 3000  # characters from the start or end in which a stamp is the report's own


def parse_date(words: str, basis: Basis) -> Published | None:
    """Return the date of a value from metadata or a stamp; None when it is not certain.

    A date such as 3/4/2020 may be March or April: it is left out unless one part is above 12.
    """
    words = words.strip()
    if match := _ISO.search(words):
        return _from_iso(match, basis)
    day = _day_of(words)
    if day is None:
        return None
    try:
        mailed = parsedate_to_datetime(words) if ":" in words and "," in words else None
    except (ValueError, TypeError, IndexError, OverflowError):
        mailed = None
    if mailed is not None and mailed.date() == day.date():
        return _published(mailed, "minute", basis)
    return _with_clock(day, words, basis)


def from_url(url: str) -> Published | None:
    """Return the date in an address, at the precision at which it stands there."""
    if match := _URL_DAY.search(url):
        year, month, day = match.groups()
        found = _made(int(year), _month(month), int(day))
        if found:
            return _published(found, "day", "url")
    if match := _URL_COMPACT.search(url):
        found = _made(*(int(part) for part in match.groups()))
        if found:
            return _published(found, "day", "url")
    if match := _URL_MONTH.search(url):
        found = _made(int(match.group(1)), int(match.group(2)), 1)
        if found:
            return Published(value=f"{found:%Y-%m}", basis="url", precision="month")
    return None


def capture_bound(at: str) -> Published | None:
    """Return the capture time as an upper bound of publication: not later than this day."""
    found = parse_date(at, "capture_bound")
    if found is None:
        return None
    return Published(value=found.value[:10], basis="capture_bound", precision="day")


def stated(text: str, cuts: tuple[Cut, ...]) -> tuple[Published | None, str | None]:
    """Return the publication and update time that a report's own stamp lines state."""
    published: Published | None = None
    updated: str | None = None
    for cut in cuts:
        inside = cut.start < _STATED_LINES or cut.end > len(text) - _STATED_LINES
        if not inside or cut.reason not in ("stamp", "byline"):
            continue
        found = parse_date(text[cut.start : cut.end], "stated")
        if found is None:
            continue
        if _UPDATED.search(text[cut.start : cut.end]):
            updated = updated or found.value
        else:
            published = published or found
    return published, updated


def _from_iso(match: re.Match[str], basis: Basis) -> Published | None:
    year, month, day, hour, minute, second, zone = match.groups()
    found = _made(int(year), int(month), int(day))
    if found is None:
        return None
    if hour is None or (hour, minute, second or "00") == ("00", "00", "00"):
        return _published(found, "day", basis)
    if int(hour) > 23 or int(minute) > 59:
        return _published(found, "day", basis)
    at = found.replace(hour=int(hour), minute=int(minute))
    return _published(at.replace(tzinfo=_offset(zone)), "minute", basis)


def _day_of(words: str) -> datetime | None:
    if match := _MONTH_FIRST.search(words):
        return _made(int(match.group(3)), _month(match.group(1)), int(match.group(2)))
    if match := _DAY_FIRST.search(words):
        return _made(int(match.group(3)), _month(match.group(2)), int(match.group(1)))
    if match := _DOTTED.search(words):
        return _made(int(match.group(3)), int(match.group(2)), int(match.group(1)))
    if match := _SLASHED.search(words):
        first, second, year = (int(part) for part in match.groups())
        if first > 12:
            return _made(year, second, first)
        return _made(year, first, second) if second > 12 or first == second else None
    if match := _COMPACT.search(words):
        return _made(*(int(part) for part in match.groups()))
    return None


def _with_clock(day: datetime, words: str, basis: Basis) -> Published:
    match = _CLOCK.search(_DOTTED.sub(" ", words))
    if match is None:
        return _published(day, "day", basis)
    hour = int(match.group(1) or match.group(4))
    minute = int(match.group(2) or 0)
    half = (match.group(3) or match.group(5) or "").lower()
    hour = hour % 12 + 12 * (half == "p") if half else hour
    if hour > 23 or minute > 59:
        return _published(day, "day", basis)
    zone = _ZONE.search(words)
    at = day.replace(hour=hour, minute=minute)
    return _published(at.replace(tzinfo=_zone_of(zone)), "minute", basis)


def _zone_of(match: re.Match[str] | None) -> timezone | None:
    if match is None:
        return None
    if match.group(1):
        return timezone(timedelta(minutes=_OFFSETS[match.group(1).upper()]))
    return _offset(match.group(2))


def _offset(zone: str | None) -> timezone | None:
    if not zone:
        return None
    if zone == "Z":
        return UTC
    digits = zone[1:].replace(":", "")
    minutes = int(digits[:2]) * 60 + int(digits[2:])
    if minutes >= 24 * 60:
        return None
    return timezone(timedelta(minutes=minutes if zone[0] == "+" else -minutes))


def _month(name: str) -> int:
    if name.isdigit():
        return int(name)
    short = name[:3].lower()
    return _MONTHS.index(short) + 1 if short in _MONTHS else 0


def _made(year: int, month: int, day: int) -> datetime | None:
    if not _YEARS[0] <= year <= _YEARS[1]:
        return None
    try:
        return datetime(year, month, day)
    except ValueError:
        return None


def _published(at: datetime, precision: TimePrecision, basis: Basis) -> Published:
    value = at.isoformat(timespec="minutes") if precision == "minute" else f"{at:%Y-%m-%d}"
    return Published(value=value, basis=basis, precision=precision)
