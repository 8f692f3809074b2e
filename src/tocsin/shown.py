"""What is shown of an incident: one place to read its slots, for tables, pages and exports."""

from __future__ import annotations

from collections.abc import Iterator

from tocsin.model import Count, Entry, Incident, Victim, When, Where

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
    """Tell whether reports give other values than the one shown."""
    return bool(entry.others)
