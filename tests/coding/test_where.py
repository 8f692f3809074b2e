"""What counts as a place, how precise it is, and how it is found in noise."""

from __future__ import annotations

import pytest
from spacy.language import Language

from tests.coding.reading import reading_of
from tocsin.coding.mentions import PlaceMention
from tocsin.coding.where import find_places, resolve_spans
from tocsin.gazetteer import Gazetteer


def places(text: str, nlp: Language, gazetteer: Gazetteer) -> dict[str, PlaceMention]:
    return {m.where.words: m for m in find_places(reading_of(text, nlp), gazetteer)}


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("Crowds met in Nairobi, Kenya, on Monday.", ("Nairobi", "city")),
        ("Curfew was declared in Kenosha County, Wisconsin.", ("Kenosha County", "admin2")),
        ("The order covers all of Wisconsin and Illinois.", ("Wisconsin", "admin1")),
        ("Unrest spread across Peru and Bolivia.", ("Peru", "country")),
        ("Protesters filled Tahrir Square in Cairo, Egypt.", ("Tahrir Square", "site")),
        ("Police entered Khayelitsha, near Cape Town.", ("Khayelitsha", "neighbourhood")),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else None,
)
def test_a_place_is_as_precise_as_its_kind(
    text: str, precision: tuple[str, str], nlp: Language, gazetteer: Gazetteer
) -> None:
    where = places(text, nlp, gazetteer)[precision[0]].where
    assert where.precision == precision[1]
    assert where.radius_km is not None and where.radius_km > 0


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Chicago Sun-Times reported the arrests on Friday.", "Sun-Times"),
        ("The guitarist, John Denver, sang for the crowd.", "Denver"),
        ("Officer Jackson Lincoln was not hurt, the chief said.", "Lincoln"),
        ("The company said Hope Springs Ltd would close.", "Springs"),
        ("They march on in hope, reading and dancing by the mobile stage.", "reading"),
        ("They stood outside St. John's Episcopal Church with signs.", "St. John"),
        ("The Santa Ana church in Quito, Ecuador, was painted over.", "Santa Ana"),
        ("Police in Racine, Wis., and Gary, Ind., met over the shooting of Blake.", "Blake"),
        ("The Milwaukee Bucks and the Chicago White Sox did not play.", "Milwaukee"),
        ("Envoys demanded a meeting of the U.N. council.", "U.N."),
        ("Sailors on the USS Chicago were hurt in a fire.", "Chicago"),
    ],
    ids=[
        "outlet",
        "surname",
        "officer",
        "company",
        "common-words",
        "church",
        "saint",
        "byname",
        "team",
        "initials",
        "ship",
    ],
)
def test_other_names_are_no_places(
    text: str, name: str, nlp: Language, gazetteer: Gazetteer
) -> None:
    assert name not in places(text, nlp, gazetteer)


def test_an_adjective_stands_for_its_country(nlp: Language, gazetteer: Gazetteer) -> None:
    found = places("Turkish police and Syrian families met at the border.", nlp, gazetteer)
    assert found["Turkish"].adjective and found["Turkish"].where.country == "TR"
    assert found["Syrian"].adjective


def test_capitals_and_small_letters_are_read(nlp: Language, gazetteer: Gazetteer) -> None:
    upper = places("MINNEAPOLIS, Minn. - FIRES WERE SET ON LAKE STREET.", nlp, gazetteer)
    assert upper["MINNEAPOLIS"].where.city == "Minneapolis"
    lower = find_places(reading_of("the crowd met in seattle again last night", nlp), gazetteer)
    assert [m.where.city for m in lower] == ["Seattle"]


def test_a_city_in_small_letters_is_read_where_a_place_stands(
    nlp: Language, gazetteer: Gazetteer
) -> None:
    lower = places("two shops were burned in downtown oakland, california", nlp, gazetteer)
    assert lower["oakland"].where.city == "Oakland"


def test_a_police_force_tells_its_city(nlp: Language, gazetteer: Gazetteer) -> None:
    found = places("Omaha Police fired pepper balls at the crowd.", nlp, gazetteer)
    assert found["Omaha"].where.city == "Omaha"


def test_runners_up_are_kept_in_order(nlp: Language, gazetteer: Gazetteer) -> None:
    where = places("Police in Springfield closed a street.", nlp, gazetteer)["Springfield"].where
    scores = [option.score for option in where.runners_up]
    assert scores and scores == sorted(scores, reverse=True)


def test_an_unknown_town_gets_its_stated_state_and_no_finer_point(
    nlp: Language, gazetteer: Gazetteer
) -> None:
    document = reading_of("Police went to Zyxville, Nebraska, at noon.", nlp)
    (mention,) = resolve_spans(document, gazetteer, [(15, 23)])
    assert mention.where.precision == "admin1"
    assert mention.where.admin1 == "Nebraska"


