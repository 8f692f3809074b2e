"""Whether a report tells an incident as new, or only mentions, plans, fears or denies it."""

from __future__ import annotations

from datetime import date, timedelta

from tocsin.coding.context import Context
from tocsin.coding.grouping import Group
from tocsin.terms import Status

# A report later than this after the day it tells of looks back (weekly papers, slow translations
# stay inside).
_LOOKS_BACK = timedelta(days=8)


def status_of_group(context: Context, group: Group, lead: str | None) -> Status:
    """Return the status of an incident, given the day of the report's leading one."""
    told = [t for t in group.tellings if t.status == "new"]
    if not told:
        order: tuple[Status, ...] = ("planned", "feared", "mentioned", "denied")
        have = {t.status for t in group.tellings}
        return next(status for status in order if status in have)
    if group.day is not None:
        day = date.fromisoformat(group.day)
        if context.published is not None and context.published - day > _LOOKS_BACK:
            return "mentioned"
        if lead is not None and group.day < lead and prominence(group) < 2:
            return "mentioned"
    elif prominence(group) < 1:
        return "mentioned"
    return "new"


def prominence(group: Group) -> float:
    """How much of the report is about it: sentences that tell it, background ones half."""
    told: dict[int, float] = {}
    for telling in group.tellings:
        if telling.status == "new":
            weight = 0.5 if telling.background else 1.0
            told[telling.sentence] = max(told.get(telling.sentence, 0.0), weight)
    return sum(told.values())


def leading_day(groups: tuple[Group, ...]) -> str | None:
    """The day of the incident that the report tells first in the foreground."""
    dated = [
        (t.start, g.day)
        for g in groups
        for t in g.tellings
        if g.day is not None and t.status == "new" and not t.background
    ]
    return min(dated)[1] if dated else None
