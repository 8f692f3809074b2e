"""Times and figures as a reader writes them; nothing is said that no field says."""

from __future__ import annotations

from datetime import date, datetime

from tocsin.model import When

_SPEAKERS = {
    "outlet": "the outlet itself",
    "other_outlet": "another outlet",
    "unnamed": "somebody unnamed",
    "document": "a document",
    "witness": "a witness",
    "official": "an official",
    "prosecutor": "prosecutors",
    "ngo": "an NGO",
    "family": "the family",
    "lawyer": "a lawyer",
    "organiser": "organisers",
    "crowd": "the crowd",
    "armed_group": "an armed group",
    "medic": "medics",
    "victim": "a victim",
}
NOT_STATED = "not stated"


def day(iso: str | None) -> str:
    """Return a date as 5 Mar 2020, or that it was not stated."""
    if not iso:
        return NOT_STATED
    try:
        found = date.fromisoformat(iso[:10])
    except ValueError:
        return iso
    return f"{found.day} {found:%b %Y}"


def moment(iso: str | None) -> str:
    """Return a date with its clock time, in the zone it was given in."""
    if not iso or len(iso) < len("2020-01-01T00:00"):
        return day(iso)
    return f"{day(iso)}, {iso[11:16]}"


def when(found: When | None) -> str:
    """Return a time as exact as it is stated; an unresolved one keeps its words and says so."""
    if found is None:
        return "day not stated"
    if found.night_of:
        return f"night of {day(found.night_of)}"
    if found.start is None and found.end is None:
        return f"“{found.words}”, date not stated"
    if found.start is None:
        return f"until {moment(found.end)}"
    match found.precision:
        case "minute":
            return moment(found.start)
        case "month":
            return f"{datetime.fromisoformat(found.start):%B %Y}"
        case "year":
            return found.start[:4]
        case "hour" | "daypart":
            return _window(found)
        case "week" | "weekend" | "season":
            return f"{found.precision} of {day(found.start)}"
        case _:
            return day(found.start)


def _window(found: When) -> str:
    if found.end is None or found.start is None:
        return moment(found.start)
    same_day = found.start[:10] == found.end[:10]
    return f"{moment(found.start)}–{found.end[11:16] if same_day else moment(found.end)}"


def speaker(kind: str) -> str:
    """Return who speaks where nobody is named."""
    return _SPEAKERS.get(kind, label(kind))


def plural(number: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def label(name: str) -> str:
    """Return a term of ours without its underscores."""
    return name.replace("_", " ").replace("non ", "non-")
