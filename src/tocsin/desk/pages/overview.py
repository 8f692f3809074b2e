"""Overview: map, timeline and list of one query, each filtering the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from tocsin.desk.filters import Filters, read_box
from tocsin.desk.state import Desk
from tocsin.desk.templating import render
from tocsin.gazetteer.countries import country_name
from tocsin.store import summaries
from tocsin.store.columns import CERTAINTIES, REVIEWS, VERIFICATIONS, Columns, Numbers
from tocsin.store.query import Box

PAGE = 40
_WORLD: Box = (-180.0, -85.0, 180.0, 85.0)
_CLOSEST = 14  # zoom beyond which places are no more exact
_OUTLETS = 300  # outlets in the filter's list; more are found by typing the name

routes = APIRouter(include_in_schema=False)


@routes.get("/")
def overview(request: Request) -> Response:
    """Show the incidents of a query on map, timeline and list."""
    desk: Desk = request.app.state.desk
    filters = Filters.read(request.query_params.multi_items())
    columns, found = desk.catalogue.find(filters.query())
    listed = listing(desk, columns, found, filters, 0)
    fields: dict[str, object] = {
        "filters": filters,
        "total": len(columns),
        "kinds": kinds_by_family(desk),
        "countries": sorted(filter(None, columns.countries.words), key=country_name),
        "outlets": [outlet.name for outlet in desk.catalogue.outlets(limit=_OUTLETS)],
        "closed": {
            "certainty": CERTAINTIES,
            "review": REVIEWS,
            "verification": VERIFICATIONS,
        },
        **listed,
    }
    return render(request, "overview.html", fields)


@routes.get("/list")
def more(request: Request, after: int = 0) -> Response:
    """Return the next rows of the list, or its first ones after a change of filters."""
    desk: Desk = request.app.state.desk
    filters = Filters.read(request.query_params.multi_items())
    columns, found = desk.catalogue.find(filters.query())
    fields = {"filters": filters, "total": len(columns)}
    template = "part_rows.html" if after else "part_list.html"
    return render(request, template, fields | listing(desk, columns, found, filters, after))


@routes.get("/map.json")
def map_cells(request: Request, view: str = "", zoom: int = 2) -> Response:
    """Return what stands in each cell of the map's view."""
    desk: Desk = request.app.state.desk
    filters = Filters.read(request.query_params.multi_items())
    columns, found = desk.catalogue.find(filters.query())
    box = read_box(view) or _WORLD
    cells = summaries.spots(columns, found, box, max(0, min(_CLOSEST, zoom)))
    alone = desk.catalogue.rows([cell.n for cell in cells if cell.n is not None])
    cards = {row.n: {"id": row.card.id, "title": row.card.title} for row in alone}
    spots = [_spot(asdict(cell), cards) for cell in cells]
    bounds = _bounds(columns, found)
    return JSONResponse({"spots": spots, "bounds": bounds, "placed": bounds is not None})


@routes.get("/timeline.json")
def timeline(request: Request) -> Response:
    """Return counts by day; the brush's own days are left out, so that it can be widened."""
    desk: Desk = request.app.state.desk
    filters = Filters.read(
        (name, value)
        for name, value in request.query_params.multi_items()
        if name not in ("first", "last")
    )
    columns, found = desk.catalogue.find(filters.query())
    return JSONResponse(asdict(summaries.timeline(columns, found)))


def listing(
    desk: Desk, columns: Columns, found: Numbers, filters: Filters, after: int
) -> dict[str, object]:
    """Return one page of the list with the counts over all that was found."""
    start = max(0, min(after, len(found)))
    positions = found[start : start + PAGE]
    following = start + PAGE
    return {
        "rows": desk.catalogue.rows(columns["n"][positions].tolist()),
        "found": len(found),
        "reports": int(columns["reports"][found].sum()),
        "origins": int(columns["origins"][found].sum()),
        "following": following if following < len(found) else None,
        "address": filters.address(),
        "after": start,
    }


def kinds_by_family(desk: Desk) -> Mapping[str, list[tuple[str, str]]]:
    """Return the kinds of each family with their labels."""
    found: dict[str, list[tuple[str, str]]] = {}
    for kind in desk.ontology.kinds.values():
        found.setdefault(kind.family, []).append((kind.name, kind.label))
    return found


def _spot(fields: dict[str, object], cards: dict[int, dict[str, str]]) -> dict[str, object]:
    number = fields.pop("n")
    card = cards.get(number) if isinstance(number, int) else None
    return fields | card if card else fields


def _bounds(columns: Columns, found: Numbers) -> list[float] | None:
    lat, lon = columns["lat"][found], columns["lon"][found]
    placed = lat == lat  # NaN differs from itself
    if not placed.any():
        return None
    lat, lon = lat[placed], lon[placed]
    return [round(float(edge), 2) for edge in (lon.min(), lat.min(), lon.max(), lat.max())]
