"""The letters that a pattern can start with: never fewer than there are."""

from __future__ import annotations

from pathlib import Path

import pytest

from tocsin.intake.patterns import may_match, patterns, present_in
from tocsin.intake.starts import starts_of

HERE = Path(__file__).parent


@pytest.mark.parametrize(
    ("pattern", "letters"),
    [
        ("share this", "s"),
        ("(?:read|see) also", "rs"),
        ("(?:please )?(?:give|donate) now", "pgd"),
        ("(?:a(?:b|c)d|[x-z]y)z", "axyz"),
        (r"\d+ min", "0"),
        ("s?hare", "sh"),
        (r"\W*(?:\d{4}|by)?,? ?©", ".0b"),
        (r"(?=.{0,9}x)(?!no)\bso", "s"),
        (r"[^a]b", None),
        (r".{0,9}c", None),
        (r"\w+ ago", None),
        ("(?:more )?", None),
        ("home|(?:top|next)", "htn"),
        (r"(?:\()?share", ".s"),
        ("(?:a|b){0,2}c", "abc"),
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
    matched = [line for line in lines if any(p.fullmatch(line) for p in patterns().values())]
    assert len(matched) > 300
    for line in matched:
        assert may_match(line, present_in(line).far), line
