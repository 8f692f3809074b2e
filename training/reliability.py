"""Measure how often claims are right, and write the chances that `reading_confidence` shows.

Usage: python training/reliability.py [ARTICLES]   (default 900 of the linking set, by digest of id)

Gold: of ../shared/bench the facts of incident_linking (day, place, killed, injured; final figures,
so an early article that gave others counts as wrong) and the incidents of coverage (day, place,
counts, and the kind where every incident of a report is listed). Slots for which that is too little
are judged on the marks of our own passages: a claim of a new incident is right if its words meet a
mark of its role there; passages without such a mark judge nothing, since marks are not exhaustive.
Five folds by digest of id; the figures printed are of the part that each fold left out.
A grade gets the share that was right, shrunk to its slot's by PRIOR; from .90 on only what is right
in 95 of 100 is shown as such.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tocsin.coding import Coder, code  # noqa: E402
from tocsin.coding.counts_figure import figures  # noqa: E402
from tocsin.evaluate.reports import report_of  # noqa: E402
from tocsin.gazetteer import distance_km  # noqa: E402
from tocsin.ids import digest  # noqa: E402
from tocsin.model import Account, Claim, Count, Kind, Value, When, Where  # noqa: E402
from tocsin.models.reliability import Reliability, grade  # noqa: E402
from tocsin.ontology import facts_from  # noqa: E402
from tocsin.run.coder import load_coder  # noqa: E402
from tocsin.settings import from_environment  # noqa: E402

from training.passages import plain_text, read_passages  # noqa: E402  isort: skip

BENCH = ROOT.parent / "shared" / "bench"
PASSAGES = ROOT / "training" / "data"
OUT = ROOT / "src" / "tocsin" / "models" / "reliability.json"
CARD = ROOT / "docs" / "reliability.json"
PRIOR = 10.0  # claims of the slot's share that a grade starts with
SURE, PROVEN, BELOW = 0.90, 0.95, 0.89
NEAR_KM = 25.0  # as the place is scored in coverage
FOLDS = 5
BIN = 50
_HARM = ("police_shooting", "armed_attack", "mob_violence", "police_use_of_force")
# Slots judged on our own passages, with the roles that may be marked where their words stand.
_MARKED = {
    "detained": ("count",),
    "present": ("count",),
    "actor": ("actor", "source"),
    "target": ("target", "victim"),
    "victim": ("victim", "target"),
    "weapon": ("means",),
    "measure": ("measure", "act"),
}
_COUNTS = {"killed": "killed", "injured": "injured", "detained": "arrested", "present": "crowd"}


Judged = tuple[str, float, bool]  # grade, chance, whether it is right


@dataclass(frozen=True)
class Row:
    """One claim with its grade, and whether it is right."""

    report: str
    slot: str
    grade: str
    right: bool


@dataclass(frozen=True)
class Recorder(Reliability):
    """Gives each claim its number instead of a chance, and keeps its grade."""

    grades: list[str] = field(default_factory=list)

    def of(self, slot: str, strength: float, support: int) -> float:
        """Return the number of a claim."""
        self.grades.append(grade(strength, support))
        return float(len(self.grades) - 1)


def main() -> None:
    """Measure, write the chances and print the reliability by slot."""
    articles = int(sys.argv[1]) if len(sys.argv) > 1 else 900
    recorder = Recorder({})
    known = load_coder(from_environment())
    coder = Coder(known.nlp, known.gazetteer, known.ontology, known.tagger, recorder)
    rows = [
        *linking_rows(coder, recorder, articles),
        *coverage_rows(coder, recorder),
        *passage_rows(coder, recorder),
    ]
    found = crossvalidated(rows)
    made = {"articles": articles, "chances": fitted(rows)}
    OUT.write_text(json.dumps(made, indent=1, sort_keys=True) + "\n", "utf-8")
    CARD.write_text(json.dumps(found, indent=1, sort_keys=True) + "\n", "utf-8")
    for slot, figure in found.items():
        print(slot, json.dumps(figure))


def linking_rows(coder: Coder, recorder: Recorder, wanted: int) -> Iterator[Row]:
    """Claims on the incident of harm that each article is about, against what the archive holds."""
    with gzip.open(BENCH / "incident_linking" / "dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        records = [row for line in lines if (row := json.loads(line)).get("incident")]
    records.sort(key=lambda row: digest(row["id"]))
    for record in records[:wanted]:
        report = report_of({k: record[k] for k in ("id", "title", "text", "date")})
        for account in code(report, coder) if report else ():
            if account.status == "new" and account.kind in _HARM:
                yield from _judged(record["id"], account, record["incident"], recorder)


def coverage_rows(coder: Coder, recorder: Recorder) -> Iterator[Row]:
    """Claims on each incident of the coverage reports, paired by type, and how many pair at all."""
    folder = BENCH / "coverage"
    incidents = {row["id"]: row for row in _lines(folder / "incidents.jsonl")}
    gold = {row["id"]: row for row in _lines(folder / "gold.jsonl")}
    for record in _lines(folder / "reports.jsonl"):
        truth = gold[record["id"]]
        ids = [*truth.get("incident_ids", ()), *truth.get("secondary_incident_ids", ())]
        report = report_of(record)
        for account in code(report, coder) if report else ():
            named = _type(account, coder)
            if account.status != "new" or named is None:
                continue
            true = next((i for i in ids if _fits(named, incidents[i])), None)
            if truth.get("exhaustive"):
                yield from _kind_row(record["id"], account, recorder, right=true is not None)
            if true is not None:
                facts = incidents[true] | {
                    slot: truth.get("counts", {}).get(true, {}).get(name)
                    for slot, name in _COUNTS.items()
                }
                yield from _judged(record["id"], account, facts, recorder)


def passage_rows(coder: Coder, recorder: Recorder) -> Iterator[Row]:
    """Claims on the new incidents of our own passages, against the marks there."""
    for passage in read_passages(sorted(PASSAGES.glob("passages-*.jsonl"))):
        text, marks = plain_text(passage.text)
        held = {kind.kind for kind in passage.kinds if kind.status == "new"}
        report = report_of({"id": passage.id, "title": None, "text": text, "date": None})
        for account in code(report, coder) if report and held else ():
            if account.status != "new" or account.kind not in held:
                continue
            for claim in account.claims:
                roles = _MARKED.get(claim.slot, ())
                spans = [(m.start, m.end) for m in marks if m.role in roles]
                if spans and not _is_one(claim.value):
                    right = _meets(claim, spans) or _is_figure(claim.value, text, spans)
                    grade_of = recorder.grades[int(claim.reading_confidence)]
                    yield Row(passage.id, claim.slot, grade_of, right)


def _meets(claim: Claim, spans: list[tuple[int, int]]) -> bool:
    return any(e.start < end and start < e.end for e in claim.evidence for start, end in spans)


def _is_figure(value: Value, text: str, spans: list[tuple[int, int]]) -> bool:
    """Tell whether a count is a marked figure, told again in other words: "both"."""
    marked = [figure.low for start, end in spans for figure in figures(text[start:end])]
    return isinstance(value, Count) and value.low in marked


def _is_one(value: Value) -> bool:
    """Tell whether a count has no figure that could be marked: "a man", "no arrests"."""
    return isinstance(value, Count) and (value.low or 0) < 2


def _lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def _type(account: Account, coder: Coder) -> str | None:
    facts = facts_from((claim.slot, claim.value) for claim in account.claims)
    return coder.ontology.crosswalks["coverage"].code(account.kind, facts)


def _fits(named: str, incident: dict[str, object]) -> bool:
    return named in (incident["type"], *incident.get("type_alt", ()))  # type: ignore[misc]


def _kind_row(report: str, account: Account, recorder: Recorder, *, right: bool) -> Iterator[Row]:
    for claim in account.claims:
        if isinstance(claim.value, Kind):
            yield Row(report, "kind", recorder.grades[int(claim.reading_confidence)], right)


def _judged(
    report: str, account: Account, facts: dict[str, object], recorder: Recorder
) -> Iterator[Row]:
    """Return a row for every claim that the gold can judge."""
    for claim in account.claims:
        right = _is_right(claim.slot, claim.value, facts)
        if right is not None:
            yield Row(report, claim.slot, recorder.grades[int(claim.reading_confidence)], right)


def _is_right(slot: str, value: Value, facts: dict[str, object]) -> bool | None:
    """Tell whether a value is the gold's; None where the gold or the value is silent."""
    if isinstance(value, Where):
        lat, lon = facts.get("lat"), facts.get("lon")
        if value.city is None or value.lat is None or value.lon is None or lat is None:
            return None
        return distance_km(value.lat, value.lon, float(str(lat)), float(str(lon))) <= NEAR_KM
    if isinstance(value, When):
        day = value.night_of or (value.start or "")[:10]
        days = [facts.get("date"), *_listed(facts.get("date_alt"))]
        return None if not day or not days[0] else day in days
    if isinstance(value, Count) and slot in facts and facts[slot] is not None:
        return any(_is_within(value, pair) for pair in _pairs(facts[slot]))
    return None


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _pairs(value: object) -> list[list[object]]:
    if not isinstance(value, list):
        return [[value, value]]
    return value if value and isinstance(value[0], list) else [value]


