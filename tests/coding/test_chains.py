"""What answers what inside one report: place, reason, and what is told as one disorder."""

from __future__ import annotations

import pytest
from spacy.language import Language

from tests.coding.parsing import report_of
from tests.coding.test_assemble import kinds, one, values
from tocsin.coding import Coder, code
from tocsin.gazetteer import Gazetteer
from tocsin.model import Account, Statement, Where
from tocsin.ontology import load


@pytest.fixture(scope="module")
def coder(nlp: Language, gazetteer: Gazetteer) -> Coder:
    return Coder(nlp, gazetteer, load())


def told(coder: Coder, text: str, title: str | None = None) -> tuple[Account, ...]:
    return code(report_of(text, published="2022-05-05", title=title), coder)


def answer_of(accounts: tuple[Account, ...], kind: str) -> tuple[str, str]:
    """Return the kind that the account of one kind answers, and on which basis."""
    kind_of = {account.id: account.kind for account in accounts}
    (cause,) = one(accounts, kind).caused_by
    return kind_of[cause.account], cause.basis


def test_a_curfew_answers_what_happened_in_its_own_town(coder: Coder) -> None:
    text = (
        "Two men were shot dead by a gunman during protests in Toledo, Ohio, on Monday night. "
        "Police arrested a 20-year-old man in Dayton, Ohio, on Tuesday.\n\n"
        "The mayor imposed a curfew in Dayton, Ohio, on Tuesday evening."
    )
    assert answer_of(told(coder, text), "curfew") == ("arrest", "inferred")


def test_a_curfew_answers_another_town_only_where_the_report_says_so(coder: Coder) -> None:
    text = (
        "The mayor imposed a curfew in Dayton, Ohio, on Tuesday after crowds burned shops "
        "in Toledo, Ohio, on Monday night."
    )
    assert answer_of(told(coder, text), "curfew") == ("demonstration", "stated")


def test_a_curfew_elsewhere_that_nothing_explains_answers_nothing(coder: Coder) -> None:
    text = (
        "Crowds burned shops in Toledo, Ohio, on Monday night.\n\n"
        "The mayor imposed a curfew in Dayton, Ohio, on Tuesday evening."
    )
    assert not one(told(coder, text), "curfew").caused_by


def test_an_order_of_earlier_that_day_answers_no_crowd_of_the_night(coder: Coder) -> None:
    text = (
        "Protesters came under fire in Dayton, Ohio, on Tuesday night. "
        "Governor Ann Doe had imposed a curfew on Dayton, Ohio, earlier in the day."
    )
    accounts = told(coder, text)
    assert "curfew" in {account.kind for account in accounts}
    assert not [a for a in accounts if a.kind == "curfew" and a.caused_by]


def test_what_came_after_an_order_is_no_reason_of_it(coder: Coder) -> None:
    text = (
        "Soldiers opened fire on people protesting in Dayton, Ohio, on Tuesday evening, hours "
        "after the mayor had ordered a curfew there."
    )
    assert "stated" not in {c.basis for a in told(coder, text) for c in a.caused_by}


def test_a_night_in_which_somebody_was_shot_does_not_answer_that(coder: Coder) -> None:
    text = (
        "The governor called in the National Guard after a night of riots in Dayton, Ohio, in "
        "which a man was shot by a gunman."
    )
    crowds = [account for account in told(coder, text) if account.kind == "demonstration"]
    assert "stated" not in {cause.basis for crowd in crowds for cause in crowd.caused_by}


def test_what_is_told_as_new_is_answered_before_what_is_mentioned(coder: Coder) -> None:
    text = (
        "Several thousand people burned the city hall in Dayton, Ohio, on Wednesday. It came "
        "three days after protests over fuel in the west of the state.\n\n"
        "The mayor declared a curfew."
    )
    accounts = told(coder, text)
    (cause,) = one(accounts, "curfew").caused_by
    answered = next(account for account in accounts if account.id == cause.account)
    assert "city hall" in answered.anchor.quote


def test_an_attack_where_and_when_a_crowd_was_is_a_part_of_that_night(coder: Coder) -> None:
    text = (
        "Hundreds marched through Dayton, Ohio, on Monday night and threw stones at police. "
        "A gunman shot a 17-year-old girl near the march in Dayton on Monday night and fled."
    )
    accounts = told(coder, text)
    assert answer_of(accounts, "armed_attack") == ("demonstration", "inferred")
    assert one(accounts, "armed_attack").caused_by[0].relation == "part_of"
    assert not one(accounts, "demonstration").caused_by


def test_a_march_for_those_shot_at_another_answers_it(coder: Coder) -> None:
    text = (
        "Hundreds met in Dayton, Ohio, on Monday to mark two years since the shootings at the "
        "protest of May 2, 2020. Ann Doe led the march."
    )
    marched, *_ = told(coder, text)
    assert [cause.basis for cause in marched.caused_by] == ["stated"]


def test_arrests_and_damage_of_one_night_are_one_disorder(coder: Coder) -> None:
    text = (
        "The chief asked for calm in Dayton, Ohio, on Monday morning. On Sunday night 14 people "
        "were arrested and three squad cars damaged, the department said."
    )
    assert "arrest" not in kinds(told(coder, text))


def test_a_deed_is_not_where_somebody_was_caught_for_it(coder: Coder) -> None:
    title = "Dayton teenager charged with murder"
    text = (
        "A 17-year-old was held on Wednesday over the shooting deaths of two people in Toledo, "
        "Ohio. He was taken into custody in Dayton, Ohio.\n\n"
        "The gunman is heard saying that he just killed somebody."
    )
    accounts = told(coder, text, title)
    (attack,) = [account for account in accounts if account.kind == "armed_attack"]
    places = [place for place in values(attack, "where") if isinstance(place, Where)]
    assert [place.city for place in places] == ["Toledo"]


def test_half_a_headline_is_no_reason_for_the_other_half(coder: Coder) -> None:
    title = "Dayton man charged with murder; village curfew"
    text = (
        "A man of Dayton, Ohio, was charged on Wednesday with the murder of a clerk in Toledo, "
        "Ohio. Late on Wednesday the mayor imposed a curfew in Dayton, Ohio."
    )
    curfew = one(told(coder, text, title), "curfew")
    assert all(cause.basis == "inferred" for cause in curfew.caused_by)


def test_crowds_of_a_whole_state_are_why_an_order_came_and_no_crowd_in_one_place(
    coder: Coder,
) -> None:
    text = "The governor of Ohio declared a state of emergency after protests across the state."
    found = told(coder, text)
    assert kinds(found) == ["state_of_emergency"]
    assert kinds(found, "mentioned") == ["demonstration"]


def test_bare_fires_are_acts_of_the_crowd_that_their_sentence_tells_of(coder: Coder) -> None:
    text = (
        "Crowds threw bottles at police in Toledo, Ohio, on Monday night. "
        "Several shops were destroyed by fire near a burning office. "
        "A store in Dayton, Ohio, was looted."
    )
    accounts = told(coder, text)
    damage = [a for a in accounts if a.kind == "property_destruction" and a.status == "new"]
    assert not [a for a in damage if "office" in a.anchor.quote]


def test_what_a_letter_says_beside_its_demand_is_no_demand(coder: Coder) -> None:
    text = (
        "The county board has written to Governor Ann Doe to ask that more soldiers be sent. "
        "The letter says that the county is under attack."
    )
    said = [
        s for s in values(one(told(coder, text), "demand"), "statement") if isinstance(s, Statement)
    ]
    assert "demand" in {s.position for s in said}
    assert [s.position for s in said if "under attack" in s.words] == [None]
