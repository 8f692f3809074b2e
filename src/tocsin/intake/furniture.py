"""Page furniture in text: what is cut, and why."""

from __future__ import annotations

import re

from tocsin.lang.lexicon import word_lists
from tocsin.model import Cut


def find_cuts(text: str) -> tuple[Cut, ...]:
    """Return the spans of a text that are page furniture."""
    patterns = {
        reason: re.compile("|".join(words), re.IGNORECASE)
        for reason, words in word_lists("en", "furniture").items()
    }
    cuts = []
    offset = 0
    for line in text.split("\n"):
        bare = line.strip()
        start = offset + len(line) - len(line.lstrip())
        for reason, pattern in patterns.items():
            if bare and pattern.fullmatch(bare):
                cuts.append(Cut(start=start, end=start + len(bare), reason=reason))
                break
        offset += len(line) + 1
    return tuple(cuts)
