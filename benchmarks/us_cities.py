"""Print how often the city of a us_incidents report is right where its text names it.

Usage: python -m benchmarks.us_cities PREDICTIONS [GOLD]

PREDICTIONS is what `tocsin bench us_incidents` writes. `city_exact_mean_over_cities` of the bench
counts reports that name no city; this is the mean over cities of those that do.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import defaultdict
from pathlib import Path
from statistics import fmean
from typing import Any

GOLD = Path(__file__).parent.parent.parent / "shared" / "bench" / "us_incidents" / "dev.jsonl.gz"


def folded(name: str | None) -> str:
    """Return a name's letters and figures alone, in small letters, as the bench compares."""
    return "".join(letter for letter in (name or "").lower() if letter.isalnum())


def shares(gold: list[dict[str, Any]], found: dict[str, dict[str, Any]]) -> tuple[float, float]:
    """Return the share of right cities over reports that name theirs, and its mean over cities."""
    by_city: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for record in gold:
        if record["city_in_text"]:
            answer = found.get(record["id"], {})
            right = folded(answer.get("city")) == folded(record["city"])
            by_city[record["city"], record["state"]].append(right)
    every = [right for rights in by_city.values() for right in rights]
    return fmean(every), fmean(fmean(rights) for rights in by_city.values())


def main(predictions: Path, gold: Path) -> None:
    """Print both figures."""
    with gzip.open(gold, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    rows = (json.loads(line) for line in predictions.read_text("utf-8").splitlines())
    named, over_cities = shares(records, {row["id"]: row for row in rows})
    print(f"city where named {named:.3f}, mean over cities {over_cities:.3f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else GOLD)
