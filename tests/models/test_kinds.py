from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.models.kinds import blocks_of, load_kinds


def test_event_type_chances_sum_to_one() -> None:
    chances = load_kinds()["event_type"].chances(blocks_of("Crowds marched.", {}))
    assert sum(chances.values()) == pytest.approx(1.0, abs=1e-5)


@given(st.text(max_size=200))
def test_any_text_gets_chances_between_none_and_all(text: str) -> None:
    head = load_kinds()["us_incidents"]
    chances = head.chances(blocks_of(text, {}))
    assert all(0.0 <= chance <= 1.0 for chance in chances.values())
    assert chances == head.chances(blocks_of(text, {}))
