"""Each act, count, victim and statement keeps its own words, doer and object."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc

from tests.coding.parsing import context_of, parser
from tests.coding.test_assemble import accounts_of, kinds, one, values
from tocsin.coding.roles import subject_of
from tocsin.coding.spelling import unjumbled
from tocsin.model import Act, Actor, Condition, Count, Measure, Victim, When


def acts(text: str) -> dict[str, Act]:
    crowd = one(accounts_of(text), "demonstration")
    return {value.what: value for value in values(crowd, "act") if isinstance(value, Act)}


def test_the_crowd_and_not_the_police_defies_an_order() -> None:
    found = acts("Troopers dispersed the marchers using tear gas after defying the curfew order.")
    assert found["order_defied"].actor == "marchers"
    assert found["order_defied"].words == "defying the curfew order"
    assert found["tear_gas"].actor is not None
    assert "Troopers" in found["tear_gas"].actor


@pytest.mark.parametrize(
    ("words", "act", "target"),
    [
        ("Police used tear gas on Friday.", "tear_gas", None),
        ("Some threw bottles.", "throwing_objects", None),
        ("Some burned dozens of buildings near a mill.", "arson", "dozens of buildings"),
        ("Marchers broke a curfew.", "order_defied", "a curfew"),
    ],
)
def test_what_an_act_is_done_with_is_no_target(words: str, act: str, target: str | None) -> None:
    found = acts(f"Hundreds of people marched in Leeds on Friday. {words}")
    assert found[act].target == target


def test_what_could_be_heard_was_heard() -> None:
    text = 'Dozens marched in Utrecht on Friday. The crowd could be heard chanting "Not one step".'
    crowd = one(accounts_of(text), "demonstration")
    chant = next(c for c in crowd.claims if isinstance(c.value, Act) and c.value.what == "chant")
    assert chant.attribution.certainty == "asserted"
    assert "Not one step" in chant.evidence[0].quote


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [("twice", 2, 2), ("four times", 4, 4), ("several times", 2, None)],
    ids=["twice", "figure", "open"],
)
def test_counted_shots(words: str, low: int, high: int | None) -> None:
    text = f"Police shot a man {words} in Leeds on Monday."
    shots = values(one(accounts_of(text), "police_shooting"), "shots")
    assert [(s.low, s.high) for s in shots if isinstance(s, Count)] == [(low, high)]


def test_arms_and_race_keep_their_words() -> None:
    text = (
        "Police in Tulsa shot Adam Reyes in the leg on Monday evening. "
        "Neighbours said that officers had no reason to shoot unarmed Reyes."
    )
    shooting = one(accounts_of(text), "police_shooting")
    claim = next(c for c in shooting.claims if isinstance(c.value, Victim))
    assert isinstance(claim.value, Victim)
    assert claim.value.armed == "no"
    assert "unarmed" in {evidence.quote for evidence in claim.evidence}


def test_conditions_stand_in_their_order_with_their_days() -> None:
    text = (
        "Rita Vance, 44, who was shot by police in Porto on Tuesday, has died. "
        "She was in a critical condition on Wednesday."
    )
    victim = values(one(accounts_of(text, published="2022-05-06"), "police_shooting"), "victim")[0]
    assert isinstance(victim, Victim)
    states = [(c.words, _day(c)) for c in victim.conditions]
    assert states == [("in a critical condition", "2022-05-04"), ("has died", None)]


def _day(condition: Condition) -> str | None:
    when = condition.when
    return when.start[:10] if isinstance(when, When) and when.start else None


def test_an_ordinal_gives_the_total() -> None:
    text = "A fourth victim of Sunday's shooting in Gary, Indiana, died on Monday, doctors said."
    killed = values(one(accounts_of(text), "armed_attack"), "killed")
    assert [(k.low, k.mode) for k in killed if isinstance(k, Count)] == [(4, "total")]


def test_a_dateline_is_not_the_place() -> None:
    text = "LAGOS, May 3 - Gunmen killed six traders in Maiduguri on Monday, officials said."
    context = context_of(text, published="2022-05-03")
    places = [p for t in context.tellings if (p := context.place_of(t)) is not None]
    assert all(place.start > len("LAGOS") for place in places)


def test_arrests_of_a_whole_country_are_no_incident() -> None:
    text = "The minister spoke of 50 arrests across the country."
    assert "arrest" not in kinds(accounts_of(text))


def test_damage_in_an_attack_is_part_of_it() -> None:
    text = "Gunmen stormed a village near Jos on Sunday, killed four people and burned houses."
    assert "property_destruction" not in kinds(accounts_of(text))


@pytest.mark.parametrize(
    ("word", "meant"),
    [("gevornor", "governor"), ("presidetn", "president"), ("governor", None), ("walker", None)],
    ids=["letters turned", "end turned", "right", "another word"],
)
def test_jumbled_titles(word: str, meant: str | None) -> None:
    assert unjumbled(word, frozenset({"governor", "president"})) == meant


def test_advice_names_whom_it_is_for() -> None:
    text = "Police issued a public safety alert on Monday urging late-night shops to close early."
    alert = values(one(accounts_of(text), "public_alert"), "measure")[0]
    assert isinstance(alert, Measure)
    assert alert.addressee == "late-night shops"


def test_who_is_charged_is_neither_the_victim_nor_the_soldiers_of_the_headline() -> None:
    found = accounts_of(
        "Police arrested a 24-year-old man in Leeds on Friday over the death of Peter Hall, who "
        "was shot on Wednesday night. He was found at 6 a.m. and faces a murder charge."
    )
    (target,) = values(one(found, "charge"), "target")
    assert isinstance(target, Actor)
    assert (target.words, target.name) == ("24-year-old man", None)
    sent = accounts_of(
        "Government sends out 2,000 soldiers as officer is charged. The officer was charged "
        "with manslaughter in Leeds on Thursday and held."
    )
    targets = values(one(sent, "charge"), "target")
    assert {t.words for t in targets if isinstance(t, Actor)} <= {"officer", "The officer"}


@pytest.mark.parametrize(
    "text",
    [
        "Taliban fighters went on a strike against a police post in Kunduz on Monday.",
        "The strikes killed nine people near Kunduz on Monday.",
        "Police in Leeds are investigating whether a second car was used in the theft.",
    ],
    ids=["attack", "air strikes", "routine"],
)
def test_words_of_work_and_of_inquiry_that_tell_neither(text: str) -> None:
    assert not {"labour_strike", "inquiry"} & {a.kind for a in accounts_of(text)}


def test_what_an_attack_is_revenge_for_is_no_part_of_it() -> None:
    found = accounts_of(
        "A bomber killed six people at the consulate in Leeds on Friday. The rebels called it "
        "revenge for air strikes this month in Wales that left 32 civilians dead."
    )
    assert [(a.kind, a.status) for a in found if a.status == "new"] == [("armed_attack", "new")]
    killed = values(one(found, "armed_attack"), "killed")
    assert [count.low for count in killed if isinstance(count, Count)] == [6]


def test_bomb_is_not_found_because_somebody_was() -> None:
    text = "The blast in Leeds on Friday killed two, and the attackers shot whoever they found."
    assert "foiled_attack" not in {a.kind for a in accounts_of(text)}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("A man drowned off Leeds on March 16.", "demonstration"),
        ("A patrol car blocks the entrance of the garage in Leeds.", "demonstration"),
        (
            "Police in Leeds closed a shop on Monday. Its owner was found fatally shot.",
            "police_shooting",
        ),
        (
            "A woman was struck from behind in Leeds, sheriff's homicide Lt. Al Gray said.",
            "police_use_of_force",
        ),
        ("He left the room in Leeds and began shooting down the hallway.", "foiled_attack"),
        ("Officers in Leeds called for backup on Monday because of a brawl.", "demand"),
        ("Rebels accused the government of foiling the deal on Monday.", "foiled_attack"),
    ],
    ids=["date", "patrol car", "found shot", "homicide desk", "direction", "backup", "deal"],
)
def test_words_of_other_senses_make_no_record(text: str, kind: str) -> None:
    assert kind not in {account.kind for account in accounts_of(text)}


def test_what_its_own_years_and_months_put_long_before_is_only_mentioned() -> None:
    found = accounts_of(
        "Syria first sent troops into the valley in the 1970s. In January, a man stabbed two "
        "people to death in Leeds. Police shot a man in Leeds on Monday."
    )
    assert {a.kind for a in found if a.status == "new"} == {"police_shooting"}


@pytest.mark.parametrize(
    "text",
    [
        "A man was hurt when his motorcycle went off the road near Leeds on Monday.",
        "His gun had gone off by accident in Leeds on Monday.",
        "The pistol accidentally went off and hit a boy in Leeds on Monday.",
    ],
)
def test_what_goes_off_the_road_or_is_a_gun_is_no_bomb(text: str) -> None:
    assert "bombing" not in {account.kind for account in accounts_of(text)}


def test_the_age_beside_a_name_is_theirs() -> None:
    text = (
        "Police find car used in Leeds drive-by shooting that hit 3-year-old\n\n"
        "Police said on Monday that the driver opened fire at people on a porch in Leeds. "
        "Rita Vance, 44, was shot, along with 3-year-old Tilly Marsh, who was struck in the arm."
    )
    victims = values(one(accounts_of(text), "armed_attack"), "victim")
    assert [(v.name, v.age) for v in victims if isinstance(v, Victim)] == [("Rita Vance", 44)]


@pytest.mark.parametrize(
    ("text", "doer"),
    [
        ("Police: Man fatally shoots girl in Leeds on Monday.", "Man"),
        (
            "A boy died in Leeds on Monday. Sheriffs say he reached up, grabbed a loaded gun "
            "off a shelf and pulled the trigger, shooting a friend.",
            "boy",
        ),
    ],
    ids=["label", "told"],
)
def test_whoever_only_tells_of_a_shooting_fired_no_shot(text: str, doer: str) -> None:
    accounts = accounts_of(text)
    assert "police_shooting" not in kinds(accounts)
    found = values(one(accounts, "armed_attack"), "actor")
    actors = [value.words for value in found if isinstance(value, Actor)]
    assert actors == [doer]


def test_a_condition_has_no_subject_of_its_own() -> None:
    text = "Police shot Rita Vance in Leeds on Monday. She was taken to hospital, where she died."
    victim = values(one(accounts_of(text), "police_shooting"), "victim")[0]
    assert isinstance(victim, Victim)
    assert [condition.state for condition in victim.conditions] == ["died"]


def test_a_deed_whose_doer_the_parse_lost_is_not_of_whoever_tells_it() -> None:
    """A parse as it came once: "shot" hangs on "said", its doer on another verb."""
    told = Doc(
        parser().vocab,
        words=[
            "Police",
            "said",
            "it",
            "seemed",
            "Hale",
            "dropped",
            "a",
            "gun",
            "and",
            "shot",
            "him",
        ],
        heads=[1, 1, 3, 5, 3, 1, 7, 5, 5, 5, 9],
        deps=[
            "nsubj",
            "ROOT",
            "nsubj",
            "advcl",
            "dobj",
            "ccomp",
            "det",
            "dobj",
            "cc",
            "conj",
            "dobj",
        ],
        tags=["NNS", "VBD", "PRP", "VBD", "NNP", "VBD", "DT", "NN", "CC", "VBD", "PRP"],
        pos=[
            "NOUN",
            "VERB",
            "PRON",
            "VERB",
            "PROPN",
            "VERB",
            "DET",
            "NOUN",
            "CCONJ",
            "VERB",
            "PRON",
        ],
        lemmas=["police", "say", "it", "seem", "Hale", "drop", "a", "gun", "and", "shoot", "he"],
    )
    assert subject_of(told[9]) is None
