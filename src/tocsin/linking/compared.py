"""What comparing two accounts gives: a score and the features that made it."""

from __future__ import annotations

from tocsin.model import Part


class Feature(Part, frozen=True, kw_only=True):
    """A named part of a pair score, with what it contributed and why."""

    name: str
    contribution: float
    why: str


class Link(Part, frozen=True, kw_only=True):
    """How alike two accounts are, explained feature by feature."""

    left: str
    right: str
    score: float
    features: tuple[Feature, ...] = ()
