"""Who published stands in many a title: its town is no scene, but a hint at which one is meant."""

from __future__ import annotations

import pytest
from spacy.language import Language

from tests.coding.parsing import report_of
from tocsin.coding.document import parse
from tocsin.coding.where import find_places, home_of
from tocsin.coding.where_names import masthead
from tocsin.gazetteer import Gazetteer

TITLES = {
    "Man shot in Bron, police say - WXAB.com-Columbus, GA News Weather & Sports": (
        "WXAB.com-Columbus, GA News Weather & Sports"
    ),
    "Two hurt - one badly - in crash | WXAB Action News 5 - Memphis, Tennessee": (
        "WXAB Action News 5 - Memphis, Tennessee"
    ),
    "Police: Man shot - and a dog, too": "",
    "WHAT WE KNOW - KIDS SHOT": "",
    "Man shot at the radio station": "",
}


@pytest.mark.parametrize(("title", "end"), TITLES.items())
def test_the_end_of_a_title_that_names_who_published(title: str, end: str) -> None:
    assert masthead(title) == end


def test_a_masthead_is_no_scene_and_tells_where_the_outlet_is(
    nlp: Language, gazetteer: Gazetteer
) -> None:
    title = "Boy hurt in Jackson - WXAB Action News 5 - Memphis, Tennessee"
    text = f"{title}\n\nA boy was hurt in Jackson on Friday."
    document = parse(report_of(text, title=title), nlp)
    found = {m.where.words: m for m in find_places(document, gazetteer)}
    assert found["Memphis"].of_outlet
    assert found["Jackson"].where.admin1 == "Tennessee"
    home = home_of(document, gazetteer)
    assert home is not None and home.name == "Memphis"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("All content 2022, WALA. A man was shot in Mobile, Alabama.", "WALA"),
        ("Shots were fired on Second Street in Racine, Wisconsin.", "Second Street"),
        ("A boy was shot in Puna, Hawaii police in Hilo, Hawaii, said.", "Pune"),
    ],
    ids=["station", "street", "byname-abroad"],
)
def test_what_is_only_named_like_a_town_abroad(
    text: str, name: str, nlp: Language, gazetteer: Gazetteer
) -> None:
    found = find_places(parse(report_of(text), nlp), gazetteer)
    assert not [m for m in found if m.where.name == name and m.where.country != "US"]
