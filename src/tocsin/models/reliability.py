"""How often a claim of a slot turned out right, by how plainly it was told: measured, as data."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

# What no gold says anything about claims no more than this, however plainly it is told.
_UNMEASURED = 0.85
MOST_SUPPORT = 3  # tellings or equal claims beyond these add nothing


@dataclass(frozen=True)
class Reliability:
    """Chances by slot and grade; training/reliability.py measures them."""

    chances: Mapping[str, Mapping[str, float]]

    def of(self, slot: str, strength: float, support: int) -> float:
        """Return the chance that a claim is right: of its grade, else of its slot, else capped."""
        known = self.chances.get(slot)
        if known is None:
            return round(min(strength, _UNMEASURED), 2)
        return round(known.get(grade(strength, support), known["all"]), 2)


def grade(strength: float, support: int) -> str:
    """Return the name of a grade: the strength of the cue, and how often the report tells it."""
    return f"{strength:.2f}x{min(support, MOST_SUPPORT)}"


@cache
def load_reliability() -> Reliability:
    """Return the measured chances that come with the package."""
    raw = files("tocsin.models").joinpath("reliability.json").read_text("utf-8")
    return Reliability(json.loads(raw)["chances"])
