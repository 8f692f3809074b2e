"""What is one incident, what is another, and what a report only looks back at."""

from __future__ import annotations

import pytest

from tests.coding.parsing import tellings_of
from tests.coding.test_assemble import accounts_of, kinds, one, values
from tocsin.model import Actor, Count, Measure, When

DOERS = [
    ("Police shot dead a 19-year-old at the wheel of a van.", "police_shooting"),
    ("A driver was killed by the shot of a policeman.", "police_use_of_force"),
    ("A boy in nearby Zeist, who was shot by an officer, is alive.", "police_shooting"),
    ("Soldiers were patrolling the streets of the capital.", "deployment"),
    ("The defence forces have been deployed to help the police.", "deployment"),
    ("Attackers rammed a lorry into the gate of a house.", "vehicle_ramming"),
    ("The president suspended the rise in bus fares.", "concede"),
]


@pytest.mark.parametrize(("text", "kind"), DOERS, ids=[text for text, _ in DOERS])
def test_the_doer_is_found_behind_the_words(text: str, kind: str) -> None:
    assert kind in {telling.kind for telling in tellings_of(text)}


LOOKED_BACK_AT = [
    "It was the third night of protest since a clerk was killed by police.",
    "The move comes after a guard was killed by gunmen in the port.",
]


@pytest.mark.parametrize("text", LOOKED_BACK_AT)
def test_what_a_report_refers_back_to_is_not_new(text: str) -> None:
    killings = [t for t in tellings_of(text) if t.cue == "kill"]
    assert [t.status for t in killings] == ["mentioned"]


def test_driving_at_police_is_why_they_shot_and_no_attack_beside() -> None:
    found = accounts_of(
        "A driver was shot dead by an officer on Monday. "
        "Police sources said that the car had been driven at two officers."
    )
    assert kinds(found) == ["police_shooting"]


def test_a_rammed_gate_is_an_incident_where_nobody_was_shot() -> None:
    found = accounts_of("A man drove a van into a police officer at the market on Monday.")
    assert "vehicle_ramming" in kinds(found)


def test_one_order_has_the_day_it_was_given_and_the_day_it_starts() -> None:
    found = accounts_of(
        "The governor called in the National Guard on Monday. "
        "The first Guard soldiers arrived on Tuesday."
    )
    assert kinds(found).count("deployment") == 1


ADDED = [
    ("On Tuesday he sent 500 more Guard members.", 2),
    ("On Tuesday he doubled the number of Guard soldiers to 250.", 2),
    ("On Tuesday he called up further parts of the National Guard.", 2),
    ("On Tuesday more than 100 Guard members were sent.", 1),
]


@pytest.mark.parametrize(("text", "incidents"), ADDED, ids=[text for text, _ in ADDED])
def test_forces_that_are_added_are_a_deployment_of_their_own(text: str, incidents: int) -> None:
    found = accounts_of(f"The governor called in the National Guard on Monday. {text}")
    sent = [account for account in found if account.kind == "deployment"]
    states = [m.state for a in sent for m in values(a, "measure") if isinstance(m, Measure)]
    assert states == ["announced", "extended"][:incidents]


def test_more_forces_alone_are_one_deployment() -> None:
    found = accounts_of(
        "The governor sent 500 more Guard members on Monday. The Guard soldiers came by bus."
    )
    assert kinds(found).count("deployment") == 1


def test_a_county_under_attack_has_no_state_of_emergency_yet() -> None:
    found = accounts_of("The letter says the county is under attack and in a state of emergency.")
    assert "state_of_emergency" not in kinds(found)


def test_a_curfew_known_already_makes_no_record() -> None:
    text = "The fire broke out on Monday while the curfew that the army had ordered was in force."
    assert "curfew" not in kinds(accounts_of(text))


def test_a_curfew_that_starts_makes_one() -> None:
    assert kinds(accounts_of("The army ordered a curfew from 10 p.m. on Monday.")) == ["curfew"]


def test_an_inquiry_has_the_day_on_which_it_was_made_known() -> None:
    found = accounts_of(
        "A clerk was shot dead by police on Sunday evening. "
        "The oversight body said on Monday that it had opened an inquiry."
    )
    times = values(one(found, "inquiry"), "when")
    assert isinstance(times[0], When)
    assert times[0].words.endswith("Monday")


def test_a_source_of_figures_makes_no_statement() -> None:
    text = "Nine people were hurt, two of them by bullets, the clinic said in a joint statement."
    assert "statement" not in kinds(accounts_of(text))


def test_a_crowd_is_one_actor_with_its_fullest_words() -> None:
    found = accounts_of(
        "Hundreds of the protesters stormed the town hall on Monday. "
        "The protesters set two cars on fire."
    )
    actors = values(one(found, "demonstration"), "actor")
    assert [a.words for a in actors if isinstance(a, Actor)] == ["Hundreds of the protesters"]


def test_one_of_those_counted_is_no_total() -> None:
    found = accounts_of(
        "Gunmen shot four people on Monday. Two of the four were in critical condition. "
        "A woman was shot in the leg."
    )
    counts = values(one(found, "armed_attack"), "injured")
    assert [c.low for c in counts if isinstance(c, Count)] == [4]


AGES = [
    ("Two women, both 21, were shot on Monday.", [2]),
    ("Three men aged 21, 22 and 24 were shot on Monday.", [3]),
    ("TILBURG (AP) - Four people were shot on Monday.", [4]),
]


@pytest.mark.parametrize(("text", "lows"), AGES, ids=[text for text, _ in AGES])
def test_ages_and_towns_are_no_counts(text: str, lows: list[int]) -> None:
    counts = values(one(accounts_of(text), "armed_attack"), "injured")
    assert [c.low for c in counts if isinstance(c, Count)] == lows


def test_an_order_that_a_crowd_defies_is_no_actor() -> None:
    found = accounts_of(
        "Police dispersed the protesters on Monday after they defied the curfew orders."
    )
    crowd = one(found, "demonstration")
    targets = [t.words for t in values(crowd, "target") if isinstance(t, Actor)]
    assert not [words for words in targets if "order" in words]


def test_a_shot_that_was_not_fired_gives_no_kind_to_those_killed() -> None:
    accounts = accounts_of(
        "Six people were killed on Monday when a man drove a lorry along a pavement in the port. "
        "A deputy caught the driver minutes later without firing a shot."
    )
    assert "police_shooting" not in kinds(accounts)
