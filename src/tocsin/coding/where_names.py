"""Place names of a report: the spans that read like names of places, and their surroundings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from math import exp

from tocsin.coding.document import Document
from tocsin.coding.where_choice import Context, Name, is_within
from tocsin.coding.where_signs import signs, usage_of
from tocsin.coding.where_spans import (
    BIG_CITY,
    EVERYDAY_PEOPLE,
    Span,
    is_compound,
    is_everyday,
    is_put_small,
    named_people,
    spans_of,
    tokens_of,
    words,
)
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
_CALLED_AFTER = re.compile(
    r"\s(?:province|region|state|governorate|department|prefecture|oblast|division)\b"
)
_LOOK_BACK = 40

# "Salt Lake City DA", "Portland ICE facility": the carrying word follows soon.
_CARRIED_WITHIN = 2

# No other thing has a name like "L'Haÿ-les-Roses"; the weights have seen too few to know it.
COMPOUND = 0.9
# Nothing but a town has its state behind a comma.
TOLD = 0.95
# How likely a big city's name in small letters is, where a place is told.
SMALL = 0.5

_SMALL = re.compile(r"(?<![^\W\d_])[a-z]{5,}(?![^\W\d_])")

# So many words after a town the name of an outlet in brackets may end.
_CREDIT = 4

# "Man shot in Bron - WXYZ.com, Lyon News": behind the stroke before a sign of a station or paper
# stands who published, with where that is.
_STROKE = re.compile(r"(?:\s+(?:[-–—|]|::)\s*|\s*(?:[–—|]|::)\s+)+")
_PUBLISHER = re.compile(
    r"\w\.(?:com|org|net|tv)\b|\b[KW][A-Z]{2,3}(?:-?(?:TV|DT))?\b|"
    r"\b(?:FOX|ABC|NBC|CBS|CW|Fox) ?\d{1,2}\b|\b(?:News|NEWS|Weather|TV|Radio)\b|\bChannel \d"
)
_ADDRESS = re.compile(r"\S+\.(?:com|org|net|tv)-?", re.IGNORECASE)
_SEAT = re.compile(r"(?P<town>\b[A-Z][\w.'’-]*+(?: [A-Z][\w.'’-]*+){0,3}+), (?P<area>[A-Z][\w. ]*)")

# Smaller towns' quarters are not told by the compass: "SW Main" is a street.
_HAS_PARTS = 50_000

# Parts of a town that the gazetteer need not know: "West Philadelphia", "downtown Omaha".
_PART_OF_TOWN = re.compile(
    r"(?:(?:north|south|east|west|northeast|northwest|southeast|southwest|upper|lower|inner|central|"
    r"downtown|greater|metro|metropolitan|old|mid)[ -]?|NE |NW |SE |SW )(?=[A-Z])",
    re.IGNORECASE,
)


def all_spans(document: Document, gazetteer: Gazetteer) -> list[Span]:
    """Every span of a report that may be a place name."""
    spans: list[Span] = []
    for paragraph in document.paragraphs:
        spans.extend(spans_of(tokens_of(paragraph.parse, paragraph.start), gazetteer))
    return spans


def recognise(spans: Sequence[Span], weights: PlaceWeights) -> list[tuple[Span, float]]:
    """The spans that are place names, with how likely they are."""
    usage = usage_of(spans)
    states = {span.start: span for span in spans if any(p.kind == "admin1" for p in span.options)}
    judged = []
    for span in spans:
        if _is_told_with_state(span, states):
            judged.append((span, TOLD))
            continue
        if is_everyday(span):
            continue
        score = weights.bias + sum(weights.signs.get(s, 0.0) for s in signs(span, usage))
        likelihood = 1 / (1 + exp(-score))
        if is_compound(span):
            likelihood = max(likelihood, COMPOUND)
        elif is_put_small(span):
            likelihood = max(likelihood, SMALL)
        judged.append((span, likelihood))
    return without_overlaps(judged, weights.threshold)


def _is_told_with_state(span: Span, states: Mapping[int, Span]) -> bool:
    """Tell whether the state of a town of that name stands behind it: "Bend, Ore."."""
    if span.form != "known" or span.tokens.texts[span.last : span.last + 1] != (",",):
        return False
    state = states.get(span.end + len(", "))
    glued = span.tokens.texts[span.first - 1 : span.first] == ("-",)  # "Miami-Dade, Fla."
    if state is None or glued or not span.tokens.capital[span.first]:
        return False
    short = any(place.matched == "short" for place in state.options)
    common = any(span.tokens.lowers[span.first] in words(name) for name in ("common", "everyday"))
    inside = {place.admin1 for place in state.options if place.kind == "admin1"}
    towns = (p for p in span.options if p.kind == "city" and p.matched == "name")
    return (short or not common) and any(place.admin1 in inside for place in towns)


def inside_names(spans: Sequence[Span], taken: Sequence[Span]) -> list[Span]:
    """Known places inside other names that act there: "Portland Police", "Florissant Square".

    Names that the report uses for places elsewhere count too, outlets and teams aside.
    """
    names = {key(span.words) for span in taken if span.options}
    covered = {offset for span in taken for offset in range(span.start, span.end)}
    found: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        if span.form != "known" or not covered.isdisjoint(range(span.start, span.end)):
            continue
        if span.options[0].matched == "adjective" or is_everyday(span):
            continue
        if not (_carried(span) or (key(span.words) in names and not _of_other(span))):
            continue
        covered.update(range(span.start, span.end))
        found.append(span)
    return found


def _of_other(span: Span) -> bool:
    """Tell whether the name belongs to a person, outlet or team: "Kenosha News"."""
    if "PERSON" in span.tokens.labels[span.first : span.last]:
        return True
    following = span.tokens.lowers[span.last : span.last + _CARRIED_WITHIN]
    return any(word in words(name) for name in ("outlet", "team") for word in following)


def _carried(span: Span) -> bool:
    """Tell whether the words just after make a name of a body or site of the place."""
    tokens, last = span.tokens, span.last
    before = tokens.texts[span.first - 1] if span.first else ""
    if _PART_OF_TOWN.match(f"{before} {span.words}"):
        least = BIG_CITY if before[0].isupper() else _HAS_PARTS
        return max(place.population for place in span.options) >= least
    following = [t.rstrip(".") for t in tokens.lowers[last : last + _CARRIED_WITHIN]]
    stops = tokens.texts[last - 1] == "." and tokens.texts[last - 2].isalpha()
    if stops or not any(place.matched == "name" for place in span.options):
        return False
    if tokens.lowers[span.first] in words("common") or len(span.words) < 4:
        return False
    if following and following[0] in words("carrier"):
        return True
    labels = set(tokens.labels[span.first : last])
    return "PERSON" not in labels and any(word in words("carrier") for word in following)


def small_names(document: Document, gazetteer: Gazetteer) -> list[tuple[int, int]]:
    """Big cities written small anywhere, for reports that name no place otherwise."""
    found = []
    for match in _SMALL.finditer(document.text):
        word = match.group()
        if word in words("common") or word in words("everyday"):
            continue
        options = gazetteer.candidates(word)
        if options and options[0].population >= BIG_CITY and options[0].kind == "city":
            found.append(match.span())
    return found


def outlet_towns(spans: Sequence[Span]) -> list[Span]:
    """Towns in names of outlets ("Columbus Dispatch"): no scene of what is told."""
    return [span for span in spans if not is_everyday(span) and _is_outlet(span)]


def _is_outlet(span: Span) -> bool:
    """Tell whether a capital word after a name makes it an outlet's: "(Kisumu Eye)" opens a report.

    A town outside such a credit must be known to many, as the words of outlets are common ones.
    """
    tokens, first, last = span.tokens, span.first, span.last
    if tokens.capital[last : last + 1] != (True,):
        return False
    credit = first == 1 and tokens.texts[0] == "(" and ")" in tokens.texts[last : last + _CREDIT]
    known = named_people(span.options) >= EVERYDAY_PEOPLE
    return credit or (known and tokens.lowers[last] in words("outlet"))


def masthead(title: str | None) -> str:
    """The end of a title that names who published it, or nothing."""
    if not title or title.isupper():
        return ""
    parts = _STROKE.split(title)
    strokes = list(_STROKE.finditer(title))
    for stroke, part in zip(strokes, parts[1:], strict=True):
        if _PUBLISHER.search(part):
            return title[stroke.end() :]
    return ""


def seat_of(publisher: str, gazetteer: Gazetteer) -> Place | None:
    """The town that a masthead puts its publisher in: "WXYZ News 5 - Memphis, Tennessee"."""
    for match in _SEAT.finditer(_ADDRESS.sub(" ", publisher)):
        areas = _areas(_AFTER_COMMA.match(f", {match['area']}"), gazetteer)
        run = match["town"].split()
        for first in range(len(run)):
            options = gazetteer.candidates(" ".join(run[first:]))
            towns = [p for p in options if p.kind == "city" and any(is_within(p, a) for a in areas)]
            if towns:
                return max(towns, key=lambda place: place.population)
    return None


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
        sense = _agreed(stated.get(name_key, set())) or around.stated
        groups.setdefault((name_key, sense), []).append(number)
    names: list[Name] = []
    sense_of = [0] * len(ordered)
    for (_, sense), members in groups.items():
        for member in members:
            sense_of[member] = len(names)
        start, end = ordered[members[0]]
        context = _joined([surroundings[m] for m in members], sense, first=0 in members)
        options = _options(text[start:end], gazetteer)
        names.append(Name(text[start:end], options, context, len(members)))
    return names, sense_of


def _agreed(stated: Set[tuple[Place, ...]]) -> tuple[Place, ...]:
    """The areas that all mentions of a name can mean: "Manchester, IL", "Manchester, Illinois"."""
    first = next(iter(sorted(stated, key=len)), ())
    return tuple(a for a in first if all(a.id in {b.id for b in other} for other in stated))


def _options(name: str, gazetteer: Gazetteer) -> tuple[Place, ...]:
    """What a name may mean; of a part of a town, the town."""
    options = gazetteer.candidates(name)
    if not options and (part := _PART_OF_TOWN.match(name)):
        whole = gazetteer.candidates(name[part.end() :])
        options = tuple(p for p in whole if p.kind == "city" and p.population >= _HAS_PARTS)
    towns = {place.admin2 for place in options if place.kind == "city"}
    return tuple(p for p in options if not (is_bare_county(p) and p.admin2 in towns))


def is_bare_county(place: Place) -> bool:
    """Tell whether a county is asked for without the word: "Kenosha" is the town in it."""
    return place.kind == "admin2" and place.matched == "alternate"


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
    called = called or ("state" if _CALLED_AFTER.match(tail) else "")
    stated = _areas(_AFTER_COMMA.match(tail), gazetteer)
    following = () if stated else _areas(_AFTER_IN.match(tail), gazetteer)
    before = _BEFORE.search(head)
    preceding = gazetteer.candidates(before.group(1)) if before else ()
    return Context(stated, following, preceding[:10], called)


def _can_be_stated(area: Place) -> bool:
    """Tell whether a name after a comma may state an area: "Paris, Lyon" is not in Lyon County."""
    return area.kind in _AREAS and area.matched != "adjective" and not is_bare_county(area)


def _areas(match: re.Match[str] | None, gazetteer: Gazetteer) -> tuple[Place, ...]:
    """The areas that the longest known run of words names."""
    if match is None:
        return ()
    run = match.group(1).split()
    for length in range(len(run), 0, -1):
        words = " ".join(run[:length])
        options = gazetteer.candidates(words) or gazetteer.candidates(words.rstrip("'’s."))
        areas = tuple(p for p in options if _can_be_stated(p))
        if options:
            return areas
    return ()
