"""Whether a report tells an incident as new, or only mentions, plans, fears or denies it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from tocsin.coding.context import Context
from tocsin.coding.grouping import Group
from tocsin.lang.lexicon import word_lists
from tocsin.terms import Status

# A report later than this after the day it tells of looks back; weekly papers and slow
# translations stay inside.
_LOOKS_BACK = timedelta(days=8)
_COURT = frozenset({"verdict"})
_ORDER: tuple[Status, ...] = ("planned", "feared", "mentioned", "denied")


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the whole report says about its incidents: the leading day, and its genre."""

    lead: str | None
    looks_back: bool
    is_opinion: bool


def outlook(context: Context, groups: tuple[Group, ...]) -> Outlook:
    """Read the leading day and the genre of a report."""
    report = context.document.report
    return Outlook(
        lead=_leading_day(groups),
        looks_back=_looks_back(context, groups),
        is_opinion=_is_opinion(report.title, context.document.text),
    )


def status_of_group(context: Context, group: Group, view: Outlook) -> Status:
    """Return the status of an incident in the light of the whole report."""
    told = [t for t in group.tellings if t.status == "new"]
    if not told:
        have = {t.status for t in group.tellings}
        return next(status for status in _ORDER if status in have)
    if view.is_opinion:
        return "mentioned"
    if group.day is None:
        return "mentioned" if view.looks_back or prominence(group) < 1 else "new"
    day = date.fromisoformat(group.day)
    if context.published is not None and context.published - day > _LOOKS_BACK:
        return "mentioned"
    if context.published is not None and day > context.published + timedelta(days=1):
        return "planned"
    if view.lead is not None and group.day < view.lead and prominence(group) < 2:
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


def _leading_day(groups: tuple[Group, ...]) -> str | None:
    """The day of the incident that the report tells first in the foreground."""
    dated = [
        (t.start, g.day)
        for g in groups
        for t in g.tellings
        if g.day is not None and t.status == "new" and not t.background
    ]
    return min(dated)[1] if dated else None


def _looks_back(context: Context, groups: tuple[Group, ...]) -> bool:
    """Tell whether the report opens with a court's judgment or with something long past."""
    tellings = sorted((t for g in groups for t in g.tellings), key=lambda t: t.start)
    opening = [t for t in tellings if t.sentence <= 1]
    if any(t.kind in _COURT and t.status in ("new", "mentioned") for t in opening):
        return True
    return bool(opening) and all(t.status == "mentioned" for t in opening)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile("|".join(word_lists("en", "status")[name]), re.IGNORECASE)


def _is_opinion(title: str | None, text: str) -> bool:
    """Tell an opinion piece by its title, or by the writer's own judgment outside quotations."""
    if title and _pattern("opinion_titles").search(title):
        return True
    unquoted = re.sub(r"[\"“][^\"”]*[\"”]", " ", text)
    return bool(_pattern("opinion_words").search(unquoted))
