"""Cross-validated figures of the event types; `training/heads.py --write` makes the weights."""

from __future__ import annotations

from training.heads import figures


def crossval() -> dict[str, float]:
    return figures("event_type")
