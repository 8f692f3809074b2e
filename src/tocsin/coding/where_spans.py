"""Spans of a report that may be place names: more than there are, to be judged afterwards."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc

from tocsin.coding.when_words import full_names
from tocsin.gazetteer import Gazetteer, Place
from tocsin.lang.lexicon import word_lists

# "Republic of the Fiji Islands": longer names of places are rare enough. Hyphens are no words.
LONGEST_NAME = 5
_JOINTS = frozenset({"-", "‐", "–", "’", "'"})
# Two hyphens and three words: "Paris-Lyon" may be a line between two towns.
_COMPOUND = 4

# Entity types of the parser that can be places; the others count as evidence against.
PLACE_LABELS = ("GPE", "LOC", "FAC", "NORP")

# Entity types of the parser that a place never has, whatever stands before it.
NO_PLACE_LABELS = ("DATE", "TIME", "EVENT", "LANGUAGE", "NORP", "MONEY", "LAW", "WORK_OF_ART")

# A small-letter word counts as a name only if it is a town this big: "portland police" yes,
# "march" no.
SMALL_LETTER_PEOPLE = 30_000

# Only a big city's name in small letters is a name beyond doubt: "portland-60".
BIG_CITY = 200_000

# A town this big is meant by its name even if that is a common word: Reading, Mobile.
EVERYDAY_PEOPLE = 90_000

# "Phila", "Conn": longer words before a full stop end their sentence.
LONGEST_ABBREVIATION = 5

# Stations of the United States: "KXAB", "WXAB"; towns of more people are meant by such a name.
_CALL_SIGN = re.compile(r"[KW][A-Z]{2,3}$")
STATION_PEOPLE = 50_000

_COMPASS = frozenset({"NE", "NW", "SE", "SW", "N", "S", "E", "W"})
_STREET_NUMBER = re.compile(r"[0-9]+[A-Z]?$|[A-Z]{1,2}$")
_ORDINAL = re.compile(r"[0-9]+(?:st|nd|rd|th)$")


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of one paragraph, taken out of the parse once."""

    doc: Doc
    whole: str
    base: int
    texts: tuple[str, ...]
    lowers: tuple[str, ...]
    starts: tuple[int, ...]
    capital: tuple[bool, ...]
    labels: tuple[str, ...]
    entity: tuple[int, ...]

    def text(self, first: int, last: int) -> str:
        """The words first..last (exclusive) as they stand in the report."""
        end = self.starts[last - 1] + len(self.texts[last - 1])
        return self.whole[self.starts[first] : end]


@dataclass(frozen=True, slots=True)
class Span:
    """A possible place name: tokens first..last of a paragraph, and what it may mean."""

    tokens: Tokens
    first: int
    last: int
    form: str
    options: tuple[Place, ...]

    @property
    def start(self) -> int:
        """Offset in the report."""
        return self.tokens.base + self.tokens.starts[self.first]

    @property
    def end(self) -> int:
        """Offset just after, in the report."""
        tokens, last = self.tokens, self.last - 1
        return tokens.base + tokens.starts[last] + len(tokens.texts[last])

    @property
    def words(self) -> str:
        """The name as it stands."""
        return self.tokens.text(self.first, self.last)


@cache
def words(name: str) -> frozenset[str]:
    """A word list about places."""
    return frozenset(word_lists("en", "places")[name])


def tokens_of(doc: Doc, base: int) -> Tokens:
    """Take the words of a parsed paragraph out of the parse."""
    texts = tuple(token.text for token in doc)
    labels = [""] * len(texts)
    entity = [-1] * len(texts)
    for number, ent in enumerate(doc.ents):
        for index in range(ent.start, ent.end):
            labels[index], entity[index] = ent.label_, number
    return Tokens(
        doc=doc,
        # Taken once: spaCy puts the text together anew at each call.
        whole=doc.text,
        base=base,
        texts=texts,
        lowers=tuple(text.lower() for text in texts),
        starts=tuple(token.idx for token in doc),
        capital=tuple(text[:1].isupper() for text in texts),
        labels=tuple(labels),
        entity=tuple(entity),
    )


