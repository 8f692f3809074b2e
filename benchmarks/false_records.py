"""Count incidents that everyday articles do not tell: politics, councils, sport, courts.

Usage: python -m benchmarks.false_records [-v]

`everyday.csv` names articles of the bench from which no kind was learnt, and says of each, judged
by eye, whether it tells a new incident; doubtful ones (accidents, court days) are left out. They
go through the same path as `tocsin bench coverage`. False records are worse than missing ones, so
the share of articles that rightly stay silent is the figure to watch.
"""

from __future__ import annotations

import csv
import gzip
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.figures import BENCH, TOCSIN

LIST = Path(__file__).parent / "everyday.csv"


def main() -> None:
    """Print how many articles stay silent where they should, and speak where they should."""
    truth = _truth()
    told = _told(truth)
    quiet = [key for key, new in truth.items() if not new]
    loud = [key for key, new in truth.items() if new]
    figures = {
        "articles_without": len(quiet),
        "silent": round(sum(key not in told for key in quiet) / len(quiet), 3),
        "false_records": sum(told.get(key, 0) for key in quiet),
        "articles_with": len(loud),
        "found": round(sum(key in told for key in loud) / len(loud), 3),
    }
    print(json.dumps(figures))
    if "-v" in sys.argv[1:]:
        print("false:", *(key for key in quiet if key in told), sep="\n  ")
        print("missed:", *(key for key in loud if key not in told), sep="\n  ")


def _truth() -> dict[str, bool]:
    with LIST.open(encoding="utf-8", newline="") as lines:
        return {f"{r['set']}/{r['record']}": r["tells_new"] == "yes" for r in csv.DictReader(lines)}


def _told(truth: dict[str, bool]) -> dict[str, int]:
    """How many incidents each article is said to tell; silent ones are left out."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "inputs.jsonl", Path(folder) / "predictions.jsonl"
        with source.open("w", encoding="utf-8") as lines:
            for key in truth:
                name, record = key.split("/", 1)
                lines.write(json.dumps({"id": key, "lang": "en", **_article(name, record)}) + "\n")
        subprocess.run([TOCSIN, "bench", "coverage", source, "-o", target], check=True)
        rows = [json.loads(line) for line in target.read_text("utf-8").splitlines()]
    return {row["report_id"]: len(row["incidents"]) for row in rows if row["incidents"]}


_SETS: dict[str, dict[str, dict[str, object]]] = {}


def _article(name: str, record: str) -> dict[str, object]:
    if name not in _SETS:
        with gzip.open(BENCH / name / "dev.jsonl.gz", "rt", encoding="utf-8") as lines:
            _SETS[name] = {row["id"]: row for row in map(json.loads, lines)}
    row = _SETS[name][record]
    return {"title": row["title"], "published": row["date"], "text": row["text"]}


if __name__ == "__main__":
    main()
