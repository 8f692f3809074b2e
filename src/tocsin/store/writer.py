"""Write incidents, accounts and reports in batches inside one transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TypeVar

from sqlalchemy import Connection, Table, bindparam, delete, func, insert, select, update

from tocsin import records
from tocsin.masking import Mask, unmasked
from tocsin.model import Account, Decision, Incident, Report
from tocsin.ontology import Ontology
from tocsin.store import rows, schema, search
from tocsin.store.levels import lowest, tell
from tocsin.terms import Handling

_BATCH = 2_000  # rows handed over at once: more gains no speed and costs memory

_Any = TypeVar("_Any")


class Writer:
    """Adds records to the store; knows which accounts stand in which report."""

    def __init__(
        self,
        connection: Connection,
        ontology: Ontology,
        *,
        decisions: Sequence[Decision] = (),
        only: Collection[str] | None = None,
    ) -> None:
        """Begin a new generation; `only` names the incidents that will change, if not all."""
        self.connection = connection
        self._ontology = ontology
        self._decisions = decisions
        self._before = _digests(connection, only)
        self.forget()
        self.generation = _next_generation(connection)

    def forget(self) -> None:
        """Forget the accounts and reports seen so far: no later incident tells of them."""
        self._outlets: dict[str, str] = {}
        self._levels: dict[str, Handling] = {}
        self._told: dict[str, list[Account]] = defaultdict(list)
        self._known: dict[str, Account] = {}
        self._home: dict[str, str] = {}
        self._members: dict[str, list[Account]] = defaultdict(list)

    def clear(self) -> None:
        """Remove everything but the counters."""
        for table in reversed(schema.metadata.sorted_tables):
            if table not in (schema.meta, schema.alembic_version):
                self.connection.execute(table.delete())
        search.drop(self.connection)
        search.create(self.connection)
        meta = schema.meta
        self.connection.execute(delete(meta).where(meta.c.key == "taken"))
        self.mark_saved()

    def mark_saved(self) -> None:
        """Note that more than decisions changed: reports came in."""
        meta = schema.meta
        self.connection.execute(delete(meta).where(meta.c.key == "saved"))
        self._insert(meta, [{"key": "saved", "value": str(self.generation)}])

    def replace_all(
        self,
        reports: Iterable[Report],
        versions: Iterable[Report],
        accounts: Iterable[Account],
        incidents: Sequence[Incident],
    ) -> None:
        """Put these in the place of everything."""
        owner = {account: incident.id for incident in incidents for account in incident.accounts}
        self.clear()
        self.add_reports(reports, versions)
        self.add_accounts(accounts, owner)
        self.add_incidents(incidents)

    def add_reports(self, reports: Iterable[Report], versions: Iterable[Report]) -> None:
        """Add reports, and every version of them."""
        for batch in batches(reports, _BATCH):
            self._insert(schema.reports, [rows.report_row(report) for report in batch])
            self._know_reports(batch)
        seen: set[tuple[str, str]] = set()
        for numbered in batches(enumerate(versions), _BATCH):
            fresh = {(r.id, r.text_digest): (at, r) for at, r in reversed(numbered)}
            new = [pair for key, pair in fresh.items() if key not in seen]
            seen.update(fresh)
            self._insert(schema.versions, [rows.version_row(at, r) for at, r in new])

    def add_accounts(self, accounts: Iterable[Account], owner: Mapping[str, str]) -> None:
        """Add accounts with the incident each one tells."""
        for batch in batches(accounts, _BATCH):
            self._insert(schema.accounts, [rows.account_row(a, owner) for a in batch])
            self.know(batch, (), owner)

    def add_incidents(self, incidents: Iterable[Incident]) -> None:
        """Add incidents; their accounts and reports are in already."""
        first = (self.connection.scalar(select(func.max(schema.incidents.c.n))) or 0) + 1
        for batch in batches(enumerate(incidents, first), _BATCH):
            self._add_batch(batch)

    def put_incidents(self, incidents: Iterable[Incident]) -> None:
        """Write some incidents anew, each under the number it had."""
        found = list(incidents)
        table = schema.incidents
        ids = [incident.id for incident in found]
        known = self.connection.execute(select(table.c.id, table.c.n).where(table.c.id.in_(ids)))
        numbers = {row[0]: row[1] for row in known}
        following = (self.connection.scalar(select(func.max(table.c.n))) or 0) + 1
        self.remove_incidents(ids)
        fresh = iter(range(following, following + len(found)))
        self._add_batch([(numbers.get(i.id) or next(fresh), i) for i in found])

    def remove_incidents(self, identifiers: Iterable[str]) -> None:
        """Remove incidents, leaving their accounts without one."""
        table = schema.incidents
        ids = list(identifiers)
        found = self.connection.execute(select(table.c.n).where(table.c.id.in_(ids)))
        numbers = [row[0] for row in found]
        search.remove(self.connection, numbers)
        told = schema.tellings
        self.connection.execute(delete(told).where(told.c.n.in_(numbers)))
        self.connection.execute(delete(table).where(table.c.n.in_(numbers)))
        whole = schema.incident_records
        self.connection.execute(delete(whole).where(whole.c.id.in_(ids)))

    def own(self, incidents: Iterable[Incident]) -> None:
        """Note which incident each account tells now."""
        table = schema.accounts
        statement = (
            update(table).where(table.c.id == bindparam("key")).values(incident=bindparam("owner"))
        )
        pairs = [{"key": a, "owner": i.id} for i in incidents for a in i.accounts]
        if pairs:
            self.connection.execute(statement, pairs)

    def know(
        self, accounts: Iterable[Account], reports: Iterable[Report], owner: Mapping[str, str]
    ) -> None:
        """Take in accounts and reports that stand in the store already."""
        self._know_reports(reports)
        for account in accounts:
            self._told[account.report].append(account)
            self._known[account.id] = account
            if account.id in owner:
                self._home[account.id] = owner[account.id]
                self._members[owner[account.id]].append(account)

    def _know_reports(self, reports: Iterable[Report]) -> None:
        for report in reports:
            if report.outlet:
                self._outlets[report.id] = report.outlet.name
            if report.handling != "public":
                self._levels[report.id] = report.handling

    def _add_batch(self, batch: list[tuple[int, Incident]]) -> None:
        narrow, whole, words, told = [], [], [], []
        for n, incident in batch:
            accounts = [self._known[a] for a in incident.accounts if a in self._known]
            mask = self._mask(accounts)
            level = lowest(self._levels.get(a.report, "public") for a in accounts)
            shown, accounts = self._shown(incident, accounts, level)
            released = mask.record(shown)
            outlets = sorted({self._outlets.get(a.report, "") for a in accounts} - {""})
            card = rows.card(released, self._ontology)
            record = rows.record_row(incident, released, card)
            whole.append(record)
            ages = self._ages(incident.id, str(record["digest"]))
            row = rows.incident_row(released, accounts, self._ontology)
            narrow.append({"n": n, "handling": level, **row, **ages})
            words.append((n, *rows.words(released, card, outlets)))
            told += [{"outlet": outlet, "n": n} for outlet in outlets]
        self._insert(schema.incidents, narrow)
        self._insert(schema.incident_records, whole)
        self._insert(schema.tellings, told)
        search.add(self.connection, words)

    def _shown(
        self, incident: Incident, accounts: list[Account], level: Handling
    ) -> tuple[Incident, list[Account]]:
        """Return an incident as the least restricted of its reports tell it."""
        if all(self._levels.get(a.report, "public") == level for a in accounts):
            return incident, accounts
        reports = self._reports({account.report for account in accounts})
        told = tell(
            incident,
            accounts,
            reports,
            level,
            ontology=self._ontology,
            decisions=self._decisions,
        )
        assert told is not None
        return told[0], list(told[1])

    def _reports(self, identifiers: Collection[str]) -> dict[str, Report]:
        table = schema.reports
        query = select(table.c.record).where(table.c.id.in_(list(identifiers)))
        found = (records.read(row[0]) for row in self.connection.execute(query))
        return {report.id: report for report in found if isinstance(report, Report)}

    def _mask(self, accounts: Iterable[Account]) -> Mask:
        """Return whom an incident's rows hide.

        All accounts of its reports are looked at, and of the incidents told there: a child's age,
        or a charge, may stand in the next one.
        """
        reports = sorted({account.report for account in accounts})
        here = [account for report in reports for account in self._told[report]]
        homes = sorted({self._home[a.id] for a in here if a.id in self._home})
        told = [account for home in homes for account in self._members[home]]
        around = list({account.id: account for account in (*here, *told)}.values())
        return Mask.of(around, unmasked(self._decisions, around))

    def _ages(self, identifier: str, digest: str) -> dict[str, int]:
        before = self._before.get(identifier)
        if before is None:
            return {"generation": self.generation, "appeared": self.generation}
        known, generation, appeared = before
        changed = generation if known == digest else self.generation
        return {"generation": changed, "appeared": appeared}

    def _insert(self, table: Table, found: list[rows.Row]) -> None:
        if found:
            self.connection.execute(insert(table), found)


def batches(found: Iterable[_Any], size: int) -> Iterator[list[_Any]]:
    """Yield lists of up to `size`."""
    walk = iter(found)
    while batch := list(islice(walk, size)):
        yield batch


def _digests(
    connection: Connection, only: Collection[str] | None
) -> dict[str, tuple[str, int, int]]:
    narrow, whole = schema.incidents, schema.incident_records
    query = select(narrow.c.id, whole.c.digest, narrow.c.generation, narrow.c.appeared).join(
        whole, whole.c.id == narrow.c.id
    )
    if only is not None:
        query = query.where(narrow.c.id.in_(only))
    return {row[0]: (row[1], row[2], row[3]) for row in connection.execute(query)}


def _next_generation(connection: Connection) -> int:
    table = schema.meta
    known = connection.scalar(select(table.c.value).where(table.c.key == "generation"))
    following = int(known or 0) + 1
    connection.execute(delete(table).where(table.c.key.in_(["generation", "schema"])))
    entries = {"generation": str(following), "schema": schema.VERSION}
    connection.execute(insert(table), [{"key": k, "value": v} for k, v in entries.items()])
    return following
