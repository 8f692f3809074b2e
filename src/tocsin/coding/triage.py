"""A cheap first look: pass what may tell of an incident, drop the rest with a reason."""

from __future__ import annotations

import re
from functools import cache

from tocsin.lang.cues import GAP, cue_patterns
from tocsin.model import Report

_WORD = re.compile(r"[a-z]+")


@cache
def _stems() -> frozenset[str]:
    """First letters of every cue word that is long enough to tell something."""
    stems = set()
    for rows in cue_patterns("en").values():
        for row in rows:
            stems |= {word[:_STEM] for word in row.words if word != GAP and len(word) >= _STEM}
    return frozenset(stems)


_STEM = 4  # letters that inflection leaves alone in nearly every cue


def may_tell(report: Report) -> bool:
    """Tell whether a report may hold an incident at all; doubt passes."""
    words = _WORD.findall(f"{report.title or ''} {report.text}".lower())
    return any(word[:_STEM] in _stems() for word in words)
