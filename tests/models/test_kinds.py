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
    head = load_kinds()["kinds"]
    chances = head.chances(blocks_of(text, {}))
    assert all(0.0 <= head.sure(chance) <= 1.0 for chance in chances.values())
    assert chances == head.chances(blocks_of(text, {}))


def test_a_higher_chance_is_never_less_sure() -> None:
    head = load_kinds()["kinds"]
    sure = [head.sure(step / 50) for step in range(51)]
    assert sure == sorted(sure)
