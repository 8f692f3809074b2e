"""Minors, suspects, witnesses and private people are masked in everything that leaves."""

from __future__ import annotations

import pytest

from tocsin import records
from tocsin.masking import Mask, is_minor
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
    ("victim", "minor"),
    [
        pytest.param(Victim(words="a man", age=17), True, id="age"),
        pytest.param(Victim(words="a man", age=18), False, id="adult"),
        pytest.param(Victim(words="the boy"), True, id="child word"),
        pytest.param(Victim(words="a sixth-grader"), True, id="grade"),
        pytest.param(Victim(words="a woman"), False, id="woman"),
        pytest.param(Victim(words="the Boydell family's lawyer"), False, id="part of a name"),
    ],
)
def test_a_minor_is_known_by_age_child_word_or_grade(victim: Victim, minor: bool) -> None:
    assert is_minor(victim) is minor


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
