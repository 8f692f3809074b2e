"""Train the tags of reports on police violence; `python -m training.tags` writes the head."""

from __future__ import annotations

import gzip
import json

import numpy as np
from training.linear import BENCH, FOLDS, Part, Plan, extract, fit, fold_of, store

from tocsin.coding.force_words import force_signs
from tocsin.models.kinds import Blocks

_BLOCKS = {"words": 1.0, "letters": 1.0, "cues": 0.5, "phrase": 1.5, "named": 1.0}
PLAN = Plan((Part(_BLOCKS, 20.0),), many=True)
# A tag is given from this chance on: micro F1 over the folds is flat between .2 and .4.
THRESHOLD = 0.3


def records() -> list[dict]:
    """The development reports with their tags."""
    with gzip.open(BENCH / "us_incidents" / "dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def read() -> list[Blocks]:
    """The features of each report."""
    rows = [(row["title"], row["description"] or "") for row in records()]
    return extract((f"{title}. {text}" for title, text in rows), (force_signs(*r) for r in rows))


def crossval() -> dict[str, float]:
    """Micro F1 of the tags over five folds by date."""
    return figures(read())


def figures(found: list[Blocks]) -> dict[str, float]:
    """Micro F1, precision and recall of the tags over the folds."""
    rows = records()
    folds = np.array([fold_of(row["date"] or row["id"]) for row in rows])
    hits = given = 0
    for k in range(FOLDS):
        learn = np.where(folds != k)[0]
        head = fit(
            PLAN, [found[i] for i in learn], [rows[i]["tags"] for i in learn], np.ones(len(learn))
        )
        for i in np.where(folds == k)[0]:
            tags = {tag for tag, chance in head.chances(found[i]).items() if chance >= THRESHOLD}
            hits, given = hits + len(tags & set(rows[i]["tags"])), given + len(tags)
    wanted = sum(len(set(row["tags"])) for row in rows)
    return {
        "tags.f1": round(2 * hits / (given + wanted), 3),
        "tags.precision": round(hits / given, 3),
        "tags.recall": round(hits / wanted, 3),
    }


def main() -> None:
    """Print the figures and write the head."""
    found = read()
    print(json.dumps(figures(found), indent=1))
    store("us_incidents", fit(PLAN, found, [r["tags"] for r in records()], np.ones(len(found))))


if __name__ == "__main__":
    main()
