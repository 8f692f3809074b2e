"""What linking keeps in the store, and what it asks there when new accounts join.

All of it follows from the workspace's files: a save of everything makes it anew. It is written in
the transaction that saves the incidents, so that both tell of the same accounts.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

import msgspec
import numpy as np
from sqlalchemy import (
    ColumnElement,
    Table,
    delete,
    func,
    select,
)

from tocsin import records
from tocsin.linking.blocking import Codes
from tocsin.linking.causes import REACH, Event
from tocsin.linking.kept import Kept
from tocsin.model import Account, ChainLink, Incident, Report
from tocsin.store import rows, schema
from tocsin.store.files import Files

_BATCH = 50_000  # keys handed over at once

_events = msgspec.json.Decoder(Event)
_links = msgspec.json.Decoder(ChainLink)


class Linkage(Files):
    """Looks up and renews what linking keeps, over the connection of one transaction."""

    # Records

    def accounts(self, names: Iterable[str]) -> list[Account]:
        """Return accounts by id, in its order."""
        return self._accounts(schema.accounts.c.id, names)

    def accounts_in(self, reports: Iterable[str]) -> list[Account]:
        """Return the accounts of reports."""
        return self._accounts(schema.accounts.c.report, reports)

    def accounts_of(self, incidents: Iterable[str]) -> list[Account]:
        """Return the accounts that tell incidents."""
        return self._accounts(schema.accounts.c.incident, incidents)

    def _accounts(self, column: ColumnElement[str], values: Iterable[str]) -> list[Account]:
        found = (
            records.read(row[0])
            for row in self._where(select(schema.accounts.c.record), column, values)
        )
        return sorted((a for a in found if isinstance(a, Account)), key=lambda a: a.id)

    def incidents(self, names: Iterable[str]) -> list[Incident]:
        """Return incidents by id, as they are stored."""
        table = schema.incident_records
        found = (
            records.read(row[0]) for row in self._where(select(table.c.record), table.c.id, names)
        )
        return [incident for incident in found if isinstance(incident, Incident)]

    def around(self, reports: Iterable[str]) -> list[Account]:
        """Return all accounts in reports and of the incidents told there: whom a mask looks at."""
        here = self.accounts_in(reports)
        told = self.accounts_of(self.owners(account.id for account in here).values())
        return list({account.id: account for account in (*here, *told)}.values())

    def incident_count(self) -> int:
        """Return how many incidents there are."""
        found = self.connection.scalar(select(func.count()).select_from(schema.incidents))
        return found or 0

    def telling(self, names: Iterable[str]) -> set[str]:
        """Return which of some accounts are there and tell something new."""
        table = schema.linked
        query = select(table.c.account).where(table.c.part.is_not(None))
        return {row[0] for row in self._where(query, table.c.account, names)}

    # Which incident an account tells or speaks of

    def owners(self, accounts: Iterable[str]) -> dict[str, str]:
        """Return the incident that each of some accounts tells."""
        table = schema.accounts
        query = select(table.c.id, table.c.incident).where(table.c.incident.is_not(None))
        return dict(map(tuple, self._where(query, table.c.id, accounts)))

    def homes(self, accounts: Iterable[str]) -> dict[str, str]:
        """Return the incident that each of some accounts told or spoke of when last linked."""
        table = schema.linked
        query = select(table.c.account, table.c.home).where(table.c.home.is_not(None))
        return dict(map(tuple, self._where(query, table.c.account, accounts)))

    def speaking_of(self, incidents: Iterable[str]) -> set[str]:
        """Return the accounts that only mention incidents."""
        table = schema.linked
        query = select(table.c.account).where(table.c.part.is_(None))
        return {row[0] for row in self._where(query, table.c.home, incidents)}

    # Parts and keys

    def parts(self, accounts: Iterable[str]) -> set[str]:
        """Return the names of the parts that accounts belong to."""
        table = schema.linked
        query = select(table.c.part).where(table.c.part.is_not(None))
        return {row[0] for row in self._where(query, table.c.account, accounts)}

    def members(self, parts: Iterable[str]) -> set[str]:
        """Return the accounts of parts."""
        table = schema.linked
        return {row[0] for row in self._where(select(table.c.account), table.c.part, parts)}

    def codes(self, accounts: Iterable[str]) -> dict[str, Codes]:
        """Return the keys of accounts."""
        table = schema.linked
        query = select(table.c.account, table.c.codes)
        return {row[0]: _unpacked(row[1]) for row in self._where(query, table.c.account, accounts)}

    def sizes(self, codes: Iterable[int]) -> dict[int, int]:
        """Return how many accounts have each key."""
        table = schema.account_keys
        query = select(table.c.code, func.count()).group_by(table.c.code)
        return dict(map(tuple, self._where(query, table.c.code, codes)))

    def having(self, codes: Iterable[int]) -> dict[int, list[str]]:
        """Return the accounts that have each key."""
        return self._by_code(schema.account_keys, codes)

    def asking(self, codes: Iterable[int]) -> set[str]:
        """Return the accounts that mention an incident and have one of these keys."""
        found = self._by_code(schema.mention_keys, codes)
        return {account for accounts in found.values() for account in accounts}

    def _by_code(self, table: Table, codes: Iterable[int]) -> dict[int, list[str]]:
        code, holder = list(table.c)
        found: dict[int, list[str]] = defaultdict(list)
        for row in self._where(select(code, holder), code, codes):
            found[row[0]].append(row[1])
        return found

    def put_accounts(self, accounts: Iterable[Account]) -> None:
        """Add accounts that tell no incident yet."""
        self._insert(schema.accounts, (rows.account_row(account, {}) for account in accounts))

    def put_reports(self, reports: Iterable[Report]) -> None:
        """Add reports, or put the newest version in the place of the one before."""
        found = list(reports)
        self._delete(schema.reports.c.id, [report.id for report in found])
        self._insert(schema.reports, map(rows.report_row, found))

    def forget(self, accounts: Collection[str]) -> None:
        """Remove accounts with all that is kept of them."""
        for name, codes in self.codes(accounts).items():
            for table in (schema.account_keys, schema.mention_keys):
                self._delete_keys(table, name, codes)
        self._delete(schema.linked.c.account, accounts)
        self._delete(schema.accounts.c.id, accounts)

    # Texts

    def texts_like(self, codes: Iterable[int]) -> set[str]:
        """Return the reports whose texts may be copies of one with these bands."""
        found = self._by_code(schema.text_keys, codes)
        return {report for reports in found.values() for report in reports}

    def originals(self, reports: Iterable[str]) -> dict[str, str]:
        """Return the original of each of some reports that is a copy or has copies."""
        table = schema.texts
        query = select(table.c.report, table.c.original).where(table.c.original.is_not(None))
        return dict(map(tuple, self._where(query, table.c.report, reports)))

    def copies(self, originals: Iterable[str]) -> set[str]:
        """Return the reports that share a text with their originals."""
        table = schema.texts
        return {row[0] for row in self._where(select(table.c.report), table.c.original, originals)}

    def put_texts(self, bands: Mapping[str, Codes]) -> None:
        """Note the bands of texts."""
        table, keys = schema.texts, schema.text_keys
        query = select(table.c.report, table.c.codes)
        known = {row[0]: _unpacked(row[1]) for row in self._where(query, table.c.report, bands)}
        for report, codes in known.items():
            self._delete_keys(keys, report, codes)
        self._delete(table.c.report, known)
        self._insert(table, ({"report": r, "codes": _packed(c)} for r, c in bands.items()))
        self._insert_keys(keys, bands)

    def put_originals(self, originals: Mapping[str, str | None]) -> None:
        """Note of which texts reports are copies."""
        self._update(schema.texts, "report", "original", originals)

    # Events and ties

    def events(self, incidents: Iterable[str]) -> dict[str, Event]:
        """Return incidents as events."""
        table = schema.events
        found = self._where(select(table.c.record), table.c.incident, incidents)
        return {(event := _events.decode(row[0])).incident: event for row in found}

    def set_off_by(self, events: Collection[Event]) -> set[str]:
        """Return the incidents that one of these events may have set off."""
        table = schema.events
        found: set[str] = set()
        for event in events:
            places = [place for place in (event.place, event.area) if place]
            query = select(table.c.incident).where(
                table.c.place.in_(places), table.c.day.between(event.day, event.day + REACH)
            )
            found.update(row[0] for row in self.connection.execute(query))
        return found

    def before(self, events: Collection[Event]) -> list[Event]:
        """Return the events that may have set off one of these."""
        table = schema.events
        found: set[bytes] = set()
        for place, day in sorted({(event.place, event.day) for event in events}):
            for column in (table.c.place, table.c.area):
                days = table.c.day.between(day - REACH, day)
                query = select(table.c.record).where(column == place, days)
                found.update(row[0] for row in self.connection.execute(query))
        return [_events.decode(record) for record in sorted(found)]

    def put_events(self, changed: Collection[str], events: Mapping[str, Event]) -> None:
        """Note as which events incidents stand now."""
        self._delete(schema.events.c.incident, changed)
        self._insert(schema.events, (_event_row(event) for event in events.values()))

    def ties_from(self, sources: Iterable[str]) -> list[ChainLink]:
        """Return the links that lead from incidents."""
        table = schema.ties
        found = self._where(select(table.c.record), table.c.source, sources)
        return [_links.decode(row[0]) for row in found]

    def ties_to(self, targets: Iterable[str]) -> list[ChainLink]:
        """Return the links that lead to incidents."""
        table = schema.ties
        found = self._where(select(table.c.record), table.c.target, targets)
        return [_links.decode(row[0]) for row in found]

    def put_ties(self, sources: Collection[str], links: Iterable[ChainLink]) -> None:
        """Note which links lead from incidents now."""
        self._delete(schema.ties.c.source, sources)
        self._insert(schema.ties, map(_tie_row, links))

    # Everything

    def put_kept(self, kept: Kept) -> None:
        """Note what linking kept of accounts, events and links that are not known yet."""
        self._insert(schema.linked, _linked_rows(kept))
        self._insert(schema.events, map(_event_row, kept.events.values()))
        self._insert(schema.ties, map(_tie_row, kept.ties))
        self._insert_keys(schema.account_keys, kept.keys)
        self._insert_keys(schema.mention_keys, kept.asked)

    def _insert_keys(self, table: Table, keys: Mapping[str, Codes]) -> None:
        """Add keys by code, which is their order in the table; there are a hundred a report."""
        mark = "?" if self.connection.dialect.paramstyle == "qmark" else "%s"
        statement = f"INSERT INTO {table.name} VALUES ({mark}, {mark})"
        names = list(keys)
        found = array("q")
        for name in names:
            found.extend(keys[name])
        codes = np.frombuffer(found, np.int64) if found else np.empty(0, np.int64)
        holders = np.repeat(np.arange(len(names)), [len(keys[name]) for name in names])
        order = np.argsort(codes, kind="stable")
        for start in range(0, len(order), _BATCH):
            some = order[start : start + _BATCH]
            pairs = zip(codes[some].tolist(), holders[some].tolist(), strict=True)
            told = [(code, names[holder]) for code, holder in pairs]
            self.connection.exec_driver_sql(statement, told)

    def _delete_keys(self, table: Table, name: str, codes: Codes) -> None:
        """Remove the keys of one holder; the keys are given, as the table is in their order."""
        code, holder = list(table.c)
        self.connection.execute(delete(table).where(code.in_(codes), holder == name))

    def put_parts(self, parts: Mapping[str, str]) -> None:
        """Note to which parts accounts belong now."""
        self._update(schema.linked, "account", "part", parts)

    def put_homes(self, homes: Mapping[str, str | None]) -> None:
        """Note of which incidents mentions speak now."""
        self._update(schema.linked, "account", "home", homes)

    def put_owners(self, owners: Mapping[str, str | None]) -> None:
        """Note which incidents accounts tell now."""
        self._update(schema.accounts, "id", "incident", owners)
        self.put_homes(owners)


def _linked_rows(kept: Kept) -> Iterator[dict[str, object]]:
    for account, codes in kept.keys.items():
        part = kept.parts[account]
        home = kept.homes.get(account)
        yield {"account": account, "part": part, "home": home, "codes": _packed(codes)}
    for account, codes in kept.asked.items():
        home = kept.homes.get(account)
        yield {"account": account, "part": None, "home": home, "codes": _packed(codes)}


def _event_row(event: Event) -> dict[str, object]:
    return {
        "incident": event.incident,
        "day": event.day,
        "place": event.place,
        "area": event.area,
        "record": msgspec.json.encode(event),
    }


def _tie_row(link: ChainLink) -> dict[str, object]:
    return {
        "source": link.source,
        "target": link.target,
        "relation": link.relation,
        "record": msgspec.json.encode(link),
    }


def _packed(codes: Codes) -> bytes:
    return array("q", codes).tobytes()


def _unpacked(packed: bytes) -> Codes:
    return array("q", packed)
