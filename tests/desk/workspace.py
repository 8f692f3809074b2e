"""A workspace of made-up reports, linked and stored, for tests of the desk."""

from __future__ import annotations

from pathlib import Path

from benchmarks.made_up import world

from tocsin import linking
from tocsin.desk.state import Desk
from tocsin.ids import append_ledger
from tocsin.model import Coded
from tocsin.ontology import load
from tocsin.settings import Settings
from tocsin.store.store import Store
from tocsin.store.workspace import Workspace

ONTOLOGY = load()


def make_desk(folder: Path, *, size: int = 60, user: str = "Ada") -> Desk:
    """Return a desk over a new workspace; close its store when done."""
    made = world(size)
    workspace = Workspace(folder)
    reports = {report.id: report for report in made.reports}
    with workspace.add_reports() as appender:
        for report in made.reports:
            appender.add(report)
    with workspace.add_coded() as appender:
        for account in made.accounts:
            digest = reports[account.report].text_digest
            appender.add(
                Coded(
                    report=account.report, text_digest=digest, coder="made-up", accounts=(account,)
                )
            )
    linked = linking.link(made.accounts, reports, ontology=ONTOLOGY)
    append_ledger(workspace.ids, linked.issued)
    store = Store.open(workspace.store)
    store.save(
        reports=made.reports,
        versions=made.reports,
        accounts=made.accounts,
        incidents=linked.incidents,
        ontology=ONTOLOGY,
    )
    return Desk(Settings(user=user), workspace, store, ONTOLOGY, user)
