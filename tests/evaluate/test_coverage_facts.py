"""Slots become the bench's facts by a rule table, with source and certainty kept."""

from __future__ import annotations

from tocsin.evaluate.coverage_facts import facts_of
from tocsin.model import (
    Account,
    Act,
    Attribution,
    Claim,
    Count,
    Evidence,
    Measure,
    Value,
    When,
)

WORDS = Evidence(report="r", text_digest="d", start=0, end=4, quote="text")


def account(
    slot: str, value: Value, attribution: Attribution, kind: str = "demonstration"
) -> Account:
    claim = Claim(
        id="c",
        slot=slot,
        value=value,
        evidence=(WORDS,),
        attribution=attribution,
        reading_confidence=0.8,
        coder="test",
    )
    return Account(id="a", report="r", kind=kind, status="new", anchor=WORDS, claims=(claim,))


def test_a_figure_keeps_its_source_and_hedge() -> None:
    count = Count(what="killed", words="at least 12", low=12)
    said = Attribution(speaker="Rights Watchers", certainty="alleged")
    assert facts_of(account("killed", count, said)) == [
        {
            "field": "killed",
            "value": "12",
            "certainty": "alleged",
            "attributed_to": "Rights Watchers",
        }
    ]


def test_a_vague_figure_stays_a_word() -> None:
    count = Count(what="present", words="hundreds", low=200, high=999)
    assert facts_of(account("present", count, Attribution()))[0]["value"] == "hundreds"


def test_none_is_a_figure_and_no_denial() -> None:
    count = Count(what="detained", words="no arrests", low=0, high=0)
    fact = facts_of(account("detained", count, Attribution(certainty="denied")))[0]
    assert (fact["field"], fact["value"], fact["certainty"]) == ("arrested", "0", "asserted")


def test_tear_gas_is_a_measure_and_a_fire_is_damage() -> None:
    gas = facts_of(account("act", Act(what="tear_gas", words="tear gas"), Attribution()))
    fire = facts_of(account("act", Act(what="arson", words="two cars burned"), Attribution()))
    assert [gas[0]["field"], fire[0]["field"]] == ["measure", "damage"]


def test_a_curfew_carries_its_hours() -> None:
    measure = Measure(
        what="curfew",
        words="curfew",
        effective=When(words="9 p.m.", start="2022-05-02T21:00", precision="minute"),
        ends=When(words="5 a.m.", start="2022-05-03T05:00", precision="minute"),
    )
    assert facts_of(account("measure", measure, Attribution(), "curfew"))[0]["value"] == (
        "curfew 21:00-05:00"
    )
