"""Pages from templates: everything escaped, isolated from its surroundings' direction."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from tocsin.desk import words
from tocsin.desk.passages import harmless, shortened
from tocsin.desk.static_files import address
from tocsin.gazetteer.countries import country_name
from tocsin.ontology import Ontology
from tocsin.ontology.kinds import FAMILIES

HERE = Path(__file__).parent


@cache
def environment() -> Environment:
    """Return the template environment, made once."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "said": said,
        "day": words.day,
        "moment": words.moment,
        "when": words.when,
        "label": words.label,
        "country": country_name,
        "sentence": lambda text: text[:1].upper() + text[1:],
        "number": "{:,}".format,
    }
    made.globals |= {"asset": address, "plural": words.plural}
    return made


def _kind_label(ontology: Ontology, kind: str) -> str:
    return ontology.label(kind) if kind in ontology.kinds else words.label(kind)


def said(text: object) -> Markup:
    """Return words of a report: escaped, harmless, and isolated so that they turn nothing else."""
    shown = harmless(shortened(str(text)))
    return Markup("<bdi>{}</bdi>").format(escape(shown))


def render(
    request: Request, template: str, fields: dict[str, object], *, status: int = 200
) -> Response:
    """Return a page with what every page needs."""
    state = request.app.state
    shared: dict[str, object] = {
        "request": request,
        "path": request.url.path,
        "csrf": state.guard.csrf,
        "tiles": state.guard.tiles,
        "user": state.desk.user,
        "generation": state.desk.catalogue.generation(),
        "families": FAMILIES,
        "kind_label": lambda kind: _kind_label(state.desk.ontology, kind),
    }
    text = environment().get_template(template).render({**shared, **fields})
    return HTMLResponse(text, status, {"Cache-Control": "no-cache"})
