"""`tocsin rebuild`: the store again from its sources."""

from __future__ import annotations

import click

from tocsin.cli.job import job, job_option
from tocsin.cli.options import load_settings, open_workspace, workspace_option
from tocsin.run import renewal


@click.command()
@workspace_option
@job_option
def command(workspace: str | None, identifier: str | None) -> None:
    """Make the store again from reports, accounts, id ledger and journal."""
    settings = load_settings(workspace)
    place = open_workspace(settings)
    with job(settings, place, "rebuild", identifier) as step:
        incidents = renewal.rebuild(place, settings, step=step)
    click.echo(f"{len(incidents)} incidents from {len(place.reports())} reports", err=True)
