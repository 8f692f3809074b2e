"""Find incidents by query: the columns of the newest generation, kept in memory and renewed."""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import msgspec
import numpy as np
from sqlalchemy import Connection, func, select, tuple_

from tocsin.ontology.kinds import FAMILIES
from tocsin.store import columns as columns_module
from tocsin.store import schema, search
from tocsin.store.columns import REVIEWS, Columns, Numbers
from tocsin.store.levels import within
from tocsin.store.query import Query, matching
from tocsin.store.rows import Card
from tocsin.store.sources import OutletRow, Sources, count_sources
from tocsin.store.store import Store
from tocsin.terms import Handling

_KEPT = 16  # answers kept: a page asks for list, map and timeline of one query at nearly one time
_QUEUE = 200  # incidents at the head of the review queue that are kept in their order
_DAYS_APART = 3  # reports of one night seldom differ by more
_DEGREES_APART = 0.5  # some fifty kilometres: a city and its suburbs
_decoder = msgspec.json.Decoder(Card)


@dataclass(frozen=True)
class Row:
    """One incident in a list: its card with the columns that change by decision."""

    n: int
    card: Card
    family: str
    day: str | None
    reports: int
    origins: int
    certainty: str | None
    review: str
    verification: str
    differs: bool
    priority: float
    generation: int
    appeared: int
    lat: float | None
    lon: float | None
    radius_km: float | None


@dataclass(frozen=True)
class ReportRow:
    """A report in a list; the cursor leads to the rows after it."""

    id: str
    outlet: str | None
    agency: str | None
    title: str | None
    published: str | None
    handling: str

    @property
    def cursor(self) -> str:
        """Where the next page begins."""
        return f"{self.published or ''} {self.id}"


