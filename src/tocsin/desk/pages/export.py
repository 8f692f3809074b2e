"""Export: incidents of a query in every format there is, names masked."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import StreamingResponse

from tocsin import records
from tocsin.desk.filters import Filters
from tocsin.desk.state import Desk
from tocsin.desk.templating import render
from tocsin.export import FORMATS
from tocsin.model import Incident

_BATCH = 200

routes = APIRouter(include_in_schema=False)


@routes.get("/export")
def page(request: Request) -> Response:
    """Show the formats and what is about to be written."""
    desk: Desk = request.app.state.desk
    filters = Filters.read(request.query_params.multi_items())
    _, found = desk.catalogue.find(filters.query())
    fields: dict[str, object] = {"filters": filters, "found": len(found), "formats": FORMATS}
    return render(request, "export.html", fields)


@routes.get("/export/{name}")
def download(request: Request, name: str) -> Response:
    """Write the incidents of a query as they are found; rejected ones stay behind."""
    desk: Desk = request.app.state.desk
    if name not in FORMATS:
        raise HTTPException(404, "There is no such format.")
    filters = Filters.read(request.query_params.multi_items())
    columns, found = desk.catalogue.find(filters.query())
    numbers = columns["n"][found].tolist()
    headers = {"Content-Disposition": f'attachment; filename="tocsin-{name}"'}
    body = FORMATS[name].write(_released(desk, numbers))
    return StreamingResponse(body, media_type="application/octet-stream", headers=headers)


def _released(desk: Desk, numbers: list[int]) -> Iterator[Incident]:
    for start in range(0, len(numbers), _BATCH):
        rows = desk.catalogue.rows(numbers[start : start + _BATCH])
        names = [row.card.id for row in rows if row.review != "rejected"]
        found = desk.releases.written(names)
        for name in names:
            incident = records.read(found[name])
            if isinstance(incident, Incident):
                yield incident
