"""What all pages share: the workspace, its store, the ontology and the journal in memory."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from functools import cached_property

from tocsin import journal
from tocsin.desk.jobs import Starter
from tocsin.model import Decision, Incident
from tocsin.ontology import Ontology
from tocsin.settings import Settings
from tocsin.store.catalogue import Catalogue
from tocsin.store.released import Releases
from tocsin.store.store import Store
from tocsin.store.workspace import Workspace


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
        return Catalogue(self.store, self.settings.handling)

    @cached_property
    def starter(self) -> Starter:
        """Starts and stops the jobs of this workspace."""
        return Starter(self.workspace.folder.resolve(), self.user)

    @cached_property
    def releases(self) -> Releases:
        """What this desk may show."""
        return Releases(self.store, self.ontology, self.decisions, self.settings.handling)

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
