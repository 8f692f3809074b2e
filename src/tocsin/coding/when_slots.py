"""From the named groups of a rule's match to the slots of a piece."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import cast

from tocsin.coding.counts_number import ordinal_of, value_of
from tocsin.coding.when_piece import Clock, Lead, Piece, Shade, Shift, Slack, Turn
from tocsin.coding.when_rules import Rule
from tocsin.coding.when_words import codes

Said = Mapping[str, str]
# Month names that are common words too: only a capital makes them months.
_COMMON = frozenset({"may", "march", "mar", "dec", "jan", "sep", "jun"})
_TURNS: dict[str, Turn] = {
    "last": "last",
    "past": "last",
    "this past": "last",
    "the past": "last",
    "this last": "last",
    "this": "this",
    "next": "next",
    "coming": "next",
    "the coming": "next",
    "this coming": "next",
    "upcoming": "next",
    "that": "that",
    "that same": "that",
    "the": "that",
    "same": "that",
    "the same": "that",
    "the very same": "that",
    "the next": "following",
    "the following": "following",
    "following": "following",
    "the previous": "previous",
    "previous": "previous",
    "the preceding": "previous",
}
_BACK = frozenset({"ago", "back", "on", "earlier", "before", "prior", "previously", "prior to"})
_LEADS = {"since": "since", "until": "until", "by": "by", "from": "from", "before": "before",
          "after": "after"}  # fmt: skip
_NAME_BEFORE = re.compile(r"[A-Z]\w+\s$")
_NAME_AFTER = re.compile(r"\s[A-Z]")
# Two figures above this are a year of the last century.
_LATEST = 68
_TIME_BEFORE = re.compile(r"\b(?:at|by|from|until|till|to|since|between|and)\s$", re.IGNORECASE)
_COUPLE = frozenset({"a couple of", "a couple", "couple of"})


class _Unfit(Exception):
    """The words look like a time but name none."""


def _is_name(match: re.Match[str]) -> bool:
    """Whether the words are part of a name: USA Today, the Daily Mail."""
    word = match.group()
    if not word[:1].isupper() or word.isupper():
        return False
    before, after = match.string[: match.start()], match.string[match.end() :]
    return bool(_NAME_BEFORE.search(before)) if word == "Today" else bool(_NAME_AFTER.match(after))


def piece_of(match: re.Match[str], rule: Rule, *, day_first: bool | None) -> Piece | None:
    """The piece that a match says, or None when its figures name no time."""
    if match.group().lower() in ("today", "daily", "nightly") and _is_name(match):
        return None
    said = {name: words for name, words in match.groupdict().items() if words is not None}
    try:
        year, month, day = _calendar(said, match, day_first)
        clock, shift = _clock(said), _shift(said, rule)
    except _Unfit:
        return None
    weekday = said.get("weekday") or said.get("eve")
    if weekday and weekday[0].islower() and len(weekday) < 6:
        return None
    short = weekday is not None and len(weekday) < 6
    period = _period(said)
    rank = said.get("rank")
    return Piece(
        match.start(),
        match.end(),
        year=year,
        month=month,
        day=day,
        day_to=int(said["dayto"]) if "dayto" in said else None,
        weekday=_weekday(weekday, eve="eve" in said) if weekday else None,
        turn="last" if "ago" in said else _turn(said.get("turn")),
        part=_part(said),
        clock=clock,
        shift=shift,
        period=period,
        rank=ordinal_of(rank) if rank else 0 if "another" in said else None,
        shade=_shade(said.get("shade")),
        holiday=" ".join(said["holiday"].lower().split()) if "holiday" in said else None,
        lead=cast("Lead | None", _LEADS.get(said.get("lead", "").lower())),
        each="each" in said,
        open_end="open" in said,
        weak=rule.weak or (short and not match.group().endswith(".")) or _is_length(said, match),
    )


def _is_length(said: Said, match: re.Match[str]) -> bool:
    """Whether bare figures such as 02:53 may be a length or a score: nothing says a time of day."""
    if (
        "h" not in said
        or "year" in said
        or said.keys() & {"mil", "zone", "before", "after", "near"}
    ):
        return False
    return _TIME_BEFORE.search(match.string[: match.start()]) is None


def _weekday(name: str, *, eve: bool) -> int:
    """A weekday's number, or that of its eve: "overnight into Saturday" is Friday's night."""
    return (int(codes("weekday")[name.lower()]) - eve) % 7


def _turn(words: str | None) -> Turn | None:
    """Last, this, next, that ..., from the words before a day or period."""
    return _TURNS.get(" ".join(words.lower().split())) if words else None


def _shade(word: str | None) -> Shade | None:
    """Early, mid or late; the comparatives say nothing on the hour."""
    lower = word.lower() if word else ""
    return cast("Shade", lower) if lower in ("early", "mid", "late") else None


def _part(said: Said) -> str | None:
    """The day part; a rule's empty group stands for overnight, tonight for its night."""
    if said.get("relative", "").lower() == "tonight":
        return "night"
    if "part" not in said:
        unit = said.get("unit", "").lower()
        nights = unit == "nights" and said.get("way", "").lower() == "ago"
        named = "way" in said and "amount" not in said and unit in codes("part")
        return "night" if nights else unit if named else None
    return " ".join(said["part"].lower().split()) or "overnight"


