"""The benchmark tasks: from the records that a scorer prints to predictions in its format.

No gold is looked at: fields that answer a task (labels, ids of the gold) are never read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module

from tocsin.coding import Coder

Fields = dict[str, object]
Task = Callable[[Iterable[Fields], Coder], Iterator[Fields]]

# Tasks that need all records together give `predict_all`; the others `predict`, one by one.
NAMES = (
    "event_type",
    "event_coding",
    "attribution",
    "geoparsing",
    "five_w",
    "incident_linking",
    "us_incidents",
    "body_extraction",
    "coverage",
)


def task(name: str) -> Task:
    """Return a task's function from records to predictions."""
    module = import_module(f"tocsin.evaluate.{name}")
    whole: Task | None = getattr(module, "predict_all", None)
    if whole is not None:
        return whole
    one: Callable[[Fields, Coder], Fields] = module.predict

    def each(records: Iterable[Fields], coder: Coder) -> Iterator[Fields]:
        return (one(record, coder) for record in records)

    return each
