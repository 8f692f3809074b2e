"""`tocsin read`: inputs in, report records out."""

from __future__ import annotations

import sys

import click

from tocsin import records
from tocsin.cli.inputs import check_named, input_options, options_of
from tocsin.cli.options import load_settings, write_to
from tocsin.cli.rejects import report_rejects
from tocsin.intake import read
from tocsin.model import Reject


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT…")
@input_options
@click.option("--published", metavar="DATE", help="Publication date of inputs that state none.")
@click.option("--outlet", metavar="NAME", help="Outlet of inputs that name none.")
@click.option("-o", "--output", default="-", help="Where to write (default: standard output).")
@click.option("--strict", is_flag=True, help="Exit with 3 when something was not processed.")
def command(
    inputs: tuple[str, ...], published: str | None, outlet: str | None, output: str, strict: bool
) -> None:
    """Read inputs into report records, one JSON line each."""
    check_named(inputs)
    options = options_of(load_settings(None), published=published, outlet=outlet)
    rejects: list[Reject] = []
    with write_to(output) as out:
        for record in read(inputs, options=options):
            if isinstance(record, Reject):
                rejects.append(record)
            else:
                out.write(records.write(record) + b"\n")
    report_rejects(rejects)
    if strict and rejects:
        sys.exit(3)
