"""About: models, versions, licences, figures, limits, and what the desk is not for."""

from __future__ import annotations

import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import msgspec
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

_MEASURED = Path(__file__).parent.parent / "figures.json"
FIGURES = (
    ("relevance_f1", "reports that tell an incident, found (F1)"),
    ("incident_precision", "incidents read that are there"),
    ("incident_type_accuracy", "kind"),
    ("place_accuracy_25km", "place, within 25 km"),
    ("date_accuracy_exact", "day, exactly"),
    ("count_precision", "figures read that are right"),
    ("fact_recall", "facts found"),
    ("certainty_macro_accuracy_on_matched", "certainty of a fact"),
    ("attribution_accuracy_on_matched", "who said it"),
    ("bcubed_f1", "which reports tell one incident (F1)"),
)


class _Measured(msgspec.Struct):
    date: str
    scores: dict[str, float]


routes = APIRouter(include_in_schema=False)


@routes.get("/about")
def page(request: Request) -> Response:
    """Show what made these records."""
    desk: Desk = request.app.state.desk
    runs = desk.workspace.runs()
    read_by = runs[-1].models if runs else {}
    fields: dict[str, object] = {
        "use": USE,
        "version": version("tocsin"),
        "python": sys.version.split()[0],
        "packages": [(name, _version(name)) for name in _PACKAGES if name not in read_by],
        "figures": _figures(),
        "vendored": VENDORED,
        "ontology": desk.ontology,
        "run": runs[-1] if runs else None,
        "counts": desk.catalogue.sources().counts,
        "workspace": desk.workspace.folder.name,
    }
    return render(request, "about.html", fields)


def _figures() -> tuple[str, list[tuple[str, float]]]:
    """Return when reading was last measured, and each figure with its name."""
    measured = msgspec.json.decode(_MEASURED.read_bytes(), type=_Measured)
    named = [(words, measured.scores[name]) for name, words in FIGURES if name in measured.scores]
    return measured.date, named


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
