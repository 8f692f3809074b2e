"""The web application: one workspace, its pages and its API."""

from __future__ import annotations

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware

from tocsin.desk import api, live, static_files
from tocsin.desk.pages import about, add, export, incident, overview, report, review, sources, views
from tocsin.desk.problems import problem
from tocsin.desk.security import Guard, session
from tocsin.desk.state import Desk
from tocsin.errors import TocsinError

_COMPRESSION = 4  # a page of 60 kB takes a millisecond; higher levels gain two per cent


def create_app(desk: Desk, *, token: str | None = None) -> FastAPI:
    """Return the application; with a token it demands it of everybody."""
    app = FastAPI(
        title="Tocsin",
        description="Incidents with the words, the speaker and the certainty behind every value.",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
    )
    app.state.desk = desk
    app.state.guard = Guard(token=token, tiles=desk.settings.tiles)
    app.middleware("http")(_watch)
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=_COMPRESSION)
    pages = (overview, incident, report, review, sources, add, export, about, views)
    for part in (static_files, live, api, *pages):
        app.include_router(part.routes)
    _answer_errors(app)
    return app


async def _watch(request: Request, following) -> Response:  # type: ignore[no-untyped-def]
    guard: Guard = request.app.state.guard

    async def onward(inner: Request) -> Response:
        found: Response = session(inner, guard) or await following(inner)
        return found

    return await guard(request, onward)


def _answer_errors(app: FastAPI) -> None:
    @app.exception_handler(HTTPException)
    async def not_found(request: Request, error: HTTPException) -> Response:
        message = str(error.detail)
        if error.status_code == 404 and message == "Not Found":
            message = "There is no such page."
        return problem(request, error.status_code, f"http-{error.status_code}", message)

    @app.exception_handler(RequestValidationError)
    async def malformed(request: Request, error: RequestValidationError) -> Response:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        return problem(request, 422, "malformed", f"{where}: {first['msg']}.")

    @app.exception_handler(TocsinError)
    async def known(request: Request, error: TocsinError) -> Response:
        message = str(error.args[0])
        return problem(request, 500, error.code, message, error.advice)
