"""Which version of a report holds, and what the former ones told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tocsin.linking import Edition
from tocsin.model import Account, Coded, Report
from tocsin.store.workspace import is_newer


def current_accounts(reports: Mapping[str, Report], codings: Iterable[Coded]) -> list[Account]:
    """Return the accounts of the newest version of each report, in a fixed order."""
    newest = {
        coded.report: coded
        for coded in codings
        if coded.report in reports and coded.text_digest == reports[coded.report].text_digest
    }
    return [account for name in sorted(newest) for account in newest[name].accounts]


def editions_of(
    versions: Mapping[str, Sequence[Report]], codings: Iterable[Coded]
) -> dict[str, list[Edition]]:
    """Return what each version of some reports told, oldest first."""
    told = {(c.report, c.text_digest): c.accounts for c in codings if c.report in versions}
    ordered = {name: in_order(found) for name, found in versions.items()}
    return {
        name: [
            Edition(since, told.get((name, report.text_digest), ()))
            for report, since in zip(found, _since(found), strict=True)
        ]
        for name, found in ordered.items()
    }


def in_order(versions: Iterable[Report]) -> list[Report]:
    """Return versions of one report, oldest first."""
    found: list[Report] = []
    for report in versions:
        place = next((n for n, other in enumerate(found) if not is_newer(report, other)), None)
        found.insert(len(found) if place is None else place, report)
    return found


def _since(versions: Sequence[Report]) -> list[str]:
    """Return since when each version could be read: published first, then updated or acquired."""
    since = ""
    found = []
    for number, report in enumerate(versions):
        acquired = report.acquired.at if report.acquired else None
        published = report.published.value if report.published else None
        if number == 0:
            since = published or acquired or ""
        else:
            # A change that the publisher does not date is known since it was acquired.
            own = report.updated if (report.updated or "") > since else acquired
            since = max(since, own or "")
        found.append(since)
    return found
