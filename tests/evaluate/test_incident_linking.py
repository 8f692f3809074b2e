"""The facts of an article in the archive's own conventions, from the record alone."""

from __future__ import annotations

from spacy.language import Language

from tests.coding.parsing import report_of
from tocsin.coding.coder import Coder, code
from tocsin.evaluate.incident_linking import facts
from tocsin.evaluate.tasks import Fields
from tocsin.gazetteer import Gazetteer
from tocsin.ontology import load


def _facts(text: str, nlp: Language, gazetteer: Gazetteer) -> Fields:
    coder = Coder(nlp, gazetteer, load())
    return facts(code(report_of(text), coder), coder)


def test_the_largest_total_and_no_unknown_figure(nlp: Language, gazetteer: Gazetteer) -> None:
    text = (
        "Two of the victims are in critical condition after four people were shot in "
        "Racine, Wisconsin, on Friday."
    )
    found = _facts(text, nlp, gazetteer)
    assert (found["killed"], found["injured"]) == (0, 4)
    assert (found["city"], found["state"]) == ("Racine", "Wisconsin")


def test_a_county_where_no_town_is_known(nlp: Language, gazetteer: Gazetteer) -> None:
    text = "A man was shot dead in Gaston County, North Carolina, on Friday."
    assert _facts(text, nlp, gazetteer)["city"] == "Gaston (county)"


def test_towns_without_their_article(nlp: Language, gazetteer: Gazetteer) -> None:
    text = "A man was shot dead in the Bronx, New York, on Friday."
    assert _facts(text, nlp, gazetteer)["city"] == "Bronx"
