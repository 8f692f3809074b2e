"""A passage as features for the linear heads: its words, and what its cues say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from tocsin.coding.kind import Telling

_WORD = re.compile(r"[a-z]+(?:['’][a-z]+)?|\d+")


def features(text: str, tellings: Iterable[Telling]) -> dict[str, float]:
    """Return words, pairs of words and the cues with their doers, as named weights."""
    words = _WORD.findall(text.lower())
    return {**_word_features(words), **_cue_features(tellings)}


def _word_features(words: Sequence[str]) -> dict[str, float]:
    """Words, pairs, and the first letters of long words: endings and slips matter less."""
    found = {f"w={word}": 1.0 for word in words}
    found |= {f"w={one} {two}": 1.0 for one, two in pairwise(words)}
    found |= {f"s={word[:5]}": 1.0 for word in words if len(word) > 5}
    return found


def _cue_features(tellings: Iterable[Telling]) -> dict[str, float]:
    found: dict[str, float] = {}
    for telling in tellings:
        found[f"cue={telling.cue}"] = 1.0
        if telling.act:
            found[f"act={telling.act}"] = 1.0
        for role, classes in (("agent", telling.agents), ("patient", telling.patients)):
            found |= {f"{role}={telling.cue}/{name}": 1.0 for name in classes}
        if telling.kind:
            found[f"kind={telling.kind}"] = max(
                found.get(f"kind={telling.kind}", 0.0), telling.confidence
            )
            where = "behind" if telling.background else "front"
            found[f"{where}={telling.kind}"] = 1.0
            if telling.sentence == 0:
                found[f"first={telling.kind}"] = 1.0
    return found
