"""A person's correction of a value: it is shown, and what the reports say stays beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from tocsin import describe
from tocsin.model import Count, Decision, Entry, Kind, Reading, Text, Value, When, Where
from tocsin.ontology import Ontology

_FIGURE = re.compile(r"(\d+)(?:\s*-\s*(\d+)|(\+))?(?:\s+\w+)?")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_COUNTS = frozenset({"killed", "injured", "detained", "present", "shots"})


def corrected(
    slots: dict[str, tuple[Entry, ...]], decisions: Sequence[Decision], ontology: Ontology
) -> dict[str, tuple[Entry, ...]]:
    """Return slots with the corrections among decisions on top, the last one of a slot holding."""
    found = dict(slots)
    for decision in decisions:
        if decision.verb == "set" and decision.slot and decision.value:
            entries = found.get(decision.slot, ())
            found[decision.slot] = _set(entries, decision, decision.slot, ontology)
    return found


def _set(
    entries: tuple[Entry, ...], decision: Decision, slot: str, ontology: Ontology
) -> tuple[Entry, ...]:
    wanted = decision.value or ""
    why = f"set by {decision.by}" + (f": {decision.reason}" if decision.reason else "")
    readings = [r for entry in entries for r in (entry.shown, *entry.others)]
    chosen = next((r for r in readings if describe.value(r.value) == wanted), None)
    if chosen is None:
        value = value_of(slot, wanted, ontology)
        chosen = Reading(
            value=value, certainty="asserted", claims=(), reports=0, origins=0, as_of=decision.at
        )
    holding = (entry for entry in entries if chosen in (entry.shown, *entry.others))
    home = next(holding, entries[0] if entries else None)
    others = () if home is None else tuple(r for r in (home.shown, *home.others) if r != chosen)
    entry = Entry(shown=chosen, why=why, others=others)
    return (entry, *(e for e in entries if e is not home))


def fault_of(slot: str, words: str, ontology: Ontology) -> str | None:
    """Return why words cannot stand in a slot, and what would do; None where they can."""
    known = sorted({name for kind in ontology.kinds.values() for name in kind.slots})
    if slot not in known:
        return f"There is no slot {slot}; there are {', '.join(known)}."
    value = value_of(slot, words, ontology)
    if slot == "kind" and not isinstance(value, Kind):
        return f"There is no kind {words}; docs/ontology.md lists them."
    if slot in _COUNTS and not isinstance(value, Count):
        return f"{slot} wants a number: 3, 3-5 or 3+."
    if slot == "when" and not isinstance(value, When):
        return "when wants a day: 2024-05-31."
    return None


def value_of(slot: str, words: str, ontology: Ontology) -> Value:
    """Return the value that words typed by a person stand for in a slot."""
    if slot == "kind" and words in ontology.kinds:
        return Kind(name=words, words=words)
    figure = _FIGURE.fullmatch(words.strip())
    if slot in _COUNTS and figure:
        low, high, more = figure.groups()
        ends = sorted((int(low), int(high or low)))
        return Count(what=slot, words=words, low=ends[0], high=None if more else ends[1])
    first = _day(words) if slot == "when" else None
    if first is not None:
        last = first + timedelta(days=1)
        return When(
            words=words, start=first.isoformat(), end=last.isoformat(), precision="day",
            basis="assumed",
        )  # fmt: skip
    if slot == "where":
        return Where(words=words, name=words, basis="assumed")
    return Text(words=words)


def _day(words: str) -> date | None:
    if not _DAY.fullmatch(words.strip()):
        return None
    try:
        return date.fromisoformat(words.strip())
    except ValueError:
        return None
