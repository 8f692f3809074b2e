"""`tocsin export`: incidents in another format."""

from __future__ import annotations

import click

from tocsin.cli.options import level_option, opened, workspace_option, write_to
from tocsin.export import FORMATS
from tocsin.terms import Handling


@click.command()
@click.argument("format_name", metavar="FORMAT", type=click.Choice(sorted(FORMATS)))
@workspace_option
@level_option
@click.option("-o", "--output", default="-", help="Where to write (default: standard output).")
def command(format_name: str, workspace: str | None, level: Handling | None, output: str) -> None:
    """Write the incidents of a workspace as FORMAT, names masked."""
    with opened(workspace, level) as (_, shown), write_to(output) as out:
        incidents = (found for found in shown.incidents() if found.review != "rejected")
        for chunk in FORMATS[format_name].write(incidents):
            out.write(chunk)