@pytest.mark.parametrize(
    ("text", "name", "city"),
    [
        (
            "They burned Santa Lucia metro station in Santiago, Chile.",
            "Santa Lucia",
            "Santiago",
        ),
        ("A bus stood on San Antonio street in Santiago, Chile.", "San Antonio", "Santiago"),
        (
            "The Pontiac bus terminal is shut, police in Detroit, Mich., say.",
            "Pontiac",
            "Pontiac",
        ),
    ],
    ids=["station", "street", "town-near-by"],
)
def test_a_site_with_a_far_towns_name_is_in_the_reports_town(
    text: str, name: str, city: str, nlp: Language, gazetteer: Gazetteer
) -> None:
    assert places(text, nlp, gazetteer)[name].where.city == city


@pytest.mark.parametrize(
    "name",
    ["L'Haÿ-les-Roses", "L’Haÿ-les-Roses", "Saint-Étienne-du-Rouvray", "Villeneuve-d'Ascq"],
)
def test_a_name_with_hyphens_is_read_whole(name: str, nlp: Language, gazetteer: Gazetteer) -> None:
    found = places(f"A car was set on fire in {name} on Sunday.", nlp, gazetteer)
    assert list(found) == [name]
    assert found[name].where.country == "FR"


def test_a_list_of_towns_states_no_county(nlp: Language, gazetteer: Gazetteer) -> None:
    found = places("Pupils marched in Paris, Lyon and Rennes on Tuesday.", nlp, gazetteer)
    assert found["Paris"].where.country == "FR"


def test_a_town_is_not_taken_for_its_county(nlp: Language, gazetteer: Gazetteer) -> None:
    text = "Two men from Antioch in Lake County, Illinois, were in Kenosha, Kenosha police said."
    assert places(text, nlp, gazetteer)["Kenosha"].where.precision == "city"


def test_a_street_takes_the_point_of_its_town(nlp: Language, gazetteer: Gazetteer) -> None:
    text = "A man was shot on Birch Street in Omaha, Nebraska, police said."
    document = reading_of(text, nlp)
    start = text.index("Birch Street")
    spans = [(start, start + 12), (text.index("Omaha"), text.index("Omaha") + 5)]
    street = resolve_spans(document, gazetteer, spans)[0].where
    assert (street.words, street.city) == ("Birch Street", "Omaha")
    assert (street.precision, street.basis) == ("city", "inferred")


def test_the_outlets_home_decides_between_like_names(nlp: Language, gazetteer: Gazetteer) -> None:
    text = "Police in Alexandria arrested two men after the march."
    span = (text.index("Alexandria"), text.index("Alexandria") + 10)
    local = reading_of(text, nlp, url="https://www.thetowntalk.com/story")
    (mention,) = resolve_spans(local, gazetteer, [span])
    assert mention.where.admin1 == "Louisiana"


@pytest.mark.parametrize(
    ("text", "name", "city"),
    [
        ("Police in Kenosha and Millwaukee, both in Wisconsin, met.", "Millwaukee", "Milwaukee"),
        ("Crowds met in Saint Paul and Minneaplois on Friday.", "Minneaplois", "Minneapolis"),
    ],
    ids=["one-letter-more", "letters-swapped"],
)
def test_a_misspelt_town_near_others_is_read(
    text: str, name: str, city: str, nlp: Language, gazetteer: Gazetteer
) -> None:
    document = reading_of(text, nlp)
    others = [m for m in find_places(document, gazetteer) if m.where.words != name]
    spans = [(m.start, m.end) for m in others]
    start = text.index(name)
    found = resolve_spans(document, gazetteer, [*spans, (start, start + len(name))])
    assert [m.where.city for m in found if m.start == start] == [city]


@pytest.mark.parametrize(
    ("text", "name", "city"),
    [
        ("Fires in Minneappolis. Saint Paul, Minn., is calm.", "Minneappolis", "Minneapolis"),
        ("Marches in Medellin and Cali, Colombia, and in Bogata were calm.", "Bogata", "Bogotá"),
    ],
    ids=["unknown-to-the-parser", "name-of-a-hamlet-far-away"],
)
def test_a_misspelt_town_is_found(
    text: str, name: str, city: str, nlp: Language, gazetteer: Gazetteer
) -> None:
    where = places(text, nlp, gazetteer)[name].where
    assert (where.city, where.basis) == (city, "inferred")


def test_a_capitalised_word_like_no_place_is_none(nlp: Language, gazetteer: Gazetteer) -> None:
    text = "Songs rang out in Esperanto. Omaha, Nebraska, is calm."
    assert list(places(text, nlp, gazetteer)) == ["Omaha", "Nebraska"]


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("Washington has condemned the arrests in Minsk, Belarus.", "District of Columbia"),
        ("Rallies were held in Olympia, Washington, on Monday.", "Washington"),
        ("In Washington, crowds met in Seattle and in Tacoma.", "Washington"),
    ],
    ids=["government", "stated", "towns-of-the-state"],
)
def test_washington_is_the_capital_unless_its_towns_are_told(
    text: str, area: str, nlp: Language, gazetteer: Gazetteer
) -> None:
    assert places(text, nlp, gazetteer)["Washington"].where.admin1 == area


