"""`tocsin link`: reports and codings in, incident records out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import click

from tocsin import pipeline, records
from tocsin.cli.options import load_settings, read_from, workspace_option, write_to
from tocsin.errors import InputError
from tocsin.model import Coded, Record, Report


@click.command()
@click.argument("sources", nargs=-1, metavar="[REPORTS CODINGS]…")
@workspace_option
@click.option("-o", "--output", default="-", help="Where to write (default: standard output).")
def command(sources: tuple[str, ...], workspace: str | None, output: str) -> None:
    """Link accounts into incidents: one JSON line each.

    Give the files that `read` and `code` wrote, in any order; - is standard input. Reports are
    needed for outlets and copies; without them each report counts as its own.
    """
    reports: dict[str, Report] = {}
    coded: dict[str, Coded] = {}
    for record in _all_records(sources or ("-",)):
        if isinstance(record, Report):
            reports[record.id] = record
        elif isinstance(record, Coded):
            coded[record.report] = record
    if not coded:
        raise InputError(
            "No coded report was given.", advice="Make some: tocsin code REPORTS -o CODED"
        )
    incidents = pipeline.link_records(reports, coded, load_settings(workspace))
    with write_to(output) as out:
        for incident in incidents:
            out.write(records.write(incident) + b"\n")


def _all_records(sources: Iterable[str]) -> Iterator[Record]:
    for source in sources:
        with read_from(source) as lines:
            yield from records.read_lines(lines)
