"""Everybody whom a report tells to be under 18 is known, whatever their part in it."""

from __future__ import annotations

import pytest
from spacy.language import Language

from tests.coding.parsing import report_of
from tocsin.coding import Coder, code
from tocsin.coding.who_lexicon import speakers
from tocsin.gazetteer import Gazetteer
from tocsin.masking import Mask
from tocsin.models import load_tagger
from tocsin.ontology import load

SHOT = "Police shot a man in Toledo on Monday night. "


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("“He had no gun,” said his cousin Lena Ford, 16, who was there.", "Lena Ford"),
        ("Witness Lena Ford, 16, said officers fired four times.", "Lena Ford"),
        ("A 15-year-old neighbour, Lena Ford, told reporters that she heard shots.", "Lena Ford"),
        ("Officers sent home Lena Ford, 12, and her mother.", "Lena Ford"),
        ("A schoolgirl, identified as Lena Ford, said nobody warned him.", "Lena Ford"),
        ("A witness, identified as Lena Ford, 17, said nobody warned him.", "Lena Ford"),
        ("The video then shows 12-year old Zuri Wend, in a red cap, run away.", "Zuri Wend"),
    ],
    ids=["kin", "witness", "neighbour", "bystander", "child word", "named later", "unparsed"],
)
def test_a_minor_with_any_part_is_masked(
    told: str, name: str, nlp: Language, gazetteer: Gazetteer
) -> None:
    coder = Coder(nlp, gazetteer, load(), load_tagger())
    accounts = code(report_of(SHOT + told, published="2022-05-03"), coder)
    assert accounts
    mask = Mask.of(accounts)
    assert name not in repr([mask.record(account) for account in accounts])
    assert "[minor]" in mask.text(told)


@pytest.mark.parametrize(
    "told",
    [
        "“He had no gun,” said his cousin Lena Ford, 36, who was there.",
        "Dr. Lena Ford, a child psychologist, said he was ill.",
        "The boy's mother, Lena Ford, said nobody warned him.",
    ],
    ids=["adult", "work with children", "parent"],
)
def test_an_adult_is_no_minor(told: str, nlp: Language, gazetteer: Gazetteer) -> None:
    coder = Coder(nlp, gazetteer, load(), load_tagger())
    accounts = code(report_of(SHOT + told, published="2022-05-03"), coder)
    assert {name for account in accounts for name in account.minors} == set()


@pytest.mark.parametrize(
    ("words", "group"),
    [
        ("the boy", "child"),
        ("two teenagers", "teenager"),
        ("a sixth grader", "child"),
        ("an eighth grade student", "child"),
        ("a kindergarten teacher", None),
        ("the Boydell family", None),
        ("a pensioner", "elderly"),
    ],
)
def test_nouns_tell_an_age_group(words: str, group: str | None) -> None:
    assert speakers().age_group(words.split()) == group
