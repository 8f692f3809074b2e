"""`tocsin set`: correct a value, accept, reject, verify or note."""

from __future__ import annotations

from typing import get_args

import click

from tocsin import ontology
from tocsin.cli.deciding import carry_out, decision, founder, incident_of, reason_options
from tocsin.cli.options import load_settings, open_workspace, workspace_option
from tocsin.linking.corrections import fault_of
from tocsin.model import Decision
from tocsin.terms import Verification


@click.command()
@click.argument("incident")
@click.argument("values", nargs=-1, metavar="[SLOT=VALUE]…")
@click.option("--accept", "review", flag_value="accept", help="The record is right.")
@click.option("--reject", "review", flag_value="reject", help="The record is no incident.")
@click.option("--verify", type=click.Choice(get_args(Verification)), help="What we found out.")
@click.option("--note", metavar="WORDS", help="A remark for colleagues.")
@workspace_option
@reason_options
def command(
    incident: str,
    values: tuple[str, ...],
    review: str | None,
    verify: str | None,
    note: str | None,
    workspace: str | None,
    reason: str | None,
    by: str | None,
    dry_run: bool,
) -> None:
    """Correct values (killed=2, kind=curfew), accept, reject, verify or note an incident."""
    settings = load_settings(workspace)
    place = open_workspace(settings)
    about = (founder(incident_of(settings, place, incident), place),)
    who = by or settings.user
    made: list[Decision] = []
    for pair in values:
        slot, equals, value = pair.partition("=")
        if not equals:
            raise click.UsageError(f"{pair!r} is not SLOT=VALUE.")
        fault = fault_of(slot, value, ontology.load(settings.kinds_file))
        if fault:
            raise click.UsageError(fault)
        made.append(decision("set", about, by=who, slot=slot, value=value, reason=reason))
    if review == "accept":
        made.append(decision("accept", about, by=who, reason=reason))
    if review == "reject":
        made.append(decision("reject", about, by=who, reason=reason))
    if verify:
        made.append(decision("verify", about, by=who, value=verify, reason=reason))
    if note:
        made.append(decision("note", about, by=who, value=note, reason=reason))
    if not made:
        raise click.UsageError(
            "Say what to decide: SLOT=VALUE, --accept, --reject, --verify, --note."
        )
    carry_out(settings, place, made, dry_run=dry_run)
