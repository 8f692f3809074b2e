"""The packaged encoder: pinned files, and an output that depends on one report alone."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from tocsin.models import Tagger, load_tagger
from tocsin.models.windows import MAX_PIECES, blocks_of, windows

DIGESTS = {
    "encoder.onnx": "fabb2339d6c678fffd46b57c86940456799b7e50fd0592405257eaf6f991a4c0",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
LARGEST = 25_000_000
REPORT = "Police said two men were hurt.\n“It was dark,” a neighbour said."


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    loaded = load_tagger()
    assert loaded is not None
    return loaded


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return load_tokenizer()


@cache
def load_tokenizer() -> Tokenizer:
    made = Tokenizer.from_str(files("tocsin.models").joinpath("tokenizer.json").read_text("utf-8"))
    made.no_padding()
    made.no_truncation()
    return made


@pytest.mark.parametrize("name", sorted(DIGESTS))
def test_files_are_those_of_the_card(name: str) -> None:
    content = files("tocsin.models").joinpath(name).read_bytes()
    assert hashlib.sha256(content).hexdigest() == DIGESTS[name]
    assert len(content) <= LARGEST


def test_report_alone_equals_report_among_others(tagger: Tagger) -> None:
    alone = tagger.tag(blocks_of(REPORT))
    others = ["A short one." * n for n in range(1, 32)]
    for text in others:
        tagger.tag(blocks_of(text))
    again = tagger.tag(blocks_of(REPORT))
    assert len(alone) == len(again)
    for left, right in zip(alone, again, strict=True):
        assert np.array_equal(left.tags, right.tags)
        assert np.array_equal(left.links, right.links)


@given(st.lists(st.text(st.characters(blacklist_categories=["Cs"]), max_size=200), max_size=12))
@settings(deadline=None)
def test_windows_hold_every_piece_once_and_in_order(paragraphs: list[str]) -> None:
    made = load_tokenizer()
    blocks = blocks_of("\n".join(paragraphs))
    cut = windows(made, blocks)
    spans = [span for window in cut for span in window.spans]
    assert all(len(window.pieces) <= MAX_PIECES for window in cut)
    assert [start for start, _ in spans] == sorted(start for start, _ in spans)
    assert len(spans) == sum(len(made.encode(t, add_special_tokens=False).ids) for _, t in blocks)


def test_long_paragraph_is_split(tokenizer: Tokenizer) -> None:
    cut = windows(tokenizer, [(0, "word " * 600)])
    assert [len(window.pieces) for window in cut] == [MAX_PIECES, MAX_PIECES, 600 - 2 * MAX_PIECES]


def test_quotation_and_case_are_seen(tokenizer: Tokenizer) -> None:
    (window,) = windows(tokenizer, [(0, "He said “NO way” twice")])
    assert window.shapes == (1, 0, 3, 5, 3, 0, 0)
