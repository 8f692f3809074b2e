"""Counts in a report: figures with what they count."""

from __future__ import annotations

import re

from tocsin.coding.document import Document
from tocsin.coding.mentions import CountMention
from tocsin.model import Count

_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_VAGUE = {"hundreds": (200, 999), "dozens": (24, 99), "scores": (40, 99), "thousands": (2000, 9999)}
_FIGURE = re.compile(
    rf"\b(?P<open>at least |more than |over )?"
    rf"(?P<figure>\d[\d,]*|{'|'.join(_WORDS)}|{'|'.join(_VAGUE)})(?: of)?\s+"
    r"(?:\w+\s+)?(?P<noun>people|persons|men|women|protesters|demonstrators|officers|others)\b"
    r"(?:\s+(?:was|were|have been|are))?(?:\s+(?P<verb>killed|dead|died|injured|wounded|hurt|arrested))?",
    re.IGNORECASE,
)
_WHAT = {
    "killed": "killed",
    "dead": "killed",
    "died": "killed",
    "injured": "injured",
    "wounded": "injured",
    "hurt": "injured",
    "arrested": "detained",
}


def find_counts(document: Document) -> tuple[CountMention, ...]:
    """Find figures and say what each counts."""
    found = []
    for sentence in document.sentences:
        for match in _FIGURE.finditer(sentence.text):
            low, high = _range(match.group("figure").lower(), bool(match.group("open")))
            what = _WHAT.get((match.group("verb") or "").lower(), "present")
            count = Count(what=what, words=match.group(), low=low, high=high)
            start = sentence.start + match.start()
            head = sentence.start + match.start("noun")
            found.append(
                CountMention(start, sentence.start + match.end(), sentence.index, count, head)
            )
    return tuple(found)


def _range(figure: str, is_open: bool) -> tuple[int, int | None]:
    """The range of a figure in words or digits."""
    if figure in _VAGUE:
        return _VAGUE[figure]
    value = _WORDS.index(figure) + 1 if figure in _WORDS else int(figure.replace(",", ""))
    return value, None if is_open else value
