"""Which articles report one incident, and its facts, by the path that `run` uses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tocsin import linking
from tocsin.coding import Coder, code
from tocsin.evaluate.reports import report_of
from tocsin.evaluate.tasks import Fields
from tocsin.model import Account, Count, Value, When, Where
from tocsin.shown import day

_HARM = frozenset({"attack", "police_force", "harm", "crowd"})


def predict_all(records: Iterable[Fields], coder: Coder) -> Iterator[Fields]:
    """Code and link all articles; articles of one story are one incident."""
    rows = list(records)
    reports = {str(row["id"]): report for row in rows if (report := report_of(row)) is not None}
    told = {name: code(report, coder) for name, report in reports.items()}
    every = [account for accounts in told.values() for account in accounts]
    linked = linking.link(every, reports, ontology=coder.ontology)
    for row in rows:
        name = str(row["id"])
        yield {
            "id": name,
            "incident_id": linked.stories.get(name, name),
            "incident": facts(told.get(name, ()), coder),
        }


def facts(accounts: Sequence[Account], coder: Coder) -> Fields:
    """Return the date, place and figures of an article's main account of harm."""
    order = sorted(accounts, key=lambda account: _importance(account, coder))
    found: Fields = {}
    for account in order[:1]:
        when, where = _value(account, "when"), _value(account, "where")
        if isinstance(when, When):
            found["date"] = day(when)
        if isinstance(where, Where):
            found |= {"state": where.admin1, "city": where.city}
        for slot in ("killed", "injured"):
            count = _value(account, slot)
            if isinstance(count, Count) and count.low is not None:
                found[slot] = count.low
    return {name: value for name, value in found.items() if value is not None}


def _importance(account: Account, coder: Coder) -> tuple[bool, bool, int]:
    harm = coder.ontology.family(account.kind) in _HARM
    return (not harm, account.status != "new", account.anchor.start)


def _value(account: Account, slot: str) -> Value | None:
    return next((claim.value for claim in account.claims if claim.slot == slot), None)
