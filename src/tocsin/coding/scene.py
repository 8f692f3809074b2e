"""Where the event told at some words happened, as opposed to other places of the report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import msgspec
from spacy.tokens import Token

from tocsin.coding.document import Document
from tocsin.coding.mentions import PlaceMention
from tocsin.coding.scene_parts import SCENE, THERE, Part, cues, main_of, parts_of
from tocsin.coding.scene_referents import referent
from tocsin.coding.when_clause import is_saying
from tocsin.gazetteer import distance_km
from tocsin.lang.lexicon import word_lists

# How many sentences back a place still stands for what is told now.
_CARRIES = 2
# A place told as near a town is no further away than this.
_NEAR_KM = 80.0
_AREAS = ("country", "admin1", "admin2")
# Steps in the parse that a wider place must be nearer by to win: the actor's country ("Peru's
# government") stands close to every verb.
_BROAD = {"country": 3.5, "admin1": 2.0, "admin2": 1.0}
_WHOLE = re.compile(
    r"\b(?:for|across|throughout|over|of|all|entire|whole)(?: all)?(?: of)? (?:the )?$"
)
# Steps more to where a speaker is.
_SPEAKERS = 6.0
# Steps between words of which no path tells.
_UNTIED = 10.0
_CLAUSES = ("advcl", "relcl", "ccomp", "acl", "parataxis")
_FINE = ("site", "neighbourhood", "city")
_BLOCK = re.compile(
    r"\b(?:the )?\d+ block of [NSEW.]* ?(?:[A-Z0-9][\w.']*\s?){1,4}|"
    r"\b(?:the )?(?:intersection|corner) of (?:[A-Z0-9][\w.']*\s?){1,4}"
    r"(?:and (?:[A-Z0-9][\w.']*\s?){1,4})?"
)


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
    pairs = parts_of(document, places)
    stated = _nearby(document, pairs, start, end, sentence.index)
    main = main_of(document, pairs)
    if stated is None or stated.where.basis == "inferred":
        stated = referent(document, pairs, sentence, main) or stated
    finer = stated is not None and refine and main is not None and _is_finer(main, stated)
    if finer and stated is not None and main is not None and not _is_whole(document, stated):
        return _at_site(document, _inferred(main), start)
    if stated is None:
        stated = _before(document, pairs, sentence.index)
        if stated is not None:
            stated = _finest(stated, main) if refine else stated
    found = stated or (_inferred(main) if main else None)
    if found is None:
        return None
    return _at_site(document, _widened(pairs, _told_exactly(pairs, found)), start)


def _widened(pairs: list[tuple[PlaceMention, Part]], found: PlaceMention) -> PlaceMention:
    """A place told only as near a town: the town's point, which stands for more than the town."""
    apart = next((part.apart_km for mention, part in pairs if mention is found), 0.0)
    if not apart or found.where.radius_km is None:
        return found
    radius = round(found.where.radius_km + apart, 1)
    return replace(found, where=msgspec.structs.replace(found.where, radius_km=radius))


def _told_exactly(pairs: list[tuple[PlaceMention, Part]], found: PlaceMention) -> PlaceMention:
    """The town that the report names soon after for what it first put near a bigger one."""
    if not any(mention is found and part.near for mention, part in pairs):
        return found
    for mention, part in pairs:
        after = 0 <= mention.sentence - found.sentence <= _CARRIES and mention.start > found.start
        plain = part.weight >= SCENE and not (part.near or part.elsewhere)
        if after and plain and mention.where.precision in _FINE and _is_close(mention, found):
            return _inferred(mention)
    return found


def _is_close(one: PlaceMention, other: PlaceMention) -> bool:
    points = (one.where.lat, one.where.lon, other.where.lat, other.where.lon)
    return all(point is not None for point in points) and (
        distance_km(*[point for point in points if point is not None]) <= _NEAR_KM
    )


def _inferred(mention: PlaceMention) -> PlaceMention:
    return replace(mention, where=msgspec.structs.replace(mention.where, basis="inferred"))


def _finest(stated: PlaceMention, main: PlaceMention | None) -> PlaceMention:
    chosen = main if main is not None and _is_finer(main, stated) else stated
    return _inferred(chosen)


def _is_finer(main: PlaceMention, stated: PlaceMention) -> bool:
    """Tell whether the main place is a town inside the stated area."""
    where, area = main.where, stated.where
    if area.precision not in _AREAS or area.city is not None:
        return False
    if where.precision not in _FINE and where.city is None:
        return False
    if area.precision == "country":
        return where.country == area.country
    if area.precision == "admin1":
        return where.country == area.country and where.admin1 == area.admin1
    return where.admin1 == area.admin1 and where.admin2 in (area.admin2, None)


def best_of(told: Sequence[PlaceMention]) -> PlaceMention | None:
    """The finest of the places told of one thing, those in so many words first.

    A stated county gives way to a street or town in it that is only inferred.
    """
    best = min(told, key=_fineness, default=None)
    if best is None:
        return None
    return min((p for p in told if _is_finer(p, best)), key=_fineness, default=best)