def _is_within(value: Count, pair: list[object]) -> bool:
    """Tell whether a count is the gold's pair, an open end on either side agreeing from its low."""
    low, high = pair
    if value.low is None:
        return False
    return value.low == low and (value.high == high or None in (value.high, high))


def fitted(rows: Iterable[Row]) -> dict[str, dict[str, float]]:
    """Return chances by slot and grade."""
    told: dict[str, dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        told[row.slot][row.grade].append(row.right)
        told[row.slot]["all"].append(row.right)
    chances: dict[str, dict[str, float]] = {}
    for slot, grades in told.items():
        whole = (sum(grades["all"]) + 1) / (len(grades["all"]) + 2)
        chances[slot] = {
            name: _shown((sum(right) + PRIOR * whole) / (len(right) + PRIOR))
            for name, right in grades.items()
        }
    return chances


def _shown(chance: float) -> float:
    """A chance as it is shown: sure only where it is proven."""
    return round(BELOW if SURE <= chance < PROVEN else chance, 3)


def crossvalidated(rows: list[Row]) -> dict[str, dict[str, float]]:
    """Return by slot: claims, share right, mean error of the chances, and what is right from .9."""
    seen: dict[str, list[Judged]] = defaultdict(list)
    for fold in range(FOLDS):
        kept = [row for row in rows if _fold(row) != fold]
        model = Reliability(fitted(kept))
        for row in rows:
            if _fold(row) == fold:
                strength, support = row.grade.split("x")
                chance = model.of(row.slot, float(strength), int(support))
                seen[row.slot].append((row.grade, chance, row.right))
    return {slot: _figures(pairs) for slot, pairs in sorted(seen.items())}


def _fold(row: Row) -> int:
    return int(digest(row.report), 16) % FOLDS


def _bins(pairs: list[Judged]) -> list[list[Judged]]:
    """Claims of one grade together, grades of fewer than BIN with the next: their gaps are luck."""
    bins: list[list[Judged]] = []
    for _, same in groupby(sorted(pairs), key=lambda judged: judged[0]):
        if bins and len(bins[-1]) < BIN:
            bins[-1].extend(same)
        else:
            bins.append(list(same))
    if len(bins) > 1 and len(bins[-1]) < BIN:
        bins[-2].extend(bins.pop())
    return bins


def _figures(pairs: list[Judged]) -> dict[str, float]:
    error = sum(
        abs(sum(chance for _, chance, _ in held) - sum(right for _, _, right in held))
        for held in _bins(pairs)
    )
    sure = [right for _, chance, right in pairs if chance >= SURE]
    return {
        "claims": len(pairs),
        "right": round(sum(right for _, _, right in pairs) / len(pairs), 3),
        "error": round(error / len(pairs), 3),
        "sure": len(sure),
        "sure_right": round(sum(sure) / len(sure), 3) if sure else 1.0,
    }


if __name__ == "__main__":
    main()
