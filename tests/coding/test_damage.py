"""Damaged texts are coded like whole ones, and their evidence is words of the original."""

from __future__ import annotations

import html
from collections.abc import Callable

import ftfy.bad_codecs  # noqa: F401 - the codec of browsers
import pytest
from msgspec.structs import replace
from spacy.language import Language

from tests.coding.parsing import parser, report_of
from tocsin import describe, ontology
from tocsin.coding import Coder, code
from tocsin.coding.mending import mend
from tocsin.gazetteer import Gazetteer
from tocsin.model import Cut

TEXT = (
    "Police used tear gas in Dayton, Ohio, on Sunday after about 200 people marched to the city "
    "hall.\n\n“We’re not leaving”, said Anna Miller, an organiser from the town."
)


def mojibake(text: str) -> str:
    return text.encode().decode("sloppy-windows-1252")


@pytest.mark.parametrize(
    "spoil",
    [
        mojibake,
        lambda text: html.escape(text).replace("’", "&rsquo;"),
        lambda text: text.replace("in Dayton", "inDayton"),
        lambda text: text.replace(" ", "\u00a0"),
    ],
    ids=["mojibake", "entities", "joined", "spaces"],
)
def test_damage_is_mended_before_reading(spoil: Callable[[str], str], gazetteer: Gazetteer) -> None:
    legible, mended = mend(report_of(spoil(TEXT)), parser(), gazetteer)
    assert mended is not None
    assert legible.text == TEXT


def test_whole_text_is_read_as_it_is(gazetteer: Gazetteer) -> None:
    report = report_of(TEXT)
    assert mend(report, parser(), gazetteer) == (report, None)


def test_capitals_get_their_usual_case(gazetteer: Gazetteer) -> None:
    report = report_of(TEXT.split("\n")[0].upper())
    assert mend(report, parser(), gazetteer)[0].text == TEXT.split("\n")[0]


def test_cuts_stay_over_the_same_words(gazetteer: Gazetteer) -> None:
    text = "He wasn&#39;t there.\n\nRead also: Fire &amp; smoke\n\nPolice &amp; fire crews came."
    start = text.index("Read")
    end = text.index("\n\nPolice")
    report = replace(report_of(text), cuts=(Cut(start=start, end=end, reason="related"),))
    copy, _ = mend(report, parser(), gazetteer)
    (cut,) = copy.cuts
    assert copy.text[cut.start : cut.end] == "Read also: Fire & smoke"


def test_evidence_is_in_the_words_of_the_original(nlp: Language, gazetteer: Gazetteer) -> None:
    coder = Coder(nlp=nlp, gazetteer=gazetteer, ontology=ontology.load())
    text = html.escape(mojibake(TEXT).replace("in Dayton", "inDayton"))
    found = code(report_of(text), coder)
    facts = {(c.slot, describe.value(c.value)) for a in found for c in a.claims}
    expected = code(report_of(TEXT), coder)
    whole = {(c.slot, describe.value(c.value)) for a in expected for c in a.claims}
    assert facts == whole != set()
    for evidence in (e for a in found for c in a.claims for e in c.evidence):
        assert text[evidence.start : evidence.end] == evidence.quote != ""
