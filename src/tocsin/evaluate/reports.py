"""Bench records as reports, by the path that `tocsin read` uses, and what accounts of them say."""

from __future__ import annotations

import msgspec

from tocsin.evaluate.tasks import Fields
from tocsin.intake import Options
from tocsin.intake.finish import JSON, finish
from tocsin.model import Account, RawReport, Report, Value

_FIELDS = ("title", "text", "url", "published", "date", "lang")


def report_of(record: Fields) -> Report | None:
    """Return the report of a record, or None where intake rejects it."""
    known = {name: record[name] for name in _FIELDS if record.get(name)}
    raw = RawReport(content=msgspec.json.encode(known), source=str(record["id"]), media_type=JSON)
    made = finish(raw, Options())
    if not isinstance(made, Report):
        return None
    return msgspec.structs.replace(made, id=str(record["id"]))


def value_of(account: Account, slot: str) -> Value | None:
    """Return the first value that an account gives for a slot."""
    return next((claim.value for claim in account.claims if claim.slot == slot), None)
