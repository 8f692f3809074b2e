"""Load the encoder and run it over the windows of one report, each window alone."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from tocsin.models.windows import CLS, SEP, Window, windows

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Tagged:
    """A window with scores for each of its n pieces.

    Tags [n, 7], links [2, n, n] (source, content), certainty [n, 5], kind of speaker [n, 17], and
    whose words they are [n, n + 1], where the first column is nobody in the text.
    """

    window: Window
    tags: Floats
    links: Floats
    certainty: Floats
    kinds: Floats
    speakers: Floats


@dataclass(frozen=True, slots=True)
class Worded:
    """A window in which people's nouns are hidden, with certainty scores [n, 5]."""

    window: Window
    certainty: Floats


class Tagger:
    """The encoder with its attribution head."""

    def __init__(self, session: onnxruntime.InferenceSession, tokenizer: Tokenizer) -> None:
        self._session, self._tokenizer = session, tokenizer

    def tag(self, blocks: Sequence[tuple[int, str]]) -> list[Tagged]:
        """Tag paragraphs of one report, given as (offset, text)."""
        return [self._tagged(window) for window in windows(self._tokenizer, blocks)]

    def word(self, blocks: Sequence[tuple[int, str]], hidden: Collection[str]) -> list[Worded]:
        """How sure each piece is put, read without seeing the hidden words."""
        found = windows(self._tokenizer, blocks, hidden)
        return [Worded(window, self._run(window, "certainty")[0][1:-1]) for window in found]

    def _tagged(self, window: Window) -> Tagged:
        tags, links, *stance = self._run(window, "tags", "links", "certainty", "kind", "speaker")
        certainty, kinds, speakers = (scores[1:-1] for scores in stance)
        links = links[:, 1:-1, 1:-1]
        return Tagged(window, tags[1:-1], links, certainty, kinds, speakers[:, :-1])

    def _run(self, window: Window, *outputs: str) -> list[Floats]:
        pieces = np.array([[CLS, *window.pieces, SEP]], dtype=np.int64)
        shapes = np.array([[0, *window.shapes, 0]], dtype=np.int64)
        found: list[Floats] = self._session.run(list(outputs), {"pieces": pieces, "shapes": shapes})
        return found


@cache
def load_tagger(path: str | None = None) -> Tagger | None:
    """Load the packaged encoder (or one at `path`) on one thread; None where it is missing."""
    folder = files("tocsin.models")
    weights = folder.joinpath("encoder.onnx")
    tokens = folder.joinpath("tokenizer.json")
    if path is None and not weights.is_file():
        return None
    tokenizer = Tokenizer.from_str(tokens.read_text("utf-8"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    if path is not None:
        return Tagger(onnxruntime.InferenceSession(path, options), tokenizer)
    with as_file(weights) as file:
        return Tagger(onnxruntime.InferenceSession(str(file), options), tokenizer)
