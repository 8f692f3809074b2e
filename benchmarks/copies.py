"""Copies: recall and precision on altered texts, and the speed on many reports.

    python -m benchmarks.copies [BENCH]        # 3,000 texts, each altered in four ways
    python -m benchmarks.copies --speed N      # N made-up reports, a tenth of them copies

The base texts are those of `incident_linking` without the copies that it holds already (texts
that share long word sequences with an earlier one), so that every other pair found is an error.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tocsin.linking.copies import CopyIndex

TEXTS = 3000
CUTS = (0.1, 0.25, 0.4, 0.6)
SWAPPED = 0.03  # share of words replaced
NATURAL = 20  # shared sequences of eight words from which two base texts are copies already
FEWEST_WORDS = 60


def base_texts(bench: Path) -> Iterator[str]:
    """Yield texts that are no copies of one another."""
    seen: dict[str, int] = {}
    kept = 0
    for name in ("incident_linking", "geoparsing", "attribution"):
        with gzip.open(bench / name / "dev.jsonl.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                text = str(json.loads(line).get("text") or "")
                words = re.findall(r"\w+", text.casefold())
                long = {" ".join(words[i : i + 8]) for i in range(len(words) - 7)}
                shared = [seen[s] for s in long if s in seen]
                if len(words) < FEWEST_WORDS or len(shared) >= NATURAL:
                    continue
                seen.update(dict.fromkeys(long, kept))
                kept += 1
                yield text
                if kept == TEXTS:
                    return


def altered(text: str, cut: float, chance: random.Random, words: list[str]) -> str:
    """Return a text with a share cut off, words swapped, another first paragraph and headline."""
    kept = text.split()
    room = int(len(kept) * cut)
    front = chance.randint(0, room)
    kept = kept[front : len(kept) - (room - front)]
    kept = [chance.choice(words) if chance.random() < SWAPPED else word for word in kept]
    headline = " ".join(chance.choices(words, k=9))
    opening = " ".join(chance.choices(words, k=chance.randint(15, 40)))
    return f"{headline}\n\n{opening}\n\n{' '.join(kept)}"


def accuracy(bench: Path) -> None:
    """Print recall and precision for each share that was cut away."""
    texts = list(base_texts(bench))
    words = sorted({word for text in texts[::10] for word in text.split()})
    print(f"{len(texts)} texts")
    for cut in CUTS:
        chance = random.Random(7)
        index = CopyIndex()
        found = wrong = 0
        for number, text in enumerate(texts):
            wrong += len(index.add(f"{number}", text))
        natural = wrong
        for number, text in enumerate(texts):
            lefts = {m.left for m in index.add(f"{number}-copy", altered(text, cut, chance, words))}
            lefts = {left.removesuffix("-copy") for left in lefts}
            found += str(number) in lefts
            wrong += len(lefts - {str(number)})
        recall, precision = found / len(texts), found / max(1, found + wrong)
        print(
            f"cut {cut:.0%}: recall {recall:.4f} precision {precision:.4f} ({natural} in the base)"
        )


def speed(count: int) -> None:
    """Print seconds and memory for a stream of reports, a tenth of them copies of earlier ones."""
    chance = random.Random(5)
    words = [f"word{n}" for n in range(30_000)]
    pool: list[str] = []
    index = CopyIndex()
    spent = 0.0
    for number in range(count):
        if pool and number % 10 == 0:
            text = altered(chance.choice(pool), 0.3, chance, words)
        else:
            text = " ".join(chance.choices(words, k=330))
            if len(pool) < 2000:
                pool.append(text)
        started = time.perf_counter()
        index.add(str(number), text)
        spent += time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{count} reports: {spent:.0f} s, peak {peak:.0f} MB, {len(index.groups())} groups")


if __name__ == "__main__":
    if "--speed" in sys.argv:
        speed(int(sys.argv[sys.argv.index("--speed") + 1]))
    else:
        accuracy(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/bench"))
