"""The sentence around words, cut between words where it is too long for a page."""

from __future__ import annotations

import pytest

from tocsin.desk.passages import sentence
from tocsin.masking import Mask

LONG = "word " * 60


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("It rained. Police fired shots at a van. It left.", "Police fired ", " at a van."),
        (f"{LONG}shots {LONG}", "… ", " …"),
    ],
    ids=["whole", "cut"],
)
def test_a_sentence_says_where_it_was_cut(text: str, first: str, last: str) -> None:
    start = text.index("shots")
    found = [piece.words for piece in sentence(text, start, start + 5, Mask())]
    assert (found[0], found[-1]) == (first, last)
    assert set("".join(found).split()) <= {*text.split(), "…"}
