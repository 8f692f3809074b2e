"""Measures as records: what, by whom, where, from when to when, why, in which state."""

from __future__ import annotations

from collections.abc import Iterator

from tocsin.coding.context import Context
from tocsin.coding.findings import Finding, leading
from tocsin.coding.grouping import Group
from tocsin.coding.when import window_for
from tocsin.model import Measure

KINDS = frozenset(
    {"curfew", "state_of_emergency", "deployment", "dispersal_order", "ban", "closure"}
    | {"public_alert", "shutdown"}
)


def measure_findings(context: Context, group: Group) -> Iterator[Finding]:
    """The measure of a group, if it is one."""
    if group.kind not in KINDS:
        return
    best = leading(group)
    effective, ends = window_for(context.document, context.readings.times, best.start, best.end)
    value = Measure(
        what=group.kind,
        words=context.document.text[best.start : best.end],
        effective=effective,
        ends=ends,
        binding=group.kind != "public_alert",
        state="announced",
    )
    yield Finding("measure", value, best.start, best.end, best.confidence)
