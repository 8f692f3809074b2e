"""Where an event happened, as opposed to the other places that a report names."""

from __future__ import annotations

import pytest
from spacy.language import Language

from tests.coding.reading import reading_of
from tocsin.coding.scene import place_for
from tocsin.coding.scene_parts import main_of, parts_of
from tocsin.coding.where import find_places
from tocsin.gazetteer import Gazetteer

CASES = {
    "actors-country": (
        "Peru's government ordered a curfew in the city of Puno after days of clashes.",
        "curfew",
        "Puno",
    ),
    "hospital": (
        "RACINE, Wis. - Police shot a man on Friday. He was flown to a hospital in Milwaukee.",
        "shot",
        "Racine",
    ),
    "hospital-in-sentence": (
        "A man shot by police in Racine, Wis., was taken to a hospital in Milwaukee.",
        "shot",
        "Racine",
    ),
    "told-by-a-bigger-town": (
        "Two men were hurt at a farm in Amelia, Ohio, about 20 miles east of Cincinnati, in a "
        "shooting.",
        "shooting",
        "Amelia",
    ),
    "event-centre": (
        "The mayor spoke in Columbus. Ten people were shot at the event center in Racine, Wis.",
        "shot",
        "Racine",
    ),
    "home-town": (
        "Police arrested a man from Dayton, Ohio, during the riot in Columbus, Ohio.",
        "riot",
        "Columbus",
    ),
    "speaker": (
        "Fires burned in Racine, Wis., overnight. The mayor of Chicago said the fires were wrong.",
        "burned",
        "Racine",
    ),
    "speakers-seat": (
        "A bomb went off in Racine, Wis., on Friday. The explosion shook a hotel, a spokesman for "
        "the forces command in Potsdam said.",
        "explosion",
        "Racine",
    ),
    "earlier-death": (
        "Crowds marched in Denver, Colo., weeks after a man died in Minneapolis, Minn.",
        "marched",
        "Denver",
    ),
    "sentence-before": (
        "Hundreds met in Tulsa, Okla., on Sunday. Later, shops were looted and a car was burned.",
        "looted",
        "Tulsa",
    ),
    "near-then-exactly": (
        "A woman was beaten near Lyon, France, on Friday. It happened in Bron at about 2 a.m.",
        "beaten",
        "Bron",
    ),
    "background-of-the-sentence": (
        "Drivers went on strike in Bron. Police shot a man in Lyon, France, weeks after a raid "
        "in Marseille, France.",
        "shot",
        "Lyon",
    ),
    "other-events-place": (
        "A 30-year-old Gary man was held over the deaths of two people at a rally in Racine, Wis.",
        "deaths",
        "Racine",
    ),
    "county-of-a-warrant": (
        "Fires burned in Racine, Wis. A man was held on a Cook County warrant on Friday.",
        "held",
        "Racine",
    ),
    "the-village": (
        "The village of Antioch, Illinois, heard him. He had driven to Kenosha, Wis., with a "
        "friend. A curfew was ordered in the village from 8 p.m.",
        "ordered",
        "Antioch",
    ),
    "outlet": (
        "The Chicago Tribune wrote of it at length. Fires were set in Gary, Indiana, on Friday, "
        "the Chicago Tribune said.",
        "set",
        "Gary",
    ),
    "credit": (
        "(Mombasa Eye) Soldiers were sent to the streets of Nairobi, Kenya, on Friday.",
        "sent",
        "Nairobi",
    ),
    "there": (
        "After the riot in Racine, Wis., he fled to Gary, Indiana. He was arrested there at noon.",
        "arrested",
        "Gary",
    ),
    "there-is-not-the-city-beside": (
        "Bron, a town on the edge of Lyon, France, has a new mayor. A tram was burned there.",
        "burned",
        "Bron",
    ),
    "gave-himself-up-elsewhere": (
        "A man was shot at a home in Racine, Wis. Ben Roe turned himself in to Gary Police "
        "after the shooting. He has a sister in Hammond, Indiana.",
        "shooting",
        "Racine",
    ),
    "the-dead-mans-home": (
        "Ben Roe, of Gary, Indiana, was shot at a bar in Racine, Wis., on Friday.",
        "shot",
        "Racine",
    ),
    "close-to-another-town": (
        "A woman was found stabbed in Racine, Wis., close to the boundary with Kenosha, Wis.",
        "stabbed",
        "Racine",
    ),
    "second-event": (
        "A curfew began in Racine, Wis. In Madison, Wis., protesters broke windows.",
        "broke",
        "Madison",
    ),
}


