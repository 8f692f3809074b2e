"""Slips of one letter are mended where they leave no real word; real words stay."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.coding.parsing import parser, tellings_of
from tocsin.coding.spelling import Place, Writing, meant, words_of

CLEAN, NOISY = 0.0005, 0.02  # slips per letter


def read(
    word: str, before: str, after: str | None, *, slips: float = CLEAN, own: tuple[str, ...] = ()
) -> str | None:
    writing = Writing(Counter((word, *own)), 300, slips)
    return meant(word, Place(before, after, opens=before == "^"), writing, words_of(parser()))


@pytest.mark.parametrize(
    ("before", "slip", "after", "word"),
    [
        ("of", "protsters", "marched", "protesters"),
        ("the", "curfw", "was", "curfew"),
        ("a", "gunmn", "shot", "gunman"),
        ("were", "arressted", "on", "arrested"),
        ("he", "baid", "the", "said"),  # the words beside it tell which of the near ones it is
        ("^", "Polcie", "said", "Police"),
        ("police", "Deartment", None, "Department"),
        ("said", "atleast", None, "at least"),
    ],
)
def test_a_slip_is_read_by_what_is_beside_it(
    before: str, slip: str, after: str | None, word: str
) -> None:
    assert read(slip, before, after) == word


def test_a_name_is_read_as_the_report_has_it_elsewhere() -> None:
    names = ("Odede",) * 5
    assert read("Odedde", "mr", "said", slips=NOISY, own=names) == "Odede"
    assert read("antiago", "in", "on", own=("Santiago",) * 5) == "Santiago"
    assert read("Odedde", "mr", "said", slips=NOISY, own=("Odedde", "Odede")) is None


def test_real_words_are_doubted_only_where_slips_abound() -> None:
    assert read("baid", "he", "that", slips=NOISY) == "said"
    assert read("maid", "he", "that", slips=NOISY) == "said"
    assert read("maid", "he", "that", slips=CLEAN) is None


@pytest.mark.parametrize("word", ["uninvestigated", "wasn", "woken", "arrestee"])
def test_rare_forms_stay(word: str) -> None:
    assert read(word, "the", None) is None


@pytest.mark.parametrize("word", ["protect", "changed", "river", "attach", "shore", "march"])
def test_real_words_stay(word: str) -> None:
    assert words_of(parser()).has(word)


def test_a_misspelt_cue_still_tells() -> None:
    kinds = {telling.kind for telling in tellings_of("The mayor imposed a curfw in the town.")}
    assert "curfew" in kinds
