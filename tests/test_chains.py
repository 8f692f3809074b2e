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


def test_the_deployment_told_by_two_reports_is_one(chain: Chain) -> None:
    assert chain.reports(chain.one("deployment", "2020-08-24")) == {"aug-25-guard", "aug-25-night"}


def test_the_shooting_set_off_the_night_and_the_night_the_curfew(chain: Chain) -> None:
    shooting = chain.one("police_shooting", "2020-08-23")
    night = chain.one("demonstration", "2020-08-23")
    assert shooting.id in chain.causes(night)
    assert night.id in chain.causes(chain.one("curfew", "2020-08-23"))
    may = chain.one("demonstration", "2020-05-31")
    assert shooting.id not in chain.causes(may)
