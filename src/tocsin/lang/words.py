"""How often news has a word and what follows it, from counted texts: what a slip was meant for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

OPENING, BREAK, FIGURE = "^", ",", "#"  # stand for a sentence's start, a mark inside it, a number
_ALL, _REST = "=", "+"  # no words: under these a row has its sums
_MORE = 5  # times that a word is taken to stand before any other, beside what was counted


@dataclass(frozen=True)
class WordTable:
    """Counts of words in lower case and with a capital inside a sentence, and of pairs."""

    lower: Mapping[str, int]
    capital: Mapping[str, int]
    total: int
    _rows: Mapping[str, str] = field(repr=False)
    _parsed: dict[str, Mapping[str, int]] = field(default_factory=dict, repr=False)

    def knows(self, word: str) -> bool:
        """Tell whether news writes a word in lower case, or before "n't" as "wasn"."""
        return self.lower.get(word, 0) > 0 or f"{word}'t" in self.lower

    def share(self, word: str) -> float:
        """Return a word's share of all words; a little for one that was not counted."""
        return (self.lower.get(word, 0) + self.capital.get(word, 0) or 0.5) / self.total

    def after(self, before: str, word: str) -> float:
        """Return the chance of a word behind another one."""
        row = self._row(before)
        return (row.get(word, 0) + row[_REST] * self.share(word)) / row[_ALL]

    def count(self, before: str, word: str) -> int:
        """Return how often a word was seen behind another one."""
        return self._row(before).get(word, 0)

    def lift(self, word: str, after: str) -> float:
        """Return how much likelier a word makes the one that comes next."""
        return self.after(word, after) / self.share(after)

    def _row(self, word: str) -> Mapping[str, int]:
        """What follows a word, and how often anything and what was not kept does."""
        found = self._parsed.get(word)
        if found is None:
            pairs = (pair.rsplit(":", 1) for pair in self._rows.get(word, "").split())
            row = {other: int(count) for other, count in pairs}
            seen = sum(row.values())
            row[_ALL] = max(self.lower.get(word, 0) + self.capital.get(word, 0), seen) + _MORE
            row[_REST] = row[_ALL] - seen
            found = self._parsed[word] = row
        return found


@cache
def word_table(lang: str = "en") -> WordTable:
    """Return the counts that come with the package (training/words.py makes them)."""
    lower: dict[str, int] = {}
    capital: dict[str, int] = {}
    rows: dict[str, str] = {}
    lines = (files("tocsin.lang") / lang / "words.txt").read_text("utf-8").splitlines()
    for line in lines:
        word, small, large, *rest = line.split(" ", 3)
        lower[word], capital[word] = int(small), int(large)
        rows[word] = rest[0] if rest else ""
    return WordTable(lower, capital, sum(lower.values()) + sum(capital.values()), rows)
