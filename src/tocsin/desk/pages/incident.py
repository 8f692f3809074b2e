"""Incident: every value with certainty, speaker, origins, and the words behind it."""

from __future__ import annotations

from dataclasses import replace

import msgspec
from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import JSONResponse

from tocsin import describe, records, shown
from tocsin.desk import chain
from tocsin.desk.passages import around
from tocsin.desk.present import CASUALTIES, Presenter, by_origin, title_of
from tocsin.desk.quoted import quoted
from tocsin.desk.state import Desk
from tocsin.desk.templating import render
from tocsin.export.format import USE
from tocsin.ids import read_ledger
from tocsin.masking import Mask
from tocsin.model import ChainLink, Incident
from tocsin.store.catalogue import Row
from tocsin.store.columns import VERIFICATIONS
from tocsin.store.released import Telling

_FAR = 2  # links from one incident to the next that the graph follows

routes = APIRouter(include_in_schema=False)


@routes.get("/incident/{identifier}")
def page(request: Request, identifier: str) -> Response:
    """Show one incident."""
    desk: Desk = request.app.state.desk
    telling = told(desk, find(desk, identifier))
    return render(request, "incident.html", fields_of(desk, telling))


@routes.get("/incident/{identifier}/newer")
def newer(request: Request, identifier: str, seen: int = 0) -> Response:
    """Say who decided about an incident after its reader last looked."""
    desk: Desk = request.app.state.desk
    found = desk.decisions_about(find(desk, identifier))
    who = dict.fromkeys(decision.by for decision in found if decision.seq > seen)
    return JSONResponse({"who": ", ".join(who)})


@routes.get("/incident/{identifier}/record.json")
def record(request: Request, identifier: str) -> Response:
    """Return the record of one incident, masked, with what it must not be used for."""
    desk: Desk = request.app.state.desk
    telling = told(desk, find(desk, identifier))
    masked = records.write(telling.incident)
    body = msgspec.json.format(
        b'{"use":' + msgspec.json.encode(USE) + b',"record":' + masked + b"}"
    )
    name = f'attachment; filename="{telling.incident.id}.json"'
    return Response(body, media_type="application/json", headers={"Content-Disposition": name})


def find(desk: Desk, identifier: str) -> Incident:
    """Return an incident by id; an id that was merged leads to its heir."""
    found = desk.store.incident(identifier)
    if found is None:
        heir = read_ledger(desk.workspace.ids).heir(identifier)
        found = desk.store.incident(heir) if heir != identifier else None
    if found is None:
        raise HTTPException(404, "No incident here has this id.")
    return found


def told(desk: Desk, incident: Incident) -> Telling:
    """Return what this desk may show of an incident; what it may not is as if it were not there."""
    found = desk.releases.telling(incident)
    if found is None:
        raise HTTPException(404, "No incident here has this id.")
    return found


def fields_of(desk: Desk, telling: Telling) -> dict[str, object]:
    """Return all that the incident's page shows."""
    incident = telling.incident
    presenter = Presenter(telling, desk.ontology)
    rows = desk.catalogue.rows_of([incident.id])
    slots, where = presenter.slots(), shown.where(incident)
    drawing, links = _chain(desk, incident, telling.mask)
    return {
        "incident": incident,
        "row": rows[incident.id],
        "slots": slots,
        "acts": presenter.acts(),
        "measures": presenter.measures(),
        "statements": presenter.statements(),
        "quotes": quoted(telling),
        "differing": presenter.disagreements(),
        "courses": presenter.courses(),
        "where": where,
        "town": describe.town(where) if where else None,
        "lead": [slot for slot in slots if slot.slot in CASUALTIES],
        "title_of": title_of,
        "drawing": drawing,
        "links": links,
        "groups": by_origin(telling.accounts, telling.reports),
        "history": incident.history,
        "decisions": desk.decisions_about(incident),
        "mask": telling.mask,
        "masked": [(label, _context(name, telling)) for name, label in telling.mask.people],
        "withheld": telling.withheld,
        "verifications": VERIFICATIONS,
        "seen": last_seq(desk, find(desk, incident.id)),
    }


def _context(name: str, telling: Telling) -> str:
    """Return the sentence in which a masked name first stands, masked: which person is meant."""
    for report in telling.reports.values():
        at = report.text.find(name)
        if at >= 0:
            low, high = telling.mask.whole(report.text, *around(report.text, at, at + len(name)))
            return " ".join(telling.mask.text(report.text[low:high]).split())
    return ""


def masked(row: Row, mask: Mask) -> Row:
    """Return a row whose title hides whom this page hides, whatever other reports say of them."""
    card = msgspec.structs.replace(row.card, title=mask.text(row.card.title))
    return replace(row, card=card)


def last_seq(desk: Desk, incident: Incident) -> int:
    """Return the number of the last decision about an incident, 0 when there is none."""
    return max((d.seq for d in desk.decisions_about(incident)), default=0)


def _chain(
    desk: Desk, incident: Incident, mask: Mask
) -> tuple[chain.Drawing | None, list[ChainLink]]:
    """Follow the links some steps; links that other incidents hold to this one are theirs."""
    links: list[ChainLink] = []
    edge, seen = [incident], {incident.id}
    for _ in range(_FAR):
        links += [link for found in edge for link in found.links]
        names = {n for found in edge for k in found.links for n in (k.source, k.target)} - seen
        seen |= names
        edge = [found for name in sorted(names) if (found := desk.store.incident(name))]
    rows = {name: masked(row, mask) for name, row in desk.catalogue.rows_of(seen).items()}
    return chain.draw(incident.id, rows, links), links
