"""The two paths for web pages on the same pages in one run: speed and F1.

    python -m benchmarks.bulk [ROUNDS]

Pages and gold are those of ../shared/bench/body_extraction (dev). Each path does all
pages in turn, as often as ROUNDS says (default 5); a page's fastest time on a path counts, in
processor seconds, so that what else the machine does weighs on neither.
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
    figures: dict[str, object] = {"pages": len(gold)}
    seconds = {path: [float("inf")] * len(gold) for path in PATHS}
    for number in range(rounds):
        for path in PATHS:
            for index, record in enumerate(gold):
                begun = time.process_time()
                page_body(record["html"], url=record["url"], quality=path)
                if number:  # the first round loads and compiles
                    took = time.process_time() - begun
                    seconds[path][index] = min(seconds[path][index], took)
    for path in PATHS:
        made = [
            {"id": r["id"], "body": page_body(r["html"], url=r["url"], quality=path)} for r in gold
        ]
        figures[f"{path}_f1"] = round(scorer().score("body_extraction", gold, made)["f1"], 4)
        figures[f"{path}_pages_per_s"] = round(len(gold) / sum(seconds[path]), 1)
    figures["bulk_times_as_fast"] = round(sum(seconds["quality"]) / sum(seconds["bulk"]), 2)
    print(json.dumps(figures))


if __name__ == "__main__":
    main(1 + (int(sys.argv[1]) if len(sys.argv) > 1 else 5))
