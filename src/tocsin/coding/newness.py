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
_BACKGROUND = 0.4  # a sentence that tells it in passing: three of them make a telling
_COURT = frozenset({"verdict"})
_ORDER: tuple[Status, ...] = ("planned", "feared", "mentioned", "denied")


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the whole report says about its incidents: the leading day, and its genre."""

    lead: str | None
    looks_back: bool
    is_opinion: bool
    is_staged: bool


def outlook(context: Context, groups: tuple[Group, ...]) -> Outlook:
    """Read the leading day and the genre of a report."""
    report = context.document.report
    return Outlook(
        lead=_leading_day(context, groups),
        looks_back=_looks_back(context, groups),
        is_opinion=_is_opinion(report.title, context.document.text),
        is_staged=_is_staged(context),
    )


def status_of_group(context: Context, group: Group, view: Outlook) -> Status:
    """Return the status of an incident in the light of the whole report."""
    told = [t for t in group.tellings if t.status == "new"]
    if not told:
        have = {t.status for t in group.tellings}
        return next(status for status in _ORDER if status in have)
    if view.is_opinion or view.is_staged:
        return "mentioned"
    if view.looks_back and not any(context.own_time(t) for t in told):
        return "mentioned"
    if group.day is None:
        return "mentioned" if prominence(group) < 1 else "new"
    day = date.fromisoformat(group.day)
    if context.published is not None and context.published - day > _LOOKS_BACK:
        return "mentioned"
    if view.lead is not None and group.day < view.lead and prominence(group) < 2:
        return "mentioned"
    return "new"


def prominence(group: Group) -> float:
    """How much of the report is about it: sentences that tell it, background ones half."""
    told: dict[int, float] = {}
    for telling in group.tellings:
        if telling.status == "new":
            weight = _BACKGROUND if telling.background else 1.0
            told[telling.sentence] = max(told.get(telling.sentence, 0.0), weight)
    return sum(told.values())


def _leading_day(context: Context, groups: tuple[Group, ...]) -> str | None:
    """The day of the incident told first in the foreground; undated, the eve of publication."""
    told = [
        (t.start, g.day)
        for g in groups
        for t in g.tellings
        if t.status == "new" and not t.background
    ]
    if not told:
        return None
    day = min(told, key=lambda pair: pair[0])[1]
    if day is not None or context.published is None:
        return day
    return (context.published - timedelta(days=1)).isoformat()


def _is_staged(context: Context) -> bool:
    """Tell whether the report opens in a made-up world: a film, a game, a drill."""
    opening = " ".join(s.text for s in context.document.sentences[:3])
    return bool(_pattern("staged_patterns").search(opening))


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
