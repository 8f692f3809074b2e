"""`tocsin run`: the main job."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

import click

from tocsin import ontology, pipeline, records
from tocsin.cli.inputs import check_named, input_options, options_of
from tocsin.cli.job import job, job_option
from tocsin.cli.options import (
    load_settings,
    open_store,
    open_workspace,
    released,
    workspace_option,
)
from tocsin.cli.rejects import report_rejects
from tocsin.cli.table import print_table

_MANY = 200  # incidents that did not change; of more, the table shows those of this run alone


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT…")
@workspace_option
@input_options
@click.option("--published", metavar="DATE", help="Publication date of inputs that state none.")
@click.option("--outlet", metavar="NAME", help="Outlet of inputs that name none.")
@click.option("--json", "as_json", is_flag=True, help="Print incidents as JSON lines.")
@click.option("--strict", is_flag=True, help="Exit with 3 when something was not processed.")
@click.option("--workers", type=click.IntRange(1), help="Worker processes (default 1).")
@job_option
def command(
    inputs: tuple[str, ...],
    workspace: str | None,
    published: str | None,
    outlet: str | None,
    as_json: bool,
    strict: bool,
    workers: int | None,
    identifier: str | None,
) -> None:
    """Read, code, link and store reports; print a table of incidents.

    INPUT is a file, a folder, a web address or - for standard input.
    """
    check_named(inputs)
    settings = load_settings(workspace, workers=workers)
    options = options_of(settings, published=published, outlet=outlet)
    place = open_workspace(settings, create=True)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    with job(settings, place, "run", identifier) as step:
        outcome = pipeline.run(inputs, place, settings, options=options, at=now, step=step)
        step.note(message=in_words(outcome))
    changed = [incident.id for incident in outcome.incidents]
    others = outcome.counters["incidents"] - len(changed)
    some = not as_json and others > _MANY
    with open_store(settings, place) as store:
        shown = released(settings, place, store)
        found, kept_back = list(shown.incidents(only=changed if some else None)), shown.kept_back()
    if as_json:
        for incident in found:
            sys.stdout.buffer.write(records.write(incident) + b"\n")
    elif not found and not outcome.counters.get("reports"):
        click.echo("No report was read.")
    else:
        print_table(found, ontology.load(settings.kinds_file), kept_back)
    if some:
        click.echo(f"{others:,} other incidents are not shown here; `tocsin list` shows all.")
    report_rejects(outcome.rejects, place.folder / "rejects.jsonl")
    if strict and outcome.rejects:
        sys.exit(3)


def in_words(outcome: pipeline.Outcome) -> str:
    """Return what a run made, in one line."""
    counted = outcome.counters
    new, found = counted.get("new_reports", 0), counted.get("incidents", 0)
    made = f"{new} new report{'' if new == 1 else 's'}, {found} incident{'' if found == 1 else 's'}"
    return made + (f"; {len(outcome.rejects)} not read" if outcome.rejects else "")
