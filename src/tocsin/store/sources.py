"""What stands behind the incidents: outlets, agencies and counts, within a handling level."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from tocsin.store import schema
from tocsin.terms import Handling

_AGENCIES = 50


@dataclass(frozen=True)
class OutletRow:
    """An outlet with what it published and what of that tells incidents."""

    name: str
    kind: str | None
    reports: int
    incidents: int
    first: str | None
    last: str | None


@dataclass(frozen=True)
class Sources:
    """What stands behind the incidents of one save."""

    outlets: tuple[OutletRow, ...]
    agencies: tuple[tuple[str, int], ...]
    counts: Mapping[str, int]


def count_sources(connection: Connection, levels: Sequence[Handling]) -> Sources:
    """Return outlets, agencies and counts of what these levels hold."""
    return Sources(
        _outlets(connection, levels), _agencies(connection, levels), _counts(connection, levels)
    )


def _outlets(connection: Connection, levels: Sequence[Handling]) -> tuple[OutletRow, ...]:
    told, table = schema.tellings, schema.reports
    telling = select(told.c.outlet, func.count()).group_by(told.c.outlet)
    incidents = {row[0]: row[1] for row in connection.execute(telling)}
    first, last = func.min(table.c.published), func.max(table.c.published)
    query = (
        select(table.c.outlet, func.max(table.c.outlet_kind), func.count(), first, last)
        .where(table.c.outlet.is_not(None), table.c.handling.in_(levels))
        .group_by(table.c.outlet)
        .order_by(table.c.outlet)
    )
    return tuple(
        OutletRow(row[0], row[1], row[2], incidents.get(row[0], 0), row[3], row[4])
        for row in connection.execute(query)
    )


def _agencies(connection: Connection, levels: Sequence[Handling]) -> tuple[tuple[str, int], ...]:
    table = schema.reports
    carried = (
        select(table.c.agency, func.count())
        .where(table.c.agency.is_not(None), table.c.handling.in_(levels))
        .group_by(table.c.agency)
        .order_by(func.count().desc(), table.c.agency)
        .limit(_AGENCIES)
    )
    return tuple((row[0], row[1]) for row in connection.execute(carried))


def _counts(connection: Connection, levels: Sequence[Handling]) -> dict[str, int]:
    incidents, reports, accounts = schema.incidents, schema.reports, schema.accounts
    count = select(func.count())
    withheld = select(reports.c.id).where(reports.c.handling.not_in(levels))
    queries = {
        "incidents": count.select_from(incidents).where(incidents.c.handling.in_(levels)),
        "reports": count.select_from(reports).where(reports.c.handling.in_(levels)),
        "accounts": count.select_from(accounts).where(accounts.c.report.not_in(withheld)),
    }
    return {name: connection.scalar(query) or 0 for name, query in queries.items()}
