"""Actors of a report: who they are, under which name, and which words stand for them."""

from __future__ import annotations

import pytest
from spacy.language import Language

from tocsin.coding.document import parse
from tocsin.coding.mentions import ActorMention
from tocsin.coding.who import find_actors
from tocsin.model import Report


def actors_of(text: str, nlp: Language) -> tuple[ActorMention, ...]:
    return find_actors(parse(Report(id="r", text=text, text_digest="", raw_digest=""), nlp))


def mention(text: str, words: str, nlp: Language) -> ActorMention:
    found = [a for a in actors_of(text, nlp) if a.actor.words == words]
    assert found, f"{words!r} is no actor of {text!r}"
    return found[-1]


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("Mayor Ruth Calder spoke. Calder left early.", "Calder", "Ruth Calder"),
        ("Ruth Calder spoke to the crowd. She left early.", "She", "Ruth Calder"),
        ("Tom Reddy said he would veto the Finance Bill. Few like it, he said.", "he", "Tom Reddy"),
        ("The victim was identified as Tom Reddy.", "victim", "Tom Reddy"),
        ("Board Chairman Paul Enright left.", "Board Chairman Paul Enright", "Paul Enright"),
        ("His aunt, Marta Gil, wept.", "aunt", "Marta Gil"),
    ],
    ids=["surname", "pronoun", "law", "naming", "titles", "apposition"],
)  # fmt: skip
def test_name_is_the_fullest_in_the_report(text: str, words: str, name: str, nlp: Language) -> None:
    assert mention(text, words, nlp).name == name


def test_brothers_are_two_though_one_goes_by_the_surname(nlp: Language) -> None:
    text = (
        "Jon Ashdown, 17, was charged. Ashdown stayed in jail. His brother Carl Ashdown was free."
    )
    assert mention(text, "Ashdown", nlp).name == "Jon Ashdown"


@pytest.mark.parametrize(
    ("text", "name", "minor"),
    [
        ("Jon Ashdown, 17, was charged. Ashdown stayed in jail.", "Jon Ashdown", True),
        ("Jon Ashdown, 18, was charged. Ashdown stayed in jail.", "Jon Ashdown", False),
        ("The boy, Jon Ashdown, was charged.", "Jon Ashdown", True),
        ("The suspect, Jon Ashdown, was charged.", "Jon Ashdown", False),
    ],
    ids=["age", "adult", "child word", "no age"],
)
def test_minor_is_known_by_age_or_words(text: str, name: str, minor: bool, nlp: Language) -> None:
    assert any(a.actor.minor for a in actors_of(text, nlp) if a.name == name) is minor


def test_they_are_people_and_no_document(nlp: Language) -> None:
    text = "An autopsy was planned for Monday. The officers said they were still at work."
    found = {a.entity for a in actors_of(text, nlp) if text[a.start : a.end] in ("autopsy", "they")}
    assert len(found) == 2


def test_two_of_one_office_with_other_names_are_two(nlp: Language) -> None:
    text = "The county police chief, Ruth Calder, left. The city's chief, Tom Reddy, stayed."
    assert mention(text, "county police chief", nlp).name == "Ruth Calder"
    assert mention(text, "city's chief", nlp).name == "Tom Reddy"


def test_a_dateline_is_no_part_of_the_first_actor(nlp: Language) -> None:
    assert mention("LAGOS - Soldiers opened fire on a crowd.", "Soldiers", nlp)


@pytest.mark.parametrize(
    ("text", "words", "group"),
    [
        ("Police fired at the marchers.", "Police", "COP"),
        ("Soldiers fired at the marchers.", "Soldiers", "MIL"),
        ("Soldiers fired at the marchers.", "marchers", "CVL"),
        ("Two gunmen fled the bank.", "Two gunmen", "UAF"),
        ("Rebels took the town.", "Rebels", "REB"),
        ("The Interior Ministry refused.", "Interior Ministry", "GOV"),
        ("Doctors treated the wounded.", "Doctors", "MED"),
        ("Reporters watched.", "Reporters", "JRN"),
    ],
)
def test_group_is_the_sector(text: str, words: str, group: str, nlp: Language) -> None:
    assert mention(text, words, nlp).actor.group == group


def test_mentions_of_one_group_share_an_entity(nlp: Language) -> None:
    found = actors_of("Protesters blocked the road. Later the protesters left.", nlp)
    assert len({a.entity for a in found}) == 1


def test_two_people_of_one_report_stay_two(nlp: Language) -> None:
    found = actors_of("Ruth Calder met Omar Haddad. Haddad thanked Calder.", nlp)
    assert {a.name for a in found} == {"Ruth Calder", "Omar Haddad"}


def test_position_is_kept_apart_from_the_name(nlp: Language) -> None:
    found = mention("Police Chief Omar Haddad resigned.", "Police Chief Omar Haddad", nlp)
    assert (found.name, found.actor.position) == ("Omar Haddad", "Police Chief")


@pytest.mark.parametrize(
    ("text", "words", "private"),
    [
        ("Tom Reddy, 16, was hit.", "Tom Reddy", True),
        ("Witness Tom Reddy spoke.", "Witness Tom Reddy", True),
        ("Mayor Ruth Calder spoke.", "Mayor Ruth Calder", False),
    ],
    ids=["minor", "witness", "official"],
)
def test_private_people_are_marked(text: str, words: str, private: bool, nlp: Language) -> None:
    assert mention(text, words, nlp).actor.private is private


def test_offsets_slice_to_the_words(nlp: Language) -> None:
    text = "The mayor said police shot Tom Reddy.\n\nHis brother saw it."
    for found in actors_of(text, nlp):
        assert text[found.start : found.end] == found.actor.words
        assert found.start <= found.head < found.end


def test_a_table_or_car_is_no_actor(nlp: Language) -> None:
    assert actors_of("Two cars and a table burned in the rain.", nlp) == ()
