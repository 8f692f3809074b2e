"""Capitals that a report names by their country alone: "the capital", "the Serbian capital"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import msgspec
import numpy as np

from tocsin.coding.document import Document
from tocsin.coding.mentions import PlaceMention
from tocsin.coding.where import where_of
from tocsin.coding.where_choice import Context, Name
from tocsin.gazetteer import Gazetteer, Place

# Not "capital punishment" or "venture capital"; "state capital" is another town.
_CAPITAL = re.compile(
    r"\b(?P<whose>the|its|their|[A-Z][\w.]+(?:['’]s?))(?P<which>(?: [\w-]+){0,2}?) capital\b"
    r"(?! (?:punish|gain|market|murder|crime|charge|letter|offen|expend|fund|invest|flight|outlay|"
    r"stock|cost|case|spending|budget|good|idea|fine|one|gazette|journal|times|region|territory)\w*)"
)
_OF = re.compile(r"(?:city )?of (?:the )?", re.IGNORECASE)
_OTHER = frozenset(
    {"state", "provincial", "regional", "district", "county", "island", "venture", "social"}
    | {"financial", "commercial", "business", "cultural", "human", "political", "departmental"}
)
# Where news calls either of two towns the capital.
_TWO_SEATS = frozenset({"BO", "BJ", "TZ"})
# How sure it is that a country's capital is meant where the words name no country.
_LOOSE = 0.6


def with_capitals(
    document: Document, places: Sequence[PlaceMention], gazetteer: Gazetteer
) -> tuple[PlaceMention, ...]:
    """The places with a mention for each such phrase whose country is told."""
    found = []
    for match in _CAPITAL.finditer(document.text):
        if set(match["which"].lower().split()) & _OTHER:
            continue
        told = _named(document, places, match)
        country = told or _of_report(places)
        sentence = document.sentence_at(match.start())
        if country is None or country in _TWO_SEATS or sentence is None:
            continue
        if _is_apposed(document, places, match):
            continue
        town = gazetteer.capital(country)
        if town is not None:
            found.append(_mention(match, sentence.index, town, gazetteer, named=told is not None))
    return tuple(sorted((*places, *found), key=lambda mention: mention.start))


def _named(document: Document, places: Sequence[PlaceMention], match: re.Match[str]) -> str | None:
    """The country that the phrase names: inside it, or after "of"."""
    of = _OF.match(document.text, match.end() + 1)
    for mention in places:
        inside = match.start() <= mention.start < match.end()
        behind = of is not None and mention.start == of.end()
        if mention.where.country and (inside or (behind and mention.where.precision == "country")):
            return mention.where.country
    return None


def _of_report(places: Sequence[PlaceMention]) -> str | None:
    """The one country that a report's places lie in, or that most do by far."""
    counts = Counter(m.where.country for m in places if m.where.country and not m.of_outlet)
    if not counts:
        return None
    country, most = counts.most_common(1)[0]
    return country if most * 3 >= sum(counts.values()) * 2 else None


def _is_apposed(document: Document, places: Sequence[PlaceMention], match: re.Match[str]) -> bool:
    """Tell whether the town itself stands beside: "the capital, Lima", "Lima, the capital"."""
    text = document.text
    for mention in places:
        if mention.where.precision != "city" or mention.adjective:
            continue
        after = text[match.end() : mention.start] if mention.start >= match.end() else None
        before = text[mention.end : match.start()] if mention.end <= match.start() else None
        if after in (" ", ", ", " city, ", " of ") or before in (", ", " - ", " (", ", which is "):
            return True
    return False


def _mention(
    match: re.Match[str], sentence: int, town: Place, gazetteer: Gazetteer, *, named: bool
) -> PlaceMention:
    where, _ = where_of(Name(match.group(), (town,), Context()), np.ones(1), gazetteer)
    if not named:
        where = msgspec.structs.replace(where, basis="inferred")
    return PlaceMention(match.start(), match.end(), sentence, where, 1.0 if named else _LOOSE)
