"""Sources: who published what, how much of it tells incidents, and what was not processed."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter, Request, Response

from tocsin.desk.state import Desk
from tocsin.desk.templating import render
from tocsin.store.catalogue import ReportRow

_PAGE = 100
_REJECTS = 200

routes = APIRouter(include_in_schema=False)


@routes.get("/sources")
def page(request: Request, after: str = "") -> Response:
    """Show outlets with their reports, and rejects with their reasons."""
    desk: Desk = request.app.state.desk
    outlets = desk.catalogue.outlets(limit=_PAGE + 1, after=after)
    rejects = desk.workspace.rejects()
    fields: dict[str, object] = {
        "outlets": outlets[:_PAGE],
        "following": outlets[_PAGE - 1].name if len(outlets) > _PAGE else None,
        "rejects": rejects[:_REJECTS],
        "rejected": len(rejects),
        "agencies": desk.catalogue.sources().agencies,
    }
    return render(request, "sources.html", fields)


@routes.get("/sources/reports")
def reports(request: Request, outlet: str = "", after: str = "") -> Response:
    """Show the reports of one outlet."""
    desk: Desk = request.app.state.desk
    found = desk.catalogue.reports(outlet=outlet or None, limit=_PAGE + 1, after=after)
    titles = _masked_titles(desk, found)
    fields: dict[str, object] = {
        "outlet": outlet,
        "titles": titles,
        "reports": found[:_PAGE],
        "following": found[_PAGE - 1].cursor if len(found) > _PAGE else None,
    }
    return render(request, "reports.html", fields)


def _masked_titles(desk: Desk, reports: Sequence[ReportRow]) -> dict[str, str]:
    """Return the title of each report without the names its accounts keep inside."""
    mask = desk.releases.mask_of([report.id for report in reports])
    return {report.id: mask.text(report.title or "Report without a title") for report in reports}
