"""Count in how many texts of news a term stands: the table that names and words are weighed by.

Usage: python -m training.rarity   (writes src/tocsin/lang/en/rarity.txt)

Texts: the dev parts of incident_linking, attribution and geoparsing, title and text. Only terms
that several texts have are kept. The first line is the number of texts.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tocsin.lang.rarity import stem

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "src" / "tocsin" / "lang" / "en" / "rarity.txt"
BENCH = ROOT.parent / "shared" / "bench"
SETS = ("incident_linking", "attribution", "geoparsing")
LEAST_TEXTS = 5
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def texts() -> Iterator[str]:
    """Yield every text to count."""
    for name in SETS:
        for line in gzip.decompress((BENCH / name / "dev.jsonl.gz").read_bytes()).splitlines():
            row = json.loads(line)
            yield f"{row['title'] or ''}\n{row['text']}"


def terms_of(text: str) -> set[str]:
    """Return the terms of a text as linking has them; single letters are none."""
    return {term for word in WORD.findall(text) if len(term := stem(word)) > 1}


def main() -> None:
    """Count and write the table."""
    counted: Counter[str] = Counter()
    total = 0
    for text in texts():
        counted.update(terms_of(text))
        total += 1
    kept = sorted((term, count) for term, count in counted.items() if count >= LEAST_TEXTS)
    lines = [str(total), *(f"{term} {count}" for term, count in kept)]
    TARGET.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
