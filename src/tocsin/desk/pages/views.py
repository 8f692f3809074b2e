"""Saved views: a query with a name, and what changed in it since it was last looked at."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path
from typing import Annotated
from urllib.parse import parse_qsl

import msgspec
from fastapi import APIRouter, Form, HTTPException, Request, Response
from fastapi.responses import RedirectResponse

from tocsin.desk.filters import Filters
from tocsin.desk.state import Desk
from tocsin.desk.templating import render
from tocsin.ids import short_id

_MOST = 100
_lock = threading.Lock()

routes = APIRouter(include_in_schema=False)


class View(msgspec.Struct, frozen=True):
    """One saved query; `seen` is the store's generation when it was last looked at."""

    id: str
    name: str
    query: str
    seen: int


@routes.get("/views")
def views(request: Request) -> Response:
    """Show the saved views with how much is new in each."""
    desk: Desk = request.app.state.desk
    filters = Filters.read(request.query_params.multi_items())
    counted = [(view, *_changed(desk, view)) for view in _read(desk)]
    return render(request, "part_views.html", {"views": counted, "filters": filters})


@routes.post("/views")
def save(
    request: Request, name: Annotated[str, Form()], query: Annotated[str, Form()] = ""
) -> Response:
    """Save a query under a name; a known name is given the new query."""
    desk: Desk = request.app.state.desk
    name = name.strip()[:80]
    if not name:
        raise HTTPException(422, "A view needs a name.")
    filters = Filters.read(parse_qsl(query))
    view = View(short_id("v", name), name, filters.address(since=""), desk.catalogue.generation())
    with _lock:
        kept = [known for known in _read(desk) if known.id != view.id]
        _write(desk, [*kept, view][-_MOST:])
    return RedirectResponse(f"/?{view.query}", 303)


@routes.post("/views/{identifier}/seen")
def seen(request: Request, identifier: str) -> Response:
    """Note that a view was looked at, and open it."""
    desk: Desk = request.app.state.desk
    newest = desk.catalogue.generation()
    with _lock:
        known = {view.id: view for view in _read(desk)}
        if identifier not in known:
            raise HTTPException(404, "There is no such view.")
        view = known[identifier]
        known[identifier] = msgspec.structs.replace(view, seen=newest)
        _write(desk, list(known.values()))
    return RedirectResponse(f"/?{view.query}", 303)


@routes.post("/views/{identifier}/remove")
def remove(request: Request, identifier: str) -> Response:
    """Forget a view."""
    desk: Desk = request.app.state.desk
    with _lock:
        _write(desk, [view for view in _read(desk) if view.id != identifier])
    return RedirectResponse("/", 303)


def _changed(desk: Desk, view: View) -> tuple[int, int]:
    query = Filters.read(parse_qsl(view.query)).query()
    columns, found = desk.catalogue.find(replace(query, since=view.seen))
    appeared = int((columns["appeared"][found] > view.seen).sum())
    return appeared, len(found) - appeared


def _path(desk: Desk) -> Path:
    return desk.workspace.folder / "views.json"


def _read(desk: Desk) -> list[View]:
    path = _path(desk)
    if not path.exists():
        return []
    return msgspec.json.decode(path.read_bytes(), type=list[View])


def _write(desk: Desk, views: list[View]) -> None:
    fresh = _path(desk).with_suffix(".new")
    fresh.write_bytes(msgspec.json.encode(views))
    fresh.replace(_path(desk))
