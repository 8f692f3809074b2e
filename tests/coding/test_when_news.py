"""Events that a report dates by being news: breaking reports, headlines, what came thereafter."""

from __future__ import annotations

import pytest

from tests.coding.parsing import context_of
from tests.coding.test_assemble import ONTOLOGY
from tocsin.coding.assemble import assemble
from tocsin.model import When


def when_of(kind: str, text: str, title: str | None = None) -> list[When]:
    whole = f"{title}\n\n{text}" if title else text
    accounts = assemble(context_of(whole, title=title), ONTOLOGY, "test")
    told = [account for account in accounts if account.kind == kind]
    assert len(told) == 1
    return [claim.value for claim in told[0].claims if isinstance(claim.value, When)]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Gunfire was heard as troops fired at protesters on the quay.\n\nDetails soon", None),
        ("Protesters stormed the town hall.\n\nThis is a developing story.", None),
        ("Protesters stormed the town hall and smashed windows.", "Breaking: Town hall stormed"),
    ],
    ids=["details-soon", "developing", "title"],
)
def test_breaking_news_is_of_its_day(text: str, title: str | None) -> None:
    (when,) = when_of("demonstration", text, title)
    assert (when.start, when.basis) == ("2022-05-03T00:00", "inferred")


@pytest.mark.parametrize(
    "text",
    [
        "Protesters stormed the town hall and smashed windows.",
        "Protesters stormed the town hall and smashed windows. Details soon leaked out.",
    ],
)
def test_other_undated_news_stays_undated(text: str) -> None:
    assert when_of("demonstration", text) == []


def test_a_headline_dates_the_order_it_announces() -> None:
    title = "Night curfew declared in the port"
    (when,) = when_of("curfew", "Crowds have thrown stones in the port.", title)
    assert (when.words, when.start, when.basis) == ("declared", "2022-05-03T00:00", "inferred")


def test_a_title_takes_the_time_that_the_report_tells() -> None:
    text = "Fires at two shops were fought on Saturday. Crowds protested over rents."
    (when,) = when_of("demonstration", text, "Two shops burn in port unrest")
    assert when.start == "2022-04-30T00:00"


def test_what_came_thereafter_has_no_time_of_its_own() -> None:
    text = (
        "Dozens of marchers stormed the depot on Sunday night.\n\n"
        "The police thereafter issued a public safety alert urging shops to close."
    )
    (when,) = when_of("public_alert", text)
    assert (when.words, when.relation, when.start) == ("thereafter", "after", None)


def test_shortly_afterwards_is_the_same_night() -> None:
    text = (
        "Dozens of marchers stormed the depot on Sunday night. "
        "Shortly afterwards the police issued a public safety alert urging shops to close."
    )
    (when,) = when_of("public_alert", text)
    assert when.night_of == "2022-05-01"
