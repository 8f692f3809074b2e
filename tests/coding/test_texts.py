"""Means, occasion and tactic in the report's words, and nothing that is none of them."""

from __future__ import annotations

import pytest

from tests.coding.test_assemble import accounts_of, one
from tocsin.model import Text


def told(text: str, kind: str, slot: str) -> list[str]:
    claims = one(accounts_of(text), kind).claims
    return [c.value.words for c in claims if c.slot == slot and isinstance(c.value, Text)]


@pytest.mark.parametrize(
    ("text", "kind", "slot", "words"),
    [
        (
            "Gunmen with rifles shot two traders in Kano on Monday.",
            "armed_attack",
            "weapon",
            ["rifles"],
        ),
        # What was in the hands of the one who was hit did not hit him.
        (
            "Police in Leeds shot a man armed with a knife on Monday.",
            "police_shooting",
            "weapon",
            [],
        ),
        (
            "Officers shot a man in Leeds on Monday. Witnesses said they had used a Taser on him.",
            "police_shooting",
            "weapon",
            [],
        ),
        (
            "Police shot a man in Leeds on Monday while responding to a burglary.",
            "police_shooting",
            "cause",
            ["while responding to a burglary"],
        ),
        (
            "Police shot a man in Leeds on Monday while his sons watched.",
            "police_shooting",
            "cause",
            [],
        ),
        (
            "A boy was shot by gunmen in Leeds on Monday while riding home.",
            "armed_attack",
            "cause",
            [],
        ),
        ("Hundreds protested in Leeds for a third night on Monday.", "demonstration", "cause", []),
        (
            "Gunmen shot two traders from a passing car in Kano on Monday.",
            "armed_attack",
            "tactic",
            ["from a passing car"],
        ),
    ],
)
def test_words_of_a_slot(text: str, kind: str, slot: str, words: list[str]) -> None:
    assert told(text, kind, slot) == words
