"""Where somebody was arrested, as opposed to where the deed was done that it was for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Token

from tocsin.coding.document import Document
from tocsin.coding.mentions import PlaceMention
from tocsin.coding.roles import child_of
from tocsin.coding.scene_parts import cues

_LOOK = 45
_DEPTH = 12
_AT = ("in", "at", "near")
# "Judge Ann Poe in Linn County ordered him held".
_BENCH = re.compile(r"\b(?:[Jj]udge|[Mm]agistrate)(?: [A-Z][\w.'’-]+){1,3} (?:in|of) $")


def caught_at(document: Document, places: Sequence[PlaceMention], end: int) -> PlaceMention | None:
    """The place right behind the words of an arrest that end here: "taken into custody in"."""
    for place in places:
        between = document.text[end : place.start].strip().lower()
        if end < place.start <= end + _LOOK and place.where.lat is not None and between in _AT:
            return place
    return None


def is_of_deed(document: Document, place: PlaceMention, start: int, end: int) -> bool:
    """Tell whether a place is where the deed was, not the arrest told at start..end.

    "Arrested over a killing in Linz", "arrested after two were shot in Linz", "a man suspected of
    robbing shops in Linz was arrested".
    """
    arrest, node = document.root(start, end), document.root(place.start, place.end)
    if arrest is None or node is None or arrest.doc is not node.doc:
        return False
    for _ in range(_DEPTH):
        if node.i == arrest.i or node.head.i == node.i:
            return False
        mark = child_of(node, "mark")
        reason = node if node.dep_ == "prep" else mark if node.dep_ == "advcl" else None
        other = reason is not None and reason.lower_ in cues("other_event")
        if other and _is_below(node, arrest):
            return True
        described = node.tag_.startswith("V") and node.lemma_.lower() in cues("accusing")
        if described and _is_below(node, arrest):
            return True
        node = node.head
    return False


def is_of_arrest(document: Document, place: PlaceMention, start: int, end: int) -> bool:
    """Tell whether a deed told at start..end is only what an arrest in that place is for.

    "Held in Linz on a warrant for murder": where the murder was, these words do not say.
    """
    deed, named = document.root(start, end), document.root(place.start, place.end)
    if deed is None or named is None or deed.doc is not named.doc or _is_below(named, deed):
        return False
    node = deed.head
    for _ in range(_DEPTH):
        if node.lemma_.lower() in cues("accusing"):
            return True
        if node.dep_ in ("conj", "advcl", "relcl", "ccomp", "ROOT"):
            return False
        node = node.head
    return False


def held_elsewhere(
    document: Document, places: Sequence[PlaceMention], deed: PlaceMention | None
) -> PlaceMention | None:
    """The place in another state where the report says that somebody is held: caught there.

    A jail in the deed's own state says nothing: counties hold whoever their towns arrest.
    """
    if deed is None or deed.where.admin1 is None:
        return None
    for place in places:
        where = place.where
        known = where.lat is not None and where.precision != "country" and not place.adjective
        apart = (where.country, where.admin1) != (deed.where.country, deed.where.admin1)
        if known and where.admin1 is not None and apart and _is_custody(document, place):
            return place
    return None


def _is_custody(document: Document, place: PlaceMention) -> bool:
    head = document.text[max(0, place.start - _LOOK) : place.start].rpartition("\n")[2]
    plain = head.lower().rstrip().removesuffix(" the")
    if any(plain.endswith(cue) for cue in cues("custody_before")):
        return True
    sentence = document.sentences[place.sentence].text.lower()
    return bool(_BENCH.search(head)) and any(word in sentence for word in cues("custody"))


def _is_below(low: Token, high: Token) -> bool:
    return low.i == high.i or any(token.i == high.i for token in low.ancestors)
