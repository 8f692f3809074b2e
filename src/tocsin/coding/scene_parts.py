"""What part a place plays in a report: the scene, or a home, a hospital, an office, elsewhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from tocsin.coding.document import Document
from tocsin.coding.mentions import PlaceMention
from tocsin.lang.lexicon import word_lists

_LOOK = 45
# A full stop in it belongs to a state: "KENOSHA, Wis. (AP) -", "DURHAM, N.C. -".
_DATELINE = re.compile(
    r"^(?:[^.\n]|\.(?=[A-Z]\.|,? ?[(–—-])){0,60}?(?:\( ?[A-Z][\w ./-]{0,20}\)\s*)?"
    r"(?:--|—|–|―|>>| -(?=\s))"
)
_AGED_OF = re.compile(
    r"\b\d{1,3}, from $|\b\d{1,3},(?: both| all)? of (?:nearby )?$|"
    r"\b\d{1,3}-year-old [\w ]{0,20}from $|\w, of (?:nearby )?$"
)
# "a mayor near Paris": not in it.
_NEAR = re.compile(
    r"\b(?:near|close to|outside(?: of)?|(?:border|boundary|line) with|"
    r"(?:km|kilomet(?:er|re)s|miles?|north|south|east|west|"
    r"(?:north|south)-?(?:east|west)|suburbs?|outskirts|edge|fringes?) (?:\w+ )?(?:of|from))"
    r"(?: (?:nearby|the (?:town|city|village) of))? $"
)
# "30 km from", "20 miles north of": how far off what happened is.
_APART = re.compile(
    r"\b(?P<figure>\d{1,3}(?:\.\d)?|an?|two|three|four|five|six|ten|a dozen|twenty|thirty)[ -]"
    r"(?P<unit>km|kms|kilomet(?:er|re)s?|miles?)\b(?: \(.{0,20}\))?"
    r"(?: (?:to the )?\w{0,12})?(?: away)? (?:of|from)"
    r"(?: (?:nearby|the (?:town|city|village) of))? $"
)
# "Bron, a small town about 9 km east of".
_LIES = re.compile(r",? ?(?:which (?:is|lies|sits) |that is |located |an? )?[^,.;:\n]{0,60}\bof $")
# "the home of the mayor of Bron": there, though her office alone says nothing.
# "Shot at a home in Bron": there, though "returned to her home in Bron" says nothing.
_HOUSE_OF = re.compile(
    r"\b(?:home|house|residence|car|office) of the (?:\w+ )?\w+ of $|"
    r"\b(?:at|inside|outside|in|near|into) (?:\w+(?:['’]s?)? ){0,3}(?:home|house|apartment) in $"
)
# "Man shot in Bron - Lyon News": what a title says behind its last stroke is the outlet.
_OUTLET_TAIL = re.compile(r"(?<=\w) (?:-|–|—|\|) [^|–—]{2,60}$")
_CLAUSE_END = re.compile(r"[,;:]|\bbut\b|\bwhile\b")
# "in Kano state", not "in Kano state police hands".
_AREA = re.compile(
    r" (?:state|province|region|district|department)(?=[,.;:]|\s(?:on|in|at|and)\b|$)"
)
_WORD = re.compile(r"[^\W\d_][\w.'’-]*")

# Radius of a place told only as near a town, beyond the town's own.
NEAR_KM = 10.0
_KM = {"k": 1.0, "m": 1.61}
_FIGURES = {"a": 1, "an": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10,
            "a dozen": 12, "twenty": 20, "thirty": 30}  # fmt: skip

# What a mention in each part adds to the odds that the report is about its city: set by judgement
# so that one lead mention outweighs two passing ones, checked on dev of coverage and us_incidents.
SCENE, BODY, PASSING = 1.5, 1.2, 0.6
TITLE, DATELINE, LEAD = 2.5, 2.5, 1.5
ELSEWHERE = 0.3
# From here on a mention says that something went on there.
THERE = 1.0
# What is left of a mention whose place is quite unsure.
DOUBTED = 0.3
# A hospital's or speaker's town, if the report names no other place.
LAST_RESORT = 0.05
# A report about a whole state ("curfew in Puno region") names it much more than any town.
STATE_OVER_TOWN = 2.0


@dataclass(frozen=True, slots=True)
class Part:
    """How much a mention says of where things went on; 0 is nothing."""

    weight: float
    elsewhere: bool = False
    dateline: bool = False
    near: bool = False
    apart_km: float = 0.0
    measured: bool = False


def parts_of(document: Document, places: Sequence[PlaceMention]) -> list[tuple[PlaceMention, Part]]:
    """Each mention with its part; a state after a comma plays that of its town."""
    pairs: list[tuple[PlaceMention, Part]] = []
    for mention in places:
        part = part_of(document, mention)
        if pairs and document.text[pairs[-1][0].end : mention.start] == ", ":
            town = pairs[-1][1]
            if town.weight == 0 and mention.where.precision in ("admin1", "country"):
                part = town
        if pairs and part.near and _explains(document, pairs[-1][0], mention):
            part = replace(part, weight=0.0)
        pairs.append((mention, part))
    return pairs


def _explains(document: Document, town: PlaceMention, mention: PlaceMention) -> bool:
    """Tell whether a place only says where the one before it lies: "Bron, 9 km east of Lyon"."""
    between = document.text[town.end : mention.start]
    fine = town.where.precision not in ("country", "admin1") or town.where.basis == "inferred"
    return fine and bool(_LIES.match(between))


def part_of(document: Document, mention: PlaceMention) -> Part:
    """Judge one mention by the words around it."""
    if mention.adjective or mention.of_outlet:
        return Part(0.0)
    text = document.text
    head = text[max(0, mention.start - _LOOK) : mention.start]
    head = head.rpartition("\n")[2].lower()
    if mention.inside:
        return Part(0.0 if _ends(head, "hospital_before") else BODY)
    tail = text[mention.end : mention.end + _LOOK].partition("\n")[0]
    if is_dateline(document, mention):
        return Part(1.0, dateline=True)
    away = ("office_before", "hospital_before", "home_before")
    at_home = _HOUSE_OF.search(head)
    if (not at_home and any(_ends(head, name) for name in away)) or _AGED_OF.search(head):
        return Part(0.0)
    if _is_seat_of_speaker(document, mention):
        return Part(0.0)
    if at_home:
        return Part(SCENE)
    near = mention.where.precision == "city" and bool(_NEAR.search(head) or _APART.search(head))
    return Part(
        _by_neighbours(head, tail),
        _is_elsewhere(document, mention),
        near=near,
        apart_km=_apart(head) if near else 0.0,
        measured=bool(_APART.search(head)) if near else False,
    )


def _apart(head: str) -> float:
    """How far from a town something is that was near it: the figure told, else some way off."""
    match = _APART.search(head)
    if match is None:
        return NEAR_KM
    words = match["figure"]
    return float(_FIGURES.get(words) or words) * _KM[match["unit"][0]]


def _is_seat_of_speaker(document: Document, mention: PlaceMention) -> bool:
    """Tell whether a body speaks from there: "a spokesman for the command in Linz said"."""
    root = document.root(mention.start, mention.end)
    if root is None or root.head.lower_ not in ("in", "at"):
        return False
    body = root.head.head
    if body.lemma_.lower() not in cues("seats"):
        return False
    speaker = body
    while speaker.dep_ in ("pobj", "prep"):
        speaker = speaker.head
    return speaker.dep_ == "nsubj" and speaker.head.lemma_.lower() in cues("speaking")


def _is_elsewhere(document: Document, mention: PlaceMention) -> bool:
    """Tell whether the sentence up to the mention, or its clause, tells of another scene."""
    sentence = document.sentences[mention.sentence]
    before = document.text[sentence.start : mention.end].lower()
    after = _CLAUSE_END.split(document.text[mention.end : sentence.end].lower(), maxsplit=1)[0]
    return any(cue in before or cue in after for cue in cues("elsewhere"))


def _by_neighbours(head: str, tail: str) -> float:
    after = _next_word(tail)
    before = _WORD.findall(head)
    at = bool(before) and before[-1] in cues("at")
    if at and _AREA.match(tail):
        return SCENE
    if after in cues("body_after"):
        return BODY
    if after in cues("office_after") or after in cues("home_after"):
        return 0.0
    if at:
        return SCENE
    return PASSING


def _next_word(tail: str) -> str:
    """The word right after a name, if no comma stands between."""
    tail = tail.removeprefix("'s").removeprefix("’s")
    match = re.match(r"[ -]+([\w'’-]+)", tail)
    return match.group(1).lower() if match else ""


@cache
def cues(name: str) -> frozenset[str]:
    """A word list about what a place is to a report."""
    return frozenset(word_lists("en", "scene")[name])


def _ends(head: str, name: str) -> bool:
    plain = head.rstrip()
    plain = plain.removesuffix(" the").removesuffix(" a")
    return any(plain.endswith(cue) for cue in cues(name))


def is_dateline(document: Document, mention: PlaceMention) -> bool:
    """Tell whether a mention opens the report's text before a dash: "KENOSHA, Wis. (AP) -"."""
    paragraph = next((p for p in document.paragraphs if p.start <= mention.start < p.end), None)
    if paragraph is None or paragraph.index > 3:
        return False
    opening = document.text[paragraph.start : paragraph.start + 80]
    match = _DATELINE.match(opening)
    if match is None or mention.end > paragraph.start + match.end():
        return False
    return opening[:1].isupper() and (mention.start == paragraph.start or "," in match.group())


