"""Times in a report: each expression with its interval, told by the publication or each other."""

from __future__ import annotations

from typing import Literal

from msgspec.structs import replace

from tocsin.coding.document import Document
from tocsin.coding.mentions import TimeMention
from tocsin.coding.when_anchor import Anchor, Moment, anchor_of, when_of, written
from tocsin.coding.when_around import (
    from_another_day,
    is_of_event,
    with_events,
    with_latest,
    with_ranks,
)
from tocsin.coding.when_choose import time_for, window_for
from tocsin.coding.when_clause import moves
from tocsin.coding.when_read import Found, dateline_anchor, read, resolve
from tocsin.model import When

__all__ = ["find_times", "time_for", "window_for"]

Use = Literal["at", "from", "until", "window", "since", "daily", "event"]
_AFTER = ("after", "later", "into", "since", "following", "afterwards", "on", "now")
_BEFORE = ("ago", "before", "earlier", "prior", "previously", "to", "back")


def find_times(document: Document, *, zone: str | None) -> tuple[TimeMention, ...]:
    """Find all time expressions and resolve them; what cannot be resolved keeps its words."""
    anchor = anchor_of(document.report, zone)
    found = [one for paragraph in document.paragraphs for one in read(document, paragraph, anchor)]
    if anchor.day is None:
        anchor = dateline_anchor(document, found, anchor)
    anchor = with_latest(found, anchor)
    mentions = []
    moments = with_events(found, with_ranks(found, resolve(found, anchor)))
    loose = from_another_day(found, moments, anchor)
    for index, (one, moment) in enumerate(zip(found, moments, strict=True)):
        use = _use(one, moment)
        words = document.text[one.start : one.end]
        when = _unresolved(one, words) if moment is None else _resolved(one, moment, words, anchor)
        when = replace(when, basis="assumed") if index in loose else when
        mentions.append(TimeMention(one.start, one.end, one.sentence, when, use))
    return tuple(mentions)


def _use(one: Found, moment: Moment | None) -> Use:
    """A moment, a window, or one edge of it."""
    expression = one.expression
    first, last = expression.first, expression.last
    if moment is not None and is_of_event(one):
        return "event"
    if last is not None:
        if moves(one.verb) and first.clock and last.clock:
            return "from"
        if first.each or last.each:
            return "daily"
        return "at" if moment is not None and moment.night_of else "window"
    if first.clock and first.lead == "until" and moves(one.verb):
        return "from"
    if first.lead in ("until", "through") or first.open_end:
        return "at" if first.lead == "through" and one.tense == "past" else "until"
    if first.lead == "since":
        return "since"
    nightly = moment is not None and moment.night_of is not None
    if expression.lasting is not None or (first.day_to is not None and not nightly):
        return "window"
    if first.lead == "from" and one.opens:
        return "from"
    return "daily" if first.each else "at"


def _resolved(one: Found, moment: Moment, words: str, anchor: Anchor) -> When:
    """The record of a resolved expression; edges of windows are open on the other side."""
    when = when_of(moment, words, anchor)
    zone = moment.zone or anchor.zone
    use, lead = _use(one, moment), one.expression.first.lead
    if use == "until":
        whole = lead == "through" and moment.precision != "minute"
        end = written(moment.end if whole else moment.start, zone)
        return replace(when, start=None, end=end, night_of=None)
    if use in ("since", "from"):
        return replace(when, end=None, night_of=None)
    if lead == "before" or lead == "after":
        return replace(when, relation=lead)
    return replace(when, relation="before") if words.lower().startswith("earlier") else when


def _unresolved(one: Found, words: str) -> When:
    """The words alone, with the side of the other time on which they lie."""
    last = words.lower().split()[-1] if words.split() else ""
    if one.expression.first.rank is not None:
        return When(words=words, relation="during")
    if one.expression.first.shift is None:
        return When(words=words)
    if last in _BEFORE:
        return When(words=words, relation="before")
    return When(words=words, relation="after" if last in _AFTER else None)
