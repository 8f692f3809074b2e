"""`tocsin journal`: show, check, export, import and undo decisions."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from tocsin import journal, records
from tocsin.cli.deciding import carry_out, decision
from tocsin.cli.options import load_settings, open_store, open_workspace, workspace_option, write_to
from tocsin.ids import read_ledger
from tocsin.linking.rulings import named_by, rule
from tocsin.masking import Mask
from tocsin.model import Decision
from tocsin.run import renewal


@click.group()
def command() -> None:
    """Show, check, export, import and undo what people decided."""


@command.command("list")
@workspace_option
def list_decisions(workspace: str | None) -> None:
    """List the decisions; those whose accounts are gone are marked as stranded."""
    settings = load_settings(workspace)
    place = open_workspace(settings)
    decisions = journal.read(place.journal)
    if not decisions:
        click.echo("Nobody decided anything yet.", err=True)
    ledger = read_ledger(place.ids)
    with open_store(settings, place) as store:
        present = store.owners(named_by(decisions, ledger))
    stranded = {found.seq for found in rule(decisions, present, ledger=ledger).stranded}
    mask = Mask.of(account for coded in place.codings() for account in coded.accounts)
    for found in decisions:
        click.echo(mask.text(line(found)) + ("  [stranded]" if found.seq in stranded else ""))


@command.command()
@workspace_option
def check(workspace: str | None) -> None:
    """Check that no line was cut, changed or brought in."""
    place = open_workspace(load_settings(workspace))
    click.echo(f"{len(journal.read(place.journal))} decisions, the chain is whole.", err=True)


@command.command("export")
@workspace_option
@click.option("-o", "--output", default="-", help="Where to write (default: standard output).")
def export_decisions(workspace: str | None, output: str) -> None:
    """Write the journal as it stands, for a colleague to import."""
    place = open_workspace(load_settings(workspace))
    with write_to(output) as out:
        for found in journal.read(place.journal):
            out.write(records.write(found) + b"\n")


@command.command("import")
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@workspace_option
def import_decisions(source: Path, workspace: str | None) -> None:
    """Take over a colleague's decisions; conflicts with ours are shown, the later one holds."""
    settings = load_settings(workspace)
    place = open_workspace(settings)
    taken = journal.take_over(place.journal, source)
    for ours, theirs in taken.conflicts:
        click.echo(f"conflict: {line(ours)}\n    with: {line(theirs)}")
    renewal.renew(place, settings)
    click.echo(f"{len(taken.added)} decisions taken over, {taken.known} known already", err=True)
    if taken.broken is not None:
        click.echo(f"Left out from there on: {taken.broken.args[0]}", err=True)
    sys.stdout.flush()


@command.command()
@click.argument("numbers", nargs=-1, required=True, type=int, metavar="NUMBER…")
@workspace_option
@click.option("--by", metavar="NAME", help="Who decides (default: setting `user`).")
@click.option("--dry-run", is_flag=True, help="Show what would change; decide nothing.")
def undo(numbers: tuple[int, ...], workspace: str | None, by: str | None, dry_run: bool) -> None:
    """Withdraw decisions by their numbers; both lines stay in the journal."""
    settings = load_settings(workspace)
    place = open_workspace(settings)
    known = {found.seq for found in journal.read(place.journal)}
    missing = [number for number in numbers if number not in known]
    if missing:
        raise click.UsageError(f"There is no decision {missing[0]}; see `tocsin journal list`.")
    made = decision("withdraw", [str(n) for n in numbers], by=by or settings.user)
    carry_out(settings, place, [made], dry_run=dry_run)


def line(found: Decision) -> str:
    """Return a decision as one line."""
    value = f" {found.slot}={found.value}" if found.slot else f" {found.value or ''}".rstrip()
    reason = f"  ({found.reason})" if found.reason else ""
    about = " ".join(found.about)
    return f"{found.seq} {found.at[:16]} {found.by}: {found.verb} {about}{value}{reason}"