class Catalogue:
    """Answers queries over one store; safe to share between threads."""

    def __init__(self, store: Store, level: Handling = "public") -> None:
        self._store = store
        self._levels = within(level)
        self._lock = threading.Lock()
        self._columns: Columns | None = None
        self._counting = threading.Lock()
        self._sources: tuple[str, Sources] | None = None
        self._queue: tuple[int, list[int]] = (-1, [])
        self._answers: OrderedDict[tuple[int, Query], Numbers] = OrderedDict()

    def generation(self) -> int:
        """Return the number of the store's newest save."""
        with self._store.engine.connect() as connection:
            return _generation(connection)

    def columns(self) -> Columns:
        """Return the columns of the newest generation."""
        with self._store.engine.connect() as connection:
            newest = _generation(connection)
            with self._lock:
                if self._columns is None or self._columns.generation != newest:
                    self._columns = columns_module.load(connection, newest, self._levels)
                    self._answers.clear()
                return self._columns

    def numbers(self, identifiers: Iterable[str]) -> list[int]:
        """Return the numbers of incidents by id."""
        table = schema.incidents
        query = select(table.c.n).where(table.c.id.in_(list(identifiers)))
        with self._store.engine.connect() as connection:
            return [row[0] for row in connection.execute(query)]

    def refresh(self, numbers: Iterable[int]) -> None:
        """Read some rows anew after a change of a few, instead of all of them."""
        with self._store.engine.connect() as connection, self._lock:
            newest = _generation(connection)
            if self._columns is None or self._columns.generation != newest - 1:
                return
            self._columns = columns_module.patched(
                self._columns, connection, newest, sorted(set(numbers)), self._levels
            )
            self._answers.clear()

    def urgent(self, limit: int, passed: frozenset[str] = frozenset()) -> list[Row]:
        """Return unreviewed incidents, most doubt times harm first."""
        columns = self.columns()
        numbers = self._most_urgent(columns, limit + len(passed))
        rows = self.rows(numbers[: limit + len(passed)])
        return [row for row in rows if row.card.id not in passed][:limit]

    def _most_urgent(self, columns: Columns, most: int) -> list[int]:
        """Return the numbers at the head of the queue, looked for once a generation."""
        generation, known = self._queue
        if generation == columns.generation and len(known) >= most:
            return known
        waiting = np.flatnonzero(columns["review"] == REVIEWS.index("unreviewed"))
        most = max(most, _QUEUE)
        priority = columns["priority"][waiting]
        if len(waiting) > most:
            top = np.argpartition(-priority, most)[:most]
            waiting, priority = waiting[top], priority[top]
        numbers = columns["n"][waiting]
        found: list[int] = numbers[np.lexsort((numbers, -priority))].tolist()
        if len(found) == most:
            self._queue = (columns.generation, found)
        return found

    def waiting(self) -> int:
        """Return how many incidents nobody accepted or rejected yet."""
        return int(np.count_nonzero(self.columns()["review"] == REVIEWS.index("unreviewed")))

    def alike(self, row: Row, limit: int) -> list[Row]:
        """Return incidents of nearly the same days near the same place, nearest in time first."""
        if row.day is None:
            return []
        columns = self.columns()
        day = columns_module.day_number(row.day)
        days = columns["day"][::-1]  # oldest first
        low = len(days) - int(np.searchsorted(days, day + _DAYS_APART, "right"))
        high = len(days) - int(np.searchsorted(days, day - _DAYS_APART, "left"))
        found = np.arange(low, high)[columns["n"][low:high] != row.n]
        if row.lat is not None and row.lon is not None:
            away = np.hypot(columns["lat"][found] - row.lat, columns["lon"][found] - row.lon)
            found = found[~(away > _DEGREES_APART)]
        apart = np.abs(columns["day"][found].astype(np.int64) - day)
        other = columns["family"][found] != FAMILIES.index(row.family)
        order = np.lexsort((columns["n"][found], apart, other))[:limit]
        return self.rows(columns["n"][found[order]].tolist())

    def find(self, query: Query) -> tuple[Columns, Numbers]:
        """Return the columns and the positions a query finds, newest day first."""
        columns = self.columns()
        key = (columns.generation, query)
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
                return columns, self._answers[key]
        with self._store.engine.connect() as connection:
            words = search.find(connection, query.words) if query.words else None
            outlet = _told_by(connection, query.outlet) if query.outlet else None
        found = matching(query, columns, words=words, outlet=outlet).astype(np.int32)
        with self._lock:
            self._answers[key] = found
            while len(self._answers) > _KEPT:
                self._answers.popitem(last=False)
        return columns, found

    def rows(self, numbers: Sequence[int]) -> list[Row]:
        """Return the rows of incidents by number, in the order given."""
        narrow, whole = schema.incidents, schema.incident_records
        query = select(narrow, whole.c.card).join(whole, whole.c.id == narrow.c.id)
        wanted = [int(n) for n in numbers]
        with self._store.engine.connect() as connection:
            query = query.where(narrow.c.n.in_(wanted), narrow.c.handling.in_(self._levels))
            found = connection.execute(query).mappings()
            by_number = {row["n"]: _row(dict(row)) for row in found}
        return [by_number[n] for n in wanted if n in by_number]

    def rows_of(self, identifiers: Iterable[str]) -> dict[str, Row]:
        """Return the rows of incidents by id."""
        return {row.card.id: row for row in self.rows(self.numbers(identifiers))}

    def sources(self) -> Sources:
        """Return outlets, agencies and counts; they change with a save, not with a decision."""
        with self._store.engine.connect() as connection:
            saved = _saved(connection)
            with self._counting:
                if self._sources is None or self._sources[0] != saved:
                    self._sources = (saved, count_sources(connection, self._levels))
                return self._sources[1]

    def warm(self) -> None:
        """Load what pages share, so that the first visitor need not wait for it."""
        self.columns()
        self.sources()

    def outlets(self, *, limit: int, after: str = "") -> list[OutletRow]:
        """Return outlets in the order of their names."""
        found = self.sources().outlets
        start = bisect_right(found, after, key=lambda outlet: outlet.name)
        return list(found[start : start + limit])

    def reports(self, *, outlet: str | None, limit: int, after: str = "") -> list[ReportRow]:
        """Return reports, newest first, undated last."""
        table = schema.reports
        published = func.coalesce(table.c.published, "")
        query = select(
            table.c.id,
            table.c.outlet,
            table.c.agency,
            table.c.title,
            table.c.published,
            table.c.handling,
        )
        query = query.where(table.c.handling.in_(self._levels))
        if outlet is not None:
            query = query.where(table.c.outlet == outlet)
        if after:
            day, _, identifier = after.rpartition(" ")
            query = query.where(tuple_(published, table.c.id) < (day, identifier))
        query = query.order_by(published.desc(), table.c.id.desc()).limit(limit)
        with self._store.engine.connect() as connection:
            return [ReportRow(*row) for row in connection.execute(query)]


def _saved(connection: Connection) -> str:
    """Return the generation of the last whole save."""
    table = schema.meta
    found = connection.scalar(select(table.c.value).where(table.c.key == "saved"))
    return found or "0"


def _generation(connection: Connection) -> int:
    table = schema.meta
    return int(connection.scalar(select(table.c.value).where(table.c.key == "generation")) or 0)


def _told_by(connection: Connection, outlet: str) -> list[int]:
    table = schema.tellings
    query = select(table.c.n).where(table.c.outlet == outlet)
    return [row[0] for row in connection.execute(query)]


def _row(fields: dict[str, object]) -> Row:
    card = _decoder.decode(fields.pop("card"))  # type: ignore[arg-type]
    for name in ("id", "kind", "country", "handling"):
        fields.pop(name)
    return Row(card=card, **fields)  # type: ignore[arg-type]
