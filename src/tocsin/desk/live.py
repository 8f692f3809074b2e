"""News of the store as it happens: a stream that says when a save or a decision changed it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import anyio.to_thread
import msgspec
from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse

from tocsin.desk.jobs import words
from tocsin.desk.state import Desk
from tocsin.store.jobs import Jobs
from tocsin.store.query import Query

_PAUSE = 1.0  # seconds between looks at the store: one small read each
_STILL = 15  # looks after which a line is sent so that the connection is seen to live

routes = APIRouter(include_in_schema=False)


@routes.get("/live")
async def live(request: Request, since: int = 0) -> Response:
    """Send an event whenever the store is at another generation than the page was."""
    stream = _events(request, request.app.state.desk, since)
    return StreamingResponse(
        stream, media_type="text/event-stream", headers={"Cache-Control": "no-store"}
    )


async def _events(request: Request, desk: Desk, since: int) -> AsyncIterator[bytes]:
    known, still, mark = since, 0, (0, 0)
    yield b"retry: 3000\n\n"
    while not await request.is_disconnected():
        newest_mark = await anyio.to_thread.run_sync(Jobs(desk.workspace.folder).mark)
        if newest_mark != mark:
            mark = newest_mark
            working = await anyio.to_thread.run_sync(_working, desk)
            yield b"event: jobs\ndata: " + msgspec.json.encode(working) + b"\n\n"
        newest = await anyio.to_thread.run_sync(desk.catalogue.generation)
        if newest != known:
            known = newest
            news = await anyio.to_thread.run_sync(_news, desk, since, newest)
            yield b"event: changed\ndata: " + msgspec.json.encode(news) + b"\n\n"
        still = (still + 1) % _STILL
        if still == 0:
            yield b": still here\n\n"
        await asyncio.sleep(_PAUSE)


def _working(desk: Desk) -> dict[str, str | None]:
    """Say how far the job that runs just now is."""
    found = [job for job in desk.starter.jobs.all() if job.is_open]
    return {"words": words(found[-1]) if found else None}


def _news(desk: Desk, since: int, newest: int) -> dict[str, int]:
    """Count what is new and what changed since a page was made."""
    columns, changed = desk.catalogue.find(Query(since=since))
    appeared = int((columns["appeared"][changed] > since).sum())
    return {"generation": newest, "new": appeared, "changed": len(changed) - appeared}
