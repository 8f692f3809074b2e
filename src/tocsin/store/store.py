"""Save and look up incidents, accounts and reports; a cache that `rebuild` makes again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from sqlalchemy import Connection, Engine, Table, create_engine, event, func, or_, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.sql import Select

from tocsin import records
from tocsin.errors import OlderStore, StoreError
from tocsin.model import Account, Decision, Incident, Record, Report
from tocsin.ontology import Ontology
from tocsin.store import migrate, schema, search
from tocsin.store.writer import Writer

_REBUILD = "Remove it and run `tocsin rebuild`: nothing is lost, it is a cache."
# Kinds of outlet, and ends of a state's own sites, that put out documents of their own.
_ISSUING = ("official", "ngo")
_STATE_SITES = ("gov", "mil", "gob", "gouv", "govt")
_WAIT = 30  # seconds a writer waits for another one


class Store:
    """An open store; use it as a context manager."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @classmethod
    def open(cls, address: str | Path, *, renew: bool = False) -> Store:
        """Open the store at a file or a database address, making its tables when new.

        With `renew`, tables of another version are upgraded, or made anew, for a save to fill.
        """
        url = f"sqlite:///{address}" if isinstance(address, Path) else address
        engine = create_engine(url)
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _prepare)
        try:
            with engine.begin() as connection:
                _check(connection, address, renew)
                _create(connection)
                search.create(connection)
        except SQLAlchemyError as error:
            raise StoreError(
                f"The store {address} cannot be opened: {error.__cause__ or error}.",
                advice=_REBUILD,
            ) from error
        return cls(engine)

    def __enter__(self) -> Store:
        """Return the store itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close all connections."""
        self.engine.dispose()

    def save(
        self,
        *,
        reports: Iterable[Report],
        accounts: Iterable[Account],
        incidents: Iterable[Incident],
        ontology: Ontology,
        versions: Iterable[Report] = (),
        decisions: Sequence[Decision] = (),
    ) -> None:
        """Replace everything in one transaction; readers see the old state until the end."""
        with self.writer(ontology, decisions=decisions) as writer:
            writer.replace_all(reports, versions, accounts, list(incidents))

    @contextmanager
    def writer(
        self,
        ontology: Ontology,
        *,
        decisions: Sequence[Decision] = (),
        only: set[str] | None = None,
    ) -> Iterator[Writer]:
        """Yield a writer over one transaction that is kept when the block ends well."""
        with self.engine.begin() as connection:
            yield Writer(connection, ontology, decisions=decisions, only=only)

    def incidents(self, *, limit: int | None = None) -> list[Incident]:
        """Return incidents in the order of their days, undated last."""
        narrow, whole = schema.incidents, schema.incident_records
        query = (
            select(whole.c.record)
            .join(narrow, narrow.c.id == whole.c.id)
            .order_by(narrow.c.day.is_(None), narrow.c.day, narrow.c.id)
        )
        return [r for r in self._records(query.limit(limit)) if isinstance(r, Incident)]

    def incident(self, prefix: str) -> Incident | None:
        """Return the one incident whose id starts with a prefix."""
        found = list(self._records(_starting(schema.incident_records, prefix)))
        return found[0] if len(found) == 1 and isinstance(found[0], Incident) else None

    def report(self, prefix: str) -> Report | None:
        """Return the one report whose id starts with a prefix."""
        found = list(self._records(_starting(schema.reports, prefix)))
        return found[0] if len(found) == 1 and isinstance(found[0], Report) else None

    def versions_of(self, report: str) -> list[Report]:
        """Return every version of a report, oldest first."""
        table = schema.versions
        query = select(table.c.record).where(table.c.report == report).order_by(table.c.position)
        return [r for r in self._records(query) if isinstance(r, Report)]

    def accounts_of(self, *incidents: str) -> list[Account]:
        """Return the accounts of incidents."""
        table = schema.accounts
        query = select(table.c.record).where(table.c.incident.in_(incidents)).order_by(table.c.id)
        return [r for r in self._records(query) if isinstance(r, Account)]

    def accounts_in(self, *reports: str) -> list[Account]:
        """Return the accounts read from reports, new or not."""
        table = schema.accounts
        query = select(table.c.record).where(table.c.report.in_(reports)).order_by(table.c.id)
        return [r for r in self._records(query) if isinstance(r, Account)]

    def owners(self, accounts: Iterable[str]) -> dict[str, str]:
        """Return the incident that each of some accounts tells."""
        table = schema.accounts
        query = select(table.c.id, table.c.incident).where(
            table.c.id.in_(list(accounts)), table.c.incident.is_not(None)
        )
        with self.engine.connect() as connection:
            return {row[0]: row[1] for row in connection.execute(query)}

    def told_in(self, accounts: Iterable[str]) -> dict[str, str]:
        """Return the report in which each of some accounts stands."""
        table = schema.accounts
        query = select(table.c.id, table.c.report).where(table.c.id.in_(list(accounts)))
        with self.engine.connect() as connection:
            return {row[0]: row[1] for row in connection.execute(query)}

    def reports_by_id(self, identifiers: Iterable[str]) -> dict[str, Report]:
        """Return reports by id."""
        table = schema.reports
        query = select(table.c.record).where(table.c.id.in_(list(identifiers)))
        return {r.id: r for r in self._records(query) if isinstance(r, Report)}

    def issued(self, first: str, last: str, *, most: int) -> list[Report]:
        """Return texts that bodies themselves may have put out between two days, or undated."""
        table = schema.reports
        endings = (f"%.{end}{after}" for end in _STATE_SITES for after in ("/%", ".%"))
        when = or_(table.c.published.between(first, last), table.c.published.is_(None))
        query = (
            select(table.c.record)
            .where(or_(table.c.outlet_kind.in_(_ISSUING), *map(table.c.url.like, endings)))
            .where(when)
            .order_by(table.c.published, table.c.id)
            .limit(most)
        )
        return [r for r in self._records(query) if isinstance(r, Report)]

    def accounts(self) -> Iterator[Account]:
        """Yield all accounts."""
        query = select(schema.accounts.c.record)
        return (r for r in self._records(query) if isinstance(r, Account))

    def reports(self) -> Iterator[Report]:
        """Yield all reports in the order of their publication."""
        table = schema.reports
        query = select(table.c.record).order_by(table.c.published, table.c.id)
        return (r for r in self._records(query) if isinstance(r, Report))

    def counts(self) -> Mapping[str, int]:
        """Return how many rows of each table there are."""
        with self.engine.connect() as connection:
            return {
                name: connection.scalar(select(func.count()).select_from(table)) or 0
                for name, table in schema.metadata.tables.items()
            }

    def _records(self, query: Select[bytes]) -> Iterator[Record]:
        with self.engine.connect() as connection:
            for (record,) in connection.execute(query):
                yield records.read(record)


