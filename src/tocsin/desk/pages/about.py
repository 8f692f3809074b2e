"""About: models, versions, licences, figures, limits, and what the desk is not for."""

from __future__ import annotations

import sys
from importlib.metadata import PackageNotFoundError, version

from fastapi import APIRouter, Request, Response

from tocsin.desk.state import Desk
from tocsin.desk.templating import render
from tocsin.export.format import USE

VENDORED = (
    ("Leaflet 1.9.4", "BSD-2-Clause", "the map", "leaflet.LICENSE"),
    ("htmx 2.0.4", "0BSD", "page parts", "htmx.LICENSE"),
    ("uPlot 1.6.32", "MIT", "the timeline", "uplot.LICENSE"),
    ("world-atlas 2.0.2, us-atlas 3.0.1", "ISC", "the base map", "atlas.LICENSE"),
)
_PACKAGES = ("spacy", "onnxruntime", "sqlalchemy", "fastapi", "jinja2", "msgspec", "trafilatura")

routes = APIRouter(include_in_schema=False)


@routes.get("/about")
def page(request: Request) -> Response:
    """Show what made these records."""
    desk: Desk = request.app.state.desk
    runs = desk.workspace.runs()
    fields: dict[str, object] = {
        "use": USE,
        "version": version("tocsin"),
        "python": sys.version.split()[0],
        "packages": [(name, _version(name)) for name in _PACKAGES],
        "vendored": VENDORED,
        "ontology": desk.ontology,
        "run": runs[-1] if runs else None,
        "counts": desk.catalogue.sources().counts,
        "workspace": desk.workspace.folder.name,
    }
    return render(request, "about.html", fields)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
