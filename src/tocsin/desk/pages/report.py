"""Report: its text with marked evidence and greyed cuts, its versions, its accounts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from fastapi import APIRouter, HTTPException, Request, Response

from tocsin.desk.passages import Piece, Stretch, pieces
from tocsin.desk.present import Presenter, Words, title_of
from tocsin.desk.state import Desk
from tocsin.desk.templating import render
from tocsin.intake.furniture import kept_text
from tocsin.masking import Mask
from tocsin.model import Account, Incident, Report
from tocsin.store.levels import within
from tocsin.store.released import Telling
from tocsin.text.changes import text_changes

_LONGEST = 200_000  # characters of a text that a page shows; the rest is said to be there

routes = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class Line:
    """One paragraph of a comparison of two versions."""

    sign: str
    words: str


@dataclass(frozen=True)
class Told:
    """One account with its claims in words."""

    account: Account
    incident: str | None
    claims: tuple[tuple[str, str, Words], ...]


@routes.get("/report/{identifier}")
def page(request: Request, identifier: str, against: str = "") -> Response:
    """Show one report."""
    desk: Desk = request.app.state.desk
    report = desk.releases.report(identifier)
    if report is None:
        raise HTTPException(404, "No report that may be shown here has this id.")
    mask = desk.releases.mask_of([report.id])
    accounts = [mask.record(account) for account in desk.store.accounts_in(report.id)]
    levels = within(desk.releases.level)
    versions = [v for v in desk.store.versions_of(report.id) if v.handling in levels]
    older = next((v for v in versions if v.text_digest == against), None)
    if older:
        mask = _mask_of_all(desk, report.id)
    fields: dict[str, object] = {
        "report": report,
        "mask": mask,
        "title": mask.text(title_of(report)),
        "pieces": marked(report, accounts, mask),
        "left_out": max(0, len(report.text) - _LONGEST),
        "told": list(_told(desk, report, accounts, mask)),
        "versions": versions,
        "older": older,
        "difference": list(compared(older, report, mask)) if older else [],
        "slots": sorted({claim.slot for account in accounts for claim in account.claims}),
    }
    return render(request, "report.html", fields)


def _mask_of_all(desk: Desk, report: str) -> Mask:
    """Return the mask of every version: a name that the newest one dropped still hides."""
    codings = (c for c in desk.workspace.codings() if c.report == report)
    former = [account for coded in codings for account in coded.accounts]
    return desk.releases.mask([*desk.releases.around([report]), *former])


def marked(report: Report, accounts: Iterable[Account], mask: Mask) -> list[Piece]:
    """Return the text in pieces, evidence marked by slot and cuts by reason."""
    marks = [Stretch(cut.start, cut.end, "cut", cut.reason) for cut in report.cuts]
    marks += [
        Stretch(evidence.start, evidence.end, claim.slot, ref=claim.id)
        for account in accounts
        for claim in account.claims
        for evidence in claim.evidence
        if evidence.text_digest == report.text_digest and evidence.report == report.id
    ]
    return pieces(report.text[:_LONGEST], marks, mask)


def compared(older: Report, newer: Report, mask: Mask) -> Iterator[Line]:
    """Yield the paragraphs that differ between two versions: how each was, and how it is."""
    kept = (kept_text(report.text, report.cuts)[:_LONGEST] for report in (older, newer))
    left, right = (mask.text(text) for text in kept)
    for change in text_changes(left, right):
        if change.before is not None:
            yield Line("-", change.before)
        if change.after is not None:
            yield Line("+", change.after)


def _told(desk: Desk, report: Report, accounts: list[Account], mask: Mask) -> Iterator[Told]:
    owners = desk.store.owners([account.id for account in accounts])
    for account in accounts:
        nothing = Incident(
            id="", kind=account.kind, accounts=(account.id,), slots={}, reports=1, origins=1
        )
        telling = Telling(nothing, (account,), {report.id: report}, mask)
        presenter = Presenter(telling, desk.ontology)
        claims = tuple(
            (claim.slot, presenter.value(claim.value), presenter.words(claim))
            for claim in account.claims
        )
        yield Told(account, owners.get(account.id), claims)