def main_of(document: Document, pairs: Sequence[tuple[PlaceMention, Part]]) -> PlaceMention | None:
    """The mention that best stands for the city the report is about; an area if there is none."""
    towns: dict[str, float] = {}
    areas: dict[str, float] = {}
    best: dict[str, tuple[float, PlaceMention]] = {}
    for mention, part in [pair for pair in pairs if not pair[0].of_outlet] or pairs:
        where = mention.where
        unknown = where.precision == "admin1" and where.basis == "inferred" and not where.city
        if where.lat is None or where.precision is None or unknown or mention.adjective:
            continue
        score = _standing(document, mention, part) * (DOUBTED + (1 - DOUBTED) * mention.score)
        town = where.city is not None
        name = "|".join((where.country or "", where.admin1 or "", where.city or where.name or ""))
        scores = towns if town else areas
        scores[name] = scores.get(name, 0.0) + score
        fit = score + (1.0 if where.precision == "city" else 0.0)
        if name not in best or fit > best[name][0]:
            best[name] = (fit, mention)
    title = _OUTLET_TAIL.sub("", document.report.title or "").lower()
    for name in towns:
        if best[name][1].where.words.lower() in title:
            towns[name] += TITLE
    told = {name: s for name, s in areas.items() if s >= SCENE and _is_state(best[name][1])}
    if towns and (max(towns.values()) >= DOUBTED or not told):
        chosen = max(towns, key=lambda name: (towns[name] + _support(name, areas), name))
        wide = {name: score for name, score in areas.items() if _is_state(best[name][1])}
        state = max(wide, key=lambda name: (wide[name], name), default=None)
        if state is None or wide[state] < STATE_OVER_TOWN * towns[chosen]:
            return best[chosen][1]
        return best[state][1]
    finest = [n for n in areas if best[n][1].where.precision != "country"] or list(areas)
    return best[max(finest, key=lambda name: (areas[name], name))][1] if finest else None


def _standing(document: Document, mention: PlaceMention, part: Part) -> float:
    """The part's weight, more in title, dateline and lead, less where other scenes are told."""
    if part.weight <= 0:
        return LAST_RESORT
    score = part.weight * (ELSEWHERE if part.elsewhere else 1.0)
    if part.dateline:
        return DATELINE
    paragraph = document.sentences[mention.sentence].paragraph
    if paragraph == 0 and mention.sentence == 0:
        score += TITLE * (0.2 if part.elsewhere else 1.0) * min(1.0, part.weight)
    elif paragraph <= 1 and mention.sentence <= 3:
        score += LEAD * (0.2 if part.elsewhere else 1.0) * min(1.0, part.weight)
    return score


def _is_state(mention: PlaceMention) -> bool:
    return mention.where.precision in ("admin1", "admin2")


def _support(name: str, areas: dict[str, float]) -> float:
    """Mentions of a town's state speak for the town a little."""
    country, admin1, _ = name.split("|")
    return 0.1 * areas.get(f"{country}|{admin1}|{admin1}", 0.0)
