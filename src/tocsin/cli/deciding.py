"""What commands that decide share: naming accounts, previewing, writing, carrying out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import click
import msgspec

from tocsin import describe, ids, journal, ontology
from tocsin.cli.options import open_store
from tocsin.errors import InputError
from tocsin.masking import Mask
from tocsin.model import Decision, Incident
from tocsin.run import renewal
from tocsin.settings import Settings
from tocsin.store.workspace import Workspace
from tocsin.terms import Verb

Command = Callable[..., None]


def reason_options(function: Command) -> Command:
    """Add `--by`, `--reason` and `--dry-run`."""
    function = click.option(
        "--dry-run", is_flag=True, help="Show what would change; decide nothing."
    )(function)
    function = click.option("--by", metavar="NAME", help="Who decides (default: setting `user`).")(
        function
    )
    return click.option("--reason", metavar="WORDS", help="Why; stands in the journal.")(function)


def incident_of(settings: Settings, workspace: Workspace, name: str) -> Incident:
    """Return the incident that an id, the beginning of one, or a former id names."""
    ledger = ids.read_ledger(workspace.ids)
    former = [known for known in ledger.latest if known.startswith(name)]
    heirs = {ledger.heir(known) for known in former}
    with open_store(settings, workspace) as store:
        found = store.incident(heirs.pop() if len(heirs) == 1 else name)
    if found is None:
        raise InputError(
            f"No incident here has an id that starts with {name!r}, or several have.",
            advice="`tocsin list` shows the ids.",
        )
    return found


def founder(incident: Incident, workspace: Workspace) -> str:
    """Return the account by which decisions name an incident."""
    founded = ids.read_ledger(workspace.ids).founded.get(incident.id, ())
    mine = set(incident.accounts)
    return next((account for account in founded if account in mine), incident.accounts[0])


def decision(
    verb: Verb,
    about: Sequence[str],
    *,
    by: str,
    slot: str | None = None,
    value: str | None = None,
    reason: str | None = None,
) -> Decision:
    """Return a decision of now, still without its number."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return Decision(
        seq=0, at=now, by=by, verb=verb, about=tuple(about), prev="",
        slot=slot, value=value, reason=reason,
    )  # fmt: skip


def carry_out(
    settings: Settings, workspace: Workspace, decisions: Sequence[Decision], *, dry_run: bool
) -> None:
    """Show what decisions change, and unless it is a dry run, write them and relink."""
    known = journal.read(workspace.journal)
    numbered = [msgspec.structs.replace(d, seq=len(known) + n) for n, d in enumerate(decisions, 1)]
    outlook = renewal.foresee(workspace, settings, numbered)
    mask = Mask.of(outlook.around)
    for line in changes(outlook.before, outlook.after, settings):
        click.echo(mask.text(line))
    if dry_run:
        click.echo("Nothing was written (--dry-run).", err=True)
        return
    written = [journal.append(workspace.journal, d) for d in decisions]
    renewal.renew(workspace, settings)
    numbers = " ".join(str(d.seq) for d in written)
    click.echo(f"Decided ({numbers}). To undo: tocsin journal undo {numbers}", err=True)


def changes(
    before: dict[str, Incident], after: dict[str, Incident], settings: Settings
) -> list[str]:
    """Return in words what becomes of incidents; one line each."""
    kinds = ontology.load(settings.kinds_file)
    lines = []
    for name in sorted(before.keys() | after.keys()):
        old, new = before.get(name), after.get(name)
        if old == new:
            continue
        if new is None and old is not None:
            home = next((i for i in after.values() if old.accounts[0] in i.accounts), None)
            lines.append(f"{name} becomes a part of {home.id if home else 'nothing'}")
        elif new is not None:
            what = "is new" if old is None else "changes"
            reports = f"{new.reports} report{'s' if new.reports != 1 else ''}"
            lines.append(f"{name} {what}: {describe.headline(new, kinds)} ({reports})")
    return lines or ["No incident changes."]
