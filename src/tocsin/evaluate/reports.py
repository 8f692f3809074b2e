"""Bench records as reports, by the path that `tocsin read` uses."""

from __future__ import annotations

import msgspec

from tocsin.evaluate.tasks import Fields
from tocsin.intake import Options
from tocsin.intake.finish import JSON, finish
from tocsin.model import RawReport, Report

_FIELDS = ("title", "text", "url", "published", "date", "lang")


def report_of(record: Fields) -> Report | None:
    """Return the report of a record, or None where intake rejects it."""
    known = {name: record[name] for name in _FIELDS if record.get(name)}
    raw = RawReport(content=msgspec.json.encode(known), source=str(record["id"]), media_type=JSON)
    made = finish(raw, Options())
    if not isinstance(made, Report):
        return None
    return msgspec.structs.replace(made, id=str(record["id"]))
