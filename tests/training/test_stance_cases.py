"""The cases that the stance head learns from are well formed, and none of the frozen probe."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest
from training.stance_cases import Case, read_cases

from tests.coding.test_stance_cases import CASES
from tocsin.terms import Certainty, SpeakerKind

FILES = sorted((Path(__file__).parents[2] / "training" / "data").glob("stance-*.tsv"))


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    return [case for path in FILES for case in read_cases(path)]


def test_cases_are_well_formed(cases: list[Case]) -> None:
    assert len(cases) > 10_000
    for case in cases:
        assert case.certainty in get_args(Certainty)
        assert case.kind in get_args(SpeakerKind)
        start, end = case.content
        assert 0 <= start < end <= len(case.text)
        assert case.speaker is not None or case.kind in ("outlet", "unnamed"), case.text
        assert case.speaker is None or case.kind != "outlet", case.text


def test_cases_are_not_copied(cases: list[Case]) -> None:
    assert len({(case.text, case.content) for case in cases}) > 0.995 * len(cases)


def test_no_frozen_case_is_learnt(cases: list[Case]) -> None:
    frozen = {plain(case.text) for case in CASES if case.half == "frozen"}
    shared = len(frozen & {plain(case.text) for case in cases})
    assert shared == 0, "a failure names no frozen case on purpose"


def plain(text: str) -> str:
    return " ".join(word for word in text.casefold().split())
