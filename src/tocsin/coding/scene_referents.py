"""Words that stand for a place named before: "the village", "the county", "there"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import msgspec

from tocsin.coding.document import Document, Sentence
from tocsin.coding.mentions import PlaceMention
from tocsin.coding.scene_parts import Part

_Pairs = Sequence[tuple[PlaceMention, Part]]

_TOWN = "city|town|village|suburb|township|borough|municipality"
_WIDE = "region|province|department|governorate|prefecture"
_NOUN = re.compile(
    r"\b(?:in|across|throughout|around|into|to|through|from|for|at|of|over|near|reached|left) "
    rf"(?P<words>(?:all of )?the (?:whole |entire )?(?P<noun>{_TOWN}|county|state|{_WIDE}))\b"
    r"(?! (?:of|council|hall|cent(?:er|re)|police|court|attorney|capitol|jail|line|agenc|law))"
)
# "there were", "there has been" name no place.
_THERE = re.compile(
    r"\b(?P<words>there)\b(?!['’ ]*(?:s|is|are|was|were|has|have|had|will|would|may|might|can|be|"
    r"could|should|been|remain\w*|seem\w*|appear\w*)\b)"
)
_AREAS = ("state", *_WIDE.split("|"))
_CALLED = re.compile(r"(?P<noun>\w+) of (?:the )?$")
_FINE = ("site", "neighbourhood", "city")


def referent(
    document: Document, pairs: _Pairs, sentence: Sentence, main: PlaceMention | None
) -> PlaceMention | None:
    """The place that a sentence means by a noun or "there", with those words, as inferred."""
    before = [m for m, _ in pairs if m.where.lat is not None and not m.adjective]
    beside = [m for m, part in pairs if part.near]  # "a suburb of Paris": not there
    if match := _NOUN.search(sentence.text):
        meant = _of_noun(document, before, match["noun"], sentence.start + match.start(), main)
    elif match := _THERE.search(sentence.text):
        offset = sentence.start + match.start()
        meant = next(
            (
                m
                for m in reversed(before)
                if m.end <= offset
                and m not in beside
                and m.sentence >= sentence.index - 1
                and m.where.precision in _FINE
            ),
            None,
        )
    if match is None or meant is None:
        return None
    start, end = (sentence.start + offset for offset in match.span("words"))
    where = msgspec.structs.replace(meant.where, words=match["words"], basis="inferred")
    return replace(meant, start=start, end=end, sentence=sentence.index, where=where)


def _of_noun(
    document: Document,
    places: Sequence[PlaceMention],
    noun: str,
    offset: int,
    main: PlaceMention | None,
) -> PlaceMention | None:
    """The place called so ("the village of Antioch"), else the area or town spoken of."""
    for mention in places:
        called = _CALLED.search(document.text[max(0, mention.start - 30) : mention.start])
        country = mention.where.precision == "country"  # "the Amhara region of Ethiopia"
        if called and not country and called["noun"].lower() == noun:
            return mention
    wanted = {"county": "admin2", **dict.fromkeys(_AREAS, "admin1")}.get(noun)
    if wanted:
        areas = [m for m in places if m.end <= offset and m.where.precision == wanted]
        named = [m for m in areas if _follows(document, m, noun)]
        return next(reversed(named or areas), None)
    return main if main is not None and main.where.precision in _FINE else None


def _follows(document: Document, mention: PlaceMention, noun: str) -> bool:
    """Tell whether a place is called so right behind its name: "the Amhara region"."""
    return document.text[mention.end : mention.end + len(noun) + 1].lower() == f" {noun}"
