"""An arrest is where somebody was caught, a deed where it was done."""

from __future__ import annotations

import pytest
from spacy.language import Language

from tests.coding.reading import reading_of
from tocsin.coding.assemble import assemble
from tocsin.coding.coder import Coder, read
from tocsin.coding.context import Context
from tocsin.coding.kind import find_tellings
from tocsin.gazetteer import Gazetteer
from tocsin.model import Where
from tocsin.ontology import load

CASES = {
    "held-in-another-state": (
        "A 19-year-old suspected of stabbing two people at a fair in Racine, Wis., was arrested "
        "on Friday and is in jail in Cook County, Illinois.",
        ("arrest", "Illinois", None, "inferred"),
    ),
    "a-judge-elsewhere-had-him-held": (
        "Ben Roe, 19, was arrested on Friday after a stabbing in Racine, Wis.\n\n"
        "Judge Ann Poe in Lake County, Illinois, ordered him held without bail.",
        ("arrest", "Illinois", None, "inferred"),
    ),
    "a-jail-in-the-same-state": (
        "Ben Roe, 19, was arrested on Friday after a stabbing in Racine, Wis. "
        "He is in jail in Milwaukee, Wis.",
        ("arrest", "Wisconsin", "Racine", "inferred"),
    ),
    "caught-there": (
        "A man was arrested on Friday over a killing in Racine, Wis. "
        "Police said Ben Roe was taken into custody in Gary, Indiana.",
        ("arrest", "Indiana", "Gary", "stated"),
    ),
    "after-two-were-shot": (
        "Indiana police arrested a man on Friday after two people were shot dead in Racine, Wis. "
        "Ben Roe was taken into custody in Gary, Indiana.",
        ("arrest", "Indiana", "Gary", "stated"),
    ),
    "plainly-stated": (
        "Police in Racine, Wis., arrested a man on Friday. His son is in jail in Gary, Indiana.",
        ("arrest", "Wisconsin", "Racine", "stated"),
    ),
    "the-deed-of-a-warrant": (
        "A gunman killed a clerk at a store in Racine, Wis., on Friday. Ben Roe was taken into "
        "custody in Gary, Indiana, on a warrant for homicide.",
        ("armed_attack", "Wisconsin", "Racine", "stated"),
    ),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES.keys())
def test_arrest_and_deed_keep_their_own_places(
    text: str,
    expected: tuple[str, str, str | None, str],
    nlp: Language,
    gazetteer: Gazetteer,
) -> None:
    document = reading_of(text, nlp)
    ontology = load()
    coder = Coder(nlp, gazetteer, ontology)
    context = Context(document, read(document, coder), find_tellings(document))
    kind, *where = expected
    found = [
        [place.admin1, place.city, place.basis]
        for account in assemble(context, ontology, "test")
        if account.kind == kind
        for claim in account.claims
        if isinstance(place := claim.value, Where)
    ]
    assert found == [where]
