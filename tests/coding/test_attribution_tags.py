"""From the encoder's scores to attributions: a find is kept where all of it is sure."""

from __future__ import annotations

import numpy as np
import pytest

from tocsin.coding.attribution_tags import found_in
from tocsin.models import Tagged
from tocsin.models.windows import Window

WORDS = ("Police", "said", "shops", "burned")
SOURCE, CUE, CONTENT = 1, 3, 5


def tagged(source: float, cue: float, content: float) -> Tagged:
    """Scores for "Police said shops burned", each role as sure as asked."""
    ends = np.cumsum([len(word) + 1 for word in WORDS])
    spans = tuple((int(end) - len(w) - 1, int(end) - 1) for w, end in zip(WORDS, ends, strict=True))
    window = Window((7,) * 4, (0,) * 4, spans, (False,) * 4)
    tags = np.zeros((4, 7), np.float32)
    for piece, (tag, sure) in enumerate(
        [(SOURCE, 0.9), (CUE, cue), (CONTENT, content), (CONTENT + 1, content)]
    ):
        tags[piece] = np.log((1 - sure) / 6)
        tags[piece, tag] = np.log(sure)
    links = np.full((2, 4, 4), -6.0, np.float32)
    links[0, 1, 0] = np.log(source / (1 - source))
    links[1, 1, 2:] = np.log(content / (1 - content))
    none = np.zeros((4, 0), np.float32)
    return Tagged(window, tags, links, none, none, none)


def test_sure_find_has_all_three_parts() -> None:
    (found,) = found_in(tagged(0.95, 0.95, 0.95))
    assert (found.source, found.cue, found.content) == (((0, 6),), ((7, 11),), ((12, 24),))


@pytest.mark.parametrize("parts", [(0.35, 0.8, 0.8), (0.95, 0.6, 0.6), (0.6, 0.7, 0.7)])
def test_find_of_doubtful_parts_is_left_out(parts: tuple[float, float, float]) -> None:
    assert list(found_in(tagged(*parts))) == []


def test_no_source_is_as_sure_as_every_piece_is_none() -> None:
    (found,) = found_in(tagged(0.02, 0.95, 0.95))
    assert found.source == ()
