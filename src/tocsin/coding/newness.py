"""Whether a report tells an incident as new, or only mentions, plans, fears or denies it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from tocsin.coding.context import Context
from tocsin.coding.groups import Group
from tocsin.coding.kind import Telling
from tocsin.coding.status import patterns
from tocsin.terms import Status

# A report later than this after the day it tells of looks back; weekly papers and slow
# translations stay inside.
_LOOKS_BACK = timedelta(days=8)
_BACKGROUND = 0.4  # a sentence that tells it in passing: three of them make a telling
# One word that is often used for other things ("under fire", "attack") makes no record by itself.
_CLEAR = 0.6
# Best chance of its words to tell something new, below which a record would more often be false:
# set by everyday articles and coverage reports; from .25 on true incidents are lost, too.
_TOLD = 0.2
_GENRE_WORDS = 4  # different words of one genre: single ones ("goal", "shares") stand anywhere
_HARMED = frozenset({"person", "crowd", "police", "military", "protest"})
_CROWD = frozenset({"demonstration"})  # a march that marks the day is new
_COURT = frozenset({"verdict"})
# Sentences that a telling of the eve of the lead needs, and an older one; a step or an order of the
# days after tells anew, in passing even, what it answers.
_EVE, _OLDER = 2.0, 2.5
_ANSWERED, _CAUGHT = timedelta(days=1), timedelta(days=3)
_STEPS = frozenset({"arrest", "charge"})
_ORDERS = frozenset({"curfew", "state_of_emergency", "deployment"})
_HARM_KINDS = frozenset({"armed_attack", "police_shooting", "police_use_of_force", "bombing"})
_ORDER: tuple[Status, ...] = ("planned", "feared", "mentioned", "denied")


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the whole report says about its incidents: the leading day, and its genre."""

    lead: str | None
    answered: frozenset[str]
    looks_back: bool
    is_anniversary: bool
    is_opinion: bool
    is_staged: bool


def outlook(context: Context, groups: tuple[Group, ...]) -> Outlook:
    """Read the leading day and the genre of a report."""
    report = context.document.report
    return Outlook(
        lead=_leading_day(context, groups),
        answered=_answered(groups),
        looks_back=_looks_back(context, groups),
        is_anniversary=_is_anniversary(context, groups),
        is_opinion=_is_opinion(report.title, context.document.text),
        is_staged=_is_staged(context) or _is_game_or_market(context.document.text),
    )


def status_of_group(context: Context, group: Group, view: Outlook) -> Status:
    """Return the status of an incident in the light of the whole report."""
    told = [t for t in group.tellings if t.status == "new"]
    if not told:
        have = {t.status for t in group.tellings}
        return next(status for status in _ORDER if status in have)
    if max(t.told for t in told) < _TOLD and not _is_fresh(group, view):
        return "mentioned"
    if group.kind == "demand" and all(context.is_title(t) for t in told):
        return "mentioned"  # a headline's "demand answers" says no more than that they ask
    if view.is_opinion or view.is_staged or view.is_anniversary:
        return "mentioned"
    if view.looks_back and not any(context.own_time(t) for t in told):
        return "mentioned"
    if len(told) < 2 and told[0].confidence < _CLEAR and not _has_harm(context, told[0]):
        return "mentioned"
    if _is_of_old(context, told) or _is_wide_reason(context, group):
        return "mentioned"
    if group.day is None:
        enough = _BACKGROUND if _is_answered(group, view) and group.kind in _HARM_KINDS else 1.0
        return "mentioned" if prominence(group) < enough else "new"
    day = date.fromisoformat(group.day)
    if context.published is not None and context.published - day > _LOOKS_BACK:
        return "mentioned"
    if view.lead is not None and group.day < view.lead and prominence(group) < _enough(group, view):
        return "mentioned"
    return "new"


def _is_of_old(context: Context, told: list[Telling]) -> bool:
    """Tell whether all times that its sentences state ended long before: "in the 1970s"."""
    ends = [time.when.end for t in told if (time := context.own_time(t)) is not None]
    if not ends or context.published is None:
        return False
    latest = (context.published - _LOOKS_BACK).isoformat()
    return all(end is not None and end[:10] < latest for end in ends)


