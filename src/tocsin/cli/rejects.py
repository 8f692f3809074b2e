"""What was not processed, for people, on stderr."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from tocsin.model import Reject

_SHOWN = 5  # when the others stand in a file


def report_rejects(rejects: Sequence[Reject], kept_in: Path | None = None) -> None:
    """Say what was not processed, why, and what to do next; the first ones where a file has all."""
    shown = len(rejects) if kept_in is None else _SHOWN
    for reject in rejects[:shown]:
        click.echo(f"not read: {reject.where}: {reject.message} {reject.advice}", err=True)
    if len(rejects) > shown:
        click.echo(f"… and {len(rejects) - shown} more: see {kept_in}", err=True)
