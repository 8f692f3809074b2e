"""The common words of English as the encoder's tokenizer knows them: what is no misspelling."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def common_words() -> frozenset[str]:
    """Return the whole words of the tokenizer's vocabulary."""
    return frozenset(word_ranks())


@cache
def word_ranks() -> Mapping[str, int]:
    """Return the whole words with their place in the vocabulary, the commonest first."""
    raw = json.loads(files("tocsin.models").joinpath("tokenizer.json").read_text("utf-8"))
    return {word: rank for word, rank in raw["model"]["vocab"].items() if word.isalpha()}