def _prepare(connection: object, _: object) -> None:
    """Set a new SQLite connection up: readers never wait for the one writer."""
    cursor = connection.cursor()  # type: ignore[attr-defined]
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute(f"PRAGMA busy_timeout={_WAIT * 1000}")
    cursor.close()


def _create(connection: Connection) -> None:
    """Make the tables that are missing, marked as migrations would mark them."""
    schema.metadata.create_all(connection)
    table = schema.alembic_version
    if connection.scalar(select(table.c.version_num)) is None:
        connection.execute(table.insert(), [{"version_num": schema.VERSION}])


def _check(connection: Connection, address: str | Path, renew: bool) -> None:
    """Refuse a store that another version of the tables made, or make room for a new one."""
    table = schema.meta
    if not connection.dialect.has_table(connection, table.name):
        return
    known = connection.scalar(select(table.c.value).where(table.c.key == "schema"))
    if known in (None, schema.VERSION):
        return
    if not renew:
        older = known is not None and known < schema.VERSION
        raise (OlderStore if older else StoreError)(
            f"The store {address} has tables of version {known}, not {schema.VERSION}.",
            advice="Run `tocsin rebuild`: nothing is lost, the store is a cache.",
        )
    if migrate.knows(known) and known == _marked(connection):
        migrate.run(connection)
        return
    schema.metadata.drop_all(connection)
    search.drop(connection)


def _marked(connection: Connection) -> str | None:
    """Return the revision that migrations would go on from."""
    table = schema.alembic_version
    if not connection.dialect.has_table(connection, table.name):
        return None
    return connection.scalar(select(table.c.version_num))


def _starting(table: Table, prefix: str) -> Select[bytes]:
    exact = select(table.c.record).where(table.c.id == prefix)
    if len(prefix) >= _WHOLE_ID:
        return exact
    return select(table.c.record).where(table.c.id.startswith(prefix, autoescape=True)).limit(2)


_WHOLE_ID = 18  # an id is a letter, a dash and 16 hex digits
