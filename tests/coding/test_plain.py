"""Plain words fill the slots that few reports tell."""

from __future__ import annotations

import pytest

from tests.coding.test_assemble import accounts_of, one, values
from tocsin.model import Measure, Text

FILLED = [
    (
        "Marchers smashed shop windows on Monday while officers looked on.",
        "demonstration",
        "police_response",
        ("officers looked on", None),
    ),
    (
        "Two men shot a jeweller during a robbery on Monday.",
        "armed_attack",
        "scope",
        ("robbery", "criminal"),
    ),
    (
        "Militants killed four teachers on Monday.",
        "armed_attack",
        "scope",
        ("Militants", "political"),
    ),
]


@pytest.mark.parametrize(("text", "kind", "slot", "told"), FILLED, ids=[f[0] for f in FILLED])
def test_plain_words_fill_a_slot(
    text: str, kind: str, slot: str, told: tuple[str, str | None]
) -> None:
    found = values(one(accounts_of(text), kind), slot)
    assert [(t.words, t.code) for t in found if isinstance(t, Text)] == [told]


def test_silence_fills_none() -> None:
    found = one(accounts_of("Two men shot a jeweller on Monday."), "armed_attack")
    assert values(found, "scope") == []


def test_a_measure_has_the_law_that_it_names() -> None:
    found = accounts_of(
        "The prefect imposed a curfew on Monday under the Public Order Act of 1986."
    )
    measure = values(one(found, "curfew"), "measure")[0]
    assert isinstance(measure, Measure)
    assert measure.legal_basis == "under the Public Order Act of 1986"
