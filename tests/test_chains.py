"""A chain of nights, orders and shootings in one town: what is one record, and what led to what.

The reports are our own words on public facts of Kenosha, 2020, told the way outlets tell them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest

from tocsin import linking, settings, shown
from tocsin.coding import code
from tocsin.intake import Options
from tocsin.intake.finish import JSON, finish
from tocsin.model import Incident, RawReport, Report
from tocsin.run.coder import load_coder

REPORTS = Path(__file__).parent / "chains" / "kenosha.jsonl"
AUGUST = ("2020-08-23", "2020-08-24", "2020-08-25")


@dataclass(frozen=True)
class Chain:
    incidents: tuple[Incident, ...]
    told_in: dict[str, str]

    def of(self, kind: str, town: str = "Kenosha") -> Iterator[Incident]:
        for incident in self.incidents:
            where = shown.where(incident)
            if incident.kind == kind and where is not None and where.city == town:
                yield incident

    def one(self, kind: str, day: str) -> Incident:
        found = [i for i in self.of(kind) if shown.day(shown.when(i)) == day]
        assert len(found) == 1, (kind, day, found)
        return found[0]

    def reports(self, incident: Incident) -> set[str]:
        return {self.told_in[account] for account in incident.accounts}

    def causes(self, incident: Incident) -> set[str]:
        return {link.target for link in incident.links if link.source == incident.id}


@pytest.fixture(scope="module")
def chain() -> Chain:
    coder = load_coder(settings.from_environment())
    reports: dict[str, Report] = {}
    for line in REPORTS.read_text("utf-8").splitlines():
        fields = json.loads(line)
        raw = RawReport(content=line.encode(), source=fields["id"], media_type=JSON)
        made = finish(raw, Options())
        assert isinstance(made, Report)
        reports[fields["id"]] = msgspec.structs.replace(made, id=fields["id"])
    accounts = [account for report in reports.values() for account in code(report, coder)]
    linked = linking.link(accounts, reports, ontology=coder.ontology)
    return Chain(linked.incidents, {account.id: account.report for account in accounts})


def test_each_night_and_each_curfew_is_its_own_and_may_is_apart(chain: Chain) -> None:
    for kind in ("demonstration", "curfew"):
        nights = [chain.one(kind, day) for day in AUGUST]
        assert len({night.id for night in nights}) == len(AUGUST)
        assert all("may-31" not in chain.reports(night) for night in nights)
    assert chain.reports(chain.one("demonstration", "2020-05-31")) == {"may-31"}


def test_a_shooting_told_again_later_is_one_record(chain: Chain) -> None:
    shooting = chain.one("police_shooting", "2020-08-23")
    assert {"aug-24-shooting", "aug-24-curfew"} <= chain.reports(shooting)
    attack = chain.one("armed_attack", "2020-08-25")
    assert chain.reports(attack) >= {"aug-26-attack"}
    assert not chain.reports(attack) & chain.reports(shooting)


def test_each_deployment_is_one_and_those_added_are_their_own(chain: Chain) -> None:
    first = chain.one("deployment", "2020-08-24")
    assert chain.reports(first) == {"aug-25-guard", "aug-25-night"}
    assert chain.reports(chain.one("deployment", "2020-08-25")) == {"aug-25-more"}
    assert chain.reports(chain.one("deployment", "2020-08-26")) == {"aug-26-more"}


def test_a_report_that_was_updated_later_tells_of_the_first_night(chain: Chain) -> None:
    assert "aug-25-late" in chain.reports(chain.one("demonstration", "2020-08-23"))
    assert "aug-25-late" in chain.reports(chain.one("police_shooting", "2020-08-23"))


def test_each_night_answers_the_shooting_and_each_order_the_night_before(chain: Chain) -> None:
    shooting = chain.one("police_shooting", "2020-08-23")
    nights = [chain.one("demonstration", day) for day in AUGUST]
    for night in nights:
        assert chain.causes(night) == {shooting.id}
    first, second, third = nights
    causes = {
        ("curfew", "2020-08-23"): first,
        ("curfew", "2020-08-24"): first,
        ("curfew", "2020-08-25"): second,
        ("deployment", "2020-08-25"): second,
    }
    for (kind, day), night in causes.items():
        assert chain.causes(chain.one(kind, day)) == {night.id}
    attack = chain.one("armed_attack", "2020-08-25")
    assert chain.causes(attack) == {third.id}
    assert chain.causes(chain.one("deployment", "2020-08-26")) == {attack.id}
    assert shooting.id not in chain.causes(chain.one("demonstration", "2020-05-31"))


def test_the_state_answers_its_town_and_another_town_the_arrest_in_it(chain: Chain) -> None:
    (emergency,) = [i for i in chain.incidents if i.kind == "state_of_emergency"]
    where = shown.where(emergency)
    assert where is not None
    assert (where.city, where.admin1) == (None, "Wisconsin")
    assert chain.causes(emergency) == {chain.one("demonstration", "2020-08-24").id}
    (arrest,) = chain.of("arrest", "Antioch")
    (curfew,) = chain.of("curfew", "Antioch")
    assert chain.causes(arrest) == {chain.one("armed_attack", "2020-08-25").id}
    assert chain.causes(curfew) == {arrest.id}


def test_may_has_a_chain_of_its_own(chain: Chain) -> None:
    crowd = chain.one("demonstration", "2020-05-31")
    assert chain.causes(chain.one("curfew", "2020-05-31")) == {crowd.id}
    assert not chain.causes(crowd)
