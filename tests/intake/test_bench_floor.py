"""The development pages of the benchmark keep their figure; skipped where they are missing."""

from __future__ import annotations

import gzip
import importlib.util
import json
from pathlib import Path

import pytest

from tocsin.intake.page import page_body

BENCH = Path(__file__).parents[3] / "shared" / "bench"
FLOORS = {"quality": 0.968, "bulk": 0.92}

pytestmark = pytest.mark.skipif(not BENCH.is_dir(), reason="needs ../shared/bench")


@pytest.mark.slow
@pytest.mark.parametrize("quality", FLOORS)
def test_body_extraction(quality: str) -> None:
    spec = importlib.util.spec_from_file_location("bench_score", BENCH / "score.py")
    assert spec is not None
    assert spec.loader is not None
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    with gzip.open(BENCH / "body_extraction" / "dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        gold = [json.loads(line) for line in lines]
    made = [
        {"id": r["id"], "body": page_body(r["html"], url=r["url"], quality=quality)} for r in gold
    ]
    assert score.score("body_extraction", gold, made)["f1"] >= FLOORS[quality]
