"""Tellings become accounts: units, acts, status, chains, and evidence behind every claim."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.coding.parsing import context_of
from tocsin.coding.assemble import assemble
from tocsin.model import Account, Act, Count, Measure, Statement, Victim
from tocsin.ontology import load

ONTOLOGY = load()

NIGHT = (
    "Police shot a 31-year-old man in the leg in front of his house on Monday evening. "
    "He is in a critical condition.\n\n"
    "About 200 people marched to the police station on Monday night over the shooting. "
    "Some threw stones and set two cars on fire, and officers fired tear gas.\n\n"
    "The mayor ordered a curfew from 10 p.m. after the unrest.\n\n"
    "The mayor urged people to stay calm."
)


def accounts_of(
    text: str, *, published: str | None = "2022-05-03", title: str | None = None
) -> tuple[Account, ...]:
    return assemble(context_of(text, published=published, title=title), ONTOLOGY, "test")


def kinds(accounts: tuple[Account, ...], status: str = "new") -> list[str]:
    return sorted(account.kind for account in accounts if account.status == status)


def values(account: Account, slot: str) -> list[object]:
    return [claim.value for claim in account.claims if claim.slot == slot]


def one(accounts: tuple[Account, ...], kind: str) -> Account:
    found = [account for account in accounts if account.kind == kind]
    assert len(found) == 1
    return found[0]


def test_a_night_has_one_shooting_one_crowd_one_curfew_one_statement() -> None:
    found = kinds(accounts_of(NIGHT))
    assert found == ["curfew", "demonstration", "police_shooting", "statement"]


def test_fires_stones_and_gas_are_acts_of_the_crowd() -> None:
    crowd = one(accounts_of(NIGHT), "demonstration")
    acts = {value.what for value in values(crowd, "act") if isinstance(value, Act)}
    assert {"throwing_objects", "arson", "tear_gas"} <= acts


def test_the_victim_carries_age_and_condition() -> None:
    victims = values(one(accounts_of(NIGHT), "police_shooting"), "victim")
    assert isinstance(victims[0], Victim)
    assert victims[0].age == 31
    assert any("critical" in condition.state for condition in victims[0].conditions)


@pytest.mark.parametrize(
    ("text", "age", "group"),
    [
        ("Police shot a teenager in Dover on Monday. The teenager died.", None, "teenager"),
        ("Police shot Tom Reed, a schoolboy, in Dover on Monday.", None, "child"),
        ("Police shot a 16-year-old boy in Dover on Monday.", 16, None),
        ("Police shot a man near a school for girls in Dover on Monday.", None, None),
    ],
    ids=["teenager", "boy", "stated", "others"],
)  # fmt: skip
def test_an_age_group_stands_where_no_age_is_stated(
    text: str, age: int | None, group: str | None
) -> None:
    victim = values(one(accounts_of(text), "police_shooting"), "victim")[0]
    assert isinstance(victim, Victim)
    assert (victim.age, victim.age_group) == (age, group)


def test_nobody_is_said_to_be_dead_or_unhurt_unless_the_report_says_so() -> None:
    account = one(accounts_of(NIGHT), "police_shooting")
    assert not values(account, "killed")
    assert all(count.low != 0 for count in values(account, "injured") if isinstance(count, Count))


def test_the_curfew_knows_its_issuer_and_hour() -> None:
    measure = values(one(accounts_of(NIGHT), "curfew"), "measure")[0]
    assert isinstance(measure, Measure)
    assert measure.issuer is not None
    assert measure.issuer.words.lower().endswith("mayor")
    assert measure.effective is not None
    assert measure.effective.start is not None
    assert "22:00" in measure.effective.start


def test_the_crowd_answers_the_shooting_and_the_curfew_the_crowd() -> None:
    accounts = accounts_of(NIGHT)
    kind_of = {account.id: account.kind for account in accounts}
    answers = {
        (account.kind, kind_of[cause.account])
        for account in accounts
        for cause in account.caused_by
    }
    assert ("demonstration", "police_shooting") in answers
    assert ("curfew", "demonstration") in answers


def test_a_statement_keeps_its_words_and_position() -> None:
    value = values(one(accounts_of(NIGHT), "statement"), "statement")[0]
    assert isinstance(value, Statement)
    assert value.position == "appeal"
    assert "calm" in value.words


def test_a_person_shot_by_somebody_else_is_an_incident_of_its_own() -> None:
    text = (
        "Hundreds marched through the town on Monday night. "
        "A gunman shot a 17-year-old girl near the march and fled."
    )
    assert kinds(accounts_of(text)) == ["armed_attack", "demonstration"]


def test_another_night_is_another_crowd() -> None:
    text = (
        "Crowds threw stones at police on Sunday night.\n\n"
        "On Monday night a crowd of students burned three cars and attacked officers."
    )
    crowds = [a for a in accounts_of(text) if a.kind == "demonstration"]
    assert len(crowds) == 2


def test_looking_back_and_trials_are_not_new() -> None:
    text = "A court sentenced a guard to two years on Monday. He had shot a miner at a protest."
    assert "police_shooting" not in kinds(accounts_of(text))
    assert "demonstration" not in kinds(accounts_of(text))


def test_order_of_paragraphs_changes_little() -> None:
    turned = "\n\n".join(reversed(NIGHT.split("\n\n")))
    assert kinds(accounts_of(turned)) == kinds(accounts_of(NIGHT))


def test_ids_are_unique_and_stable() -> None:
    first, again = accounts_of(NIGHT), accounts_of(NIGHT)
    assert first == again
    assert len({account.id for account in first}) == len(first)
    claims = [claim.id for account in first for claim in account.claims]
    assert len(set(claims)) == len(claims)


WORDS = st.sampled_from(
    [
        "police",
        "shot",
        "a",
        "man",
        "protesters",
        "burned",
        "the",
        "curfew",
        "mayor",
        "killed",
        "two",
        "people",
        "on",
        "Monday",
        "in",
        "town",
        "arrested",
        "said",
        "not",
        "will",
        "tear",
        "gas",
        ".",
        ",",
        "crowd",
        "soldiers",
        "five",
        "hundred",
    ]
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(WORDS, min_size=1, max_size=40).map(" ".join))
def test_every_claim_has_its_words_in_the_report(text: str) -> None:
    for account in accounts_of(text):
        for claim in account.claims:
            assert claim.evidence
            assert all(e.quote == text[e.start : e.end] for e in claim.evidence)
            assert 0 < claim.reading_confidence <= 1


def answer_of(text: str, kind: str) -> tuple[str, str]:
    """Return the kind that an account of one kind answers, and on which basis."""
    accounts = accounts_of(text)
    kind_of = {account.id: account.kind for account in accounts}
    cause = next(cause for a in accounts if a.kind == kind for cause in a.caused_by)
    return kind_of[cause.account], cause.basis


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        (
            "The mayor imposed a curfew after rioters burned two shops in Dayton on Monday.",
            "stated",
        ),
        (
            "The mayor imposed a curfew in Dayton on Monday, yet rioters burned two shops there.",
            "inferred",
        ),
        (
            "A crowd of protesters defied a curfew in Dayton on Monday and threw bricks at police.",
            "inferred",
        ),
    ],
)
def test_only_a_clause_that_gives_a_reason_states_a_cause(text: str, basis: str) -> None:
    assert answer_of(text, "curfew") == ("demonstration", basis)


def test_a_statement_is_about_what_was_told_last_before_it() -> None:
    text = (
        "Police shot a man of 30 in Dayton on Sunday afternoon. "
        "On Sunday night a crowd burned two shops in Dayton. "
        "Mayor Ann Doe appealed for calm."
    )
    assert answer_of(text, "statement")[0] == "demonstration"


def new_and_mentioned(text: str) -> set[tuple[str, str]]:
    return {(account.kind, account.status) for account in accounts_of(text)}


def test_a_shooting_told_after_another_one_is_not_the_same() -> None:
    text = (
        "A crowd burned two shops in Dayton on Monday night, May 2. "
        "The protests follow the police shooting of Ann Doe in Dayton. "
        "A shooting on Monday night killed two people in Dayton. No arrests were made. "
    )
    found = new_and_mentioned(text)
    assert {kind for kind, _ in found} >= {"police_shooting", "armed_attack"}


def test_what_had_been_done_before_stands_in_the_background() -> None:
    text = (
        "A crowd threw bricks at police in Dayton late on Sunday, May 1. "
        "Shots were fired, and a man of 18 was badly hurt by a gunshot. It was calm by morning. "
        "On Saturday an officer had fatally shot a man of 23 in Dayton."
    )
    assert ("police_shooting", "mentioned") in new_and_mentioned(text)
    assert ("police_shooting", "new") not in new_and_mentioned(text)


def test_a_demand_that_only_the_headline_makes_is_no_incident() -> None:
    text = "A clerk was shot dead by a gunman in a shop on Monday."
    context = context_of(text, title="Clerk killed in shop; traders demand answers")
    assert "demand" not in kinds(assemble(context, ONTOLOGY, "test"))


def test_what_an_earlier_version_said_is_no_claim() -> None:
    account = one(
        accounts_of(
            "Correction: An earlier version of this story said that Mr. Lee had died. "
            "He is in hospital.\n\nA gunman shot Arthur Lee at a market on Monday."
        ),
        "armed_attack",
    )
    assert not values(account, "killed")
    assert "died" not in "".join(quote.quote for c in account.claims for quote in c.evidence)


def test_a_shot_that_somebody_else_fired_is_not_the_one_police_fired() -> None:
    told = new_and_mentioned(
        "A man was shot and badly wounded on Monday evening during a march over the police "
        "killing of Peter Dunn. The city said the shot was fired by one civilian at another."
    )
    assert ("armed_attack", "new") in told
    assert ("police_shooting", "new") not in told


def test_signing_an_order_is_no_sign_of_one() -> None:
    account = one(accounts_of("Mayor Ann Poe signed an order for a curfew."), "curfew")
    assert {claim.attribution.certainty for claim in account.claims} == {"asserted"}


def test_hours_from_midnight_end_on_the_same_day() -> None:
    text = "The mayor ordered a curfew on Monday that will run from midnight to 5 a.m."
    measure = values(one(accounts_of(text), "curfew"), "measure")[0]
    assert isinstance(measure, Measure)
    assert measure.effective is not None and measure.ends is not None
    assert str(measure.effective.start)[:10] == str(measure.ends.start)[:10]


def test_hours_to_come_date_no_order_given_today() -> None:
    text = (
        "Gov. Ann Poe declared a state of emergency in Dayton on Monday and imposed a curfew "
        "that will run from midnight to 5 a.m."
    )
    assert kinds(accounts_of(text)) == ["curfew", "state_of_emergency"]


def test_an_order_in_force_since_a_day_starts_then() -> None:
    text = "The curfew, which has been in force since Sunday afternoon, is meant to last a week."
    measures = [value for a in accounts_of(text) for value in values(a, "measure")]
    assert isinstance(measures[0], Measure)
    assert measures[0].effective is not None
    assert str(measures[0].effective.start).startswith("2022-05-01")
