"""The facts of an article in the archive's own conventions, from the record alone."""

from __future__ import annotations

import pytest
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


def test_the_town_that_another_account_gives_for_a_county(
    nlp: Language, gazetteer: Gazetteer
) -> None:
    text = (
        "A man was shot dead in Gaston County, North Carolina, on Friday.\n\n"
        "Police arrested his brother in Belmont, North Carolina, on Saturday."
    )
    assert _facts(text, nlp, gazetteer)["city"] == "Belmont"


def test_the_datelines_town_of_a_stated_county(nlp: Language, gazetteer: Gazetteer) -> None:
    text = (
        "BELMONT, N.C. (AP) - A man was shot dead at a farm in Gaston County on Friday, "
        "deputies said."
    )
    assert _facts(text, nlp, gazetteer)["city"] == "Belmont"
    elsewhere = text.replace("BELMONT", "RALEIGH")
    assert _facts(elsewhere, nlp, gazetteer)["city"] == "Gaston (county)"


def test_a_town_near_which_something_was(nlp: Language, gazetteer: Gazetteer) -> None:
    text = (
        "A man was shot dead near Belmont on Friday.\n\n"
        "Gaston County, North Carolina, deputies said the shooting was an accident."
    )
    assert _facts(text, nlp, gazetteer)["city"] == "Belmont"


def test_the_town_that_is_placed_by_a_bigger_one(nlp: Language, gazetteer: Gazetteer) -> None:
    text = (
        "NEW STANTON, Pa. (AP) - A man was shot dead on Friday at his home, about 25 miles "
        "southeast of Pittsburgh."
    )
    assert _facts(text, nlp, gazetteer)["city"] == "New Stanton"


def test_police_to_whom_somebody_turned(nlp: Language, gazetteer: Gazetteer) -> None:
    text = (
        "A man was shot dead in a Beverly, Massachusetts, home on Friday. A neighbor turned "
        "himself in to Salem police."
    )
    assert _facts(text, nlp, gazetteer)["city"] == "Beverly"


@pytest.mark.parametrize(
    ("words", "city"),
    [
        ("Coney Island, New York", "Brooklyn"),
        ("Harlem, New York", "New York (Manhattan)"),
        ("Brighton Park, Chicago", "Chicago"),
    ],
    ids=["borough", "city-itself", "quarter"],
)
def test_quarters_of_big_cities(words: str, city: str, nlp: Language, gazetteer: Gazetteer) -> None:
    assert _facts(f"A man was shot dead in {words}, on Friday.", nlp, gazetteer)["city"] == city


def test_towns_without_their_article(nlp: Language, gazetteer: Gazetteer) -> None:
    text = "A man was shot dead in the Bronx, New York, on Friday."
    assert _facts(text, nlp, gazetteer)["city"] == "Bronx"
