"""`tocsin split`: accounts that belong elsewhere."""

from __future__ import annotations

import click

from tocsin.cli.deciding import carry_out, decision, incident_of, reason_options
from tocsin.cli.options import load_settings, open_store, open_workspace, workspace_option
from tocsin.errors import InputError


@click.command()
@click.argument("incident")
@click.argument("leaving", nargs=-1, required=True, metavar="ACCOUNT|REPORT…")
@workspace_option
@reason_options
def command(
    incident: str,
    leaving: tuple[str, ...],
    workspace: str | None,
    reason: str | None,
    by: str | None,
    dry_run: bool,
) -> None:
    """Decide that what some accounts or reports tell is another incident."""
    settings = load_settings(workspace)
    place = open_workspace(settings)
    found = incident_of(settings, place, incident)
    with open_store(settings, place) as store:
        accounts = store.accounts_of(found.id)
    going = [a.id for a in accounts if a.id.startswith(leaving) or a.report.startswith(leaving)]
    staying = [a.id for a in accounts if a.id not in going]
    if not going or not staying:
        raise InputError(
            "Some accounts must leave and some must stay.",
            advice=f"`tocsin show {found.id}` shows them.",
        )
    who = by or settings.user
    made = [decision("different", (one, *staying), by=who, reason=reason) for one in going]
    made += [decision("same", ids, by=who, reason=reason) for ids in (going, staying) if ids[1:]]
    carry_out(settings, place, made, dry_run=dry_run)
