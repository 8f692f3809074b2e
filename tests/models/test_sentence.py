from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.models.sentence import GROUP, MOST, load_sentence_encoder, unpack


def _near(left: str, right: str) -> float:
    encoder = load_sentence_encoder()
    assert encoder is not None
    return float(encoder.vector(left) @ encoder.vector(right))


def test_texts_of_one_meaning_lie_nearer_than_others() -> None:
    flood = "Heavy rain flooded two villages and swept a bridge away."
    again = "A river burst its banks after a storm, and homes stand under water."
    talks = "The two governments signed a trade pact on Monday."
    assert _near(flood, again) > _near(flood, talks) + 0.1


@settings(max_examples=8, deadline=None)
@given(st.text(max_size=60))
def test_any_text_has_one_vector_of_length_one(text: str) -> None:
    encoder = load_sentence_encoder()
    assert encoder is not None
    vector = encoder.vector(text)
    assert float(vector @ vector) == pytest.approx(1.0, abs=1e-4)
    assert np.array_equal(vector, encoder.vector(text))


def test_what_stands_after_the_last_piece_read_changes_nothing() -> None:
    encoder = load_sentence_encoder()
    assert encoder is not None
    start = "rain " * MOST
    assert np.array_equal(encoder.vector(start), encoder.vector(f"{start} and a bomb went off"))


def test_four_bits_unpack_to_even_steps_around_zero() -> None:
    packed = np.full((1, GROUP // 2), 0xF0, np.uint8)
    values = unpack(packed, np.array([[2.0]], np.float16))
    assert values.shape == (1, GROUP)
    assert values[0, 0] == -15.0 and values[0, 1] == 15.0
