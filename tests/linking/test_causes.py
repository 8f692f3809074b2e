"""What set off what, from the links that reports give and from the nearest fitting incident."""

from __future__ import annotations

import msgspec

from tests.linking.worlds import account, claim, night, report, where
from tocsin import linking, ontology
from tocsin.model import Account, Cause, Evidence, Incident, Measure, When, Where
from tocsin.terms import Basis, Relation

KINDS = ontology.load()
OHIO = Where(
    words="Ohio", name="Ohio", place="p-Ohio", lat=40.4, lon=-82.7, admin1="Ohio", country="US",
    precision="admin1", radius_km=200.0,
)  # fmt: skip


def answering(
    account: Account, *to: str, relation: Relation = "set_off_by", basis: Basis = "inferred"
) -> Account:
    words = Evidence(report=account.report, text_digest="", start=0, end=4, quote="over")
    evidence = words if basis == "stated" else None
    causes = tuple(Cause(account=a, relation=relation, basis=basis, evidence=evidence) for a in to)
    return msgspec.structs.replace(account, caused_by=causes)


def causes_of(accounts: list[Account], kind: str) -> list[tuple[str, str]]:
    """Return kind and basis of what the incidents of a kind answer."""
    reports = {a.report: report(a.report, "Words.", "2022-09-21") for a in accounts}
    found: dict[str, Incident] = {
        i.id: i for i in linking.link(accounts, reports, ontology=KINDS).incidents
    }
    return [
        (found[link.target].kind, link.basis)
        for incident in found.values()
        for link in incident.links
        if incident.kind == kind and link.source == incident.id
    ]


def test_the_cause_that_most_reports_state_stands() -> None:
    shooting = account("s", "r1", "police_shooting", day="2022-09-18")
    attack = account("a", "r2", "armed_attack", day="2022-09-18", town="Toledo")
    crowd = account("c1", "r1", day="2022-09-18")
    told = [
        shooting,
        attack,
        answering(crowd, "s", basis="stated"),
        answering(account("c2", "r3", day="2022-09-18"), "s", basis="stated"),
        answering(account("c3", "r2", day="2022-09-18"), "a", basis="stated"),
    ]
    assert causes_of(told, "demonstration") == [("police_shooting", "stated")]


def test_of_guesses_one_is_kept() -> None:
    told = [
        account("n1", "r1", day="2022-09-18"),
        account("n2", "r2", day="2022-09-19"),
        answering(
            account("o1", "r1", "curfew", day="2022-09-19"), "n1", relation="measure_against"
        ),
        answering(
            account("o2", "r2", "curfew", day="2022-09-19"), "n2", relation="measure_against"
        ),
    ]
    assert causes_of(told, "curfew") == [("demonstration", "inferred")]


def test_a_report_that_misdates_a_cause_does_not_cut_the_link() -> None:
    night_of = night("2022-09-18")
    late = When(words="Monday", start="2022-09-19", end="2022-09-20", precision="day")
    told = [
        account("s1", "r1", "police_shooting", victim="Ann Doe", when=late),
        account("s2", "r2", "police_shooting", victim="Ann Doe", when=night_of),
        account("s3", "r3", "police_shooting", victim="Ann Doe", when=late),
        answering(account("c", "r2", when=night_of), "s2", basis="stated"),
    ]
    assert causes_of(told, "demonstration") == [("police_shooting", "stated")]


def test_an_order_for_a_state_answers_the_night_before_in_one_of_its_towns() -> None:
    told = [
        account("c", "r1", day="2022-09-18", town="Toledo"),
        account("o", "r2", "state_of_emergency", day="2022-09-19", place=OHIO),
        account("far", "r3", day="2022-09-18", place=where("Porto")),
    ]
    assert causes_of(told, "state_of_emergency") == [("demonstration", "inferred")]


def test_why_an_order_was_prolonged_is_not_why_it_was_given() -> None:
    prolonged = answering(
        account("o2", "r3", "curfew", day="2022-09-18"), "c", relation="measure_against"
    )
    value = Measure(what="curfew", words="curfew", state="extended")
    extended = claim("o2", "r3", "measure", value)
    prolonged = msgspec.structs.replace(prolonged, claims=(*prolonged.claims, extended))
    told = [
        account("c", "r3", day="2022-09-18", town="Toledo"),
        account("o1", "r1", "curfew", day="2022-09-18"),
        prolonged,
    ]
    assert causes_of(told, "curfew") == []


def test_an_order_of_earlier_that_day_answers_nothing_of_it() -> None:
    earlier = When(
        words="earlier in the day", start="2022-09-18", end="2022-09-19", precision="day",
        relation="before",
    )  # fmt: skip
    told = [
        account("c", "r1", day="2022-09-18"),
        account("o", "r2", "curfew", when=earlier),
        answering(account("o2", "r1", "curfew"), "c", relation="measure_against"),
    ]
    assert causes_of(told, "curfew") == []


def test_nothing_is_part_of_another_day() -> None:
    told = [
        account("c1", "r1", day="2022-09-17"),
        account("c2", "r2", day="2022-09-18"),
        answering(account("a", "r1", "armed_attack", day="2022-09-18"), "c1", relation="part_of"),
        answering(account("b", "r2", "armed_attack", day="2022-09-18"), "c2", relation="part_of"),
    ]
    assert causes_of(told, "armed_attack") == [("demonstration", "inferred")]


def test_a_mentioned_crowd_without_a_day_is_the_last_that_fits() -> None:
    mention = msgspec.structs.replace(
        account("m", "r4", when=When(words="another night of protests")), status="mentioned"
    )
    told = [
        account("old", "r1", day="2022-06-01"),
        account("first", "r2", day="2022-09-18"),
        account("last", "r3", day="2022-09-19"),
        mention,
        answering(account("o", "r4", "ban", day="2022-09-21"), "m", relation="measure_against"),
    ]
    reports = {a.report: report(a.report, "Words.", "2022-09-21") for a in told}
    found = {i.id: i for i in linking.link(told, reports, ontology=KINDS).incidents}
    ban = next(i for i in found.values() if i.kind == "ban")
    assert [found[link.target].accounts for link in ban.links] == [("last",)]


def test_what_a_report_mentions_again_is_what_others_tell_with_it() -> None:
    mention = msgspec.structs.replace(
        account("m", "r1", when=When(words="two days of riots"), place=OHIO), status="mentioned"
    )
    told = [
        account("own", "r1", day="2022-09-19"),
        account("other", "r2", day="2022-09-19"),
        mention,
        answering(account("o", "r1", "ban", day="2022-09-21"), "m", relation="measure_against"),
    ]
    assert causes_of(told, "ban") == [("demonstration", "inferred")]