def _is_wide_reason(context: Context, group: Group) -> bool:
    """Tell whether crowds of many towns are only why something was done, no crowd in one place."""
    sentences = (context.document.sentences[t.sentence].text for t in group.tellings)
    return (
        group.kind in _CROWD
        and group.place is None
        and all(telling.background for telling in group.tellings)
        and all(patterns("wide_patterns").search(text) for text in sentences)
    )


def _enough(group: Group, view: Outlook) -> float:
    """How prominent something older than the lead must be: what it answers less than the rest."""
    if _is_fresh(group, view):
        return _BACKGROUND
    eve = view.lead and date.fromisoformat(view.lead) - timedelta(days=1)
    return _EVE if eve and group.day == str(eve) else _OLDER


def _is_fresh(group: Group, view: Outlook) -> bool:
    """Tell whether the report's step or order answers it within days."""
    if view.lead is None or group.day is None or not _is_answered(group, view):
        return False
    apart = date.fromisoformat(view.lead) - date.fromisoformat(group.day)
    return timedelta() <= apart <= (_ANSWERED if group.kind in _CROWD else _CAUGHT)


def _is_answered(group: Group, view: Outlook) -> bool:
    """Tell whether the report's step or order answers it, in a place that is told."""
    return group.place is not None and group.kind in view.answered


def _answered(groups: tuple[Group, ...]) -> frozenset[str]:
    """The kinds that the steps and orders at the head of the report answer."""
    leading = {g.kind for g in groups if _leads(g)}
    harm = _HARM_KINDS if leading & _STEPS else frozenset()
    return harm | (_CROWD if leading & _ORDERS else frozenset())


def _leads(group: Group) -> bool:
    """Tell whether an incident is told in the foreground of a report's first sentences."""
    return any(t.sentence <= 1 and t.status == "new" and not t.background for t in group.tellings)


def _has_harm(context: Context, telling: Telling) -> bool:
    """Tell whether the sentence says who was hit or that somebody was killed or hurt."""
    if telling.patients & _HARMED:
        return True
    return any(t.outcome and t.sentence == telling.sentence for t in context.tellings)


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
    return bool(patterns("staged_patterns").search(opening))


def _is_anniversary(context: Context, groups: tuple[Group, ...]) -> bool:
    """Tell whether a report opens with how long ago it was, and with nothing dated of its own."""
    opening = " ".join(s.text for s in context.document.sentences[:2])
    title = context.document.report.title or ""
    if not patterns("anniversary_patterns").search(f"{title} {opening}"):
        return False
    told = [t for g in groups for t in g.tellings if t.status == "new" and t.sentence <= 1]
    return not any(context.own_time(t) or t.kind in _CROWD for t in told if not t.background)


def _is_game_or_market(text: str) -> bool:
    """Tell a match or a market report by its words, where no word of harm stands beside them."""
    lowered = text.lower()
    if patterns("harm_words").search(lowered):
        return False
    return any(
        len(set(patterns(name).findall(lowered))) >= _GENRE_WORDS
        for name in ("sport_words", "market_words")
    )


def _looks_back(context: Context, groups: tuple[Group, ...]) -> bool:
    """Tell whether the report opens with a court's judgment or with something long past."""
    tellings = sorted((t for g in groups for t in g.tellings), key=lambda t: t.start)
    opening = [t for t in tellings if t.sentence <= 1]
    heard = [t for t in context.tellings if t.sentence <= 1 and t.kind in _COURT]
    if any(t.status in ("new", "mentioned") for t in heard):
        return True
    return bool(opening) and all(t.status == "mentioned" for t in opening)


def _is_opinion(title: str | None, text: str) -> bool:
    """Tell an opinion piece by its title, or by the writer's own judgment outside quotations."""
    if title and patterns("opinion_titles").search(title):
        return True
    unquoted = re.sub(r"[\"“][^\"”]*[\"”]", " ", text)
    return bool(patterns("opinion_words").search(unquoted))
