"""Place names of a report: the spans that read like names of places, and their surroundings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp

from tocsin.coding.document import Document
from tocsin.coding.where_choice import Context, Name
from tocsin.coding.where_signs import signs, usage_of
from tocsin.coding.where_spans import Span, spans_of, tokens_of
from tocsin.gazetteer import Gazetteer, Place, key
from tocsin.models.places import PlaceWeights

# Areas that a comma can tie a town to.
_AREAS = ("country", "admin1", "admin2")
_AFTER_COMMA = re.compile(r"\s*,\s*((?:[A-Z][\w.’'-]*\s?){1,4})")
_AFTER_IN = re.compile(r"(?:,| in| of|,? in the| \()\s+(?:the )?((?:[A-Z][\w.’'-]*\s?){1,4})")
_BEFORE = re.compile(r"([A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,2}),\s*$")
_CALLED = {
    "city": re.compile(
        r"\b(?:city|town|village|township|borough|municipality) of (?:the )?$", re.I
    ),
    "state": re.compile(r"\b(?:state|province|region) of (?:the )?$", re.I),
    "area": re.compile(r"\b(?:county|district) of (?:the )?$", re.I),
}
_LOOK_BACK = 40


@dataclass(frozen=True, slots=True)
class Found:
    """A name at an offset; `name` is the number of its sense in the report."""

    start: int
    end: int
    likelihood: float
    street: bool
    name: int


def recognise(
    document: Document, gazetteer: Gazetteer, weights: PlaceWeights
) -> list[tuple[Span, float]]:
    """The spans that are place names, with how likely they are."""
    spans: list[Span] = []
    for paragraph in document.paragraphs:
        spans.extend(spans_of(tokens_of(paragraph.parse, paragraph.start), gazetteer))
    usage = usage_of(spans)
    judged = []
    for span in spans:
        score = weights.bias + sum(weights.signs.get(s, 0.0) for s in signs(span, usage))
        judged.append((span, 1 / (1 + exp(-score))))
    return without_overlaps(judged, weights.threshold)


def without_overlaps(
    judged: Sequence[tuple[Span, float]], threshold: float
) -> list[tuple[Span, float]]:
    """The likeliest spans above the threshold, none over another."""
    kept: list[tuple[Span, float]] = []
    taken: set[int] = set()
    for span, likelihood in sorted(judged, key=lambda pair: (-pair[1], pair[0].start)):
        if likelihood < threshold:
            break
        covered = range(span.start, span.end)
        if taken.isdisjoint(covered):
            taken.update(covered)
            kept.append((span, likelihood))
    return sorted(kept, key=lambda pair: pair[0].start)


def senses(
    text: str, spans: Iterable[tuple[int, int]], gazetteer: Gazetteer
) -> tuple[list[Name], list[int]]:
    """The distinct names of a report with what stands around them, and the sense of each span.

    A name has one sense in a report, unless its mentions state different areas.
    """
    ordered = sorted(spans)
    surroundings = [_surroundings(text, ordered, n, gazetteer) for n in range(len(ordered))]
    stated: dict[str, set[tuple[Place, ...]]] = {}
    keys = [key(text[start:end]) for start, end in ordered]
    for name_key, around in zip(keys, surroundings, strict=True):
        if around.stated:
            stated.setdefault(name_key, set()).add(around.stated)
    groups: dict[tuple[str, tuple[Place, ...]], list[int]] = {}
    for number, (name_key, around) in enumerate(zip(keys, surroundings, strict=True)):
        areas = stated.get(name_key, set())
        sense = next(iter(areas)) if len(areas) == 1 else around.stated
        groups.setdefault((name_key, sense), []).append(number)
    names: list[Name] = []
    sense_of = [0] * len(ordered)
    for (_, sense), members in groups.items():
        for member in members:
            sense_of[member] = len(names)
        start, end = ordered[members[0]]
        context = _joined([surroundings[m] for m in members], sense, first=0 in members)
        options = gazetteer.candidates(text[start:end])
        names.append(Name(text[start:end], options, context, len(members)))
    return names, sense_of


def _joined(around: Sequence[Context], stated: tuple[Place, ...], *, first: bool) -> Context:
    following = tuple(dict.fromkeys(place for c in around for place in c.following))
    preceding = tuple(dict.fromkeys(place for c in around for place in c.preceding))
    called = next((c.called for c in around if c.called), "")
    return Context(stated, following, preceding, called, first)


def _surroundings(
    text: str, spans: Sequence[tuple[int, int]], number: int, gazetteer: Gazetteer
) -> Context:
    start, end = spans[number]
    tail = text[end : end + _LOOK_BACK]
    head = text[max(0, start - _LOOK_BACK) : start]
    called = next((name for name, cue in _CALLED.items() if cue.search(head)), "")
    stated = _areas(_AFTER_COMMA.match(tail), gazetteer)
    following = () if stated else _areas(_AFTER_IN.match(tail), gazetteer)
    before = _BEFORE.search(head)
    preceding = gazetteer.candidates(before.group(1)) if before else ()
    return Context(stated, following, preceding[:10], called)


def _areas(match: re.Match[str] | None, gazetteer: Gazetteer) -> tuple[Place, ...]:
    """The areas that the longest known run of words names."""
    if match is None:
        return ()
    run = match.group(1).split()
    for length in range(len(run), 0, -1):
        words = " ".join(run[:length])
        options = gazetteer.candidates(words) or gazetteer.candidates(words.rstrip("'’s."))
        areas = tuple(p for p in options if p.kind in _AREAS and p.matched != "adjective")
        if options:
            return areas
    return ()
