"""Every reason for a reject is documented, with what to do next."""

from __future__ import annotations

from pathlib import Path

import pytest

from tocsin.intake.rejects import REASONS, reject

DOCS = Path(__file__).parents[2] / "docs" / "inputs.md"


@pytest.mark.parametrize("code", REASONS)
def test_reason_is_documented(code: str) -> None:
    message, advice = REASONS[code]
    assert f"| `{code}` | {message} {advice} |" in DOCS.read_text("utf-8")


def test_detail_is_told_in_the_message() -> None:
    found = reject("too-large", "a.txt", "30 bytes.")
    assert found.message == "It is larger than the limit: 30 bytes."
