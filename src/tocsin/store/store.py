"""Save and look up incidents, accounts and reports; a cache that `rebuild` makes again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType

from sqlalchemy import Connection, Engine, Table, create_engine, func, insert, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.sql import Select

from tocsin import records, shown
from tocsin.errors import StoreError
from tocsin.model import Account, Incident, Record, Report
from tocsin.ontology import Ontology
from tocsin.store import schema


class Store:
    """An open store; use it as a context manager."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    def open(cls, address: str | Path) -> Store:
        """Open the store at a file or a database address, making its tables when new."""
        url = f"sqlite:///{address}" if isinstance(address, Path) else address
        engine = create_engine(url)
        try:
            with engine.begin() as connection:
                if connection.dialect.name == "sqlite":
                    connection.exec_driver_sql("PRAGMA journal_mode=WAL")
                schema.metadata.create_all(connection)
        except SQLAlchemyError as error:
            raise StoreError(
                f"The store {address} cannot be opened: {error.__cause__ or error}.",
                advice="Remove it and run `tocsin rebuild`: nothing is lost, it is a cache.",
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
        self._engine.dispose()

    def save(
        self,
        *,
        reports: Iterable[Report],
        accounts: Iterable[Account],
        incidents: Iterable[Incident],
        ontology: Ontology,
    ) -> None:
        """Replace everything in one transaction; readers see the old state until the end."""
        found = list(incidents)
        owner = {account: incident.id for incident in found for account in incident.accounts}
        with self._engine.begin() as connection:
            for table in reversed(schema.metadata.sorted_tables):
                connection.execute(table.delete())
            _insert(connection, "meta", [{"key": "schema", "value": schema.VERSION}])
            _insert(connection, "reports", map(_report_row, reports))
            _insert(connection, "incidents", (_incident_row(i, ontology) for i in found))
            _insert(connection, "accounts", (_account_row(a, owner) for a in accounts))

    def incidents(self, *, limit: int | None = None) -> list[Incident]:
        """Return incidents in the order of their days, undated last."""
        table = schema.incidents
        query = select(table.c.record).order_by(table.c.day.is_(None), table.c.day, table.c.id)
        return [r for r in self._records(query.limit(limit)) if isinstance(r, Incident)]

    def incident(self, prefix: str) -> Incident | None:
        """Return the one incident whose id starts with a prefix."""
        found = list(self._records(_starting(schema.incidents, prefix)))
        return found[0] if len(found) == 1 and isinstance(found[0], Incident) else None

    def report(self, prefix: str) -> Report | None:
        """Return the one report whose id starts with a prefix."""
        found = list(self._records(_starting(schema.reports, prefix)))
        return found[0] if len(found) == 1 and isinstance(found[0], Report) else None

    def accounts_of(self, incident: str) -> list[Account]:
        """Return the accounts of an incident."""
        table = schema.accounts
        query = select(table.c.record).where(table.c.incident == incident).order_by(table.c.id)
        return [r for r in self._records(query) if isinstance(r, Account)]

    def accounts_in(self, report: str) -> list[Account]:
        """Return the accounts read from a report, new or not."""
        table = schema.accounts
        query = select(table.c.record).where(table.c.report == report).order_by(table.c.id)
        return [r for r in self._records(query) if isinstance(r, Account)]

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
        with self._engine.connect() as connection:
            return {
                name: connection.scalar(select(func.count()).select_from(table)) or 0
                for name, table in schema.metadata.tables.items()
            }

    def _records(self, query: Select[bytes]) -> Iterator[Record]:
        with self._engine.connect() as connection:
            for (record,) in connection.execute(query):
                yield records.read(record)


def _starting(table: Table, prefix: str) -> Select[bytes]:
    return select(table.c.record).where(table.c.id.startswith(prefix, autoescape=True)).limit(2)


def _insert(connection: Connection, name: str, rows: Iterable[dict[str, object]]) -> None:
    table = schema.metadata.tables[name]
    if batch := list(rows):
        connection.execute(insert(table), batch)


def _report_row(report: Report) -> dict[str, object]:
    return {
        "id": report.id,
        "outlet": report.outlet.name if report.outlet else None,
        "title": report.title,
        "published": report.published.value if report.published else None,
        "url": report.url,
        "record": records.write(report),
    }


def _account_row(account: Account, owner: Mapping[str, str]) -> dict[str, object]:
    return {
        "id": account.id,
        "report": account.report,
        "incident": owner.get(account.id),
        "kind": account.kind,
        "status": account.status,
        "record": records.write(account),
    }


def _incident_row(incident: Incident, ontology: Ontology) -> dict[str, object]:
    where, when = shown.where(incident), shown.when(incident)
    kind = incident.slots.get("kind")
    return {
        "id": incident.id,
        "kind": incident.kind,
        "family": ontology.family(incident.kind),
        "day": shown.day(when),
        "place": where.name or where.words if where else None,
        "city": where.city if where else None,
        "admin1": where.admin1 if where else None,
        "country": where.country if where else None,
        "lat": where.lat if where else None,
        "lon": where.lon if where else None,
        "radius_km": where.radius_km if where else None,
        "reports": incident.reports,
        "origins": incident.origins,
        "certainty": kind[0].shown.certainty if kind else None,
        "review": incident.review,
        "verification": incident.verification,
        "record": records.write(incident),
    }
