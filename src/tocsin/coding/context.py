"""What the assembling steps share of one report: the parse and all that was found in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import msgspec
from spacy.tokens import Token

from tocsin.coding.document import Document
from tocsin.coding.kind import Telling
from tocsin.coding.mentions import ActorMention, CountMention, PlaceMention, Readings, TimeMention
from tocsin.coding.scene import place_for
from tocsin.coding.scene_custody import caught_at, held_elsewhere, is_of_arrest, is_of_deed
from tocsin.coding.when import time_for
from tocsin.coding.when_news import in_title

# What is told of these has happened; orders and statements may be about a day to come.
PAST_KINDS = frozenset(
    {"demonstration", "property_destruction", "mob_violence", "arrest", "accident", "statement"}
    | {"police_shooting", "police_use_of_force", "armed_attack", "armed_clash", "demand"}
    | {"vehicle_ramming", "bombing", "death_in_custody", "natural_disaster"}
)


# "NAIROBI, Feb 24 -": a town in capitals, a day, an agency, a dash; "Quito 3 May 2022 -".
_DATELINE = re.compile(
    r"\s*(?:[A-Z][\w.'’]+,? ){1,3}(?:\d{1,2} [A-Z][a-z]{2,8}\.?|[A-Z][a-z]{2,8}\.? \d{1,2},?)"
    r"(?: \d{4})? ?(?:-{1,2}|–|—) "
    r"|\s*[A-Z][A-Z .,'’]{2,40}(?:, ?[A-Z][\w .]{1,20})?(?:, ?[A-Z][a-z]{2,8}\.? \d{1,2})?"
    r"(?: ?\([^)\n]{1,30}\))? ?(?:-{1,2}|–|—) "
)


_OPENING = 3  # paragraphs in which a dateline can stand: title, byline, first lines


@dataclass(frozen=True)
class Context:
    """One report's parse and mentions, with look-ups for the place, time and actor of words."""

    document: Document
    readings: Readings
    tellings: tuple[Telling, ...]

    @cached_property
    def published(self) -> date | None:
        """The day of publication, if known."""
        stated = self.document.report.published
        return date.fromisoformat(stated.value[:10]) if stated else None

    def place_of(self, telling: Telling) -> PlaceMention | None:
        """The place of what is told, from its own sentence or those before."""
        places = self.readings.places
        beside = tuple(p for p in places if not self._is_dateline(p.start))
        if any(p.sentence == telling.sentence for p in beside):
            places = beside
        if telling.kind == "arrest" and (caught := caught_at(self.document, places, telling.end)):
            return caught
        whole = telling.kind == "state_of_emergency"  # declared for the area that it names
        place = place_for(self.document, places, telling.start, telling.end, refine=not whole)
        if telling.kind != "arrest" or not self._is_unsure(telling, place):
            return place
        return _inferred(held_elsewhere(self.document, self.readings.places, place) or place)

    def _is_unsure(self, telling: Telling, place: PlaceMention | None) -> bool:
        """Tell whether a place is another's: of an arrest's deed, or of a deed's arrest."""
        if place is None or place.sentence != telling.sentence:
            return True
        other = is_of_deed if telling.kind == "arrest" else is_of_arrest
        return other(self.document, place, telling.start, telling.end)

    def time_of(self, telling: Telling) -> TimeMention | None:
        """The time of what is told, from its own sentence or those before."""
        times = self.readings.times
        beside = tuple(t for t in times if not self._is_dateline(t.start))
        if any(t.sentence == telling.sentence for t in beside):
            times = beside
        return time_for(self.document, times, telling.start, telling.end)

    @cached_property
    def _datelines(self) -> tuple[tuple[int, int], ...]:
        """Where datelines stand, below a title too: their town and day are the writer's."""
        found = (
            (paragraph.start, _DATELINE.match(self.document.text, paragraph.start))
            for paragraph in self.document.paragraphs[:_OPENING]
        )
        return tuple((start, match.end()) for start, match in found if match)

    def _is_dateline(self, offset: int) -> bool:
        return any(start <= offset < end for start, end in self._datelines)

    def own_place(self, telling: Telling) -> PlaceMention | None:
        """The place that the telling's own sentence gives."""
        place = self.place_of(telling)
        return None if self._is_unsure(telling, place) else place

    def is_of_arrest(self, place: PlaceMention | None) -> bool:
        """Tell whether a place is where somebody was caught: a deed told later was not there."""
        arrests = (self.own_place(t) for t in self.tellings if t.kind == "arrest")
        return place is not None and any(p is not None and p.start == place.start for p in arrests)

    def own_time(self, telling: Telling) -> TimeMention | None:
        """The time that the telling's own sentence gives."""
        time = self.time_of(telling)
        if time is None or time.sentence != telling.sentence:
            return None
        return None if self._is_ahead(telling, time) else time

    def _is_ahead(self, telling: Telling, time: TimeMention) -> bool:
        """Tell whether a time lies after the report, so that what happened is not of then."""
        day = day_of(time)
        if telling.status != "new" or telling.kind not in PAST_KINDS:
            return False
        return day is not None and self.published is not None and day > self.published.isoformat()

    def is_title(self, found: Telling | CountMention) -> bool:
        """Tell whether what was found stands in the report's title."""
        return in_title(self.document, self.document.sentences[found.sentence])

    def actor_at(self, token: Token | None) -> ActorMention | None:
        """The actor whose head word is this token, or whose words hold it."""
        if token is None:
            return None
        start, _ = self.document.token_span(token)
        heads = [m for m in self.readings.actors if m.head == start]
        if heads:
            return heads[0]
        return next((m for m in self.readings.actors if m.start <= start < m.end), None)

    def person_at(self, token: Token | None) -> ActorMention | None:
        """The actor at a word, or the one whose name explains it: "a nurse, Ana Ruiz"."""
        mention = self.actor_at(token)
        if token is None or (mention is not None and mention.actor.person):
            return mention
        near = (token, token.head, token.head.head)
        apposed = (t for t in token.sent if t.dep_ == "appos" and t.head in near and t.i > token.i)
        named = (self.actor_at(child) for child in apposed)
        return next((m for m in named if m is not None and m.actor.person), mention)


def _inferred(place: PlaceMention | None) -> PlaceMention | None:
    if place is None:
        return None
    return replace(place, where=msgspec.structs.replace(place.where, basis="inferred"))


def day_of(time: TimeMention | None) -> str | None:
    """The day a time belongs to: the evening a night began, else its first day."""
    if time is None:
        return None
    when = time.when
    if when.night_of:
        return when.night_of
    if when.precision in ("minute", "hour", "daypart", "day") and when.start:
        return when.start[:10]
    return None