@pytest.mark.parametrize(("text", "word", "city"), CASES.values(), ids=CASES.keys())
def test_the_events_own_place_is_found(
    text: str, word: str, city: str, nlp: Language, gazetteer: Gazetteer
) -> None:
    document = reading_of(text, nlp)
    start = text.index(word)
    mention = place_for(document, find_places(document, gazetteer), start, start + len(word))
    assert mention is not None
    assert mention.where.city == city


def test_a_noun_for_a_place_keeps_its_words(nlp: Language, gazetteer: Gazetteer) -> None:
    text = CASES["the-village"][0]
    document = reading_of(text, nlp)
    start = text.index("ordered")
    mention = place_for(document, find_places(document, gazetteer), start, start + 7)
    assert mention is not None
    assert (mention.where.words, mention.where.basis) == ("the village", "inferred")
    assert document.text[mention.start : mention.end] == "the village"


def test_there_that_names_no_place_is_left_alone(nlp: Language, gazetteer: Gazetteer) -> None:
    text = "Fires burned in Racine, Wis., and in Gary, Indiana. There were arrests in Racine."
    document = reading_of(text, nlp)
    start = text.index("arrests")
    mention = place_for(document, find_places(document, gazetteer), start, start + 7)
    assert mention is not None and mention.where.words == "Racine"


def test_a_place_carried_over_is_inferred(nlp: Language, gazetteer: Gazetteer) -> None:
    text, word, _ = CASES["sentence-before"]
    document = reading_of(text, nlp)
    found = find_places(document, gazetteer)
    start = text.index(word)
    carried = place_for(document, found, start, start + len(word))
    stated = place_for(document, found, text.index("met"), text.index("met") + 3)
    assert carried is not None and carried.where.basis == "inferred"
    assert stated is not None and stated.where.basis == "stated"


def test_site_words_are_kept_with_the_citys_point(nlp: Language, gazetteer: Gazetteer) -> None:
    text = "Hundreds met in Tulsa, Okla. They were pushed back outside the county courthouse."
    document = reading_of(text, nlp)
    start = text.index("pushed")
    mention = place_for(document, find_places(document, gazetteer), start, start + 6)
    assert mention is not None
    assert mention.where.words == "the county courthouse"
    assert document.text[mention.start : mention.end] == mention.where.words
    assert (mention.where.city, mention.where.precision) == ("Tulsa", "city")


def test_a_report_without_places_has_no_main_place(nlp: Language, gazetteer: Gazetteer) -> None:
    document = reading_of("Nobody was hurt, and nothing was broken.", nlp)
    assert main_of(document, parts_of(document, find_places(document, gazetteer))) is None


def test_the_title_counts_for_the_main_place(nlp: Language, gazetteer: Gazetteer) -> None:
    text = "The order begins at eight. Omaha had one, and so had Lincoln, Nebraska, last week."
    document = reading_of(text, nlp, title="New curfew for Omaha")
    main = main_of(document, parts_of(document, find_places(document, gazetteer)))
    assert main is not None and main.where.city == "Omaha"


def test_the_outlet_in_a_title_does_not_count(nlp: Language, gazetteer: Gazetteer) -> None:
    text = "A boy was hurt by a shot. Spokane, Washington, had one too. Tacoma, Washington, waits."
    document = reading_of(text, nlp, title="Boy hurt in Tacoma - Spokane News 7")
    main = main_of(document, parts_of(document, find_places(document, gazetteer)))
    assert main is not None and main.where.city == "Tacoma"


def test_an_order_for_a_whole_state_keeps_the_state(nlp: Language, gazetteer: Gazetteer) -> None:
    text = "The governor declared an emergency for Nebraska after riots in Omaha and Lincoln."
    document = reading_of(text, nlp)
    start = text.index("declared")
    mention = place_for(document, find_places(document, gazetteer), start, start + 8)
    assert mention is not None and mention.where.precision == "admin1"
