"""Who does what to whom decides the kind; mood, negation and age decide the status."""

from __future__ import annotations

import pytest

from tests.coding.parsing import parser, tellings_of
from tests.coding.reading import reading_of
from tocsin.coding.kind import find_tellings

KINDS = [
    ("A deputy shot a man at a petrol station.", "police_shooting"),
    ("A man was shot by an officer outside his flat.", "police_shooting"),
    ("The shooting of a student by police shocked the town.", "police_shooting"),
    ("A gunman shot two shoppers in the arcade.", "armed_attack"),
    ("Soldiers opened fire on demonstrators at the bridge.", "demonstration"),
    ("Rebels attacked a military base near the river.", "armed_clash"),
    ("Gunmen killed four villagers.", "armed_attack"),
    ("Nurses marched to the ministry.", "demonstration"),
    ("Dockers walked off the job over pay.", "labour_strike"),
    ("The prefect imposed a curfew in the port.", "curfew"),
    ("The governor sent 200 National Guard soldiers to the town.", "deployment"),
    ("The cabinet declared a state of emergency.", "state_of_emergency"),
    ("A suicide bomber blew himself up at the gate.", "suicide_bombing"),
    ("Bomb experts defused a device beside the rails.", "foiled_attack"),
    ("Police arrested a teacher on Monday.", "arrest"),
    ("The bishop called on both sides to stop.", "statement"),
    ("Troops opened fire on villagers demonstrating at the mine.", "demonstration"),
    ("A driver ploughed through shoppers outside the arcade.", "vehicle_ramming"),
    ("Marines landed on the island on Friday at the request of its government.", "deployment"),
]


@pytest.mark.parametrize(("text", "kind"), KINDS, ids=[text for text, _ in KINDS])
def test_kind_follows_who_does_what_to_whom(text: str, kind: str) -> None:
    assert kind in {telling.kind for telling in tellings_of(text)}


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Two men were hurt in a bar brawl in Dover.", set()),
        ("A brawl between two gangs filled the market.", {"mob_violence"}),
        ("A funeral procession for the bishop passed the gate.", set()),
        ("The funeral procession filled the street, and mourners chanted slogans.",
         {"demonstration"}),
    ],
    ids=["bar", "gangs", "funeral", "slogans"],
)  # fmt: skip
def test_guests_and_mourners_are_no_crowd(text: str, kinds: set[str]) -> None:
    assert {telling.kind for telling in tellings_of(text)} & {
        "mob_violence", "demonstration"
    } == kinds  # fmt: skip


ACTS = [
    ("Marchers threw stones at the gate.", "throwing_objects"),
    ("Protesters set two buses on fire.", "arson"),
    ("Officers fired tear gas at the crowd.", "tear_gas"),
    ("The crowd stormed the town hall.", "storming"),
    ("Riot police dispersed the demonstrators.", "dispersal"),
    ("Some broke windows and looted shops.", "taking_goods"),
]


@pytest.mark.parametrize(("text", "act"), ACTS, ids=[act for _, act in ACTS])
def test_acts_inside_a_crowd_are_read(text: str, act: str) -> None:
    assert act in {telling.act for telling in tellings_of(text)}


STATUSES = [
    ("Nurses will march through the town on Saturday.", "planned"),
    ("The union plans to march on Saturday.", "planned"),
    ("Thousands marched through the town.", "new"),
    ("Officers did not shoot the man.", "denied"),
    ("If they march, roads will be closed.", "feared"),
    ("Traders fear losses, though the risk of a march is low.", "feared"),
    ("Shops shut early amid fears of another march.", "feared"),
    ("It is ten years since police shot a miner here.", "mentioned"),
    ("Last year police shot a miner here.", "mentioned"),
]


@pytest.mark.parametrize(("text", "status"), STATUSES, ids=[text for text, _ in STATUSES])
def test_status_follows_mood_negation_and_age(text: str, status: str) -> None:
    harm = [t for t in tellings_of(text) if t.kind in ("demonstration", "police_shooting")]
    assert harm[0].status == status


