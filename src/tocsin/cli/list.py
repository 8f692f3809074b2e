"""`tocsin list`: the incidents or reports of a workspace."""

from __future__ import annotations

import sys

import click

from tocsin import describe, records
from tocsin.cli.options import level_option, opened, workspace_option
from tocsin.cli.table import print_table
from tocsin.terms import Handling


@click.command()
@workspace_option
@level_option
@click.option("--reports", is_flag=True, help="List the reports instead.")
@click.option("--rejects", is_flag=True, help="List what was not processed instead.")
@click.option("--ids", is_flag=True, help="Print ids only, the most reported first.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON lines.")
def command(
    workspace: str | None,
    level: Handling | None,
    reports: bool,
    rejects: bool,
    ids: bool,
    as_json: bool,
) -> None:
    """List the incidents of a workspace."""
    with opened(workspace, level) as (place, shown):
        if rejects:
            for reject in place.rejects():
                line = f"{reject.where}: {reject.message} {reject.advice}"
                click.echo(records.write(reject) if as_json else line)
            return
        if reports:
            for report, mask in shown.reports():
                line = mask.text(describe.source_line(report))
                click.echo(records.write(shown.bare(report, mask)) if as_json else line)
            return
        found, kept_back = list(shown.incidents()), shown.kept_back()
    if ids:
        for incident in sorted(found, key=lambda i: (-i.reports, i.id)):
            click.echo(incident.id)
        return
    if as_json:
        for incident in found:
            sys.stdout.buffer.write(records.write(incident) + b"\n")
        return
    print_table(found, shown.ontology, kept_back)
