"""How rare a term is in news, from counted texts: no score depends on the pile at hand."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

_UNSEEN = 0.5  # a term that no counted text has stands in half a text


@dataclass(frozen=True)
class Rarity:
    """Inverse document frequencies from counted texts."""

    texts: int
    counts: Mapping[str, int] = field(repr=False)

    def of(self, term: str) -> float:
        """Return the logarithm of one over the share of texts that have a term."""
        return math.log(self.texts / (self.counts.get(term, 0) or _UNSEEN))


def stem(word: str) -> str:
    """Return a word as the table has it: in lower case, without its commonest English endings."""
    word = word.replace("’", "'").lower().removesuffix("'s")
    for ending in ("ings", "ing", "edly", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) > 2:
            word = word[: -len(ending)]
            break
    return word.removesuffix("e") if len(word) > 3 else word


@cache
def packaged(lang: str = "en") -> Rarity:
    """Return the counts that come with the package (training/rarity.py makes them)."""
    lines = (files("tocsin.lang") / lang / "rarity.txt").read_text("utf-8").splitlines()
    pairs = (line.rsplit(" ", 1) for line in lines[1:])
    return Rarity(int(lines[0]), {term: int(count) for term, count in pairs})