def spans_of(tokens: Tokens, gazetteer: Gazetteer) -> list[Span]:
    """All spans of a paragraph that may be place names; they may overlap."""
    found: dict[tuple[int, int], Span] = {}
    for span in (*_known(tokens, gazetteer), *_streets(tokens), *_parsed(tokens, gazetteer)):
        found.setdefault((span.first, span.last), span)
    joined = [span for span in found.values() if is_compound(span)]
    return [
        span
        for _, span in sorted(found.items())
        if not any(_is_cut_from(span, whole) for whole in joined)
    ]


def _known(tokens: Tokens, gazetteer: Gazetteer) -> Iterator[Span]:
    """Runs of words that the gazetteer knows."""
    for first, capital in enumerate(tokens.capital):
        if not capital:
            yield from _small(tokens, gazetteer, first)
            continue
        for last in _ends(tokens, first):
            name = tokens.text(first, last)
            options = gazetteer.candidates(name)
            if options and name not in _COMPASS and not _is_other(name, options):
                yield Span(tokens, first, last, "known", options)


def _is_other(name: str, options: Sequence[Place]) -> bool:
    """Tell whether a name is rather a station or a street: "WXAB", "Second Street"."""
    people = named_people(options)
    street = is_street(name) and name.lower().split()[-1] in words("plain_street")
    return people < STATION_PEOPLE and (street or bool(_CALL_SIGN.match(name)))


def _ends(tokens: Tokens, first: int) -> Iterator[int]:
    """Where a name that begins at a word may end, exclusive."""
    count = 0
    for last in range(first + 1, len(tokens.texts) + 1):
        word = tokens.texts[last - 1]
        count += word not in _JOINTS
        if count > LONGEST_NAME or (last > first + 1 and not _continues(tokens, last - 1)):
            return
        dotted = word == "." and last > first + 1 and _is_abbreviation(tokens, last - 1)
        if _is_name_word(word) or word[-1].isdigit() or dotted:
            yield last


def _is_name_word(word: str) -> bool:
    """Tell whether a word may end a name: a capital, also after an article: "d'Ascq"."""
    return word[0].isupper() or (word[1:2] in ("'", "’") and word[2:3].isupper())


def _continues(tokens: Tokens, index: int) -> bool:
    """Tell whether a name may run on over a word."""
    word = tokens.texts[index]
    if _is_name_word(word) or tokens.lowers[index] in words("inside") or word in _JOINTS:
        return True
    return word in (".", "&") or (_is_glued(tokens, index) and _is_glued(tokens, index + 1))


def _is_glued(tokens: Tokens, index: int) -> bool:
    """Tell whether a hyphen and no space stands just before or at a word: "les" in "L'Haÿ-les"."""
    if not 0 < index < len(tokens.texts):
        return False
    touching = tokens.starts[index - 1] + len(tokens.texts[index - 1]) == tokens.starts[index]
    return touching and (tokens.texts[index] in _JOINTS or tokens.texts[index - 1] in _JOINTS)


def is_compound(span: Span) -> bool:
    """Tell whether hyphens join a known town's name of three words: "Stratford-on-Avon"."""
    inner = range(span.first + 1, span.last)
    glued = sum(_is_glued(span.tokens, index) for index in inner)
    return span.form == "known" and glued == len(inner) and glued >= _COMPOUND


def _is_cut_from(span: Span, whole: Span) -> bool:
    """Tell whether a span is less than a compound name that it is part of."""
    return whole.first <= span.first and span.last <= whole.last and span is not whole


def _is_abbreviation(tokens: Tokens, last: int) -> bool:
    """Tell whether the full stop after a word belongs to it: "W.Va.", "D.C.", "Phila."."""
    word = tokens.texts[last - 1]
    glued = tokens.starts[last - 1] + len(word) == tokens.starts[last]
    return glued and ("." in word or len(word) <= LONGEST_ABBREVIATION)


