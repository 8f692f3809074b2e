"""How far a store has taken the files of its workspace in, and where their lines begin."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, bindparam, delete, insert, select, update
from sqlalchemy.sql import Select

from tocsin import records
from tocsin.model import Report
from tocsin.store import rows, schema

_AT_ONCE = 500  # values asked for in one query


class Files:
    """Looks up and notes what of the files is in a store, over the connection of a transaction."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def reports(self, names: Iterable[str]) -> dict[str, Report]:
        """Return reports by id."""
        table = schema.reports
        found = (
            records.read(row[0]) for row in self._where(select(table.c.record), table.c.id, names)
        )
        return {report.id: report for report in found if isinstance(report, Report)}

    def versions(self, report: str) -> tuple[set[str], Report | None]:
        """Return the digests of a report's texts, and its newest version."""
        table = schema.versions
        query = select(table.c.text_digest).where(table.c.report == report)
        texts = {row[0] for row in self.connection.execute(query)}
        return texts, self.reports([report]).get(report)

    def put_lines(self, file: str, lines: Iterable[tuple[int, str]]) -> None:
        """Note where the lines of a file begin, and of which report each is."""
        found = ({"file": file, "start": start, "report": report} for start, report in lines)
        self._insert(schema.lines, found)

    def lines(self, file: str, reports: Iterable[str]) -> dict[str, list[int]]:
        """Return where the lines of each of some reports begin in a file."""
        table = schema.lines
        query = select(table.c.report, table.c.start).where(table.c.file == file)
        found: dict[str, list[int]] = defaultdict(list)
        for report, start in self._where(query.order_by(table.c.start), table.c.report, reports):
            found[report].append(start)
        return found

    def put_versions(self, first: int, reports: Iterable[Report]) -> None:
        """Add the versions of reports that are not known yet, in the order they were read."""
        table = schema.versions
        query = select(table.c.report, table.c.text_digest)
        found = list(reports)
        seen = set(map(tuple, self._where(query, table.c.report, [r.id for r in found])))
        fresh = []
        for position, report in enumerate(found, first):
            if (key := (report.id, report.text_digest)) not in seen:
                seen.add(key)
                fresh.append(rows.version_row(position, report))
        self._insert(table, fresh)

    def taken(self) -> bytes | None:
        """Return what was noted of how far the files are taken in."""
        table = schema.meta
        query = select(table.c.value).where(table.c.key == "taken")
        found = self.connection.scalar(query)
        return found.encode() if found else None

    def take(self, note: bytes) -> None:
        """Note how far the files are taken in."""
        self._delete(schema.meta.c.key, ["taken"])
        self._insert(schema.meta, [{"key": "taken", "value": note.decode()}])

    def _where(
        self, query: Select[Any], column: ColumnElement[Any], values: Iterable[Any]
    ) -> Iterator[Any]:
        every = sorted(set(values))
        for start in range(0, len(every), _AT_ONCE):
            some = query.where(column.in_(every[start : start + _AT_ONCE]))
            yield from self.connection.execute(some).all()

    def _delete(self, column: Any, values: Iterable[str]) -> None:
        every = sorted(set(values))
        for start in range(0, len(every), _AT_ONCE):
            some = column.in_(every[start : start + _AT_ONCE])
            self.connection.execute(delete(column.table).where(some))

    def _insert(self, table: Table, rows: Iterable[dict[str, object]]) -> None:
        found = list(rows)
        if found:
            self.connection.execute(insert(table), found)

    def _update(self, table: Table, key: str, name: str, values: Mapping[str, str | None]) -> None:
        rows = [{"key": key_, "new": value} for key_, value in values.items()]
        if rows:
            where = table.c[key] == bindparam("key")
            self.connection.execute(
                update(table).where(where).values({name: bindparam("new")}), rows
            )
