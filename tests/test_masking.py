"""Minors, suspects, witnesses and private people are masked in everything that leaves."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tocsin import records
from tocsin.masking import Mask
from tocsin.model import (
    Account,
    Actor,
    Attribution,
    Claim,
    Entry,
    Evidence,
    Incident,
    Reading,
    Value,
    Victim,
    Where,
)
from tocsin.terms import Role, is_minor


def evidence(quote: str) -> Evidence:
    return Evidence(report="r-1", text_digest="t", start=0, end=len(quote), quote=quote)


def account(
    value: Value, *, kind: str = "armed_attack", said: Attribution | None = None
) -> Account:
    claim = Claim(
        id="c-1",
        slot="victim",
        value=value,
        evidence=(evidence("words"),),
        attribution=said or Attribution(),
        reading_confidence=0.9,
        coder="1",
    )
    return Account(
        id="a-1", report="r-1", kind=kind, status="new", anchor=evidence("words"), claims=(claim,)
    )


@pytest.mark.parametrize(
    ("age", "groups", "minor"),
    [
        pytest.param(17, (), True, id="age"),
        pytest.param(18, ("child",), False, id="adult"),
        pytest.param(None, (None, "teenager"), True, id="group"),
        pytest.param(None, ("elderly",), False, id="elderly"),
        pytest.param(None, (), False, id="not told"),
    ],
)
def test_a_minor_is_known_by_age_else_age_group(
    age: int | None, groups: tuple[str | None, ...], minor: bool
) -> None:
    assert is_minor(age, *groups) is minor


def test_all_minors_that_a_report_names_are_masked() -> None:
    told = account(
        Victim(words="a man"), said=Attribution(speaker="Lena Ford", speaker_kind="family")
    )
    assert Mask.of([told]).text("Lena Ford") == "Lena Ford"
    told = replace(told, minors=("Lena Ford",))
    assert Mask.of([told]).text("Ford, 16") == "[minor], 16"
    shown = Mask.of([told], frozenset({"Lena Ford"}))
    assert shown.text("16-year-old Lena Ford") == "16-year-old Lena Ford"


@pytest.mark.parametrize(
    ("source", "label"),
    [
        pytest.param(
            account(Victim(words="Ana Ruiz", name="Ana Ruiz", age=12)), "minor", id="minor"
        ),
        pytest.param(
            account(Victim(words="Ana Ruiz", name="Ana Ruiz"), kind="sexual_violence"),
            "victim",
            id="victim of sexual violence",
        ),
        pytest.param(
            account(Actor(words="Ana Ruiz", name="Ana Ruiz", role="actor", private=True)),
            "suspect",
            id="suspect",
        ),
        pytest.param(
            account(
                Victim(words="a man"),
                said=Attribution(speaker="Ana Ruiz", speaker_kind="witness"),
            ),
            "witness",
            id="witness",
        ),
    ],
)
def test_a_masked_name_is_replaced_wherever_it_stands(source: Account, label: str) -> None:
    mask = Mask.of([source])
    assert mask.text("Ana Ruiz ran. Ruiz fell.") == f"[{label}] ran. [{label}] fell."
    assert mask.text("Anabel Ruizen") == "Anabel Ruizen"


@pytest.mark.parametrize(
    ("speaker", "shown"),
    [("Ana de la Cruz", "[witness] said so"), ("Northern Union foreign ministers", None)],
)
def test_a_body_that_speaks_is_no_masked_person(speaker: str, shown: str | None) -> None:
    told = account(Victim(words="a man"), said=Attribution(speaker=speaker, speaker_kind="witness"))
    words = f"{speaker} said so"
    assert Mask.of([told]).text(words) == (shown or words)


@pytest.mark.parametrize("role", ["actor", "target", "speaker"])
def test_a_minor_is_masked_in_any_role(role: Role) -> None:
    charged = Actor(words="Jon Ashdown", name="Jon Ashdown", role=role, person=True, minor=True)
    mask = Mask.of([account(charged, kind="charge")])
    assert mask.text("Jon Ashdown, 17, was charged.") == "[minor], 17, was charged."


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("12-year-old Ana B. Ruiz fell", "12-year-old [minor] fell"),
        ("A six month old Ana Ruiz cried", "A six month old [minor] cried"),
        ("and ten-year-old Ana Ruiz.", "and ten-year-old [minor]."),
        ("12-year-old Ana Ruiz's brother", "12-year-old [minor]'s brother"),
        ("12-year-old Ana Ruiz was a student", "12-year-old [minor] was a student"),
        ("32-year-old Ana Ruiz fell", "32-year-old Ana Ruiz fell"),
        ("Thirty-one-year-old Ana Ruiz", "Thirty-one-year-old Ana Ruiz"),
        ("a 12-year-old West Side boy", "a 12-year-old West Side boy"),
        ("a 16-year-old Ridge Park student", "a 16-year-old Ridge Park student"),
        ("a 15-year-old African American", "a 15-year-old African American"),
    ],
)
def test_a_name_beside_the_age_of_a_minor_is_masked_in_any_text(words: str, shown: str) -> None:
    assert Mask().text(words) == shown


def test_a_named_adult_victim_stays_named() -> None:
    mask = Mask.of([account(Victim(words="Ana Ruiz", name="Ana Ruiz", age=40))])
    assert mask.text("Ana Ruiz") == "Ana Ruiz"


def test_a_person_may_unmask_one_name() -> None:
    source = account(Victim(words="Ana Ruiz", name="Ana Ruiz", age=12))
    assert Mask.of([source], frozenset({"Ana Ruiz"})).text("Ana Ruiz") == "Ana Ruiz"


def test_a_whole_record_is_masked_in_every_field() -> None:
    source = account(Victim(words="Ana Ruiz", name="Ana Ruiz", age=12))
    reading = Reading(
        value=Victim(words="Ana Ruiz, 12", name="Ana Ruiz", age=12),
        certainty="asserted",
        claims=("c-1",),
        reports=1,
        origins=1,
        speakers=("the uncle of Ana Ruiz",),
    )
    incident = Incident(
        id="i-1",
        kind="armed_attack",
        accounts=("a-1",),
        slots={"victim": (Entry(shown=reading, why="only value"),)},
        reports=1,
        origins=1,
    )
    written = records.write(Mask.of([source]).record(incident))
    assert b"Ruiz" not in written
    assert b"[minor]" in written


def test_an_adult_harmed_in_public_is_not_masked_as_a_private_person() -> None:
    harmed = Actor(words="Ana Ruiz", name="Ana Ruiz", role="target", private=True)
    assert Mask.of([account(harmed)]).text("Ana Ruiz") == "Ana Ruiz"


def test_an_uncharged_suspect_is_masked() -> None:
    suspect = Actor(words="Ben Holt", name="Ben Holt", role="actor", private=True)
    assert Mask.of([account(suspect)]).text("Ben Holt fired") == "[suspect] fired"


def test_a_named_adult_victim_stays_named_though_another_account_mistook_the_role() -> None:
    harmed = account(Victim(words="Ana Ruiz", name="Ana Ruiz", age=40))
    mistaken = account(Actor(words="Ana Ruiz", name="Ana Ruiz", role="actor", private=True))
    assert Mask.of([harmed, mistaken]).text("Ana Ruiz") == "Ana Ruiz"


def test_a_place_is_never_masked() -> None:
    victim = account(Victim(words="the boy", name="Nanterre"))
    place = account(Where(words="Nanterre", name="Nanterre"))
    assert Mask.of([victim, place]).text("in Nanterre") == "in Nanterre"


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("ANA RUIZ CHARGED", id="capitals"),
        pytest.param("Ana  Ruiz", id="spaced"),
        pytest.param("Ana M. Ruiz", id="initial"),
        pytest.param("https://a.example/2020/ana-ruiz-held?x=1", id="address"),
        pytest.param("inbox/ana_ruiz.txt", id="file"),
        pytest.param("https://a.example/Ana%20Ruiz", id="escaped"),
        pytest.param("https://a.example/mother-of-ruiz-speaks", id="surname in an address"),
        pytest.param("Ana said nothing", id="given name alone"),
        pytest.param("Ruiz’s mother", id="possessive"),
    ],
)
def test_no_form_of_a_masked_name_is_left(words: str) -> None:
    mask = Mask.of([account(Victim(words="Ana Ruiz", name="Ana Ruiz", age=12))])
    shown = mask.text(words).casefold()
    assert "ruiz" not in shown
    assert "ana" not in shown.replace("%20", " ").split()
    assert "[minor]" in shown


def test_an_address_without_accents_is_masked_too() -> None:
    mask = Mask.of([account(Victim(words="José Peña", name="José Peña", age=12))])
    assert mask.text("x.example/jose-pena-12") == "x.example/[minor]-12"


def test_a_crowd_that_speaks_has_no_name_to_mask() -> None:
    said = Attribution(speaker="More than 1,000 people", speaker_kind="witness")
    mask = Mask.of([account(Victim(words="a man"), said=said)])
    assert mask.text("More than 1,000 people gathered.") == "More than 1,000 people gathered."


def test_words_that_only_look_like_a_name_stay() -> None:
    mask = Mask.of([account(Victim(words="Will Brown", name="Will Brown", age=12))])
    assert mask.text("Will they burn brown-coal?") == "Will they burn brown-coal?"
    assert mask.text("Anna Brown") == "Anna [minor]"
    other = Mask.of([account(Victim(words="Tom Lee", name="Tom Lee", age=12))])
    assert other.text("Tom Petty sang") == "Tom Petty sang"


PLACES = [
    pytest.param("her home on 24th Street", "home", id="street of a home"),
    pytest.param("Harbor House Shelter", "shelter", id="shelter"),
    pytest.param("the Lakeside Clinic", "clinic", id="clinic"),
    pytest.param("an apartment at 118 Elm Avenue", "home", id="flat"),
]


@pytest.mark.parametrize(("words", "label"), PLACES)
def test_a_private_place_is_blurred_to_its_city(words: str, label: str) -> None:
    where = Where(
        words=words, name=words, city="Kenosha", admin1="Wisconsin", country="US",
        lat=42.58474, lon=-87.82119, precision="site", radius_km=0.1, place="own:x",
    )  # fmt: skip
    mask = Mask.of([account(where)])
    reading = Reading(value=where, certainty="asserted", claims=("c-1",), reports=1, origins=1)
    incident = Incident(
        id="i-1", kind="armed_attack", accounts=("a-1",), reports=1, origins=1,
        slots={"where": (Entry(shown=reading, why="only value"),)},
    )  # fmt: skip
    shown = mask.record(incident).slots["where"][0].shown.value
    assert isinstance(shown, Where)
    assert (shown.name, shown.city, shown.precision) == ("Kenosha", "Kenosha", "city")
    assert (shown.lat, shown.lon) == (42.6, -87.8)
    assert shown.radius_km is not None
    assert shown.radius_km >= 10
    assert shown.words == f"[{label}]"
    assert mask.text(f"It happened at {words}.") == f"It happened at [{label}]."


@pytest.mark.parametrize(
    "words", ["the White House", "the House of Commons", "the courthouse", "City Hall", "Homestead"]
)
def test_a_public_place_is_shown_as_it_is(words: str) -> None:
    where = Where(words=words, name=words, city="Kenosha", lat=42.58474, precision="site")
    assert Mask.of([account(where)]).text(words) == words
    assert not Mask.of([account(where)]).blurs


def test_a_home_without_more_words_hides_nothing_of_the_text() -> None:
    where = Where(words="her home in Kenosha", name="Kenosha", city="Kenosha", precision="city")
    assert Mask.of([account(where)]).text("at her home in Kenosha") == "at her home in Kenosha"


def test_a_surname_shared_with_somebody_shown_is_masked_in_the_whole_name_only() -> None:
    harmed = account(Victim(words="Ana Ruiz", name="Ana Ruiz", age=40))
    uncle = account(Actor(words="Leo Ruiz", name="Leo Ruiz", role="participant", private=True))
    mask = Mask.of([harmed, uncle])
    assert mask.text("Leo Ruiz spoke of Ana Ruiz") == "[person] spoke of Ana Ruiz"
