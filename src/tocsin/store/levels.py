"""Handling levels: a claim has the level of its report, and no output shows more than its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import get_args

from tocsin.linking import retold
from tocsin.model import Account, Decision, Incident, Report
from tocsin.ontology import Ontology
from tocsin.terms import Handling

LEVELS: tuple[Handling, ...] = get_args(Handling)


def within(level: Handling) -> tuple[Handling, ...]:
    """Return the levels that an output of this level may show."""
    return LEVELS[: LEVELS.index(level) + 1]


def lowest(levels: Iterable[Handling]) -> Handling:
    """Return the level at which something of all this may be shown; public where none is known."""
    return min(levels, key=LEVELS.index, default="public")


def tell(
    incident: Incident,
    accounts: Sequence[Account],
    reports: Mapping[str, Report],
    level: Handling,
    *,
    ontology: Ontology,
    decisions: Sequence[Decision],
) -> tuple[Incident, tuple[Account, ...]] | None:
    """Return an incident as the reports within a level tell it, with their accounts."""
    shown = within(level)
    kept = tuple(a for a in accounts if handling_of(reports.get(a.report)) in shown)
    if not kept:
        return None
    if len(kept) == len(accounts):
        return incident, kept
    visible = {name: r for name, r in reports.items() if handling_of(r) in shown}
    return retold(incident, kept, visible, ontology=ontology, decisions=decisions), kept


def handling_of(report: Report | None) -> Handling:
    """Return the level of a report; what is not kept is as good as sealed."""
    return report.handling if report is not None else "sealed"
