"""Dates of publication: as stated, at their precision; a doubtful day and month is left out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.intake.dates import capture_bound, from_url, parse_date, stated
from tocsin.intake.furniture import find_cuts

CASES = [
    ("2020-08-24", "2020-08-24", "day"),
    ("2020-08-24T00:00:00Z", "2020-08-24", "day"),
    ("2020-08-24T21:05:33-05:00", "2020-08-24T21:05-05:00", "minute"),
    ("2020-08-24 21:05", "2020-08-24T21:05", "minute"),
    ("Mon, 24 Aug 2020 21:05:00 GMT", "2020-08-24T21:05+00:00", "minute"),
    ("Published 9:05 PM EDT, August 24, 2020", "2020-08-24T21:05-04:00", "minute"),
    ("August 24, 2020", "2020-08-24", "day"),
    ("24 Aug 2020", "2020-08-24", "day"),
    ("24.08.2020, 22:14", "2020-08-24T22:14", "minute"),
    ("24/08/2020", "2020-08-24", "day"),
    ("20200824", "2020-08-24", "day"),
]


@pytest.mark.parametrize(("words", "value", "precision"), CASES)
def test_date_keeps_its_precision(words: str, value: str, precision: str) -> None:
    found = parse_date(words, "metadata")
    assert found is not None
    assert (found.value, found.precision) == (value, precision)


@pytest.mark.parametrize(
    "words", ["03/04/2020", "yesterday", "2020-13-40", "", "May", "31.31.2020"]
)
def test_doubtful_date_is_absent(words: str) -> None:
    assert parse_date(words, "metadata") is None


URLS = [
    ("https://p.example/2020/08/24/title", "2020-08-24", "day"),
    ("https://p.example/2020/aug/24/title", "2020-08-24", "day"),
    ("https://p.example/news-20200824.html", "2020-08-24", "day"),
    ("https://p.example/2020/08/title", "2020-08", "month"),
]


@pytest.mark.parametrize(("url", "value", "precision"), URLS)
def test_date_in_an_address(url: str, value: str, precision: str) -> None:
    found = from_url(url)
    assert found is not None
    assert (found.value, found.precision, found.basis) == (value, precision, "url")


def test_number_in_an_address_is_no_date() -> None:
    assert from_url("https://p.example/story/19238412") is None


def test_update_line_is_not_publication() -> None:
    text = "Last updated: 3 June 2020\nA curfew began.\nPublished: 2 June 2020"
    published, updated = stated(text, find_cuts(text))
    assert published is not None
    assert (published.value, published.basis, updated) == ("2020-06-02", "stated", "2020-06-03")


@pytest.mark.parametrize(
    "stamp",
    [
        "November 20, 2019 - 11:28 AMT",
        "20.11.2019 - 11:28 TRT",
        "Wed, Nov 20 2019 11:28 IRST",
    ],
)
def test_stamp_with_the_zone_of_any_country_is_no_content(stamp: str) -> None:
    text = f"Crowd blocks road in Sarona\n\n{stamp}\n\nPolice fired tear gas at a crowd on Tuesday."
    published, _ = stated(text, find_cuts(text))
    assert published is not None
    assert published.value == "2019-11-20T11:28"


def test_capture_is_an_upper_bound() -> None:
    found = capture_bound("2020-06-03T10:00:00Z")
    assert found is not None
    assert (found.value, found.basis, found.precision) == ("2020-06-03", "capture_bound", "day")


@given(st.text(max_size=80))
def test_any_words_are_survived(words: str) -> None:
    parse_date(words, "stated")
    from_url(words)
