"""The common words of English as the encoder's tokenizer knows them: what is no misspelling."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files


@cache
def common_words() -> frozenset[str]:
    """Return the whole words of the tokenizer's vocabulary."""
    raw = json.loads(files("tocsin.models").joinpath("tokenizer.json").read_text("utf-8"))
    return frozenset(word for word in raw["model"]["vocab"] if word.isalpha())
