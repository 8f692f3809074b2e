"""Run every benchmark of ../shared/bench and write docs/benchmarks.md.

Usage: python -m benchmarks.figures [TASK ...]   (no task: all of them)

Figures are kept in docs/figures.json, so one task can be measured again alone. Where weights
learnt from the dev part, the figure is the one of training/crossval.py (docs/crossval.json);
attribution is scored on its `part` dev, which no weight has seen.
"""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parent.parent
BENCH = ROOT.parent / "shared" / "bench"
STATE = ROOT / "docs" / "figures.json"
CROSSVAL = ROOT / "docs" / "crossval.json"
PAGE = ROOT / "docs" / "benchmarks.md"
TOCSIN = Path(sys.executable).parent / "tocsin"

# Metrics that weights trained on dev touch; `tocsin bench` alone is no result for them.
TRAINED = {
    "event_type": ("",),
    "geoparsing": ("",),
    "incident_linking": ("",),
    "us_incidents": ("tags",),
}

# Task -> metric path in the scorer's JSON -> (figure to beat, target). From design section 8.
METRICS: dict[str, list[tuple[str, str, str]]] = {
    "event_type": [("weighted_f1", ".751", ".82")],
    "event_coding": [
        ("event_accuracy", ".45", ".65"),
        ("source_token_f1", ".68", ".76"),
        ("target_token_f1", ".41", ".62"),
    ],
    "attribution": [
        ("attribution.overlap.f1", ".60", ".75"),
        ("attribution.source_and_content.f1", ".46", ".70"),
        ("token.source.f1", ".67", ".83"),
        ("token.cue.f1", ".51", ".71"),
        ("token.content.f1", ".84", ".90"),
    ],
    "geoparsing": [
        ("lgl.end_to_end_161km.f1", ".44", ".68"),
        ("trnews.end_to_end_161km.f1", ".57", ".78"),
        ("lgl.resolution_of_gold_toponyms.acc_161km", ".52", ".84"),
        ("trnews.resolution_of_gold_toponyms.acc_161km", ".61", ".88"),
        ("lgl.recognition_exact.f1", ".66", ".77"),
        ("trnews.recognition_exact.f1", ".78", ".84"),
    ],
    "five_w": [("four_w_token_f1", ".52", "report only")],
    "incident_linking": [
        ("gvc.pairwise.f1", ".94", ".97"),
        ("longtail.pairwise.f1", ".70", ".82"),
        ("ecbplus.pairwise.f1", ".88", ".92"),
        ("gvc.ceaf_e.f1", ".94", ".96"),
        ("longtail.ceaf_e.f1", ".86", ".91"),
        ("ecbplus.ceaf_e.f1", ".80", ".86"),
    ],
    "us_incidents": [
        ("tags.f1", ".79", ".83"),
        ("city_exact_where_named", ".90", ".96"),
        ("city_exact_mean_over_cities", "", ".96"),
    ],
    "body_extraction": [("f1", ".965", ".968")],
    "coverage": [
        ("relevance_f1", ".88", ".93"),
        ("relevance_specificity", "0", ".80"),
        ("incident_precision", ".73", ".85"),
        ("incident_type_accuracy", ".24", ".72"),
        ("place_accuracy_25km", ".45", ".88"),
        ("date_accuracy_exact", ".20", ".70"),
        ("count_accuracy", ".25", ".70"),
        ("count_precision", ".34", ".70"),
        ("window_accuracy", ".29", ".60"),
        ("window_precision", ".26", ".60"),
        ("bcubed_f1", ".72", ".86"),
        ("link_f1", ".13", ".45"),
        ("fact_recall", ".26", ".55"),
        ("facts_per_gold_fact", ".98", "<= 3"),
        ("certainty_macro_accuracy_on_matched", ".33", ".72"),
        ("attribution_accuracy_on_matched", ".58", ".75"),
        ("named_source_recall", ".01", ".45"),
    ],
}


def main(names: list[str]) -> None:
    """Measure the named tasks (or all) and write the page."""
    if not BENCH.is_dir():
        sys.exit("../shared/bench is not beside this checkout: nothing to measure")
    state = json.loads(STATE.read_text("utf-8")) if STATE.exists() else {}
    for name in names or list(METRICS):
        begun = time.monotonic()
        scores = measure(name)
        state[name] = {
            "scores": {path: look_up(scores, path) for path, _, _ in METRICS[name]},
            "seconds": round(time.monotonic() - begun),
            "date": datetime.now(UTC).date().isoformat(),
        }
        STATE.write_text(json.dumps(state, indent=1, sort_keys=True) + "\n", "utf-8")
        print(name, state[name], flush=True)
    write_page(state)


def measure(name: str) -> dict[str, object]:
    """Predict a task through `tocsin bench` and score it with the bench's own scorer."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "inputs.jsonl", Path(folder) / "predictions.jsonl"
        source.write_bytes(_output([*_scorer(name), "--inputs", *_gold(name, Path(folder))]))
        subprocess.run([TOCSIN, "bench", name, source, "-o", target], check=True)
        if name == "coverage":
            printed = Path(folder) / "scores.json"
            _output([*_scorer(name), str(target), "--json", str(printed)])
            found: dict[str, object] = json.loads(printed.read_text("utf-8"))
            return found
        return dict(json.loads(_output([*_scorer(name), *_gold(name, Path(folder)), str(target)])))


def look_up(scores: object, path: str) -> object:
    """Return the value at a dotted path."""
    for key in path.split("."):
        scores = scores.get(key) if isinstance(scores, dict) else None
    return scores


def write_page(state: dict[str, dict[str, object]]) -> None:
    """Write the figures as a table beside those to beat."""
    head = Path(ROOT / "docs" / "benchmarks-head.md").read_text("utf-8")
    folds = json.loads(CROSSVAL.read_text("utf-8")) if CROSSVAL.exists() else {}
    rows = [
        "| task | metric | figure | how | to beat | target | date |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, metrics in METRICS.items():
        for path, beat, target in metrics:
            trained = any(path.startswith(start) for start in TRAINED.get(name, ()))
            scores = folds.get(name, {}) if trained else state.get(name, {}).get("scores", {})
            assert isinstance(scores, dict)
            figure = scores.get(path)
            shown = f"{figure:.3f}" if isinstance(figure, float | int) else "not measured"
            how = "folds" if trained else "bench"
            date = (scores if trained else state.get(name, {})).get("date", "")
            rows.append(f"| {name} | {path} | {shown} | {how} | {beat} | {target} | {date} |")
    PAGE.write_text(head + "\n".join(rows) + "\n", "utf-8")


def _scorer(name: str) -> list[str]:
    script = BENCH / "coverage" / "score.py" if name == "coverage" else BENCH / "score.py"
    return [sys.executable, str(script)]


def _gold(name: str, folder: Path) -> list[str]:
    """Return the scorer's arguments for a task's gold; of attribution only the part dev."""
    if name == "coverage":
        return []
    path = BENCH / name / "dev.jsonl.gz"
    if name == "attribution":
        rows = gzip.decompress(path.read_bytes()).splitlines(keepends=True)
        path = folder / "part-dev.jsonl"
        path.write_bytes(b"".join(row for row in rows if json.loads(row)["part"] == "dev"))
    return [name, str(path)]


def _output(command: list[str]) -> bytes:
    return subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout


if __name__ == "__main__":
    main(sys.argv[1:])