SILENT = [
    ("Riot police stood at the gate.", "demonstration"),
    ("The Police Complaints Board met on Monday.", "charge"),
    ("Four students are accused of unlawful assembly.", "dispersal_order"),
    ("Officers fired into the air to part the two groups.", "armed_attack"),
    (
        "Nine people were killed in Arua as police pushed protesters out of the port.",
        "armed_attack",
    ),
    ("The first trains arrived in the town on Friday.", "deployment"),
    ("Rumours of a leak spread like wildfire, Orvex said.", "natural_disaster"),
    ("The names and identities of the two victims have been released.", "release"),
    ("Anna Boyd was released from the hospital on Friday.", "release"),
    ("According to the arrest report, three neighbours heard the shots.", "arrest"),
    (
        "A charge does not mean that anybody was convicted: all are innocent until proven guilty.",
        "verdict",
    ),
    ("If a charge was dropped, send proof to have a retraction printed.", "charge"),
    ("Edna and Rob Colt were standing outside when a car drove by.", "demonstration"),
    ("Police confiscated rifles and explosives from three groups.", "bombing"),
    ("The army lifted a blockade on lorries at the border crossing on Friday.", "demonstration"),
    ("Police said Colt collapsed on the floor.", "accident"),
    ("It was an accident, the gun was not his, he said.", "accident"),
]


@pytest.mark.parametrize(("text", "kind"), SILENT, ids=[text for text, _ in SILENT])
def test_words_inside_another_sense_make_no_kind(text: str, kind: str) -> None:
    assert kind not in {telling.kind for telling in tellings_of(text)}


def test_without_denies_what_follows_it_and_nothing_before_it() -> None:
    told = {t.cue: t.status for t in tellings_of("Officers arrested him without firing a shot.")}
    assert told == {"arrest": "new", "shoot": "denied"}


@pytest.mark.parametrize(
    "text",
    [
        "Arrests for theft rose by a third.",
        "Thirty villagers have been killed since the rains ended.",
    ],
)
def test_sums_over_a_long_time_tell_nothing_new(text: str) -> None:
    assert [t.status for t in tellings_of(text) if t.kind] == ["mentioned"]


@pytest.mark.parametrize(
    "text",
    [
        "The striker shot wide in the second half, a goal that never was.",
        "She shot the photo in Rome.",
        "The minister came under fire over her budget.",
        "He is not the first man to have been shot by police here.",
    ],
    ids=["sport", "photo", "metaphor", "ranking"],
)
def test_other_worlds_tell_of_nothing_firm(text: str) -> None:
    assert not [t for t in tellings_of(text) if t.kind and t.confidence > 0.5]


@pytest.mark.parametrize(
    ("text", "is_firm"),
    [
        ("Four students are accused of unlawful assembly.", False),
        ("Four students accused of arson were charged on Monday.", True),
    ],
)
def test_to_be_accused_is_no_charge_without_a_court(text: str, is_firm: bool) -> None:
    told = [t.confidence > 0.5 for t in tellings_of(text) if t.kind == "charge"]
    assert any(told) == is_firm


def test_shared_object_keeps_the_doer() -> None:
    telling = next(t for t in tellings_of("Police shot and wounded a woman.") if t.cue == "shoot")
    assert telling.kind == "police_shooting"
    assert telling.patient is not None
    assert telling.patient.text == "woman"


def test_accused_side_is_the_doer_and_not_the_accuser() -> None:
    text = "A rights group accuses the army of killing nine protesters."
    telling = next(t for t in tellings_of(text) if t.cue == "kill")
    assert telling.agent is not None
    assert telling.agent.text == "army"


def test_the_willing_state_is_the_doer() -> None:
    document = reading_of("Peru is willing to send doctors to Ghana, an aide said.", parser())
    told = find_tellings(document, "posture")
    assert [t.agent.text for t in told if t.agent is not None] == ["Peru"]