def _fineness(mention: PlaceMention) -> tuple[bool, int, int]:
    where = mention.where
    rank = (*_FINE, *reversed(_AREAS)).index(where.precision) if where.precision else 9
    town = rank if where.city is None else min(rank, _FINE.index("city"))
    return where.basis != "stated", town, mention.start


def scene_in(
    document: Document, places: tuple[PlaceMention, ...], area: PlaceMention
) -> PlaceMention | None:
    """The town in an area in which the report says that something went on."""
    if area.where.precision not in _AREAS or _is_whole(document, area):
        return None
    pairs = [
        (mention, part)
        for mention, part in parts_of(document, places)
        if part.weight >= SCENE and not (part.elsewhere or part.near) and _is_finer(mention, area)
    ]
    town = main_of(document, pairs)
    return _inferred(town) if town is not None else None


def town_nearer(
    document: Document, places: tuple[PlaceMention, ...], found: PlaceMention
) -> PlaceMention | None:
    """The smaller town that the report is about, where "25 miles from Lyon" only places it."""
    pairs = parts_of(document, places)
    if not any(m.start == found.start and part.measured for m, part in pairs):
        return None
    main = main_of(document, [pair for pair in pairs if not pair[1].near])
    if main is None or main.where.precision not in _FINE or not _is_close(main, found):
        return None
    smaller = (main.where.radius_km or 0.0) < (found.where.radius_km or 0.0)
    return _inferred(main) if smaller else None


def town_in(
    document: Document, places: tuple[PlaceMention, ...], county: PlaceMention
) -> PlaceMention | None:
    """The town of a county that its report, dateline included, is about: most likely there."""
    if county.where.precision != "admin2" or _is_whole(document, county):
        return None
    pairs = [
        (mention, part)
        for mention, part in parts_of(document, places)
        if (part.weight >= THERE or part.near) and not part.elsewhere and _is_finer(mention, county)
    ]
    town = main_of(document, pairs)
    return _inferred(_widened(pairs, town)) if town is not None else None


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
    """The place in the event's own sentence that hangs closest on its words.

    A place that only another event's words give ("held after a robbery in Racine") is inferred.
    """
    event = document.root(start, end)
    best: tuple[bool, float, float, PlaceMention] | None = None
    for mention, part in pairs:
        if mention.sentence != sentence or part.weight <= 0 or mention.where.lat is None:
            continue
        apart = abs(mention.start - start) / 1000
        route = _route(event, document.root(mention.start, mention.end))
        whole = _is_whole(document, mention)
        exact = whole or mention.where.city is not None
        broad = 0.0 if exact else _BROAD.get(mention.where.precision or "", 0.0)
        speaker = _SPEAKERS if _is_speakers(document, mention) else 0.0
        cost = route.steps + broad + speaker - part.weight + apart
        if best is None or (route.other, cost, apart) < best[:3]:
            best = (route.other, cost, apart, mention)
    if best is None:
        return None
    return _inferred(best[3]) if best[0] else best[3]


def _is_speakers(document: Document, mention: PlaceMention) -> bool:
    """Tell whether a place is where somebody speaks: "..., a lawmaker in Abuja said"."""
    root = document.root(mention.start, mention.end)
    if root is None or root.dep_ != "pobj":
        return False
    noun = root.head.head
    return noun.dep_ == "nsubj" and is_saying(noun.head)


@dataclass(frozen=True, slots=True)
class _Route:
    """Steps in the parse between two words, and whether another event's words lie between."""

    steps: float = _UNTIED
    other: bool = False


def _route(one: Token | None, other: Token | None) -> _Route:
    """The way in the parse from one word to another; clauses between them count double.

    Steps down from the event's own word count half: "the death of two people in Kenosha".
    """
    if one is None or other is None or one.doc is not other.doc:
        return _Route()
    above = {one.i: 0.0} | {token.i: steps for token, steps in _climb(one)}
    if other.i in above:
        return _Route(above[other.i])
    through = other
    for token, steps in _climb(other):
        if token.i in above:
            down = token.i == one.i
            aside = down and through.lower_ in cues("other_event") and through.i != other.head.i
            return _Route(steps / 2 if down else steps + above[token.i], aside)
        through = token
    return _Route()


def _climb(token: Token) -> Iterator[tuple[Token, float]]:
    """The words above one, with the steps to each."""
    steps = 0.0
    while token.head.i != token.i:
        steps += 2.0 if token.dep_ in _CLAUSES else 1.0
        token = token.head
        yield token, steps


def _before(
    document: Document, pairs: list[tuple[PlaceMention, Part]], sentence: int
) -> PlaceMention | None:
    """A place where something went on in the sentences just before, not that of its reason."""
    for back in range(1, min(_CARRIES, sentence) + 1):
        root = document.sentences[sentence - back].span.root
        told = [
            (
                not _route(root, document.root(mention.start, mention.end)).other,
                part.weight,
                mention.start,
                mention,
            )
            for mention, part in pairs
            if mention.sentence == sentence - back
            and part.weight >= 1
            and not part.elsewhere
            and mention.where.precision in _FINE
        ]
        if told:
            return max(told, key=lambda entry: entry[:3])[3]
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
