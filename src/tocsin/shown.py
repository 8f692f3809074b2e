"""What is shown of an incident: one place to read its slots, for tables, pages and exports."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

from tocsin.model import Count, Entry, Incident, Value, Victim, When, Where

# What a reader wants to know first.
_ORDER = [
    "kind",
    "when",
    "where",
    "victim",
    "killed",
    "injured",
    "detained",
    "present",
    "shots",
    "actor",
    "target",
    "act",
    "weapon",
    "conduct",
    "force",
    "police_response",
    "tactic",
    "damage",
    "cause",
    "measure",
    "statement",
    "demand",
    "form",
    "scope",
]


def slots(incident: Incident) -> Iterator[tuple[str, tuple[Entry, ...]]]:
    """Yield an incident's slots in the order in which they are shown."""
    for name in sorted(incident.slots, key=lambda n: (_rank(n), n)):
        yield name, incident.slots[name]


def _rank(name: str) -> int:
    return _ORDER.index(name) if name in _ORDER else len(_ORDER)


def where(incident: Incident) -> Where | None:
    """Return the place shown, if one is stated."""
    for entry in incident.slots.get("where", ()):
        if isinstance(entry.shown.value, Where):
            return entry.shown.value
    return None


def when(incident: Incident) -> When | None:
    """Return the time shown, if one is stated."""
    for entry in incident.slots.get("when", ()):
        if isinstance(entry.shown.value, When):
            return entry.shown.value
    return None


def day(when: When | None) -> str | None:
    """Return the day a time belongs to: a night belongs to the evening it began."""
    if when is None:
        return None
    return when.night_of or (when.start[:10] if when.start else None)


def count(incident: Incident, slot: str) -> Count | None:
    """Return the figure shown for a count slot, if one is stated."""
    for entry in incident.slots.get(slot, ()):
        if isinstance(entry.shown.value, Count):
            return entry.shown.value
    return None


def victims(incident: Incident) -> Iterator[Victim]:
    """Yield the victims shown."""
    for entry in incident.slots.get("victim", ()):
        if isinstance(entry.shown.value, Victim):
            yield entry.shown.value


def differs(entry: Entry) -> bool:
    """Tell whether reports give values that cannot be right together with the one shown."""
    shown = entry.shown.value
    return any(not agrees(shown, other.value) for other in entry.others)


def agrees(one: Value, other: Value) -> bool:
    """Tell whether one of two times or figures says less exactly what the other one says."""
    match one, other:
        case When(), When():
            return _is_during(one, other) or _is_during(other, one)
        case Count(), Count():
            return _is_within(one, other) or _is_within(other, one)
        case _:
            return False


def _is_during(inner: When, outer: When) -> bool:
    """Tell whether a time lies within another one by their clocks; one without a day allows any.

    A night lies within the day of its evening.
    """
    if outer.start is None:
        return True
    if inner.start is None or inner.end is None or outer.end is None:
        return False
    minute = len("2020-08-23T17:11")
    ends = f"{inner.night_of}T23:59" if inner.night_of else inner.end[:minute]
    return outer.start[:minute] <= inner.start[:minute] and ends <= outer.end[:minute]


def _is_within(inner: Count, outer: Count) -> bool:
    """Tell whether a figure lies within another one; one without a figure allows any."""
    if outer.low is None and outer.high is None:
        return True
    if inner.low is None and inner.high is None:
        return False
    most = inf if inner.high is None else inner.high
    bound = inf if outer.high is None else outer.high
    return (outer.low or 0) <= (inner.low or 0) and most <= bound
