"""Values in words: no more exact than they are known."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tocsin import describe
from tocsin.cli.table import when_words
from tocsin.model import When, Where
from tocsin.terms import TimePrecision


@pytest.mark.parametrize(
    ("precision", "end", "words"),
    [
        ("year", "2004-01-01", "2003"),
        ("month", "2003-02-01", "2003-01"),
        ("week", "2003-01-08", "week of 2003-01-01"),
        ("day", "2003-01-02", "2003-01-01"),
    ],
)
def test_time_is_shown_at_its_precision(precision: TimePrecision, end: str, words: str) -> None:
    found = When(
        words="then", start="2003-01-01T00:00", end=f"{end}T00:00", zone="UTC", precision=precision
    )
    assert describe.moment(found) == words
    assert when_words(found) == words


def test_what_no_words_state_for_it_says_so() -> None:
    stated = When(words="Monday", start="2003-01-06T00:00", end="2003-01-07T00:00", precision="day")
    assert describe.value(stated) == "2003-01-06"
    assert describe.value(replace(stated, basis="inferred")) == "2003-01-06, inferred"
    town = Where(words="there", name="Leeds", precision="city", basis="inferred")
    assert describe.value(town) == "Leeds (city), inferred"