def _calendar(
    said: Said, match: re.Match[str], day_first: bool | None
) -> tuple[int | None, int | None, int | None]:
    """Year, month and day as far as they are said."""
    if "n1" in said:
        return _numeric(said, day_first)
    year = int(said["year"]) if "year" in said else None
    month = int(said["mm"]) if "mm" in said else None
    if "month" in said:
        word = said["month"]
        lone = len(match.group()) < len(word) + 2
        if word[0].islower() and (word in _COMMON or lone):
            raise _Unfit
        month = int(codes("month")[word.lower()])
    day = int(said["day"]) if "day" in said else None
    if "dayrank" in said:
        day = ordinal_of(said["dayrank"])
    if (day is not None and not 1 <= day <= 31) or (month is not None and not 1 <= month <= 12):
        raise _Unfit
    return year, month, day


def _numeric(said: Said, day_first: bool | None) -> tuple[int | None, int, int]:
    """A date in figures; which one is the month is the country's custom, or plain."""
    first, second = int(said["n1"]), int(said["n2"])
    year = int(said["n3"]) if "n3" in said else None
    if year is not None and year < 100:
        year += 1900 if year > _LATEST else 2000
    if said["sep"] == "." and day_first is None:
        day_first = True
    if first > 12 >= second:
        day_first = True
    elif second > 12 >= first:
        day_first = False
    if day_first is None and first != second:
        raise _Unfit
    day, month = (first, second) if day_first else (second, first)
    if not (1 <= month <= 12 and 1 <= day <= 31):
        raise _Unfit
    return year, month, day


def _clock(said: Said) -> Clock | None:
    """The time of day."""
    slack = next((name for name in ("before", "after", "near") if name in said), None)
    slack = "about" if slack == "near" else slack
    zone = codes("zone").get(said.get("zone", "").lower())
    if "named" in said:
        hour, _, _ = codes("named_clock")[" ".join(said["named"].lower().split())].partition(":")
        return Clock(int(hour), None, "24", cast("Slack | None", slack), zone)
    written = said.get("hour") or said.get("h")
    if written is None:
        return None
    hour_value = value_of(written)
    minute = _minute(said["i"]) if "i" in said else None
    half = {"a": "am", "p": "pm"}.get(said.get("half", "").lower()[:1])
    if half is None and ("mil" in said or written[0] == "0" or (hour_value or 0) > 12):
        half = "24"
    largest = 12 if half in ("am", "pm") else 24
    if hour_value is None or hour_value > largest or (minute or 0) > 59:
        raise _Unfit
    return Clock(hour_value, minute, half, cast("Slack | None", slack), zone)  # type: ignore[arg-type]


def _minute(words: str) -> int:
    """The minutes in figures, or those of "half past"."""
    return int(words) if words.isdigit() else 30


def _shift(said: Said, rule: Rule) -> Shift | None:
    """So many days, nights, weeks ... before or after something."""
    if "relative" in said:
        word = " ".join(said["relative"].lower().split())
        return Shift(int(codes("relative")[word]), "day", "published")
    if "way" not in said:
        return Shift(0, "day", "context") if rule.base == "context" and "part" in said else None
    unit = said["unit"].lower()
    way = " ".join(said["way"].lower().split())
    back = way in _BACK or rule.base == "span"
    if "amount" not in said:
        single = unit in (
            "day",
            "night",
            "evening",
            "morning",
            "afternoon",
            "week",
            "month",
            "year",
        )
        amount = 1 if single else None
    else:
        amount = _amount(said["amount"])
    named = codes("unit").get(unit, "day")
    signed = -amount if amount is not None and back else amount
    return Shift(signed, named, rule.base or "context")


def _amount(words: str) -> int | None:
    """How many units; vague words have no figure."""
    lower = " ".join(words.lower().split())
    if lower in ("a", "an"):
        return 1
    return 2 if lower in _COUPLE else value_of(lower)


def _period(said: Said) -> str | None:
    """Week, weekend, month, year, a season or a decade."""
    if "season" in said:
        return f"season:{codes('season')[said['season'].lower()]}"
    if "decade" in said:
        start = int(said["decade"])
        return f"decade:{start if start > 100 else 1900 + start}"
    if "ago" in said:
        return "year"
    if "rankday" in said:
        return "day"
    period = said.get("period") or said.get("period2")
    return period.lower() if period else None
