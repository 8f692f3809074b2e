"""`tocsin merge`: incidents that are one."""

from __future__ import annotations

import click

from tocsin.cli.deciding import carry_out, decision, incident_of, reason_options
from tocsin.cli.options import load_settings, open_workspace, workspace_option


@click.command()
@click.argument("incidents", nargs=-1, required=True, metavar="INCIDENT INCIDENT…")
@workspace_option
@reason_options
def command(
    incidents: tuple[str, ...],
    workspace: str | None,
    reason: str | None,
    by: str | None,
    dry_run: bool,
) -> None:
    """Decide that incidents are one; the oldest id stays, the others lead to it."""
    if len(incidents) < 2:
        raise click.UsageError("Name at least two incidents.")
    settings = load_settings(workspace)
    place = open_workspace(settings)
    found = [incident_of(settings, place, name) for name in incidents]
    # All accounts by name: two of them alone would part from those that contradict the other one.
    about = dict.fromkeys(account for incident in found for account in incident.accounts)
    if len({incident.id for incident in found}) < 2:
        raise click.UsageError("These names lead to one incident.")
    made = decision("same", tuple(about), by=by or settings.user, reason=reason)
    carry_out(settings, place, [made], dry_run=dry_run)
