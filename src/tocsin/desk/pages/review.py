"""Review: one incident after the other, most doubt times harm first, by keyboard."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, HTTPException, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel

from tocsin import describe
from tocsin.desk.decide import Conflict, Proposal, decide, preview
from tocsin.desk.pages.incident import fields_of, find, masked, told
from tocsin.desk.present import Presenter, outlet_of, title_of
from tocsin.desk.problems import problem
from tocsin.desk.state import Desk
from tocsin.desk.templating import render
from tocsin.desk.words import label
from tocsin.ids import read_ledger
from tocsin.linking.rulings import split_of
from tocsin.masking import UNMASK
from tocsin.model import Account, Decision, Incident
from tocsin.store.columns import VERIFICATIONS
from tocsin.store.released import Telling

UNSURE = "unsure"  # the slot of a note that puts an incident at the end of the queue
_AHEAD = 8
_CANDIDATES = 6
_SIMPLE = ("accept", "reject", "note", "set", "verify")
_MASKED = re.compile(r"\[(?:minor|suspect|witness|victim|person|home|shelter|clinic)\]")
_ALWAYS_CORRECTABLE = ("kind", "when", "where", "killed", "injured", "detained", "present")
_LONGEST_OFFERED = 300  # characters: nobody picks a longer value from a list
_NEEDS_REASON = ("reject", "verify", "same", "different")

routes = APIRouter(include_in_schema=False)


class Decided(BaseModel):
    """What a form sends; empty fields were not filled."""

    incident: str
    verb: str
    seen: int = 0
    slot: str = ""
    value: str = ""
    reason: str = ""
    other: str = ""
    accounts: tuple[str, ...] = ()
    show: bool = False
    back: bool = False


@routes.get("/review")
def page(request: Request, incident: str = "", done: int = 0) -> Response:
    """Show the incident that a person should look at next, or the one asked for."""
    desk: Desk = request.app.state.desk
    queue = desk.catalogue.urgent(_AHEAD, _passed(desk))
    fields: dict[str, object] = {
        "waiting": desk.catalogue.waiting(),
        "queue": queue,
        "done": _decision(desk, done),
    }
    if not incident and not queue:
        return render(request, "review_done.html", fields)
    found = find(desk, incident or queue[0].card.id)
    telling = told(desk, found)
    shown = fields_of(desk, telling)
    row = desk.catalogue.rows_of([found.id])[found.id]
    near = desk.catalogue.alike(row, _CANDIDATES)
    fields |= shown | {
        "candidates": [masked(row, telling.mask) for row in near],
        "queue": [masked(row, telling.mask) for row in queue],
        "following": next((row.card.id for row in queue if row.card.id != found.id), None),
        "told_by": _told_by(telling),
        "suggestions": _suggestions(desk, telling),
        "correctable": [(slot, label(slot)) for slot in _correctable(telling.incident)],
    }
    return render(request, "review.html", fields)


@routes.post("/decide")
def write(request: Request, form: Annotated[Decided, Form()]) -> Response:
    """Write one decision, then show the next incident, or the one it was made on."""
    desk: Desk = request.app.state.desk
    incident = find(desk, form.incident)
    proposal = proposal_of(desk, incident, form)
    if form.verb in _NEEDS_REASON and not form.reason.strip() and form.slot != UNMASK:
        return problem(request, 422, "reason", "Say why in a few words: it stands in the journal.")
    if form.show:
        return _preview(request, desk, incident, proposal, form)
    try:
        written = decide(desk, proposal, seen=form.seen, at=now(), by=desk.user)
    except Conflict as conflict:
        fields = fields_of(desk, told(desk, incident)) | {"conflict": conflict, "form": form}
        return render(request, "review_conflict.html", fields, status=409)
    query = {"done": str(written.seq)}
    if form.back:
        return RedirectResponse(f"/incident/{incident.id}", 303)
    return RedirectResponse(f"/review?{urlencode(query)}", 303)


@routes.post("/undo")
def undo(request: Request, seq: Annotated[int, Form()]) -> Response:
    """Withdraw one decision; the journal keeps both."""
    desk: Desk = request.app.state.desk
    taken_back = _decision(desk, seq)
    if taken_back is None:
        raise HTTPException(404, "No decision has this number.")
    newest = max((d.seq for d in desk.decisions()), default=0)
    proposal = Proposal("withdraw", (str(seq),))
    written = decide(desk, proposal, seen=newest, at=now(), by=desk.user)
    owners = desk.store.owners(taken_back.about)
    back = next(iter(owners.values()), "")
    query = {"incident": back, "done": str(written.seq)}
    return RedirectResponse(f"/review?{urlencode(query)}", 303)


def proposal_of(desk: Desk, incident: Incident, form: Decided) -> Proposal:
    """Return what a form decides, about the accounts that decisions hold on to."""
    founder = _founder(desk, incident)
    reason = form.reason.strip() or None
    if form.verb == "same":
        other = find(desk, form.other)
        return Proposal("same", (*incident.accounts, *other.accounts), reason=reason)
    if form.verb == "different":
        leaving = tuple(a for a in form.accounts if a in incident.accounts)
        staying = tuple(a for a in incident.accounts if a not in leaving)
        if not leaving or not staying:
            raise HTTPException(422, "Choose some of the reports that leave, not all.")
        about, parted = split_of(staying, leaving)
        return Proposal("different", about, value=parted, reason=reason)
    if form.verb not in _SIMPLE:
        raise HTTPException(422, "There is no such decision.")
    if form.verb == "verify" and form.value not in VERIFICATIONS:
        raise HTTPException(422, "There is no such verification.")
    slot, value = form.slot or None, form.value.strip() or None
    if slot == UNMASK:
        value = _name_of(desk, incident, form.value)
        if not reason:
            raise HTTPException(422, "Say why this name is to be shown.")
    return Proposal(form.verb, (founder,), slot, value, reason)


def _founder(desk: Desk, incident: Incident) -> str:
    """Return the account by which decisions name an incident: the one that keeps its id."""
    founded = read_ledger(desk.workspace.ids).founded.get(incident.id, ())
    return next((a for a in founded if a in incident.accounts), incident.accounts[0])


def now() -> str:
    """Return the time of a decision."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _preview(
    request: Request, desk: Desk, incident: Incident, proposal: Proposal, form: Decided
) -> Response:
    becoming = preview(desk, proposal, at=now(), by=desk.user)
    shown = []
    for found in becoming:
        around = [a for a in _accounts(desk, incident, form) if a.id in found.accounts]
        telling = desk.releases.telling(found, around)
        if telling is None:
            continue
        slots = Presenter(telling, desk.ontology).slots()
        outlets = [outlet_of(report) for report in telling.reports.values()]
        shown.append((telling.incident, slots, outlets))
    fields: dict[str, object] = {
        "incident": incident,
        "row": desk.catalogue.rows_of([incident.id])[incident.id],
        "becoming": shown,
        "form": form,
    }
    return render(request, "review_preview.html", fields)


