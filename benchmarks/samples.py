"""Compare what `tocsin run` makes of a set of our own reports with its truth.

Usage: python -m benchmarks.samples [-v] [--fresh | --second]

The set is samples/ with tests/samples_truth.jsonl; with --fresh tests/fresh/, with --second
tests/fresh/second/, whose truths were written down before anything was run on them.

An incident answers a true one when kind and place agree, the days are at most one apart (or the day
is not resolved) and they share a report. Every true incident should have exactly one.
"""

from __future__ import annotations

import json
import sys
import tempfile
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from tocsin import pipeline, settings, shown
from tocsin.intake import Options
from tocsin.model import Incident, Report
from tocsin.store.workspace import Workspace

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Reports:
    """A set of reports: what is run, the folder of their names, and their truth."""

    source: Path
    folder: Path
    truth: Path


SAMPLES = Reports(ROOT / "samples", ROOT / "samples", ROOT / "tests" / "samples_truth.jsonl")
_FRESH = ROOT / "tests" / "fresh"
FRESH = Reports(_FRESH / "reports.jsonl", _FRESH, _FRESH / "truth.jsonl")
_SECOND = _FRESH / "second"
SECOND = Reports(_SECOND / "reports.jsonl", _SECOND, _SECOND / "truth.jsonl")
CLOSE = {
    frozenset({"demonstration", "property_destruction"}),
    frozenset({"demonstration", "mob_violence"}),
    frozenset({"state_of_emergency", "deployment"}),
}


@dataclass
class Comparison:
    """How the incidents of a run answer the true ones."""

    found: dict[str, list[str]] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    split: dict[str, list[str]] = field(default_factory=dict)
    false: list[Incident] = field(default_factory=list)
    from_nothing_new: list[Incident] = field(default_factory=list)
    kinds_right: int = 0

    def figures(self) -> dict[str, int | float]:
        """Return the counts that a test holds floors for."""
        needed = len(self.found) + len(self.missing)
        return {
            "true_incidents": needed,
            "found": len(self.found),
            "split": len(self.split),
            "false": len(self.false),
            "from_nothing_new": len(self.from_nothing_new),
        }


def compare(folder: Path, reports: Reports = SAMPLES) -> Comparison:
    """Run a set of reports in a fresh workspace and compare."""
    workspace = Workspace(folder)
    outcome = pipeline.run(
        [str(reports.source)],
        workspace,
        settings.from_environment(),
        options=Options(),
        at="2026-01-01T00:00:00+00:00",
    )
    names = {report.id: name_of(report, reports.folder) for report in workspace.versions()}
    told = {
        account.id: names[coded.report]
        for coded in workspace.coded().values()
        for account in coded.accounts
    }
    return judge(outcome.incidents, told, reports.truth)


def judge(
    incidents: tuple[Incident, ...], told: dict[str, str], truth_file: Path = SAMPLES.truth
) -> Comparison:
    """Match incidents with the truth; `told` names the sample of each account."""
    lines = [json.loads(line) for line in truth_file.read_text("utf-8").splitlines()]
    truths = [line for line in lines if line["line"] == "incident"]
    nothing = {line["report"] for line in lines if line["line"] == "no_new_incident"}
    result = Comparison()
    answers: dict[str, list[str]] = {}
    for incident in incidents:
        reports = {told[account] for account in incident.accounts}
        fitting = [truth for truth in truths if answers_to(incident, reports, truth)]
        fitting.sort(key=lambda truth: _distance(incident, truth))
        keys = [truth["key"] for truth in fitting]
        for key in keys[:1]:
            answers.setdefault(key, []).append(incident.id)
        if not keys and reports <= nothing:
            result.from_nothing_new.append(incident)
        elif not keys:
            result.false.append(incident)
    for truth in truths:
        found = answers.get(truth["key"], [])
        if found and not truth["optional"]:
            result.found[truth["key"]] = found
        elif not truth["optional"]:
            result.missing.append(truth["key"])
        if len(found) > 1:
            result.split[truth["key"]] = found
    return result


def answers_to(incident: Incident, reports: set[str], truth: dict[str, object]) -> bool:
    """Tell whether an incident answers a true one."""
    kinds = {str(truth["kind"]), *_strings(truth.get("kind_alt"))}
    near = any(frozenset({incident.kind, kind}) in CLOSE for kind in kinds)
    if incident.kind not in kinds and not near:
        return False
    if not reports & {*_strings(truth["reports"]), *_strings(truth.get("also_in"))}:
        return False
    if _elsewhere(incident, truth):
        return False
    day = shown.day(shown.when(incident))
    days = {truth.get("date"), truth.get("night_of"), *_strings(truth.get("date_alt"))} - {None}
    return day is None or not days or any(_apart(day, str(other)) <= 1 for other in days)


def _distance(incident: Incident, truth: dict[str, object]) -> tuple[bool, bool, int]:
    """How far an incident is from a true one that it answers: the nearest is the one meant."""
    day = shown.day(shown.when(incident))
    days = {truth.get("date"), truth.get("night_of")} - {None}
    apart = min((_apart(day, str(other)) for other in days), default=0) if day else 0
    return incident.kind != truth["kind"], _elsewhere(incident, truth, unnamed=True), apart


def _elsewhere(incident: Incident, truth: dict[str, object], *, unnamed: bool = False) -> bool:
    """Whether an incident lies in another town than a true one (or, `unnamed`, in no town)."""
    where = shown.where(incident)
    cities = {*_strings(truth.get("city")), *_strings(truth.get("city_alt"))}
    if not cities or not where or not (where.city or unnamed):
        return False
    return cities.isdisjoint((where.city, where.name))


def name_of(report: Report, folder: Path = SAMPLES.folder) -> str:
    """Return a sample's name as the truth writes it: path, or file#id for a line."""
    source = report.source or ""
    path, _, line = source.partition(".jsonl:")
    if line:
        lines = (folder / "reports.jsonl").read_text("utf-8").splitlines()
        return f"reports.jsonl#{json.loads(lines[int(line) - 1])['id']}"
    return str(Path(path).resolve().relative_to(folder))


def _apart(first: str, second: str) -> int:
    if len(first) < 10:
        return 0 if second.startswith(first) else 99
    return abs((date.fromisoformat(first[:10]) - date.fromisoformat(second[:10])).days)


def _strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [str(item) for item in value] if isinstance(value, list) else []


def main() -> None:
    """Print the figures, and with -v what is missing, split or false."""
    with tempfile.TemporaryDirectory() as folder:
        chosen = {"--fresh": FRESH, "--second": SECOND}
        reports = next((chosen[word] for word in sys.argv if word in chosen), SAMPLES)
        result = compare(Path(folder), reports)
    print(json.dumps(result.figures()))
    if "-v" in sys.argv:
        print("missing:", *result.missing, sep="\n  ")
        print("split:", *(f"{k} {v}" for k, v in result.split.items()), sep="\n  ")
        for name in ("false", "from_nothing_new"):
            print(f"{name}:")
            for incident in getattr(result, name):
                where, day = shown.where(incident), shown.day(shown.when(incident))
                print("  ", incident.id, incident.kind, where.name if where else None, day)


if __name__ == "__main__":
    main()
