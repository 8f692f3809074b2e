"""What long commands share: their progress on the screen and in the workspace, and a stop mark."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import click

from tocsin.cli.progress import Steps
from tocsin.settings import Settings
from tocsin.store.jobs import Job, Jobs, Running, alone, running
from tocsin.store.workspace import Workspace

_PATIENCE = 0.5  # seconds between two looks whether another job has ended

job_option = click.option("--job", "identifier", hidden=True, help="The id the desk gave this job.")


@contextmanager
def job(
    settings: Settings, workspace: Workspace, what: str, identifier: str | None
) -> Iterator[Running]:
    """Yield where a command says how far it is; one job of a workspace works at a time."""
    jobs = Jobs(workspace.folder)
    made = jobs.get(identifier or "") or Job(
        id=identifier or secrets.token_hex(6), what=what, by=settings.user, started=_now()
    )
    with (
        Steps() as shown,
        running(jobs, made, clock=time.monotonic, now=_now, shown=shown) as noted,
        alone(jobs.folder / "turn.lock", wait=lambda: _waits(noted)),
    ):
        noted("read", 0)
        yield noted


def _waits(noted: Running) -> bool:
    if noted.job.state != "waiting":
        click.echo("Another job works on this workspace; this one waits for its turn.", err=True)
        noted.note(state="waiting")
    time.sleep(_PATIENCE)
    return noted.look()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
