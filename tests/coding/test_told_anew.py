"""What a later step or order tells anew, and what only sets the scene: whole reports, placed."""

from __future__ import annotations

import pytest
from spacy.language import Language

from tests.coding.parsing import report_of
from tocsin.coding.coder import Coder, code
from tocsin.gazetteer import Gazetteer
from tocsin.model import Account, Count, When, Where
from tocsin.ontology import load


@pytest.fixture(scope="module")
def coder(nlp: Language, gazetteer: Gazetteer) -> Coder:
    return Coder(nlp, gazetteer, load())


def new(text: str, coder: Coder, published: str = "2022-05-04") -> dict[str, Account]:
    found = code(report_of(text, published=published), coder)
    return {account.kind: account for account in found if account.status == "new"}


def city(account: Account) -> str | None:
    places = [c.value.city for c in account.claims if isinstance(c.value, Where)]
    return places[0] if places else None


def day(account: Account) -> str | None:
    times = [c.value for c in account.claims if c.slot == "when" and isinstance(c.value, When)]
    return (times[0].night_of or (times[0].start or "")[:10]) if times else None


def test_people_killed_in_a_clash_are_of_the_clash(coder: Coder) -> None:
    found = new(
        "Nine people were killed on Monday in a clash near the port of Callao, Peru.", coder
    )
    assert set(found) == {"mob_violence"}
    counts = [c.value for c in found["mob_violence"].claims if c.slot == "killed"]
    assert [c.low for c in counts if isinstance(c, Count)] == [9]


def test_people_killed_without_a_clash_are_of_an_attack(coder: Coder) -> None:
    text = "Nine people were killed by gunmen on Monday in a bar near the port of Callao, Peru."
    assert set(new(text, coder)) == {"armed_attack"}


UNREST = (
    "The mayor of Racine, Wis., ordered a curfew from 9 p.m. on Tuesday. He said police had failed "
    "to stop crowds that burned shops and stormed a jail in Racine on Monday night."
)


def test_an_order_tells_the_unrest_of_its_eve_anew(coder: Coder) -> None:
    found = new(UNREST, coder)
    assert {"curfew", "demonstration"} <= set(found)
    assert (city(found["demonstration"]), day(found["demonstration"])) == ("Racine", "2022-05-02")


def test_an_order_does_not_tell_older_unrest_anew(coder: Coder) -> None:
    assert "demonstration" not in new(UNREST.replace("Monday", "Thursday"), coder)


ARRESTS = (
    "Detectives have arrested a 19-year-old over the killing of two marchers and the wounding of "
    "a third in Racine, Wis., on Monday night.",
    "Detectives have arrested a 19-year-old after two people were shot dead and one was hurt at a "
    "bar in Racine, Wis.",
)


@pytest.mark.parametrize("text", ARRESTS, ids=["over", "after"])
def test_an_arrest_tells_its_deed_anew(text: str, coder: Coder) -> None:
    found = new(text, coder)
    assert set(found) == {"arrest", "armed_attack"}
    assert city(found["armed_attack"]) == "Racine"


def test_the_day_behind_a_perfect_is_the_deeds(coder: Coder) -> None:
    found = new(ARRESTS[0], coder)
    assert (day(found["arrest"]), day(found["armed_attack"])) == ("2022-05-04", "2022-05-02")


def test_an_arrest_does_not_tell_an_old_deed_anew(coder: Coder) -> None:
    text = "Detectives have arrested a man over the killing of two nurses in Racine, Wis., in 2009."
    assert "armed_attack" not in new(text, coder)


def test_what_police_did_before_is_not_what_the_arrest_is_for(coder: Coder) -> None:
    text = (
        "A 19-year-old was arrested on Tuesday after shootings overnight in Racine, Wis., that "
        "killed two people.\n\nIt was the third night of protests over the police shooting of Ann "
        "Poe. A witness said that he had shot someone."
    )
    found = new(text, coder)
    assert city(found["armed_attack"]) == "Racine"
    assert "police_shooting" not in found


def test_those_who_were_hit_are_no_gathering(coder: Coder) -> None:
    text = "Gunmen shot dead four marchers in Jos, Nigeria, on Monday."
    assert "armed_attack" in new(text, coder) or "demonstration" in new(text, coder)
    assert "demonstration" not in new(ARRESTS[0], coder)


def test_a_crowd_that_marks_a_day_is_a_gathering(coder: Coder) -> None:
    text = (
        "Dozens of nurses met outside the town hall in Porto, Portugal, on Tuesday to mark two "
        "years since the shootings there.\n\nBackground: The protest of May 2020 was put down. "
        "Soldiers shot at protesters and killed some of them."
    )
    found = new(text, coder)
    assert set(found) == {"demonstration"}
    assert day(found["demonstration"]) == "2022-05-03"
    forces = [c.value for c in found["demonstration"].claims if c.slot == "force"]
    assert not forces


@pytest.mark.parametrize(
    "text",
    [
        "Officials met in Porto, Portugal, on Tuesday to mark two years since the shootings.",
        "The bank marked ten years since its founding on Tuesday with a new office in Porto.",
    ],
    ids=["officials", "bank"],
)
def test_other_occasions_are_no_gatherings(text: str, coder: Coder) -> None:
    assert "demonstration" not in new(text, coder)


def test_what_goes_on_now_is_news_in_any_clause(coder: Coder) -> None:
    text = "Shots were heard in Porto, Portugal, where students are marching and singing."
    assert "demonstration" in new(text, coder)
    assert "demonstration" not in new(text.replace("are marching", "marched"), coder)


def test_a_shooting_has_the_day_of_its_own_clause_not_of_the_inquiry(coder: Coder) -> None:
    text = (
        "Detectives are investigating a shooting that took place on Sunday night in Racine, Wis. "
        "A gunman wounded two people, and he is still at large."
    )
    found = new(text, coder)
    assert day(found["armed_attack"]) == "2022-05-01"


def test_an_inquiry_gives_a_shooting_no_day(coder: Coder) -> None:
    text = "Detectives are investigating a shooting in Racine, Wis., in which three people died."
    found = new(text, coder)
    assert all(day(account) is None for kind, account in found.items() if kind != "inquiry")


def test_who_was_shot_where_is_told_without_a_day(coder: Coder) -> None:
    text = "Two men were shot in the 900 block of Elm Street in Leeds, England. Police searched it."
    (account,) = code(report_of(text), coder)
    assert (account.kind, account.status) == ("armed_attack", "new")


def test_a_place_that_nothing_tells_from_its_namesakes_is_less_sure(coder: Coder) -> None:
    def sure(place: str) -> float:
        found = new(f"A man was shot dead in {place} on Monday, deputies said.", coder)
        (where,) = (c for c in found["armed_attack"].claims if isinstance(c.value, Where))
        return where.reading_confidence

    assert sure("Polk County") < sure("Polk County, Iowa")
