"""How sure a claim is: the strength of its cue and how often it is told, as measured chances."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from tocsin.coding.findings import Finding
from tocsin.coding.groups import Group
from tocsin.model import Count, Kind, When, Where
from tocsin.models.reliability import Reliability


def sure(
    group: Group, findings: Iterable[Finding], reliability: Reliability | None
) -> Iterator[Finding]:
    """Return the findings with their chances, or with the bare strength of their cues."""
    held = tuple(findings)
    for finding in held:
        strength = round(finding.confidence, 2)
        if reliability is not None:
            strength = reliability.of(finding.slot, strength, _support(group, finding, held))
        yield replace(finding, confidence=strength)


def _support(group: Group, finding: Finding, held: tuple[Finding, ...]) -> int:
    """How often the report tells it: sentences of a kind, places of words, equal values."""
    if isinstance(finding.value, Kind):
        return len({t.sentence for t in group.tellings if t.status == "new"})
    same = [other for other in held if other.slot == finding.slot]
    return sum(_said(other) == _said(finding) for other in same)


def _said(finding: Finding) -> object:
    """What two findings must agree in to support each other."""
    value = finding.value
    if isinstance(value, Count):
        return value.low, value.high
    if isinstance(value, When):
        return value.start
    if isinstance(value, Where):
        return value.lat, value.lon
    return finding.start
