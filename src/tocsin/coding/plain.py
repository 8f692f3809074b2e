"""Slots that plain words fill: how it was done, what police did, why an attack was made."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from tocsin.coding.context import Context
from tocsin.coding.findings import Finding
from tocsin.coding.groups import Group, line_of
from tocsin.coding.referring import CROWD
from tocsin.lang.lexicon import word_maps, word_pattern
from tocsin.model import Text

_SURE = 0.75
_CROWD_LIKE = frozenset({CROWD, "mob_violence", "property_destruction"})


def plain_findings(context: Context, group: Group) -> Iterator[Finding]:
    """The first plain words for each slot, in the sentences that tell the incident."""
    if group.kind in _CROWD_LIKE:
        yield from _first(context, group, "police_response", None, _pattern("police_response"))
        yield from _first(context, group, "tactic", None, _pattern("tactic_crowd"))
    if line_of(group.kind) == "attack":
        yield from _first(context, group, "tactic", None, _pattern("tactic_attack"))
        for code in word_maps("en", "plain")["scope"]:
            found = next(_first(context, group, "scope", code, _scope(code)), None)
            if found is not None:
                yield found
                return


def legal_basis(text: str) -> str | None:
    """Return the law that a sentence names for an order: "under the Public Order Act"."""
    match = _pattern("legal_basis").search(text)
    return match.group() if match else None


def _first(
    context: Context, group: Group, slot: str, code: str | None, pattern: re.Pattern[str]
) -> Iterator[Finding]:
    told = sorted({t.sentence for t in group.tellings if t.status == "new" and not t.background})
    for sentence in (context.document.sentences[index] for index in told):
        match = pattern.search(sentence.text)
        if match is not None:
            start, end = sentence.start + match.start(), sentence.start + match.end()
            yield Finding(slot, Text(words=match.group(), code=code), start, end, _SURE)
            return


def _pattern(name: str) -> re.Pattern[str]:
    return word_pattern("en", "plain", name)


@cache
def _scope(code: str) -> re.Pattern[str]:
    return re.compile(word_maps("en", "plain")["scope"][code], re.IGNORECASE)
