"""Somebody was hurt in the town whose police are at work, and in the town inside a county."""

from __future__ import annotations

import pytest
from spacy.language import Language

from tests.coding.parsing import report_of
from tocsin.coding.coder import Coder, code
from tocsin.gazetteer import Gazetteer
from tocsin.model import Where
from tocsin.ontology import load

CASES = {
    "part-of-a-town-named-like-another-far-off": (
        "Two men were shot in Madisonville on Friday night. Cincinnati police look for a car.",
        ("Cincinnati", "Ohio"),
    ),
    "part-of-the-town": (
        "Four people were shot in Broad Ripple on Friday. Indianapolis police arrested nobody.",
        ("Indianapolis", "Indiana"),
    ),
    "its-own-police-are-named-too": (
        "A man was shot in Racine on Friday night. Racine police asked Milwaukee police for help.",
        ("Racine", "Wisconsin"),
    ),
    "told-with-its-state": (
        "A man was shot in Racine, Wisconsin, on Friday. Chicago police look for the gunman.",
        ("Racine", "Wisconsin"),
    ),
    "former-officer-of-elsewhere": (
        "A man was shot in Racine on Friday. He was a former Chicago police officer.",
        ("Racine", "Wisconsin"),
    ),
    "a-word-that-is-also-a-town": (
        "A man was shot in Nashville on Friday. Metro police said he was 30.",
        ("Nashville", "Tennessee"),
    ),
    "town-inside-the-county-that-is-named": (
        "A man was shot in Gaston County, North Carolina, on Friday. He was found at a home on "
        "New Hill Lane in Bessemer City, the county's police said.",
        ("Bessemer City", "North Carolina"),
    ),
    "a-hospital-is-no-scene": (
        "A man was shot in Gaston County, North Carolina, on Friday. He was taken to a hospital "
        "in Charlotte.",
        (None, "North Carolina"),
    ),
    "one-town-under-another-name": (
        "Four men were shot in Southeast D.C. on Friday night.",
        ("Washington", "District of Columbia"),
    ),
    "two-ways-to-state-one-area": (
        "PLAINVIEW, IL (WXAB) - A man was shot in Plainview, Illinois, on Friday. "
        "Police went to a home in Plainview. The county said more will follow.",
        ("Plainview", "Illinois"),
    ),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES.keys())
def test_the_town_in_which_somebody_was_shot(
    text: str, expected: tuple[str | None, str], nlp: Language, gazetteer: Gazetteer
) -> None:
    told = code(report_of(text), Coder(nlp, gazetteer, load()))
    account = next(a for a in told if a.kind == "armed_attack")
    where = next(c.value for c in account.claims if isinstance(c.value, Where))
    assert ((where.city or "").title() or None, where.admin1) == expected
