"""The words of a report as linking compares them: weighted terms, names and numbers."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tocsin.lang.rarity import Rarity
from tocsin.model import Report

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+(?:[.,]\d+)*")
_LEAD_WORDS = 80  # title and first paragraphs of a news report: where the news stands
_KEPT = 64  # terms kept a report: more changes no decision and costs memory


@dataclass(frozen=True, slots=True)
class Telling:
    """One report's words: unit vectors of the whole and of the lead."""

    report: str
    whole: Mapping[str, float]
    lead: Mapping[str, float]


def telling(report: Report | None, rarity: Rarity) -> Telling:
    """Return the words of a report without its cuts; no report has no words."""
    if report is None:
        return Telling("", {}, {})
    found = list(terms(_uncut(report)))
    head = list(terms(report.title or "")) + found[:_LEAD_WORDS]
    return Telling(report.id, _vector(found, rarity), _vector(head, rarity))


def terms(text: str) -> Iterable[str]:
    """Yield the terms of a text: lower case, without plural and possessive endings."""
    for match in _WORD.finditer(text):
        word = match.group().replace("’", "'").lower().removesuffix("'s")
        if len(word) > 1:
            yield stem(word)


def stem(word: str) -> str:
    """Return a word without its commonest English endings, the same for all its forms."""
    for ending in ("ings", "ing", "edly", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    return word.removesuffix("e") if len(word) > 3 else word


def cosine(left: Mapping[str, float], right: Mapping[str, float]) -> float:
    """Return the cosine of two unit vectors."""
    if len(left) > len(right):
        left, right = right, left
    return sum(weight * right[term] for term, weight in left.items() if term in right)


def _uncut(report: Report) -> str:
    parts = []
    position = 0
    for cut in sorted(report.cuts, key=lambda cut: cut.start):
        parts.append(report.text[position : cut.start])
        position = max(position, cut.end)
    parts.append(report.text[position:])
    return " ".join(parts)


def _vector(found: list[str], rarity: Rarity) -> dict[str, float]:
    weights = {
        term: (1 + math.log(times)) * rarity.of(term) for term, times in Counter(found).items()
    }
    best = sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))[:_KEPT]
    length = math.sqrt(sum(weight * weight for _, weight in best)) or 1.0
    return {term: weight / length for term, weight in best}
