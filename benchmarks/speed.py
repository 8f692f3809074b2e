"""Speed of full coding against the parser alone, on the same texts and core; memory of a worker.

Usage: OMP_NUM_THREADS=1 python -m benchmarks.speed [TEXTS]

Texts come from ../shared/bench/incident_linking (the first TEXTS by digest of id, default 300).
Also prints the time of `tocsin --help` and of a cold `tocsin run` on one report.
"""

from __future__ import annotations

import gzip
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tocsin.ids import digest
from tocsin.intake import Options, finish
from tocsin.model import RawReport, Report
from tocsin.run.coder import code_one, load_coder
from tocsin.settings import from_environment

BENCH = Path(__file__).parent.parent.parent / "shared" / "bench" / "incident_linking"
REPORT = "Police used tear gas to disperse about 200 demonstrators in Springfield, Illinois."


def main() -> None:
    """Print one JSON line of figures."""
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    reports = texts(wanted)
    coder = load_coder(from_environment())
    code_one(reports[0], coder)
    parse = timed(lambda: [coder.nlp(report.text) for report in reports])
    full = timed(lambda: [code_one(report, coder) for report in reports])
    figures = {
        "texts": len(reports),
        "parser_alone_per_s": round(len(reports) / parse, 1),
        "full_coding_per_s": round(len(reports) / full, 1),
        "ratio": round(parse / full, 2),
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "help_s": command_seconds("--help"),
        "cold_run_s": cold_run_seconds(),
    }
    print(json.dumps(figures))


def texts(wanted: int) -> list[Report]:
    """Return reports of the linking set, chosen by digest."""
    with gzip.open(BENCH / "dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = sorted((json.loads(line) for line in lines), key=lambda row: digest(row["id"]))
    found = []
    for row in rows[:wanted]:
        raw = RawReport(content=row["text"].encode(), source=row["id"], media_type="text/plain")
        report = finish(raw, Options(published=row.get("date")))
        if isinstance(report, Report):
            found.append(report)
    return found


def timed(work: object) -> float:
    """Return the CPU seconds of a function."""
    assert callable(work)
    begun = time.process_time()
    work()
    return time.process_time() - begun


def command_seconds(*arguments: str) -> float:
    """Return the wall seconds of a command, the better of two."""
    command = [str(Path(sys.executable).parent / "tocsin"), *arguments]
    taken = []
    for _ in range(2):
        begun = time.monotonic()
        subprocess.run(command, check=True, capture_output=True)
        taken.append(time.monotonic() - begun)
    return round(min(taken), 2)


def cold_run_seconds() -> float:
    """Return the wall seconds of a run on one report in a fresh workspace."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "report.txt").write_text(REPORT)
        return command_seconds("run", f"{folder}/report.txt", "-w", f"{folder}/work")


if __name__ == "__main__":
    main()
