"""The packaged place weights belong to the facts that the code makes."""

from __future__ import annotations

import hashlib
from importlib.resources import files
from pathlib import Path

from tocsin.coding.where_choice import ALONE, TOGETHER
from tocsin.models.places import load_places

CARD = Path(__file__).parents[2] / "docs" / "model-card-places.md"


def test_every_fact_has_its_weight() -> None:
    weights = load_places()
    assert tuple(weights.alone) == ALONE
    assert tuple(weights.together) == TOGETHER


def test_the_card_is_of_these_weights() -> None:
    raw = files("tocsin.models").joinpath("places.json").read_bytes()
    assert hashlib.sha256(raw).hexdigest() in CARD.read_text("utf-8")
