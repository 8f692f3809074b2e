"""Load the encoder and run it over the windows of one report, each window alone."""

from __future__ import annotations

from collections.abc import Sequence
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
    """A window with its tag scores [n, 7] and link scores [2, n, n] (source, content)."""

    window: Window
    tags: Floats
    links: Floats


class Tagger:
    """The encoder with its attribution head."""

    def __init__(self, session: onnxruntime.InferenceSession, tokenizer: Tokenizer) -> None:
        self._session, self._tokenizer = session, tokenizer

    def tag(self, blocks: Sequence[tuple[int, str]]) -> list[Tagged]:
        """Tag paragraphs of one report, given as (offset, text)."""
        return [self._run(window) for window in windows(self._tokenizer, blocks)]

    def _run(self, window: Window) -> Tagged:
        pieces = np.array([[CLS, *window.pieces, SEP]], dtype=np.int64)
        shapes = np.array([[0, *window.shapes, 0]], dtype=np.int64)
        tags, links = self._session.run(["tags", "links"], {"pieces": pieces, "shapes": shapes})
        return Tagged(window, tags[1:-1], links[:, 1:-1, 1:-1])


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
