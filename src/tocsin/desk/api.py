"""The API: records as JSON, masked, paged by cursor, with marks to ask whether they changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import msgspec
from fastapi import APIRouter, Depends, HTTPException, Query, Request, Response

from tocsin import records
from tocsin.desk.decide import Conflict, decide
from tocsin.desk.filters import Filters
from tocsin.desk.pages.incident import find, last_seq, told
from tocsin.desk.pages.review import Decided, now, proposal_of
from tocsin.desk.problems import problem
from tocsin.desk.state import Desk
from tocsin.export.format import USE
from tocsin.ids import digest
from tocsin.linking.quotes import masked, quotes
from tocsin.masking import UNMASK
from tocsin.model import Decision

_MOST = 200
_MOST_ON_A_MAP = 50_000
_BATCH = 500

routes = APIRouter(prefix="/api", tags=["tocsin"])
Limit = Annotated[int, Query(ge=1, le=_MOST, description="How many records at most")]
Cursor = Annotated[str, Query(description="`next` of the page before", max_length=120)]


def desk_of(request: Request) -> Desk:
    """Return the desk that a request asks."""
    desk: Desk = request.app.state.desk
    return desk


Open = Annotated[Desk, Depends(desk_of)]


@routes.get("/incidents")
def incidents(request: Request, desk: Open, limit: Limit = 50, cursor: Cursor = "") -> Response:
    """Return incidents of a query (the same filters as the overview), newest day first."""
    filters = Filters.read(request.query_params.multi_items())
    columns, found = desk.catalogue.find(filters.query())
    start = _start(cursor, columns.generation)
    rows = desk.catalogue.rows(columns["n"][found[start : start + limit]].tolist())
    names = [row.card.id for row in rows]
    written = desk.releases.written(names)
    released = [msgspec.Raw(written[name]) for name in names if name in written]
    end = start + limit
    following = f"{columns.generation}.{end}" if end < len(found) else None
    return _answer(
        request,
        {"use": USE, "total": len(found), "next": following, "incidents": released},
    )


@routes.get("/incidents.geojson")
def geojson(request: Request, desk: Open) -> Response:
    """Return placed incidents of a query as points; `radius_km` says what a point stands for."""
    filters = Filters.read(request.query_params.multi_items())
    columns, found = desk.catalogue.find(filters.query())
    numbers = columns["n"][found[:_MOST_ON_A_MAP]].tolist()
    features = []
    for start in range(0, len(numbers), _BATCH):
        for row in desk.catalogue.rows(numbers[start : start + _BATCH]):
            if row.lat is None or row.review == "rejected":
                continue
            properties = {
                "kind": row.card.kind,
                "title": row.card.title,
                "day": row.day,
                "radius_km": row.radius_km,
                "reports": row.reports,
                "origins": row.origins,
                "certainty": row.certainty,
                "verification": row.verification,
            }
            point = {"type": "Point", "coordinates": [row.lon, row.lat]}
            kept = {name: value for name, value in properties.items() if value is not None}
            features.append(
                {"type": "Feature", "id": row.card.id, "geometry": point, "properties": kept}
            )
    return _answer(request, {"type": "FeatureCollection", "use": USE, "features": features})


@routes.get("/incidents/{identifier}")
def incident(request: Request, desk: Open, identifier: str) -> Response:
    """Return one incident; an id that was merged leads to its heir."""
    found = find(desk, identifier)
    released = msgspec.Raw(records.write(told(desk, found).incident))
    return _answer(request, {"use": USE, "seen": last_seq(desk, found), "incident": released})


@routes.get("/incidents/{identifier}/accounts")
def accounts(request: Request, desk: Open, identifier: str) -> Response:
    """Return the accounts of one incident, with the words behind every claim."""
    telling = told(desk, find(desk, identifier))
    released = [msgspec.Raw(records.write(account)) for account in telling.accounts]
    return _answer(request, {"use": USE, "accounts": released})


@routes.get("/incidents/{identifier}/quotes")
def quoted(request: Request, desk: Open, identifier: str) -> Response:
    """Return the quotes of one incident: text, speaker, position, date and every place."""
    telling = told(desk, find(desk, identifier))
    said = quotes(telling.accounts, telling.reports, telling.documents)
    found = [masked(quote, telling.mask.text) for quote in said]
    return _answer(request, {"use": USE, "quotes": found})


@routes.get("/reports")
def reports(
    request: Request, desk: Open, outlet: str = "", limit: Limit = 50, cursor: Cursor = ""
) -> Response:
    """Return reports without their text, newest first."""
    found = desk.catalogue.reports(outlet=outlet or None, limit=limit + 1, after=cursor)
    shown = found[:limit]
    mask = desk.releases.mask_of([report.id for report in shown])
    listed = [
        {
            "id": report.id,
            "outlet": report.outlet,
            "agency": report.agency,
            "title": mask.text(report.title or ""),
            "published": report.published,
            "handling": report.handling,
        }
        for report in shown
    ]
    following = shown[-1].cursor if len(found) > limit else None
    return _answer(request, {"next": following, "reports": listed})


@routes.get("/reports/{identifier}")
def report(request: Request, desk: Open, identifier: str) -> Response:
    """Return what is known of a report and its accounts; its full text stays in the workspace."""
    found = desk.releases.report(identifier)
    if found is None:
        raise HTTPException(404, "No report that may be shown here has this id.")
    mask = desk.releases.mask_of([found.id])
    bare = msgspec.Raw(records.write(desk.releases.bare(found, mask)))
    accounts = [mask.record(account) for account in desk.store.accounts_in(found.id)]
    written = [msgspec.Raw(records.write(account)) for account in accounts]
    return _answer(request, {"report": bare, "accounts": written})


@routes.get("/search")
def search(request: Request, desk: Open, q: str, limit: Limit = 20) -> Response:
    """Return incidents whose words, places or outlets hold all words asked for."""
    columns, found = desk.catalogue.find(Filters(q=q[:200]).query())
    rows = desk.catalogue.rows(columns["n"][found[:limit]].tolist())
    cards = [
        {
            "id": row.card.id,
            "title": row.card.title,
            "day": row.day,
            "certainty": row.certainty,
        }
        for row in rows
    ]
    return _answer(request, {"total": len(found), "incidents": cards})


@routes.get("/decisions")
def decisions(request: Request, desk: Open, after: int = 0, limit: Limit = 100) -> Response:
    """Return decisions by number; names that were unmasked are left out."""
    found = [d for d in desk.decisions() if d.seq > after]
    shown = _decisions(desk, found[:limit])
    following = found[limit - 1].seq if len(found) > limit else None
    return _answer(request, {"next": following, "decisions": shown})


@routes.post("/decisions", status_code=201)
def write(request: Request, desk: Open, wanted: Decided) -> Response:
    """Write a decision; `seen` is the number that `GET /api/incidents/{id}` gave."""
    found = find(desk, wanted.incident)
    try:
        written = decide(
            desk, proposal_of(desk, found, wanted), seen=wanted.seen, at=now(), by=desk.user
        )
    except Conflict as conflict:
        return problem(request, 409, "conflict", str(conflict.args[0]), conflict.advice)
    return _answer(request, {"decision": _decisions(desk, [written])[0]}, status=201)


def _decisions(desk: Desk, decisions: Sequence[Decision]) -> list[dict[str, object]]:
    """Return decisions; what they say of people is masked as on the incidents they are about."""
    about = {account for decision in decisions for account in decision.about}
    mask = desk.releases.mask_of(sorted(set(desk.store.told_in(about).values())))
    written = []
    for decision in decisions:
        fields = msgspec.to_builtins(mask.record(decision))
        if decision.slot == UNMASK:
            fields.pop("value", None)
        written.append(fields)
    return written


def _start(cursor: str, generation: int) -> int:
    """Return where a page begins; a cursor of an older store is refused, not guessed at."""
    if not cursor:
        return 0
    made, _, position = cursor.partition(".")
    if not (made.isdigit() and position.isdigit()):
        raise HTTPException(422, "This is no cursor of ours.")
    if int(made) != generation:
        raise HTTPException(410, "The store changed since this cursor was given: begin again.")
    return int(position)


def _answer(request: Request, body: dict[str, object], *, status: int = 200) -> Response:
    content = msgspec.json.encode(body)
    mark = f'"{digest(content)[:16]}"'
    if request.headers.get("if-none-match") == mark:
        return Response(status_code=304, headers={"ETag": mark})
    headers = {"ETag": mark, "Cache-Control": "no-cache"}
    return Response(content, status, headers, media_type="application/json")
