"""The two paths for web pages on the same pages in one run: speed and F1.

    python -m benchmarks.bulk [ROUNDS]

Pages and gold are those of ../shared/bench/body_extraction (dev). Each path does all pages as
often as ROUNDS says (default 5) in turn; the fastest round counts, in processor seconds.
"""

from __future__ import annotations

import gzip
import importlib.util
import json
import sys
import time
from pathlib import Path
from types import ModuleType

from tocsin.intake.page import page_body

BENCH = Path(__file__).parent.parent.parent / "shared" / "bench"
PATHS = ("quality", "bulk")


def scorer() -> ModuleType:
    """Return the scorer of the bench."""
    spec = importlib.util.spec_from_file_location("bench_score", BENCH / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main(rounds: int) -> None:
    """Print one JSON line of figures."""
    with gzip.open(BENCH / "body_extraction" / "dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        gold = [json.loads(line) for line in lines]
    score = scorer().score
    seconds = dict.fromkeys(PATHS, float("inf"))
    figures: dict[str, object] = {"pages": len(gold)}
    for number in range(rounds):
        for path in PATHS:
            begun = time.process_time()
            made = [
                {"id": r["id"], "body": page_body(r["html"], url=r["url"], quality=path)}
                for r in gold
            ]
            if number:  # the first round loads and compiles
                seconds[path] = min(seconds[path], time.process_time() - begun)
            figures[f"{path}_f1"] = round(score("body_extraction", gold, made)["f1"], 4)
    for path in PATHS:
        figures[f"{path}_pages_per_s"] = round(len(gold) / seconds[path], 1)
    figures["bulk_times_as_fast"] = round(seconds["quality"] / seconds["bulk"], 2)
    print(json.dumps(figures))


if __name__ == "__main__":
    main(1 + (int(sys.argv[1]) if len(sys.argv) > 1 else 5))