def _small(tokens: Tokens, gazetteer: Gazetteer, first: int) -> Iterator[Span]:
    """Names written in small letters: "protests in kenosha"."""
    word = tokens.lowers[first]
    if len(word) < 4 or not word.isalpha() or word in words("common"):
        return
    token = tokens.doc[first]
    if token.is_stop or (token.pos_ not in ("PROPN", "NOUN", "ADJ") and not tokens.labels[first]):
        return
    for last in range(min(first + 3, len(tokens.texts)), first, -1):
        if not all(text.isalpha() for text in tokens.texts[first:last]):
            continue
        options = gazetteer.candidates(tokens.text(first, last))
        big = named_people(options) >= SMALL_LETTER_PEOPLE
        named = token.pos_ == "PROPN" or tokens.labels[first] == "GPE"
        if big and (last - first > 1 or named):
            yield Span(tokens, first, last, "small", options)
            return


def is_put_small(span: Span) -> bool:
    """Tell whether a city's name in small letters stands where a place does: "in oakland"."""
    tokens = span.tokens
    before = tokens.lowers[span.first - 1] if span.first else ""
    named = tokens.labels[span.first] in PLACE_LABELS
    big = named_people(span.options) >= BIG_CITY
    return span.form == "small" and named and big and before in words("locative")


def named_people(options: Sequence[Place]) -> int:
    """How many people live in the largest place that a name is the proper name of."""
    return max((place.population for place in options if place.matched == "name"), default=0)


def _streets(tokens: Tokens) -> Iterator[Span]:
    """Streets and numbered roads: "North Main Street", "Highway 10", "County Road B"."""
    street = words("street")
    for last, lower in enumerate(tokens.lowers):
        first = _run_start(tokens, last)
        if lower.rstrip(".") in street and tokens.capital[last] and first < last:
            yield Span(tokens, first, last + 1, "street", ())
        if last and _STREET_NUMBER.match(tokens.texts[last]):
            yield from _road(tokens, last)


def _road(tokens: Tokens, last: int) -> Iterator[Span]:
    """The road whose number stands at `last`, with and without the words before it."""
    for size in (2, 1):
        before = " ".join(tokens.lowers[max(0, last - size) : last])
        if before in words("numbered") and tokens.capital[last - 1]:
            start = _run_start(tokens, last - size) if size == 1 else last - size
            for begin in sorted({max(0, start), max(0, last - size)}):
                yield Span(tokens, begin, last + 1, "road", ())
            return


def _is_patron(span: Span) -> bool:
    """Tell whether a saint's name belongs to a church, school or hospital: "St. John's Church"."""
    tokens = span.tokens
    if tokens.lowers[span.first].rstrip(".") not in words("saint"):
        return False
    following = tokens.lowers[span.last : span.last + LONGEST_NAME - 1]
    return any(word in words("patron") for word in following)


def _is_team(span: Span) -> bool:
    """Tell whether the name is that of a team: "the Milwaukee Bucks refused to play"."""
    tokens, last = span.tokens, span.last
    if not tokens.capital[span.first] or last >= len(tokens.texts) or not tokens.capital[last]:
        return False
    return any(" ".join(tokens.lowers[last : last + n]) in words("team") for n in (1, 2))


def _is_address(span: Span) -> bool:
    """Tell whether a block or corner makes it a street: "the 400 block of Madison"."""
    tokens, first = span.tokens, span.first
    if span.form in ("street", "road") or any(place.kind == "site" for place in span.options):
        return False  # streets are placed in the town of the report
    while first > 1 and (tokens.capital[first - 1] or tokens.lowers[first - 1] in ("and", "&")):
        first -= 1
    if tokens.lowers[first - 1] != "of" or first < 2:
        return False
    return tokens.lowers[first - 2] in words("address_nouns")


def _is_aged(span: Span) -> bool:
    """Tell whether an age stands before a first name: "17-year-old Kyle Sheriff"."""
    tokens, first, last = span.tokens, span.first, span.last
    named = last == first + 1 and tokens.capital[last : last + 1] == (True,)
    return named and first > 2 and tokens.lowers[first - 3 : first] == ("year", "-", "old")


