"""The desk's own scripts, styles and maps, compressed once and named by digest."""

from __future__ import annotations

import gzip
import mimetypes
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fastapi import APIRouter, Request, Response

from tocsin.ids import digest

STATIC = Path(__file__).parent / "static"
_SMALL = 500  # bytes below which compressing gains nothing

routes = APIRouter()


@dataclass(frozen=True)
class StaticFile:
    """One file ready to be sent."""

    content: bytes
    packed: bytes | None
    media_type: str
    mark: str


@cache
def load(name: str) -> StaticFile | None:
    """Return a file of the static folder, None where there is none."""
    path = (STATIC / name).resolve()
    if not path.is_relative_to(STATIC) or not path.is_file():
        return None
    content = path.read_bytes()
    media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    packed = gzip.compress(content, 9, mtime=0) if len(content) > _SMALL else None
    return StaticFile(content, packed, media_type, digest(content)[:12])


def address(name: str) -> str:
    """Return the address of a file, changing with its content."""
    found = load(name)
    assert found is not None, name
    return f"/static/{name}?v={found.mark}"


@routes.get("/static/{name:path}", include_in_schema=False)
def static(name: str, request: Request) -> Response:
    """Send a file; one that was asked for by its digest never changes."""
    found = load(name) if "\x00" not in name else None
    if found is None:
        return Response(status_code=404)
    headers = {"ETag": f'"{found.mark}"', "Vary": "Accept-Encoding"}
    known = request.query_params.get("v") == found.mark
    headers["Cache-Control"] = "public, max-age=31536000, immutable" if known else "no-cache"
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    if found.packed and "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        return Response(found.packed, headers=headers, media_type=found.media_type)
    return Response(found.content, headers=headers, media_type=found.media_type)
