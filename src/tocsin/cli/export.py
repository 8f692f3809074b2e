"""`tocsin export`: incidents in another format."""

from __future__ import annotations

import click

from tocsin.cli.options import load_settings, open_store, open_workspace, workspace_option, write_to
from tocsin.export import FORMATS
from tocsin.masking import Mask


@click.command()
@click.argument("format_name", metavar="FORMAT", type=click.Choice(sorted(FORMATS)))
@workspace_option
@click.option("-o", "--output", default="-", help="Where to write (default: standard output).")
def command(format_name: str, workspace: str | None, output: str) -> None:
    """Write the incidents of a workspace as FORMAT, names masked."""
    settings = load_settings(workspace)
    with open_store(settings, open_workspace(settings)) as store, write_to(output) as out:
        mask = Mask.of(store.accounts())
        incidents = (mask.record(i) for i in store.incidents() if i.review != "rejected")
        for chunk in FORMATS[format_name].write(incidents):
            out.write(chunk)
