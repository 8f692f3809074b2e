"""What outputs may show: within a handling level, names masked, private places blurred.

Desk, API, exports and commands all ask here, so that none of them shows more than another. A
claim has the level of its report: an incident that stands in public and in restricted reports is
shown as its public reports alone tell it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

import msgspec
from sqlalchemy import func, select

from tocsin import records
from tocsin.linking.quotes import is_issued, is_quoting
from tocsin.masking import Mask, unmasked
from tocsin.model import Account, Decision, Incident, Report
from tocsin.ontology import Ontology
from tocsin.store import schema
from tocsin.store.levels import tell, within
from tocsin.store.store import Store
from tocsin.terms import Handling

_BATCH = 200
# Days before and after an incident's reports in which a release on it may stand.
_AROUND = 14


@dataclass(frozen=True)
class Telling:
    """An incident with all that may be shown of it; only reports still have names inside.

    Whoever shows words of a report puts them through `mask`. `documents` are texts beside its
    reports that a speaker may have put out.
    """

    incident: Incident
    accounts: tuple[Account, ...]
    reports: dict[str, Report]
    mask: Mask
    withheld: int = 0
    documents: dict[str, Report] = field(default_factory=dict)


@dataclass(frozen=True)
class Releases:
    """Answers for all outputs of one level over one store."""

    store: Store
    ontology: Ontology
    decisions: Callable[[], Sequence[Decision]]
    level: Handling = "public"

    @cached_property
    def _shown(self) -> tuple[Handling, ...]:
        return within(self.level)

    def telling(
        self, incident: Incident, accounts: Sequence[Account] | None = None
    ) -> Telling | None:
        """Return an incident with its accounts, its reports and whom to mask, if it may be shown.

        The mask looks at withheld accounts too: what they say of a person still hides the name.
        """
        every = self.store.accounts_of(incident.id) if accounts is None else accounts
        reports = self.store.reports_by_id({account.report for account in every})
        decisions = self.decisions()
        told = tell(
            incident, every, reports, self.level, ontology=self.ontology, decisions=decisions
        )
        if told is None:
            return None
        found, shown = told
        mask = self.mask_of(sorted(reports))
        kept = {account.report for account in shown}
        return Telling(
            incident=mask.record(found),
            accounts=tuple(mask.record(account) for account in shown),
            reports={name: report for name, report in reports.items() if name in kept},
            mask=mask,
            withheld=len({account.report for account in every} - kept),
            documents=self._documents(shown),
        )

    def _documents(self, accounts: Sequence[Account]) -> dict[str, Report]:
        """Texts put out by a body in the weeks around an incident that quotes somebody."""
        days = sorted(account.published[:10] for account in accounts if account.published)
        if not days or not is_quoting(accounts):
            return {}
        around = timedelta(days=_AROUND)
        first, last = date.fromisoformat(days[0]) - around, date.fromisoformat(days[-1]) + around
        found = self.store.issued(first.isoformat(), f"{last.isoformat()}T99", most=_BATCH)
        return {r.id: r for r in found if is_issued(r) and r.handling in self._shown}

    def incident(self, prefix: str) -> Incident | None:
        """Return the incident whose id starts with a prefix as outputs show it."""
        found = self.store.incident(prefix)
        telling = self.telling(found) if found is not None else None
        return telling.incident if telling is not None else None

    def incidents(
        self, *, limit: int | None = None, only: Collection[str] | None = None
    ) -> Iterator[Incident]:
        """Yield incidents as outputs show them, in the order of their days, undated last."""
        narrow = schema.incidents
        query = (
            select(narrow.c.id)
            .where(narrow.c.handling.in_(self._shown))
            .order_by(narrow.c.day.is_(None), narrow.c.day, narrow.c.id)
        )
        if only is not None:
            query = query.where(narrow.c.id.in_(list(only)))
        with self.store.engine.connect() as connection:
            names = [row[0] for row in connection.execute(query.limit(limit))]
        for start in range(0, len(names), _BATCH):
            batch = names[start : start + _BATCH]
            found = self.written(batch)
            yield from self._read(found[name] for name in batch if name in found)

    def kept_back(self) -> dict[str, int]:
        """Return how many incidents no report of this level tells, by the level that shows them."""
        level = schema.incidents.c.handling
        query = select(level, func.count()).where(level.not_in(self._shown)).group_by(level)
        with self.store.engine.connect() as connection:
            return {str(name): int(count) for name, count in connection.execute(query)}

    def _read(self, lines: Iterable[bytes]) -> Iterator[Incident]:
        return (found for line in lines if isinstance(found := records.read(line), Incident))

    def written(self, identifiers: Sequence[str]) -> dict[str, bytes]:
        """Return records as outputs show them, by id, as they were written when stored."""
        narrow, whole = schema.incidents, schema.incident_records
        query = (
            select(whole.c.id, func.coalesce(whole.c.released, whole.c.record))
            .join(narrow, narrow.c.id == whole.c.id)
            .where(whole.c.id.in_(list(identifiers)), narrow.c.handling.in_(self._shown))
        )
        with self.store.engine.connect() as connection:
            found = {row[0]: row[1] for row in connection.execute(query)}
        for name in self._told_higher(found):
            incident = self.incident(name)
            if incident is not None:
                found[name] = records.write(incident)
        return found

    def _told_higher(self, names: Iterable[str]) -> list[str]:
        """Return incidents told by reports above public that this level shows."""
        if self.level == "public":
            return []
        accounts, reports = schema.accounts, schema.reports
        query = (
            select(accounts.c.incident)
            .join(reports, reports.c.id == accounts.c.report)
            .where(accounts.c.incident.in_(list(names)), reports.c.handling != "public")
            .distinct()
        )
        with self.store.engine.connect() as connection:
            return [row[0] for row in connection.execute(query)]

    def report(self, prefix: str) -> Report | None:
        """Return the report whose id starts with a prefix, if this level shows it."""
        found = self.store.report(prefix)
        return found if found is not None and found.handling in self._shown else None

    def reports(self) -> Iterator[tuple[Report, Mask]]:
        """Yield the reports this level shows, oldest first, each with its mask."""
        for report in self.store.reports():
            if report.handling in self._shown:
                yield report, self.mask_of([report.id])

    def bare(self, report: Report, mask: Mask) -> Report:
        """Return a report as outputs show it: its full text stays in the workspace."""
        return mask.record(msgspec.structs.replace(report, text=""))

    def around(self, reports: Iterable[str]) -> list[Account]:
        """Return all accounts in reports and of the incidents told there.

        A name stands masked in one report for what the next one says: a child's age, a charge.
        """
        here = self.store.accounts_in(*reports)
        told = self.store.accounts_of(*set(self.store.owners(a.id for a in here).values()))
        return list({account.id: account for account in (*here, *told)}.values())

    def mask_of(self, reports: Iterable[str]) -> Mask:
        """Return the mask of what stands in some reports."""
        return self.mask(self.around(reports))

    def mask(self, accounts: Sequence[Account]) -> Mask:
        """Return the mask of some accounts, save the names an editor decided to show."""
        return Mask.of(accounts, unmasked(self.decisions(), accounts))
