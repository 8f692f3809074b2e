"""Train the place recogniser and the place ranker on dev texts, and cross-validate by report.

Usage: python training/places.py [--crossval] [--out src/tocsin/models/places.json]

Signs and facts are made by the code that uses them; what is learnt is one weight for each, so the
model is a table one can read. LGL and TR-News are used together; which of the two a report is
from is never looked at. The text's weights are learnt with all addresses left out, as the bench
leaves them out; the few weights of the outlet's home are learnt afterwards, the others held fixed.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from tocsin.coding import where_choice as choice
from tocsin.coding.document import Document, parse
from tocsin.coding.where import home_of
from tocsin.coding.where_names import all_spans, senses
from tocsin.coding.where_signs import signs, usage_of
from tocsin.coding.where_spans import Span
from tocsin.evaluate import geoparsing
from tocsin.gazetteer import Gazetteer, distance_km, ensure
from tocsin.lang.parser import load_parser
from tocsin.models.places import PlaceWeights
from tocsin.settings import Settings

Floats = NDArray[np.float64]
Example = tuple[Floats, Floats, float]

BENCH = Path(__file__).parent.parent.parent / "shared" / "bench"
OUT = Path(__file__).parent.parent / "src" / "tocsin" / "models" / "places.json"
FOLDS = 5

# A sign seen in fewer places says nothing about the next report.
RARE = 5
# Inverse strength of the prior on sign weights; set by judgement.
LOOSENESS = 0.3
# Where precision and recall of both corpora about balance, from one coarse sweep on dev.
THRESHOLD = 0.42
# The facts of the outlet's home; both steps have them at the same places.
OUTLET = [
    choice.ALONE.index(fact)
    for fact in ("same_country_as_outlet", "same_state_as_outlet", "near_outlet")
]
# Options this near the gold point are as good as the gold one.
RIGHT_KM = 161.0


@dataclass(frozen=True)
class Sample:
    """One report with all that training needs of it."""

    record: dict[str, Any]
    document: Document
    spans: list[Span]
    signs: list[list[str]]
    names: list[choice.Name]
    right: list[Floats]
    weight: list[float]
    alone: list[Floats]
    at_home: list[Floats]


def samples(gazetteer: Gazetteer) -> list[Sample]:
    """Parse the dev reports and make signs and facts of them."""
    nlp = load_parser(Settings().spacy_model)
    with gzip.open(BENCH / "geoparsing" / "dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    return [
        sample(record, parse(geoparsing.report_of(record), nlp), gazetteer) for record in records
    ]


def sample(record: dict[str, Any], document: Document, gazetteer: Gazetteer) -> Sample:
    """Signs of all spans, and facts of all options of the gold toponyms."""
    spans = all_spans(document, gazetteer)
    usage = usage_of(spans)
    gold = sorted(record["toponyms"], key=lambda t: (t["start"], t["end"]))
    names, sense_of = senses(document.text, [(t["start"], t["end"]) for t in gold], gazetteer)
    points: list[list[dict[str, Any]]] = [[] for _ in names]
    for toponym, sense in zip(gold, sense_of, strict=True):
        if toponym["lat"] is not None:
            points[sense].append(toponym)
    home = home_of(addressed(document, record), gazetteer)
    return Sample(
        record,
        document,
        spans,
        [signs(span, usage) for span in spans],
        names,
        [right_options(n, p) for n, p in zip(names, points, strict=True)],
        # One sense counts once and a little more for each further mention.
        [1 + 0.5 * (len(p) - 1) if p else 0.0 for p in points],
        [choice.facts_alone(name, None) for name in names],
        [choice.facts_alone(name, home) for name in names],
    )


def addressed(document: Document, record: dict[str, Any]) -> Document:
    """The report with its address, which says where its outlet is at home."""
    report = msgspec.structs.replace(document.report, url=record["url"])
    return replace(document, report=report)


def right_options(name: choice.Name, points: Sequence[dict[str, Any]]) -> Floats:
    """Which options of a name are right: the gold place, else the ones nearest to its point."""
    right = np.zeros(len(name.options))
    for point in points:
        same = [i for i, p in enumerate(name.options) if p.id == f"gn:{point['geonameid']}"]
        away = [distance_km(p.lat, p.lon, point["lat"], point["lon"]) for p in name.options]
        if not same and away and min(away) <= RIGHT_KM:
            same = [i for i, far in enumerate(away) if far <= min(away) + 5]
        right[same] = 1
    return right


def fit_signs(training: Sequence[Sample]) -> tuple[float, dict[str, float]]:
    """Learn what each sign adds to the odds of being a place name."""
    counts = Counter(sign for s in training for row in s.signs for sign in set(row))
    kept = {sign for sign, count in counts.items() if count >= RARE}
    rows = [{sign: 1 for sign in row if sign in kept} for s in training for row in s.signs]
    gold = [{(t["start"], t["end"]) for t in s.record["toponyms"]} for s in training]
    labels = np.array(
        [(x.start, x.end) in g for s, g in zip(training, gold, strict=True) for x in s.spans]
    )
    vectorizer = DictVectorizer()
    table = vectorizer.fit_transform(rows)
    table.indices = table.indices.astype(np.int32)
    table.indptr = table.indptr.astype(np.int32)
    model = LogisticRegression(C=LOOSENESS, max_iter=300, solver="liblinear").fit(table, labels)
    weights = zip(vectorizer.get_feature_names_out(), model.coef_[0], strict=True)
    return float(model.intercept_[0]), {
        str(sign): round(float(weight), 2) for sign, weight in weights if abs(weight) >= 0.02
    }


def fit_choice(
    examples: Sequence[Example], *, fixed: Floats | None = None, prior: float = 1.0
) -> Floats:
    """Learn a conditional logit over the options of each name.

    With `fixed` weights only those of the outlet's home are learnt beside them.
    """
    usable = [(x, y, w) for x, y, w in examples if w and len(y) > 1 and y.any() and not y.all()]
    whole, right = np.vstack([x for x, _, _ in usable]), np.concatenate([y for _, y, _ in usable])
    offset = np.zeros(len(whole)) if fixed is None else whole @ fixed
    table = whole if fixed is None else whole[:, OUTLET]
    sizes = [len(y) for _, y, _ in usable]
    starts = np.cumsum([0, *sizes[:-1]])
    owner = np.repeat(np.arange(len(usable)), sizes)
    weight = np.array([w for _, _, w in usable])
    scale = table.std(axis=0) + 1e-9
    table = table / scale

    def loss(b: Floats) -> tuple[float, Floats]:
        scores = offset + table @ b
        raised = np.exp(scores - np.maximum.reduceat(scores, starts)[owner])
        share = raised / np.add.reduceat(raised, starts)[owner]
        hit = np.add.reduceat(share * right, starts)
        wanted = share * right / hit[owner]
        gradient = table.T @ ((share - wanted) * weight[owner]) + prior * b
        return float(-(weight * np.log(hit)).sum() + prior * (b @ b) / 2), gradient

    start = np.zeros(table.shape[1])
    best = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    learnt = np.asarray(best / scale)
    if fixed is None:
        return learnt
    both = fixed.copy()
    both[OUTLET] = learnt
    return both


def fit(training: Sequence[Sample]) -> PlaceWeights:
    """Train the recogniser and both steps of the choice."""
    bias, sign_weights = fit_signs(training)
    alone = fit_choice([e for s in training for e in zip(s.alone, s.right, s.weight, strict=True)])
    together = fit_choice(compared(training, alone))
    alone = fit_choice(
        [e for s in training for e in zip(s.at_home, s.right, s.weight, strict=True)], fixed=alone
    )
    together = fit_choice(compared(training, alone, at_home=True), fixed=together)
    return PlaceWeights(
        bias=round(bias, 2),
        threshold=THRESHOLD,
        signs=sign_weights,
        alone=named(choice.ALONE, alone),
        together=named(choice.TOGETHER, together),
    )


def compared(training: Sequence[Sample], alone: Floats, *, at_home: bool = False) -> list[Example]:
    """The facts of all options beside what the other names of their report likely mean."""
    rows: list[Example] = []
    for s in training:
        first = s.at_home if at_home else s.alone
        shares = [choice.softmax(facts @ alone) for facts in first]
        tables = choice.facts_together(s.names, first, shares)
        rows.extend(zip(tables, s.right, s.weight, strict=True))
    return rows


def named(names: Sequence[str], weights: Floats) -> dict[str, float]:
    """Weights by the names of their facts."""
    return {name: round(float(w), 3) for name, w in zip(names, weights, strict=True)}


def fold(identity: str) -> int:
    """The fold of a report: by the digest of its id."""
    return int(hashlib.sha256(identity.encode()).hexdigest(), 16) % FOLDS


def crossval() -> dict[str, Any]:
    """Predict each report with weights that never saw it, and score as the bench does."""
    gazetteer = gazetteer_in_cache()
    every = samples(gazetteer)
    predictions = []
    for number in range(FOLDS):
        weights = fit([s for s in every if fold(s.record["id"]) != number])
        for s in every:
            if fold(s.record["id"]) == number:
                record = {
                    **s.record,
                    "spans": [[t["start"], t["end"]] for t in s.record["toponyms"]],
                }
                found = geoparsing.predict_in(record, s.document, gazetteer, weights)
                predictions.append(found)
    sys.path.insert(0, str(BENCH))
    score = __import__("score")
    pairs = [
        (gold, found)
        for found in predictions
        for gold in (next(s.record for s in every if s.record["id"] == found["id"]),)
    ]
    result = score.score_geoparsing(pairs)
    return {name: headline(block) for name, block in result.items() if isinstance(block, dict)}


def headline(block: dict[str, Any]) -> dict[str, float]:
    """The figures of design section 8."""
    return {
        "recognition_exact.f1": block["recognition_exact"]["f1"],
        "resolution_of_gold_toponyms.acc_161km": block["resolution_of_gold_toponyms"]["acc_161km"],
        "end_to_end_161km.f1": block["end_to_end_161km"]["f1"],
    }


def gazetteer_in_cache() -> Gazetteer:
    """The gazetteer, compiled into the temporary folder if it is not there yet."""
    return Gazetteer(ensure(Path(tempfile.gettempdir()) / "tocsin-training"))


def main() -> None:
    """Cross-validate, or train on everything and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--crossval", action="store_true")
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    if options.crossval:
        print(json.dumps(crossval(), indent=1))
        return
    weights = fit(samples(gazetteer_in_cache()))
    options.out.write_bytes(msgspec.json.format(msgspec.json.encode(weights), indent=1) + b"\n")


if __name__ == "__main__":
    main()
