"""What the readers of one report find: mentions with offsets, before they become claims."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from tocsin.coding.encoded import Encoded
from tocsin.model import Actor, Count, When, Where
from tocsin.terms import Certainty, SpeakerKind

Segments = tuple[tuple[int, int], ...]


def touches(left: Sequence[tuple[int, int]], right: Sequence[tuple[int, int]]) -> bool:
    """Whether two lists of segments share a character."""
    return any(s < end and e > start for s, e in left for start, end in right)


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place name in the text with its choice; `where` without a point is unresolved.

    `inside` marks a place in another name ("Portland Police"): it tells where, but is no toponym.
    """

    start: int
    end: int
    sentence: int
    where: Where
    score: float
    adjective: bool = False
    of_outlet: bool = False
    inside: bool = False


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A time expression; `use` tells a moment from the edges of a window.

    "event" is the time of what is told behind the words: "a day after 18 people were killed".
    """

    start: int
    end: int
    sentence: int
    when: When
    use: Literal["at", "from", "until", "window", "since", "daily", "event"] = "at"


@dataclass(frozen=True, slots=True)
class CountMention:
    """A figure with the noun it counts (`head` is the offset of that noun)."""

    start: int
    end: int
    sentence: int
    count: Count
    head: int


@dataclass(frozen=True, slots=True)
class ActorMention:
    """A person, group or body; mentions of one `entity` are the same one in this report.

    `name` is the fullest name found anywhere in the report; `head` is the offset of the head word.
    """

    start: int
    end: int
    sentence: int
    entity: int
    head: int
    actor: Actor
    name: str | None = None
    pronoun: bool = False


@dataclass(frozen=True, slots=True)
class Attributed:
    """Who said what: segments of source, cue and content, the speaker resolved in the report."""

    source: Segments
    cue: Segments
    content: Segments
    speaker: str | None
    speaker_kind: SpeakerKind
    certainty: Certainty
    position: str | None = None
    via: str | None = None
    direct: bool = False


@dataclass(frozen=True, slots=True)
class Readings:
    """All that the single readers found in one report."""

    places: tuple[PlaceMention, ...] = ()
    times: tuple[TimeMention, ...] = ()
    counts: tuple[CountMention, ...] = ()
    actors: tuple[ActorMention, ...] = ()
    attributions: tuple[Attributed, ...] = ()
    encoded: Encoded | None = None
