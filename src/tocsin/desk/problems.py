"""Errors in one shape: a JSON object for the API, a calm page for people."""

from __future__ import annotations

from fastapi import Request, Response
from fastapi.responses import JSONResponse

from tocsin.desk.templating import render


def problem(request: Request, status: int, code: str, message: str, advice: str = "") -> Response:
    """Return an error for whoever asked."""
    if request.url.path.startswith("/api"):
        body = {"error": {"code": code, "message": message, "advice": advice, "status": status}}
        return JSONResponse(body, status)
    fields: dict[str, object] = {"status": status, "message": message, "advice": advice}
    return render(request, "problem.html", fields, status=status)
