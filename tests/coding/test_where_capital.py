"""Capitals told by their country alone, regions told again, and places told as near a town."""

from __future__ import annotations

import pytest
from spacy.language import Language

from tests.coding.reading import reading_of
from tocsin.coding.mentions import PlaceMention
from tocsin.coding.scene import place_for
from tocsin.coding.where import find_places
from tocsin.coding.where_capital import with_capitals
from tocsin.gazetteer import Gazetteer


def place_of(text: str, word: str, nlp: Language, gazetteer: Gazetteer) -> PlaceMention | None:
    document = reading_of(text, nlp)
    places = with_capitals(document, find_places(document, gazetteer), gazetteer)
    start = text.index(word)
    return place_for(document, places, start, start + len(word))


@pytest.mark.parametrize(
    ("text", "city", "basis"),
    [
        ("Thousands marched in the Serbian capital on Friday.", "Belgrade", "stated"),
        ("Thousands marched in the capital of Burkina Faso.", "Ouagadougou", "stated"),
        ("Thousands marched in Somalia's capital on Friday.", "Mogadishu", "stated"),
        ("Kenyan nurses marched in the capital on Friday.", "Nairobi", "inferred"),
        ("Colombian nurses marched in the capital on Friday.", "Bogotá", "inferred"),
        ("Thousands marched in the capital, Lima, after a vote in Peru.", "Lima", "stated"),
    ],
)
def test_a_capital_is_its_countrys(
    text: str, city: str, basis: str, nlp: Language, gazetteer: Gazetteer
) -> None:
    mention = place_of(text, "marched", nlp, gazetteer)
    assert mention is not None
    assert (mention.where.city, mention.where.basis) == (city, basis)


@pytest.mark.parametrize(
    "text",
    [
        "Nigerian nurses marched in the state capital on Friday.",
        "Kenyan nurses marched against capital punishment and the capital gains tax.",
        "Nurses from Kenya, Uganda and Ghana marched in the capital on Friday.",
        "Bolivian nurses marched in the capital on Friday.",
    ],
    ids=["of a state", "no town", "several countries", "two seats"],
)
def test_what_is_no_known_capital_names_no_town(
    text: str, nlp: Language, gazetteer: Gazetteer
) -> None:
    mention = place_of(text, "marched", nlp, gazetteer)
    assert mention is None or mention.where.city is None


def test_the_region_is_the_one_named_so(nlp: Language, gazetteer: Gazetteer) -> None:
    text = (
        "Gunmen hold towns in the Amhara region of Ethiopia; the army holds Oromia. "
        "A curfew was ordered in the region."
    )
    mention = place_of(text, "ordered", nlp, gazetteer)
    assert mention is not None
    assert (mention.where.admin1, mention.where.city) == ("Amhara", None)


@pytest.mark.parametrize(
    ("words", "least", "most"),
    [
        ("in", 0, 9),
        ("near", 12, 25),
        ("outside", 12, 25),
        ("30 kilometres from", 34, 40),
        ("20 miles north of", 36, 44),
    ],
)
def test_near_a_town_stands_for_more_than_the_town(
    words: str, least: float, most: float, nlp: Language, gazetteer: Gazetteer
) -> None:
    mention = place_of(f"Gunmen shot a man {words} Utica, New York.", "shot", nlp, gazetteer)
    assert mention is not None and mention.where.city == "Utica"
    assert mention.where.radius_km is not None
    assert least <= mention.where.radius_km <= most


def test_where_somebody_speaks_is_not_where_it_was(nlp: Language, gazetteer: Gazetteer) -> None:
    text = "Gunmen took 40 pupils from a village in Zamfara state, a lawmaker in Abuja said."
    mention = place_of(text, "took", nlp, gazetteer)
    assert mention is not None
    assert (mention.where.admin1, mention.where.precision) == ("Zamfara", "admin1")


def test_the_home_of_a_towns_mayor_is_in_the_town(nlp: Language, gazetteer: Gazetteer) -> None:
    text = "Men rammed the home of the mayor of Bron, near Lyon, France. The mayor of Paris wept."
    mention = place_of(text, "rammed", nlp, gazetteer)
    assert mention is not None and mention.where.city == "Bron"
