"""What relative times hang on, and the arithmetic of days and half-open intervals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tocsin.model import Report, When
from tocsin.terms import TimePrecision

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
# A report that tells of days up to a week after its date was updated since.
UPDATED = timedelta(7)
# Countries that write the month before the day in figures.
_MONTH_FIRST = frozenset({"US", "PH", "PW", "FM", "MH", "GU", "PR", "BZ"})
# Zones of those countries, for reports whose outlet has no known country.
_MONTH_FIRST_ZONES = frozenset(
    f"America/{city}"
    for city in (
        *("New_York", "Chicago", "Denver", "Los_Angeles", "Phoenix", "Anchorage", "Detroit"),
        *("Boise", "Juneau", "Menominee", "Indiana/Indianapolis", "Kentucky/Louisville"),
    )
) | {"Pacific/Honolulu", "Asia/Manila", "Pacific/Guam", "America/Puerto_Rico"}
# Hours by which most clocks of the places that one outlet writes of are ahead of its own.
_FARTHEST = timedelta(hours=12)
# A night lasts from the evening's first hour to the morning's first hour.
EVENING, MORNING = 18, 6


@dataclass(frozen=True, slots=True)
class Anchor:
    """The publication in local time, as far as it is known, and local customs.

    `latest` is the last day that a report updated after its date tells of; `adrift` is how much
    later its clock may have been at the place, where the zone of publication is not stated.
    """

    day: date | None = None
    clock: datetime | None = None
    year: int | None = None
    zone: ZoneInfo | None = None
    day_first: bool | None = None
    inferred: bool = False
    latest: date | None = None
    adrift: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True)
class Moment:
    """A resolved time: local wall times, how exact, and the night it belongs to."""

    start: datetime
    end: datetime
    precision: TimePrecision
    night_of: date | None = None
    inferred: bool = False
    zone: ZoneInfo | None = None

    @property
    def day(self) -> date:
        """The day it is told by: a night's own evening."""
        return self.night_of or self.start.date()


def anchor_of(report: Report, zone: str | None) -> Anchor:
    """The anchor of a report; a publication coarser than a day gives no day."""
    place = ZoneInfo(zone) if zone else None
    country = report.outlet.country if report.outlet else None
    day_first = None if zone is None else zone not in _MONTH_FIRST_ZONES
    if country is not None:
        day_first = country.upper() not in _MONTH_FIRST
    if report.published is None:
        return Anchor(zone=place, day_first=day_first)
    value = report.published.value
    if len(value) < 10 or report.published.precision in ("month", "year", "season"):
        year = int(value[:4]) if value[:4].isdigit() else None
        return Anchor(year=year, zone=place, day_first=day_first)
    moment = datetime.fromisoformat(value)
    adrift = _FARTHEST if moment.tzinfo is None and place else timedelta(0)
    if moment.tzinfo is not None:
        moment = moment.astimezone(place) if place and len(value) > 10 else moment
        moment = moment.replace(tzinfo=None)
    exact = len(value) > 10 and report.published.precision in ("minute", "hour")
    clock = moment if exact else None
    day = moment.date()
    return Anchor(
        day,
        clock,
        moment.year,
        place,
        day_first=day_first,
        latest=_updated_until(report, day),
        adrift=adrift,
    )


def _updated_until(report: Report, day: date) -> date | None:
    """The later day on which a report was brought up to date, if that was soon after."""
    try:
        updated = date.fromisoformat((report.updated or "")[:10])
    except ValueError:
        return None
    return updated if day < updated <= day + UPDATED else None


def at_hour(day: date, hour: int, minute: int = 0) -> datetime:
    """Local wall time; hours from 24 on are those of the next day."""
    return datetime.combine(day, time()) + timedelta(hours=hour, minutes=minute)


def night_of(start: datetime, end: datetime) -> date | None:
    """The evening on which the night began that holds the whole interval."""
    evening = (start - timedelta(hours=MORNING)).date()
    within = at_hour(evening, EVENING) <= start and end <= at_hour(evening, 24 + MORNING)
    return evening if within else None


def whole_days(first: date, last: date, precision: TimePrecision) -> Moment:
    """The interval from the first day to before the last."""
    return Moment(at_hour(first, 0), at_hour(last, 0), precision)


def day_or_none(year: int, month: int, day: int) -> date | None:
    """A date of the calendar, or None for 30 February and its like."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_after(year: int, month: int, count: int = 1) -> date:
    """The first day of the month `count` months on (or back)."""
    index = year * 12 + month - 1 + count
    return date(index // 12, index % 12 + 1, 1)


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (the anonymous algorithm)."""
    golden, century = year % 19, year // 100
    moon = (
        19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15
    ) % 30
    rest = (32 + 2 * (century % 4) + 2 * (year % 100 // 4) - moon - year % 100 % 4) % 7
    late = (golden + 11 * moon + 22 * rest) // 451
    month, day = divmod(moon + rest - 7 * late + 114, 31)
    return date(year, month, day + 1)


def holiday_in(rule: str, year: int) -> date:
    """The day of a holiday: `12-25`, `9-0-1` (first Monday), `5-0--1` (last), `easter-2`."""
    if rule.startswith("easter"):
        return easter(year) + timedelta(int(rule[6:]))
    rule, _, more = rule.partition("+")
    parts = rule.replace("--", "-~").split("-")
    month = int(parts[0])
    if len(parts) == 2:
        return date(year, month, int(parts[1]))
    weekday, rank = int(parts[1]), int(parts[2].replace("~", "-"))
    if rank > 0:
        first = date(year, month, 1)
        found = first + timedelta((weekday - first.weekday()) % 7 + 7 * (rank - 1))
    else:
        last = month_after(year, month) - DAY
        found = last - timedelta((last.weekday() - weekday) % 7)
    return found + timedelta(int(more or 0))


def written(wall: datetime, zone: ZoneInfo | None) -> str:
    """ISO 8601 with the zone's offset; a time skipped by the clock change moves on with it."""
    if zone is None:
        return wall.isoformat(timespec="minutes")
    existing = wall.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)
    return existing.isoformat(timespec="minutes")


def when_of(moment: Moment, words: str, anchor: Anchor) -> When:
    """The record of a resolved time."""
    zone = moment.zone or anchor.zone
    return When(
        words=words,
        start=written(moment.start, zone),
        end=written(moment.end, zone),
        zone=zone.key if zone else None,
        precision=moment.precision,
        night_of=moment.night_of.isoformat() if moment.night_of else None,
        basis="inferred" if moment.inferred or anchor.inferred else "stated",
    )
