"""`tocsin show`: one incident or report with the words behind each value."""

from __future__ import annotations

import sys
from collections.abc import Iterable

import click
from rich.console import Console
from rich.markup import escape

from tocsin import describe, records, shown
from tocsin.cli.options import level_option, opened, report_of, workspace_option
from tocsin.cli.quoted import show_quotes
from tocsin.cli.table import make_console, print_indented, sources
from tocsin.cli.versions import show_versions
from tocsin.cli.why import show_why
from tocsin.masking import Mask
from tocsin.model import Account, Claim, Entry, Incident, Reading, Report
from tocsin.store.released import Releases, Telling
from tocsin.terms import Handling

_LINES = 3  # wordings of a value that are printed


@click.command()
@click.argument("identifier", metavar="ID")
@click.option("--why", metavar="OTHER", help="Why ID and OTHER are, or are not, one incident.")
@workspace_option
@level_option
@click.option("--json", "as_json", is_flag=True, help="Print the record as JSON.")
@click.option("--cuts", is_flag=True, help="What was cut from the report(s), and why.")
@click.option("--versions", is_flag=True, help="How text and facts of the report(s) changed.")
def command(
    identifier: str,
    why: str | None,
    workspace: str | None,
    level: Handling | None,
    as_json: bool,
    cuts: bool,
    versions: bool,
) -> None:
    """Show one incident or report: every value with its words, speaker and source.

    ID is an incident's or a report's id, or the beginning of one.
    """
    with opened(workspace, level) as (place, visible):
        if why is not None:
            show_why(identifier, why, visible)
            return
        incident = visible.store.incident(identifier)
        telling = visible.telling(incident) if incident is not None else None
        if telling is not None and not (cuts or versions):
            _show_incident(telling, visible, as_json)
            return
        for report in _reports(identifier, telling, visible):
            if versions:
                show_versions(_console(), report.id, place, visible)
            else:
                _show_report(report, visible, as_json, cuts)


def _reports(identifier: str, telling: Telling | None, visible: Releases) -> Iterable[Report]:
    """Return the reports of an incident, or the one report that an id names."""
    if telling is not None:
        return telling.reports.values()
    return [report_of(identifier, visible)]


def _show_incident(telling: Telling, visible: Releases, as_json: bool) -> None:
    incident, mask = telling.incident, telling.mask
    if as_json:
        sys.stdout.buffer.write(records.write(incident) + b"\n")
        return
    console = _console()
    claims = {claim.id: claim for account in telling.accounts for claim in account.claims}
    headline = escape(describe.headline(incident, visible.ontology))
    print_indented(console, f"[bold]{headline}[/bold]", 0)
    console.print(f"{incident.id}   {sources(incident)}   {incident.review}")
    for slot, entries in shown.slots(incident):
        console.print(f"\n[bold]{slot.replace('_', ' ')}[/bold]")
        for entry in entries:
            _print_entry(console, entry, claims, telling.reports, mask)
    show_quotes(console, telling)
    _print_chain(console, incident, visible)
    _print_history(console, incident)
    console.print("\n[bold]reports[/bold]")
    for report in telling.reports.values():
        print_indented(console, escape(mask.text(describe.source_line(report))), 2)
    if telling.withheld:
        console.print(f"  {telling.withheld} more above the handling level of this output")


def _print_entry(
    console: Console,
    entry: Entry,
    claims: dict[str, Claim],
    reports: dict[str, Report],
    mask: Mask,
) -> None:
    readings = (entry.shown, *entry.others)
    for number, reading in enumerate(readings):
        value = describe.value(reading.value)
        who = describe.who_says(reading)
        lead = "" if number == 0 else _lead(entry.shown, reading)
        print_indented(console, f"{lead}{escape(value)}  [dim]({escape(who)})[/dim]", 2)
        known = (claims[claim] for claim in reading.claims if claim in claims)
        lines = describe.evidence_lines(known, reports, mask)
        for line in lines[:_LINES]:
            print_indented(console, f"[dim]{escape(line)}[/dim]", 6)
        if len(lines) > _LINES:
            more = len(lines) - _LINES
            plural = "" if more == 1 else "s"
            console.print(f"      [dim]… and {more} more wording{plural}[/dim]")
    if entry.others:
        print_indented(console, f"[dim]shown because: {escape(entry.why)}[/dim]", 2)


def _lead(best: Reading, other: Reading) -> str:
    """What another reading is to the one shown: a difference, or the same more or less exactly."""
    return "also: " if shown.agrees(best.value, other.value) else "differs: "


def _print_chain(console: Console, incident: Incident, visible: Releases) -> None:
    if not incident.links:
        return
    console.print("\n[bold]chain[/bold]")
    for link in incident.links:
        outgoing = link.source == incident.id
        other = visible.incident(link.target if outgoing else link.source)
        if other is None:
            continue
        words = describe.relation(link.relation, outgoing=outgoing)
        title = describe.headline(other, visible.ontology)
        line = f"{words} {escape(title)}  [dim]({link.basis}, {other.id})[/dim]"
        print_indented(console, line, 2)


def _print_history(console: Console, incident: Incident) -> None:
    if not incident.history:
        return
    console.print("\n[bold]how values changed[/bold]")
    for change in incident.history:
        before = change.before or "not stated"
        line = f"{change.slot}: {before} -> {change.after}"
        print_indented(console, f"{escape(line)}  [dim]{change.at or ''}[/dim]", 2)


def _show_report(report: Report, visible: Releases, as_json: bool, cuts: bool) -> None:
    mask = visible.mask_of([report.id])
    if as_json:
        sys.stdout.buffer.write(records.write(visible.bare(report, mask)) + b"\n")
        return
    console = _console()
    console.print(f"[bold]{escape(mask.text(describe.source_line(report)))}[/bold]")
    if cuts:
        for cut in report.cuts:
            words = " ".join(report.text[cut.start : cut.end].split())
            console.print(f"  cut ({escape(cut.reason)}): {escape(mask.text(words))}")
        if not report.cuts:
            console.print("  nothing was cut")
        return
    for account in visible.store.accounts_in(report.id):
        _print_account(console, mask.record(account), report, mask)


def _print_account(console: Console, account: Account, report: Report, mask: Mask) -> None:
    console.print(f"\n[bold]{account.kind}[/bold] ({account.status})  [dim]{account.id}[/dim]")
    for claim in account.claims:
        value = f"{claim.slot}: {describe.value(claim.value)}"
        print_indented(console, escape(value), 2)
        line = describe.evidence_line(claim, report, mask)
        print_indented(console, f"[dim]{escape(line)}[/dim]", 6)


def _console() -> Console:
    return make_console(120)
