"""Slips are mended for reading; what is cited keeps the letters in which it came."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.coding.parsing import context_of, parser, report_of
from tests.coding.test_assemble import ONTOLOGY
from tocsin.coding.assemble import assemble
from tocsin.coding.mending import mend
from tocsin.model import Act, Count, Cut

SLIPS = "Polcie in Zeist arrested seeven men on Tuseday.\n\nSome protsters set twoo cars on fier."


def test_evidence_and_words_keep_their_slips() -> None:
    report, mended = mend(report_of(SLIPS), parser())
    assert mended is not None
    assert "Police in Zeist arrested seven men on Tuesday." in report.text
    for account in assemble(context_of(SLIPS), ONTOLOGY, "test"):
        assert account.anchor.quote in SLIPS
        for claim in account.claims:
            assert all(e.quote == SLIPS[e.start : e.end] for e in claim.evidence)
            assert str(getattr(claim.value, "words", "")) in SLIPS


def test_misspelt_figures_and_acts_are_read() -> None:
    accounts = assemble(context_of(SLIPS), ONTOLOGY, "test")
    values = [claim.value for account in accounts for claim in account.claims]
    assert any(isinstance(value, Count) and value.low == 7 for value in values)
    assert any(isinstance(value, Act) and value.what == "arson" for value in values)


@pytest.mark.parametrize(
    "text",
    [
        "Mayor Sealey met Jamil Downey in Tooting.",
        "The matatu drove to Kibera.",
        "Que’sean Hill was taken to hospital.",
    ],
)
def test_names_and_foreign_words_stay(text: str) -> None:
    report, _ = mend(report_of(text), parser())
    assert report.text == text


def test_cuts_move_with_the_text() -> None:
    text = "Thre men were arested in Zeist.\n\nRead also: nothing"
    start = text.index("Read also")
    report = replace(report_of(text), cuts=(Cut(start=start, end=len(text), reason="link"),))
    legible, _ = mend(report, parser())
    assert legible.text[legible.cuts[0].start :] == "Read also: nothing"


def test_a_paragraph_without_full_stops_is_told_apart() -> None:
    text = (
        "Residents of Zeist marched to the town hall on Friday over the closing of a school "
        "The mayor said that she would listen Relatives of pupils carried candles to her door"
    )
    report, mended = mend(report_of(text), parser())
    assert "school. The mayor" in report.text
    assert "listen. Relatives of pupils" in report.text
    assert mended is not None
    start = report.text.index("The mayor")
    first, last = mended.original(start, start + len("The mayor"))
    assert text[first:last] == "The mayor"


def test_a_title_without_a_full_stop_stays() -> None:
    text = "Dozens of people read The Northern Lantern on the square of Zeist to protest at its ban"
    assert mend(report_of(text), parser()) == (report_of(text), None)
