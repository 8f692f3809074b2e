"""What changed between the versions of one report: in its text and in the facts read from it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from rich.console import Console
from rich.markup import escape

from tocsin import describe
from tocsin.intake.furniture import kept_text
from tocsin.model import Account, Report
from tocsin.run.editions import in_order
from tocsin.store.levels import within
from tocsin.store.released import Releases
from tocsin.store.workspace import Workspace
from tocsin.text.changes import text_changes


def show_versions(console: Console, report: str, workspace: Workspace, visible: Releases) -> None:
    """Print each version of a report with what is other in it than in the one before."""
    levels = within(visible.level)
    versions = in_order(v for v in workspace.versions() if v.id == report and v.handling in levels)
    told = {c.text_digest: c.accounts for c in workspace.codings() if c.report == report}
    former = [account for accounts in told.values() for account in accounts]
    mask = visible.mask([*visible.around([report]), *former])
    console.print(f"[bold]{escape(mask.text(describe.source_line(versions[-1])))}[/bold]")
    console.print(f"version 1 of {len(versions)}  [dim]{_dates(versions[0])}[/dim]")
    for number, (old, new) in enumerate(pairwise(versions), 2):
        console.print(f"\nversion {number} of {len(versions)}  [dim]{_dates(new)}[/dim]")
        lines = [*_text_lines(old, new), *_fact_lines(told, old, new)]
        for line in lines or ["  nothing that a reader sees changed"]:
            console.print(escape(mask.text(line)))


def _dates(report: Report) -> str:
    acquired = report.acquired.at if report.acquired else None
    known = {
        "published": report.published.value if report.published else None,
        "updated": report.updated,
        "acquired": acquired,
    }
    return ", ".join(f"{name} {value}" for name, value in known.items() if value) or "no date"


def _text_lines(old: Report, new: Report) -> list[str]:
    """Return the paragraphs that changed, without what is cut: furniture always changes."""
    lines = []
    for change in text_changes(kept_text(old.text, old.cuts), kept_text(new.text, new.cuts)):
        lines += [f"  - {change.before}"] if change.before else []
        lines += [f"  + {change.after}"] if change.after else []
    return lines


def _fact_lines(told: dict[str, tuple[Account, ...]], old: Report, new: Report) -> list[str]:
    """Return the facts that went and came, incident by incident."""
    before, after = (_facts(told.get(report.text_digest, ())) for report in (old, new))
    lines = []
    for kind in sorted({*before, *after}):
        gone = [fact for fact in before.get(kind, []) if fact not in after.get(kind, [])]
        came = [fact for fact in after.get(kind, []) if fact not in before.get(kind, [])]
        if gone or came:
            lines.append(f"  facts of {kind.replace('_', ' ')}:")
            lines += [f"    no longer {fact}" for fact in gone]
            lines += [f"    now {fact}" for fact in came]
    return lines


def _facts(accounts: Sequence[Account]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for account in accounts:
        facts = found.setdefault(account.kind, [])
        for claim in account.claims:
            certainty = claim.attribution.certainty if claim.attribution else "asserted"
            hedge = "" if certainty == "asserted" else f" ({certainty})"
            fact = f"{claim.slot.replace('_', ' ')}: {describe.value(claim.value)}{hedge}"
            if claim.slot != "kind" and fact not in facts:
                facts.append(fact)
    return found
