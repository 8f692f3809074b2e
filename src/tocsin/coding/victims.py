"""Who was harmed, how many, and how they are: for the incident that harmed them."""

from __future__ import annotations

from collections.abc import Iterator

from tocsin.coding.context import Context
from tocsin.coding.findings import Finding
from tocsin.coding.grouping import CROWD, Group

_COUNTED = {"killed", "injured", "detained", "present", "shots"}


def harm_findings(context: Context, group: Group) -> Iterator[Finding]:
    """Counts that stand in the sentences of an incident."""
    sentences = {t.sentence for t in group.tellings}
    for mention in context.readings.counts:
        if mention.sentence in sentences and mention.count.what in _COUNTED:
            if mention.count.what == "present" and group.kind != CROWD:
                continue
            yield Finding(mention.count.what, mention.count, mention.start, mention.end, 0.7)
