"""A text as one vector: a small encoder in plain numpy, run over each text alone.

Its weights are four-bit steps in groups, its vocabulary the commonest pieces of English news; see
the model card of kinds. Linear heads read the vector as one more block beside words and cues.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

Floats = NDArray[np.float32]
Layer = Mapping[str, Floats]

# Pieces of a text that are read, marks included; longer texts tell their incident before that.
MOST = 96
GROUP = 64  # weights that share one step
_HEADS = 12
_TINY = 1e-12


@dataclass(frozen=True)
class SentenceEncoder:
    """Embeddings and a few transformer layers, with the tokenizer that fits them."""

    tokenizer: Tokenizer
    edges: tuple[int, int]
    pieces: Floats
    places: Floats
    first: Layer
    layers: Sequence[Layer]

    def vector(self, text: str) -> Floats:
        """Return the mean state of a text's pieces, of length one."""
        ids = self.tokenizer.encode(text, add_special_tokens=False).ids[: MOST - 2]
        row = np.array([self.edges[0], *ids, self.edges[1]])
        states = _even(self.pieces[row] + self.places[: len(row)], self.first, "norm")
        for layer in self.layers:
            states = _apply(states, layer)
        mean = states.mean(0)
        return np.asarray(mean / (np.sqrt((mean * mean).sum()) + _TINY), dtype=np.float32)


def unpack(packed: NDArray[np.uint8], steps: NDArray[np.float16]) -> Floats:
    """Return the weights behind packed four-bit steps: two to a byte, one step size a group."""
    marks = np.stack([packed & 15, packed >> 4], -1).reshape(*steps.shape, GROUP)
    values = (marks.astype(np.float32) - 7.5) * steps.astype(np.float32)[..., None]
    return np.ascontiguousarray(values.reshape(steps.shape[0], -1))


@cache
def load_sentence_encoder() -> SentenceEncoder | None:
    """Load the packaged encoder; None where the file is missing."""
    file = files("tocsin.models").joinpath("sentence.npz")
    if not file.is_file():
        return None
    with np.load(BytesIO(file.read_bytes()), allow_pickle=False) as stored:
        return _read(stored)


def gist_of(text: str) -> Mapping[int, float]:
    """Return the vector of a text as a block of numbered values; empty without the encoder."""
    encoder = load_sentence_encoder()
    return dict(enumerate(encoder.vector(text).tolist())) if encoder is not None else {}


def _read(stored: Mapping[str, NDArray[np.generic]]) -> SentenceEncoder:
    vocabulary = {word: i for i, word in enumerate(json.loads(str(stored["vocabulary"])))}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    count = int(stored["layers"])
    return SentenceEncoder(
        tokenizer=tokenizer,
        edges=(vocabulary["[CLS]"], vocabulary["[SEP]"]),
        pieces=_table(stored, "pieces"),
        places=stored["places"].astype(np.float32),
        first=_part(stored, "first."),
        layers=tuple(_part(stored, f"{i}.") for i in range(count)),
    )


def _part(stored: Mapping[str, NDArray[np.generic]], lead: str) -> Layer:
    """The arrays of one layer under their short names."""
    names = {name.removesuffix(".steps") for name in stored if name.startswith(lead)}
    return {name.removeprefix(lead): _table(stored, name) for name in sorted(names)}


def _table(stored: Mapping[str, NDArray[np.generic]], name: str) -> Floats:
    if f"{name}.steps" in stored:
        steps = stored[f"{name}.steps"].astype(np.float16)
        return unpack(stored[name].astype(np.uint8), steps)
    return stored[name].astype(np.float32)


def _apply(states: Floats, layer: Layer) -> Floats:
    """One transformer layer, with the sums after attention and after the wide step evened."""
    count, width = states.shape
    shape = (count, _HEADS, width // _HEADS)
    query, key, value = (_linear(states, layer, name).reshape(shape) for name in "qkv")
    scores = np.einsum("ihd,jhd->hij", query, key) / np.float32(np.sqrt(width // _HEADS))
    raised = np.exp(scores - scores.max(-1, keepdims=True))
    shares = raised / raised.sum(-1, keepdims=True)
    mixed = np.einsum("hij,jhd->ihd", shares, value).reshape(count, width)
    states = _even(states + _linear(mixed, layer, "o"), layer, "norm1")
    wide = _bend(_linear(states, layer, "up"))
    return _even(states + _linear(wide, layer, "down"), layer, "norm2")


def _linear(states: Floats, layer: Layer, name: str) -> Floats:
    return np.asarray(states @ layer[name].T + layer[f"{name}_bias"], dtype=np.float32)


def _even(states: Floats, layer: Layer, name: str) -> Floats:
    away = states - states.mean(-1, keepdims=True)
    spread = np.sqrt((away * away).mean(-1, keepdims=True) + _TINY)
    return np.asarray(away / spread * layer[name] + layer[f"{name}_bias"], dtype=np.float32)


def _bend(values: Floats) -> Floats:
    """The smooth step between layers (the usual approximation by a hyperbolic tangent)."""
    inner = np.float32(np.sqrt(2 / np.pi)) * (values + np.float32(0.044715) * values**3)
    return np.asarray(values * (np.float32(0.5) * (1 + np.tanh(inner))), dtype=np.float32)
