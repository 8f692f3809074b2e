"""Measure the finding and choosing of places once the parse is there, and the gazetteer's memory.

Usage: python -m benchmarks.places_speed [TEXTS]

TEXTS is JSON lines with a `text` each (default: samples/reports.jsonl). Every report is read three
times; the first round fills the gazetteer's small cache and is not counted.
"""

from __future__ import annotations

import json
import sys
import tempfile
from itertools import pairwise
from pathlib import Path
from time import process_time

from tocsin.coding.document import parse
from tocsin.coding.where import find_places
from tocsin.gazetteer import Gazetteer, ensure
from tocsin.ids import digest
from tocsin.lang.parser import load_parser
from tocsin.model import Report
from tocsin.models.places import load_places
from tocsin.settings import Settings

SAMPLES = Path(__file__).parent.parent / "samples" / "reports.jsonl"
ROUNDS = 2
# More look-ups tell nothing new: the cache of pages is bounded.
_PROBES = 200_000


def resident_mb() -> float:
    """Return the memory this process holds now."""
    for line in Path("/proc/self/status").read_text("utf-8").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


def gazetteer_mb(path: Path, names: list[str]) -> float:
    """Return what opening the gazetteer and looking up many names adds to a process."""
    before = resident_mb()
    gazetteer = Gazetteer(path)
    for name in names:
        gazetteer.candidates(name)
    return resident_mb() - before


def report_of(text: str) -> Report:
    """Return a report of a text."""
    return Report(id="r", text=text, text_digest=digest(text), raw_digest=digest(text))


def main(path: Path) -> None:
    """Print reports a second and megabytes."""
    built = ensure(Path(tempfile.gettempdir()) / "tocsin-benchmarks")
    texts = [json.loads(line)["text"] for line in path.read_text("utf-8").splitlines() if line]
    words = [word for text in texts for word in text.split()]
    names = [*words, *(f"{a} {b}" for a, b in pairwise(words))][:_PROBES]
    memory = gazetteer_mb(built, names)
    nlp, gazetteer, weights = load_parser(Settings().spacy_model), Gazetteer(built), load_places()
    documents = [parse(report_of(text), nlp) for text in texts]
    for document in documents:
        find_places(document, gazetteer, weights=weights)
    start = process_time()
    for _ in range(ROUNDS):
        for document in documents:
            find_places(document, gazetteer, weights=weights)
    rate = ROUNDS * len(documents) / (process_time() - start)
    mean = sum(len(text.split()) for text in texts) / len(texts)
    print(f"{len(texts)} reports of {mean:.0f} words: {rate:.0f} reports/s on one core")
    print(f"gazetteer: {memory:.0f} MB resident after {len(names)} look-ups")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLES)