def _accounts(desk: Desk, incident: Incident, form: Decided) -> list[Account]:
    found = desk.store.accounts_of(incident.id)
    return found + desk.store.accounts_of(form.other) if form.other else found


def _told_by(telling: Telling) -> list[tuple[str, str, str]]:
    found = []
    for account in telling.accounts:
        report = telling.reports.get(account.report)
        title = telling.mask.text(title_of(report)) if report else "not kept"
        found.append((account.id, outlet_of(report), title))
    return found


def _suggestions(desk: Desk, telling: Telling) -> list[tuple[str, str]]:
    """Return the values a correction can take from the texts: those shown and those not.

    They are written as linking knows them; one in which a name is masked is left out.
    """
    pairs = [
        (slot, words)
        for slot, entries in telling.incident.slots.items()
        for entry in entries
        for reading in (entry.shown, *entry.others)
        if slot != "kind"
        and len(words := describe.value(reading.value)) <= _LONGEST_OFFERED
        and not _MASKED.search(words)
    ]
    kinds = [("kind", name) for name in desk.ontology.names]
    return list(dict.fromkeys([*pairs, *kinds]))


def _correctable(incident: Incident) -> list[str]:
    """Return the fields a person can correct: those filled, and what every incident may have."""
    return list(dict.fromkeys([*incident.slots, *_ALWAYS_CORRECTABLE]))


def _passed(desk: Desk) -> frozenset[str]:
    """Return the incidents that somebody was not sure about: they come at the end."""
    about = {a for d in desk.decisions() if d.verb == "note" and d.slot == UNSURE for a in d.about}
    return frozenset(desk.store.owners(about).values()) if about else frozenset()


def _decision(desk: Desk, seq: int) -> Decision | None:
    return next((d for d in desk.decisions() if d.seq == seq), None)


def _name_of(desk: Desk, incident: Incident, position: str) -> str:
    names = told(desk, incident).mask.people
    if not position.isdigit() or int(position) >= len(names):
        raise HTTPException(422, "There is no such masked name.")
    return names[int(position)][0]
