"""Ids depend on content only, and tell apart what differs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin import ids


@pytest.mark.parametrize(
    "other",
    [
        "http://www.example.org/a/b?id=3",
        "https://example.org/a/b/?id=3&utm_source=mail",
        "https://EXAMPLE.org/a/b?id=3#comments",
    ],
)
def test_one_page_has_one_address(other: str) -> None:
    assert ids.canonical_address(other) == ids.canonical_address("https://example.org/a/b?id=3")


def test_another_page_has_another_address() -> None:
    first = ids.canonical_address("https://example.org/a?id=3")
    assert ids.canonical_address("https://example.org/a?id=4") != first


def test_a_report_without_address_is_known_by_its_bytes() -> None:
    first = ids.report_id(outlet="A", url=None, raw_digest="d1")
    assert first == ids.report_id(outlet="B", url=None, raw_digest="d1")
    assert first != ids.report_id(outlet="A", url=None, raw_digest="d2")


def test_an_account_keeps_its_id_when_white_space_changes() -> None:
    first = ids.account_id("r-1", "curfew", "a curfew  was\nimposed")
    assert first == ids.account_id("r-1", "curfew", "a curfew was imposed")


@given(st.lists(st.text(alphabet=st.characters(exclude_characters="\x1f")), min_size=1))
def test_ids_are_short_and_repeatable(parts: list[str]) -> None:
    made = ids.short_id("x", *parts)
    assert made == ids.short_id("x", *parts)
    assert len(made) == len("x-") + 16
