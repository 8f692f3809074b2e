"""Slips of one letter are mended where they leave no real word; real words stay."""

from __future__ import annotations

import pytest

from tests.coding.parsing import parser, tellings_of
from tocsin.coding.spelling import meant, words_of

SLIPS = [
    ("protsters", "protester"),
    ("curfw", "curfew"),
    ("gunmn", "gunman"),
    ("arressted", "arrest"),
]


@pytest.mark.parametrize(("slip", "word"), SLIPS, ids=[slip for slip, _ in SLIPS])
def test_one_slip_is_mended(slip: str, word: str) -> None:
    assert str(meant(slip, words_of(parser()))).startswith(word[:4])


@pytest.mark.parametrize("word", ["protect", "changed", "river", "attach", "shore", "march"])
def test_real_words_stay(word: str) -> None:
    assert words_of(parser()).has(word)


def test_a_misspelt_cue_still_tells() -> None:
    kinds = {telling.kind for telling in tellings_of("The mayor imposed a curfw in the town.")}
    assert "curfew" in kinds
