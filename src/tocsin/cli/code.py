"""`tocsin code`: report records in, codings out."""

from __future__ import annotations

import click

from tocsin import records
from tocsin.cli.options import load_settings, read_from, workspace_option, write_to
from tocsin.cli.rejects import report_rejects
from tocsin.errors import InputError
from tocsin.model import Reject, Report
from tocsin.run.local import code_all


@click.command()
@click.argument("source", default="-", metavar="[REPORTS]")
@workspace_option
@click.option("-o", "--output", default="-", help="Where to write (default: standard output).")
def command(source: str, workspace: str | None, output: str) -> None:
    """Code report records: one JSON line for each report, with the accounts read in it."""
    settings = load_settings(workspace)
    with read_from(source) as lines, write_to(output) as out:
        reports = [record for record in records.read_lines(lines) if isinstance(record, Report)]
        if not reports:
            raise InputError("No report record was given.", advice="Make some: tocsin read INPUT…")
        rejects: list[Reject] = []
        for coded in code_all(reports, settings):
            if isinstance(coded, Reject):
                rejects.append(coded)
                continue
            out.write(records.write(coded) + b"\n")
            out.flush()
    report_rejects(rejects)
