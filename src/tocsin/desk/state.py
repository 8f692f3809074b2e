"""What all pages share: the workspace, its store, the ontology and the journal in memory."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from tocsin import journal
from tocsin.masking import Mask
from tocsin.model import Account, Decision, Incident, Report
from tocsin.ontology import Ontology
from tocsin.settings import Settings
from tocsin.store.catalogue import Catalogue
from tocsin.store.store import Store
from tocsin.store.workspace import Workspace

UNMASK = "unmask"  # the slot of a note that shows one person's name again, with a reason


@dataclass(frozen=True)
class Telling:
    """An incident with everything its page shows: accounts, reports and whom to mask."""

    incident: Incident
    accounts: tuple[Account, ...]
    reports: dict[str, Report]
    mask: Mask
    names: tuple[tuple[str, str], ...]


@dataclass
class Desk:
    """One open workspace."""

    settings: Settings
    workspace: Workspace
    store: Store
    ontology: Ontology
    user: str
    lock: threading.RLock = field(default_factory=threading.RLock)
    _journal: tuple[tuple[int, int], tuple[Decision, ...]] = ((0, 0), ())

    @cached_property
    def catalogue(self) -> Catalogue:
        """Answers to queries, in memory."""
        return Catalogue(self.store)

    def decisions(self) -> tuple[Decision, ...]:
        """Return all decisions; the file is read again when it has changed."""
        path = self.workspace.journal
        state = path.stat() if path.exists() else None
        mark = (state.st_size, state.st_mtime_ns) if state else (0, 0)
        with self.lock:
            if mark != self._journal[0]:
                self._journal = (mark, journal.read(path))
            return self._journal[1]

    def decisions_about(self, incident: Incident) -> list[Decision]:
        """Return the decisions about an incident's accounts, oldest first."""
        mine = set(incident.accounts)
        decisions = self.decisions()
        found = {d.seq for d in decisions if mine & set(d.about)}
        withdrawing = {str(seq) for seq in found}
        return [d for d in decisions if d.seq in found or withdrawing & set(d.about)]

    def unmasked(self) -> frozenset[str]:
        """Return the names that an editor decided to show."""
        void = {seq for d in self.decisions() if d.verb == "withdraw" for seq in d.about}
        return frozenset(
            d.value
            for d in self.decisions()
            if d.verb == "note" and d.slot == UNMASK and d.value and str(d.seq) not in void
        )

    def telling(self, incident: Incident) -> Telling:
        """Return an incident with its accounts, its reports and the names to mask."""
        accounts = tuple(self.store.accounts_of(incident.id))
        ids = sorted({account.report for account in accounts})
        around = self.around(ids)
        return Telling(
            incident=incident,
            accounts=accounts,
            reports=self.store.reports_by_id(ids),
            mask=self.mask(around),
            names=Mask.of(around).labels,
        )

    def around(self, reports: Iterable[str]) -> list[Account]:
        """Return all accounts in reports and of the incidents told there.

        A name stands masked in one report for what the next one says: a child's age, a charge.
        """
        here = self.store.accounts_in(*reports)
        told = self.store.accounts_of(*set(self.store.owners(a.id for a in here).values()))
        return list({account.id: account for account in (*here, *told)}.values())

    def mask(self, accounts: Iterable[Account]) -> Mask:
        """Return the mask of some accounts, save the names an editor decided to show."""
        return Mask.of(accounts, self.unmasked())
