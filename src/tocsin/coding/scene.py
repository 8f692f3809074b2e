"""Where the event told at some words happened, as opposed to other places of the report."""

from __future__ import annotations

import re
from dataclasses import replace

import msgspec
from spacy.tokens import Token

from tocsin.coding.document import Document
from tocsin.coding.mentions import PlaceMention
from tocsin.coding.scene_parts import Part, main_of, part_of
from tocsin.lang.lexicon import word_lists

# How many sentences back a place still stands for what is told now.
_CARRIES = 2
_AREAS = ("country", "admin1", "admin2")
# Steps in the parse that a wider place must be nearer by to win: the actor's country ("Peru's
# government") stands close to every verb.
_BROAD = {"country": 3.5, "admin1": 2.0, "admin2": 1.0}
_WHOLE = re.compile(
    r"\b(?:for|across|throughout|over|of|all|entire|whole)(?: all)?(?: of)? (?:the )?$"
)
_FINE = ("site", "neighbourhood", "city")
_BLOCK = re.compile(
    r"\b(?:the )?\d+ block of [NSEW.]* ?(?:[A-Z0-9][\w.']*\s?){1,4}|"
    r"\b(?:the )?(?:intersection|corner) of (?:[A-Z0-9][\w.']*\s?){1,4}"
    r"(?:and (?:[A-Z0-9][\w.']*\s?){1,4})?"
)


def main_place(document: Document, places: tuple[PlaceMention, ...]) -> PlaceMention | None:
    """The place that the report as a whole is about."""
    parts = [part_of(document, mention) for mention in places]
    main = main_of(document, list(zip(places, parts, strict=True)))
    return _inferred(main) if main else None


def place_for(
    document: Document,
    places: tuple[PlaceMention, ...],
    start: int,
    end: int,
    *,
    refine: bool = True,
) -> PlaceMention | None:
    """The place of the event told at start..end.

    Its own sentence first, then the sentences just before, then the place that the report is
    about. With `refine`, a stated country or state gives way to a city in it that the report is
    about, marked as inferred.
    """
    sentence = document.sentence_at(start)
    if sentence is None:
        return None
    parts = [part_of(document, mention) for mention in places]
    pairs = list(zip(places, parts, strict=True))
    stated = _nearby(document, pairs, start, end, sentence.index)
    main = main_of(document, pairs)
    finer = stated is not None and refine and main is not None and _is_finer(main, stated)
    if finer and stated is not None and main is not None and not _is_whole(document, stated):
        return _at_site(document, _inferred(main), start)
    if stated is None:
        stated = _before(pairs, sentence.index)
        if stated is not None:
            stated = _finest(stated, main) if refine else stated
    found = stated or (_inferred(main) if main else None)
    return _at_site(document, found, start) if found else None


def _inferred(mention: PlaceMention) -> PlaceMention:
    return replace(mention, where=msgspec.structs.replace(mention.where, basis="inferred"))


def _finest(stated: PlaceMention, main: PlaceMention | None) -> PlaceMention:
    chosen = main if main is not None and _is_finer(main, stated) else stated
    return _inferred(chosen)


def _is_finer(main: PlaceMention, stated: PlaceMention) -> bool:
    """Tell whether the main place is a town inside the stated area."""
    where, area = main.where, stated.where
    if area.precision not in _AREAS or where.precision not in _FINE:
        return False
    if area.precision == "country":
        return where.country == area.country
    if area.precision == "admin1":
        return where.country == area.country and where.admin1 == area.admin1
    return where.admin1 == area.admin1 and where.admin2 == area.admin2


def _is_whole(document: Document, area: PlaceMention) -> bool:
    """Tell whether a measure or event is told of a whole area: "an order for Wisconsin"."""
    return bool(_WHOLE.search(document.text[max(0, area.start - 20) : area.start].lower()))


def _nearby(
    document: Document,
    pairs: list[tuple[PlaceMention, Part]],
    start: int,
    end: int,
    sentence: int,
) -> PlaceMention | None:
    """The place in the event's own sentence that hangs closest on its words."""
    event = _root(document, start, end)
    best: tuple[float, float, PlaceMention] | None = None
    for mention, part in pairs:
        if mention.sentence != sentence or part.weight <= 0 or mention.where.lat is None:
            continue
        apart = abs(mention.start - start) / 1000
        path = _path(event, _root(document, mention.start, mention.end))
        whole = _is_whole(document, mention)
        broad = 0.0 if whole else _BROAD.get(mention.where.precision or "", 0.0)
        cost = path + broad - part.weight + apart
        if best is None or (cost, apart) < best[:2]:
            best = (cost, apart, mention)
    return best[2] if best else None


def _root(document: Document, start: int, end: int) -> Token | None:
    span = document.char_span(start, end)
    return span.root if span is not None and len(span) else None


def _path(one: Token | None, other: Token | None) -> float:
    """Steps in the parse from one word to another; clauses between them count double."""
    if one is None or other is None or one.doc is not other.doc:
        return 10.0
    above = {one.i: 0.0}
    steps, token = 0.0, one
    while token.head.i != token.i:
        steps += 2.0 if token.dep_ in ("advcl", "relcl", "ccomp", "acl", "parataxis") else 1.0
        token = token.head
        above[token.i] = steps
    steps, token = 0.0, other
    while token.i not in above:
        if token.head.i == token.i:
            return 10.0
        steps += 2.0 if token.dep_ in ("advcl", "relcl", "ccomp", "acl", "parataxis") else 1.0
        token = token.head
    return steps + above[token.i]


def _before(pairs: list[tuple[PlaceMention, Part]], sentence: int) -> PlaceMention | None:
    """A place where something went on in the sentences just before."""
    for back in range(1, _CARRIES + 1):
        told = [
            (part.weight, mention.start, mention)
            for mention, part in pairs
            if mention.sentence == sentence - back
            and part.weight >= 1
            and not part.elsewhere
            and mention.where.precision in _FINE
        ]
        if told:
            return max(told, key=lambda entry: (entry[0], entry[1]))[2]
    return None


def _at_site(document: Document, found: PlaceMention, start: int) -> PlaceMention:
    """Keep the words of a site that the sentence states: "the county courthouse"."""
    sentence = document.sentence_at(start)
    if sentence is None or found.where.precision in ("country", "admin1", None):
        return found
    span = _site(sentence.text)
    if span is None:
        return found
    first, last = sentence.start + span[0], sentence.start + span[1]
    if first <= found.start < last:
        return found
    if last <= found.start <= last + 30 and found.sentence == sentence.index:
        last = found.end
    words = document.text[first:last]
    where = msgspec.structs.replace(found.where, words=words)
    return replace(found, start=first, end=last, sentence=sentence.index, where=where)


def _site(text: str) -> tuple[int, int] | None:
    """The first site that a sentence states without a name of its own."""
    if block := _BLOCK.search(text):
        return block.start(), block.start() + len(block.group().rstrip(" ,."))
    match = _sites().search(text)
    return match.span("site") if match else None


def _sites() -> re.Pattern[str]:
    lists = word_lists("en", "scene")
    nouns = "|".join(sorted(map(re.escape, lists["site"]), key=len, reverse=True))
    before = "|".join(sorted(map(re.escape, lists["site_before"]), key=len, reverse=True))
    return re.compile(
        rf"\b(?:{before}) (?P<site>(?:the|a|an) (?:[\w'’-]+ ){{0,2}}(?:{nouns}))\b", re.I
    )
