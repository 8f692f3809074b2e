"""`tocsin split`: accounts that belong elsewhere."""

from __future__ import annotations

import click

from tocsin.cli.deciding import carry_out, decision, incident_of, reason_options
from tocsin.cli.options import load_settings, open_store, open_workspace, workspace_option
from tocsin.errors import InputError
from tocsin.linking.rulings import split_of


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
    about, value = split_of(staying, going)
    made = decision("different", about, by=by or settings.user, value=value, reason=reason)
    carry_out(settings, place, [made], dry_run=dry_run)