@pytest.mark.parametrize(
    ("text", "name", "precision"),
    [
        ("Shots were fired in Kano on Monday.", "Kano", "city"),
        ("Troops were sent to Kano state on Monday.", "Kano", "admin1"),
        ("A curfew began in the region of Puno, Peru.", "Puno", "admin1"),
        ("Trams stood still in Porto and Lisbon.", "Porto", "city"),
    ],
)
def test_a_town_is_meant_unless_its_state_is_told(
    text: str, name: str, precision: str, nlp: Language, gazetteer: Gazetteer
) -> None:
    assert places(text, nlp, gazetteer)[name].where.precision == precision


def test_an_outlets_town_stands_in_where_no_town_is_named(
    nlp: Language, gazetteer: Gazetteer
) -> None:
    text = "A veteran told the Columbus Dispatch that officers had sprayed him on Friday."
    (mention,) = find_places(reading_of(text, nlp), gazetteer)
    assert (mention.where.city, mention.of_outlet) == ("Columbus", True)


def test_a_surname_before_a_full_stop_carries_no_police(
    nlp: Language, gazetteer: Gazetteer
) -> None:
    text = "They had marched for Zane James. Police beat several of them."
    assert not find_places(reading_of(text, nlp), gazetteer)


def test_a_small_town_of_another_state_is_told_with_it(nlp: Language, gazetteer: Gazetteer) -> None:
    text = "FORT WAYNE, Ind. - Police closed the road between Holton and Colerick on Friday."
    assert "Holton" not in places(text, nlp, gazetteer)
    stated = text.replace("Holton", "Holton, Kansas,")
    assert places(stated, nlp, gazetteer)["Holton"].where.admin1 == "Kansas"


@pytest.mark.parametrize(
    ("text", "name", "admin1"),
    [
        ("A man was found in a roadway in Vista close to San Marcos, Calif.", "Vista", "CA"),
        ("BEND, Ore. - A cabin burned on Friday, deputies said.", "BEND", "OR"),
        ("Mobile, AL (WXAB) Crews put out a fire on Friday.", "Mobile", "AL"),
        ("A clerk was robbed in west Charlotte on Friday.", "Charlotte", "NC"),
    ],
    ids=["word-after-in", "word-and-state", "word-and-code", "part-in-small-letters"],
)
def test_towns_named_like_words_are_found_where_a_town_is_told(
    text: str, name: str, admin1: str, nlp: Language, gazetteer: Gazetteer
) -> None:
    state = gazetteer.area(f"US.{admin1}")
    assert state is not None
    assert places(text, nlp, gazetteer)[name].where.admin1 == state.name


def test_words_stay_words_after_in(nlp: Language, gazetteer: Gazetteer) -> None:
    text = "The men were in Police custody in March, and the shop in Home Depot Plaza closed."
    assert not {"Police", "March", "Home"} & set(places(text, nlp, gazetteer))


def test_an_unknown_town_lies_in_the_county_that_is_told(
    nlp: Language, gazetteer: Gazetteer
) -> None:
    text = (
        "A boy was hurt at a farm in Parrelsville on Friday, the Cocke County, Tenn., sheriff said."
    )
    where = places(text, nlp, gazetteer)["Parrelsville"].where
    assert (where.city, where.admin2, where.basis) == ("Parrelsville", "Cocke County", "inferred")
    corner = text.replace("Parrelsville", "Parrelsville and Hill")
    assert "Parrelsville" not in places(corner, nlp, gazetteer)
    assert "Parrelsville" not in places(text.replace("Cocke County, Tenn.,", ""), nlp, gazetteer)


def test_half_a_name_before_a_state_is_no_town(nlp: Language, gazetteer: Gazetteer) -> None:
    text = "MIAMI-DADE, Fla. - A clerk was robbed on Friday in Hialeah, Fla."
    assert "DADE" not in places(text, nlp, gazetteer)


def test_the_name_of_a_real_town_is_no_misspelt_one(nlp: Language, gazetteer: Gazetteer) -> None:
    text = "MASURY, Ohio - A boy was hurt in Masury, Ohio. Brookfield Township closed the road."
    assert "Brookville" not in {m.where.name for m in places(text, nlp, gazetteer).values()}


def test_a_neighbourhood_named_like_a_far_town_is_in_the_reports_town(
    nlp: Language, gazetteer: Gazetteer
) -> None:
    text = "A boy was hurt in Chicago on Friday, in the city's Brownsville neighborhood."
    where = places(text, nlp, gazetteer).get("Brownsville")
    assert where is None or where.where.city == "Chicago"


def test_a_town_known_only_far_off_lies_in_the_county_that_is_told(
    nlp: Language, gazetteer: Gazetteer
) -> None:
    text = (
        "WOODVILLE, Texas - A man was hurt at a home in Ivanhoe on Friday, Tyler County, Texas, "
        "deputies said."
    )
    where = places(text, nlp, gazetteer)["Ivanhoe"].where
    assert (where.city, where.admin2, where.admin1) == ("Ivanhoe", "Tyler County", "Texas")
