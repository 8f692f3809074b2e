"""`tocsin rebuild`: the store again from its sources."""

from __future__ import annotations

import click

from tocsin import pipeline
from tocsin.cli.options import load_settings, open_workspace, workspace_option


@click.command()
@workspace_option
def command(workspace: str | None) -> None:
    """Make the store again from reports, accounts, id ledger and journal."""
    settings = load_settings(workspace)
    place = open_workspace(settings)
    incidents = pipeline.rebuild(place, settings)
    click.echo(f"{len(incidents)} incidents from {len(place.reports())} reports", err=True)
