"""The letters that a pattern can start with: never fewer than there are."""

from __future__ import annotations

from pathlib import Path

import pytest

from tocsin.intake.furniture import _may_match, _patterns
from tocsin.intake.starts import starts_of

HERE = Path(__file__).parent


@pytest.mark.parametrize(
    ("pattern", "letters"),
    [
        ("share this", "s"),
        ("(?:read|see) also", "rs"),
        ("(?:please )?(?:give|donate) now", "pgd"),
        ("(?:a(?:b|c)d|[x]y)z", None),
        (r"\d+ min", None),
        ("s?hare", None),
        ("home|(?:top|next)", "htn"),
        (r"(?:\()?share", None),
        ("(?:a|b){0,2}c", None),
    ],
)
def test_starts(pattern: str, letters: str | None) -> None:
    assert starts_of(pattern) == (None if letters is None else frozenset(letters))


def test_the_gate_lets_through_whatever_a_pattern_matches() -> None:
    lines = {
        line[2:].strip().replace("’", "'")
        for path in HERE.glob("furniture*/*.txt")
        for line in path.read_text("utf-8").splitlines()
    }
    matched = [line for line in lines if any(p.fullmatch(line) for p in _patterns().values())]
    assert len(matched) > 300
    for line in matched:
        assert _may_match(line), line