def _is_ship(span: Span) -> bool:
    """Tell whether a ship bears the name: "sailors on the USS Chicago"."""
    tokens, first = span.tokens, span.first
    return first > 0 and tokens.capital[first] and tokens.lowers[first - 1] in words("ship")


def names_site(span: Span) -> bool:
    """Tell whether a site noun follows: stations and streets bear the names of towns far away."""
    tokens, last = span.tokens, span.last
    following = [text for text in tokens.lowers[last : last + 2] if text.isalpha()]
    return any(" ".join(following[:n]) in words("site_after") for n in (1, 2))


def is_everyday(span: Span) -> bool:
    """Tell whether a span is a common word, saint, team, ship, age or corner by that name.

    A parser's "GPE" keeps a common word only if a town of some size has the name: Reading, Mobile.
    """
    tokens, first = span.tokens, span.first
    single = span.last == first + 1
    joined = first > 1 and tokens.lowers[first - 1] in ("and", "&")
    if single and joined and _ORDINAL.match(tokens.lowers[first - 2]):
        return True
    if _is_patron(span) or _is_team(span) or _is_ship(span):
        return True
    if _is_aged(span) or _is_address(span):
        return True
    if not single or not span.options:
        return False
    if not any(tokens.lowers[first] in words(name) for name in ("common", "everyday")):
        return False
    if _is_put(span):
        return False
    tied = tokens.texts[span.last : span.last + 1] == (",",) and tokens.capital[span.last + 1 :][:1]
    big = named_people(span.options) >= EVERYDAY_PEOPLE
    return tokens.labels[first] not in ("GPE", "LOC") or not (tied or big)


def _is_put(span: Span) -> bool:
    """Tell whether a name stands where a place does, in a running sentence: "in Vista"."""
    tokens, first, last = span.tokens, span.first, span.last
    if first < 2 or not tokens.capital[first] or tokens.lowers[first - 1] not in words("locative"):
        return False
    if tokens.labels[first] in NO_PLACE_LABELS:
        return False
    beside = (*tokens.texts[first - 2 : first], *tokens.texts[last : last + 2])
    return all(text == text.lower() or text.lower() in full_names("weekday") for text in beside)


def is_street(name: str) -> bool:
    """Tell whether a name reads like that of a street or numbered road."""
    last = name.lower().rstrip(".").split()
    if len(last) < 2:
        return False
    return last[-1] in words("street") or (
        bool(_STREET_NUMBER.match(name.split()[-1])) and " ".join(last[:-1]) in words("numbered")
    )


def _run_start(tokens: Tokens, last: int) -> int:
    """The first word of the run of capital words that ends before `last`."""
    first = last
    while first > 0 and last - first < 4:
        before = first - 1
        ordinal = _ORDINAL.match(tokens.lowers[before])
        initial = tokens.texts[before] in (".",) and before and len(tokens.texts[before - 1]) <= 2
        if not (tokens.capital[before] or ordinal or initial):
            break
        first = before
    if first < last and tokens.lowers[first] in words("openers"):
        first += 1
    return first


def _is_before_name(tokens: Tokens, index: int) -> bool:
    """Tell whether a word of an entity is no part of the name: "the Bronx", "west Omaha"."""
    lower = tokens.lowers[index]
    return lower in ("the", "a", "an", "this") or (
        not tokens.capital[index] and lower in words("parts")
    )


def _parsed(tokens: Tokens, gazetteer: Gazetteer) -> Iterator[Span]:
    """What the parser takes for a place, known to the gazetteer or not."""
    for ent in tokens.doc.ents:
        if ent.label_ not in PLACE_LABELS:
            continue
        first, last = ent.start, ent.end
        while first < last - 1 and _is_before_name(tokens, first):
            first += 1
        while last - 1 > first and tokens.lowers[last - 1] in ("'s", "’s", "'", "’", "."):
            last -= 1
        if any(tokens.capital[first:last]):
            options = gazetteer.candidates(tokens.text(first, last))
            yield Span(tokens, first, last, "known" if options else "parsed", options)
