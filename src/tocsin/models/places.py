"""The weights that find and choose places: tables one can read, trained by training/places.py."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import msgspec


class PlaceWeights(msgspec.Struct, frozen=True):
    """What each sign adds to the odds of being a name, and each fact to those of being meant."""

    bias: float
    threshold: float
    signs: dict[str, float]
    alone: dict[str, float]
    together: dict[str, float]


@cache
def load_places() -> PlaceWeights:
    """Load the packaged weights."""
    raw = files("tocsin.models").joinpath("places.json").read_bytes()
    return msgspec.json.decode(raw, type=PlaceWeights)
