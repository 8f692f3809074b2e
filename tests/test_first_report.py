"""The first real report, which lies beside the project: what a careful person would record of it.

Its sentences are not ours, so none stands here; outside that folder the tests are skipped.
"""

from __future__ import annotations

import re

import pytest

from tests.conftest import SHARED
from tocsin import code, describe
from tocsin.intake import Options, finish
from tocsin.model import Account, RawReport, Report, Statement, Victim, When, Where

PATH = SHARED / "reports" / "kdrtv-kenosha.txt"
KINDS = ["curfew", "demand", "demonstration", "police_shooting", "public_alert", "statement"]

pytestmark = pytest.mark.skipif(not PATH.exists(), reason="the real report is not beside this")


def read(text: str, published: str | None = None) -> dict[str, Account]:
    raw = RawReport(content=text.encode(), source="report", media_type="text/plain")
    report = finish(raw, Options(published=published))
    assert isinstance(report, Report)
    new = [account for account in code(report) if account.status == "new"]
    assert sorted(account.kind for account in new) == KINDS
    return {account.kind: account for account in new}


def values(account: Account, slot: str) -> list[object]:
    return [claim.value for claim in account.claims if claim.slot == slot]


@pytest.fixture(scope="module")
def text() -> str:
    return PATH.read_text("utf-8")


@pytest.fixture(scope="module")
def told(text: str) -> dict[str, Account]:
    return read(text)


def test_one_record_each_at_its_place(told: dict[str, Account]) -> None:
    for kind in ("police_shooting", "demonstration", "curfew", "public_alert"):
        places = [value.city for value in values(told[kind], "where") if isinstance(value, Where)]
        assert places == ["Kenosha"], kind
    assert not values(told["statement"], "where")


def test_the_victim_is_hurt_and_nobody_dead_or_unhurt(told: dict[str, Account]) -> None:
    victims = [v for v in values(told["police_shooting"], "victim") if isinstance(v, Victim)]
    assert victims[0].name == "Jacob Blake"
    assert victims[0].armed == "no"
    assert any("critical" in condition.state for condition in victims[0].conditions)
    assert not any(values(account, "killed") for account in told.values())


def test_the_alleged_call_stays_alleged(told: dict[str, Account]) -> None:
    causes = [c for c in told["police_shooting"].claims if c.slot == "cause"]
    assert [claim.attribution.certainty for claim in causes] == ["alleged"]


def test_storming_fire_and_gas_are_acts_of_one_crowd(told: dict[str, Account]) -> None:
    acts = " ".join(
        describe.value(c.value) for c in told["demonstration"].claims if c.slot == "act"
    )
    wanted = ("storming", "arson", "chant", "order defied", "dispersal", "tear gas")
    assert [act for act in wanted if act not in acts] == []


def test_the_outlet_speaks_for_nobody_else(told: dict[str, Account]) -> None:
    spoken = [v for a in told.values() for v in values(a, "statement") if isinstance(v, Statement)]
    names = {v.speaker.name or v.speaker.words for v in spoken if v.speaker}
    assert "Jacob Blake" not in names
    assert "Tony Evers" in names


def test_page_furniture_tells_nothing(told: dict[str, Account]) -> None:
    words = " ".join(e.quote for a in told.values() for c in a.claims for e in c.evidence)
    assert not re.search(r"read also|donat|advertise", words, re.IGNORECASE)


def test_the_night_has_a_date_only_with_the_day_of_publication(
    told: dict[str, Account], text: str
) -> None:
    (night,) = [v for v in values(told["demonstration"], "when") if isinstance(v, When)]
    assert (night.start, night.night_of) == (None, None)
    dated = read(text, published="2020-08-24")
    (night,) = [v for v in values(dated["demonstration"], "when") if isinstance(v, When)]
    assert night.night_of == "2020-08-23"


def test_lost_marks_and_moved_paragraphs_change_no_kind(text: str) -> None:
    read(re.sub(r"[.,]", "", text))
    first, *others = text.split("\n\n")
    read("\n\n".join([first, *reversed(others)]))
