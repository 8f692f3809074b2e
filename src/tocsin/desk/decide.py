"""Decisions: written to the journal first, then carried out on the incidents they touch.

Nothing is overwritten: a decision names the last one its author had seen, and when somebody else
decided meanwhile it is not written. What linking would do to the whole workspace is done here for
the touched incidents and the reports that tell them; `tocsin rebuild` does it for all.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import msgspec

from tocsin import journal, linking
from tocsin.desk.state import Desk
from tocsin.errors import TocsinError
from tocsin.ids import append_ledger, read_ledger
from tocsin.linking.link import Linked
from tocsin.linking.rulings import in_force, review_of, verification_of
from tocsin.masking import UNMASK
from tocsin.model import Account, Decision, Incident, Report
from tocsin.store.jobs import alone

_WAIT = 10.0  # seconds a person waits for a run that saves its incidents
_PAUSE = 0.05
_REGROUPS = ("same", "different", "set", "withdraw")


class Conflict(TocsinError):
    """Somebody else decided about this incident after its author last looked."""

    code = "conflict"

    def __init__(self, newer: Sequence[Decision]) -> None:
        who = ", ".join(dict.fromkeys(decision.by for decision in newer))
        super().__init__(
            f"{who} decided about this incident meanwhile. Nothing was written.",
            advice="Look at it again, then decide.",
        )
        self.newer = tuple(newer)


@dataclass(frozen=True)
class Proposal:
    """What a person is about to decide."""

    verb: str
    about: tuple[str, ...]
    slot: str | None = None
    value: str | None = None
    reason: str | None = None

    def decision(self, *, at: str, by: str) -> Decision:
        """Return the decision, still without its number."""
        fields = {f: getattr(self, f) for f in ("verb", "about", "slot", "value", "reason")}
        return msgspec.convert({**fields, "seq": 0, "prev": "", "at": at, "by": by}, Decision)


def decide(desk: Desk, proposal: Proposal, *, seen: int, at: str, by: str) -> Decision:
    """Write a decision and carry it out; raise Conflict when it was made on an old view."""
    with desk.lock, alone(desk.workspace.lock, wait=_patience()):
        touched = _touched(desk, proposal.about)
        newer = [
            decision
            for incident in touched
            for decision in desk.decisions_about(incident)
            if decision.seq > seen
        ]
        if newer:
            raise Conflict(newer)
        written = journal.append(desk.workspace.journal, proposal.decision(at=at, by=by))
        _carry_out(desk, written, touched)
        return written


def _patience() -> Callable[[], bool]:
    """Return what waits a while for a run that is saving, then gives up."""
    ends = time.monotonic() + _WAIT

    def wait() -> bool:
        time.sleep(_PAUSE)
        return time.monotonic() < ends

    return wait


def preview(desk: Desk, proposal: Proposal, *, at: str, by: str) -> tuple[Incident, ...]:
    """Return what a decision would make of the incidents it touches; nothing is written."""
    proposed = proposal.decision(at=at, by=by)
    numbered = msgspec.structs.replace(proposed, seq=len(desk.decisions()) + 1)
    touched = _touched(desk, proposal.about)
    return _regrouped(desk, touched, [*desk.decisions(), numbered]).incidents


def _carry_out(desk: Desk, decision: Decision, touched: list[Incident]) -> None:
    if _shows_names(desk, decision):
        _store(desk, touched, _beside(desk, touched))
        return
    if decision.verb in _REGROUPS and not _only_says(desk, decision):
        linked = _regrouped(desk, touched, desk.decisions())
        append_ledger(desk.workspace.ids, linked.issued)
        _store(desk, touched, linked.incidents)
        return
    current = [_with_rulings(desk, incident) for incident in touched]
    _store(desk, touched, current)


def _shows_names(desk: Desk, decision: Decision) -> bool:
    """Tell whether a decision shows a name again, or hides one that was shown."""
    taken_back = [d for d in desk.decisions() if str(d.seq) in decision.about]
    about = taken_back if decision.verb == "withdraw" else [decision]
    return bool(about) and all(d.slot == UNMASK for d in about)


def _beside(desk: Desk, touched: list[Incident]) -> list[Incident]:
    """Return incidents with all that their reports tell beside them: they hide the same names."""
    reports = {a.report for i in touched for a in desk.store.accounts_of(i.id)}
    owners = desk.store.owners(account.id for account in desk.store.accounts_in(*reports))
    names = sorted({*owners.values(), *(incident.id for incident in touched)})
    return [found for name in names if (found := desk.store.incident(name)) is not None]


def _only_says(desk: Desk, decision: Decision) -> bool:
    """Tell whether a withdrawal takes back only what was said of an incident, not its grouping."""
    if decision.verb != "withdraw":
        return False
    taken_back = [d for d in desk.decisions() if str(d.seq) in decision.about]
    return all(d.verb not in _REGROUPS for d in taken_back)


def _with_rulings(desk: Desk, incident: Incident) -> Incident:
    mine = set(incident.accounts)
    about = [d for d in in_force(desk.decisions()) if mine & set(d.about)]
    return msgspec.structs.replace(
        incident, review=review_of(about), verification=verification_of(about)
    )


def _touched(desk: Desk, about: Iterable[str]) -> list[Incident]:
    """Return the incidents that accounts tell, or that withdrawn decisions were about."""
    named = set(about)
    numbers = {name for name in named if name.isdigit()}
    accounts = named - numbers
    accounts |= {a for d in desk.decisions() if str(d.seq) in numbers for a in d.about}
    owners = desk.store.owners(accounts)
    found = (desk.store.incident(name) for name in sorted(set(owners.values())))
    return [incident for incident in found if incident is not None]


def _regrouped(desk: Desk, touched: list[Incident], decisions: Sequence[Decision]) -> Linked:
    """Link the accounts of touched incidents anew, beside all that their reports tell."""
    mine = {account for incident in touched for account in incident.accounts}
    own = [a for incident in touched for a in desk.store.accounts_of(incident.id)]
    ids = sorted({account.report for account in own})
    around: list[Account] = desk.store.accounts_in(*ids)
    reports: dict[str, Report] = desk.store.reports_by_id(ids)
    linked = linking.link(
        around,
        reports,
        ontology=desk.ontology,
        decisions=decisions,
        ledger=read_ledger(desk.workspace.ids),
    )
    kept = tuple(i for i in linked.incidents if mine & set(i.accounts))
    names = {incident.id for incident in kept}
    issued = tuple(line for line in linked.issued if line.id in names or line.to in names)
    return Linked(kept, issued, ())


def _store(desk: Desk, before: list[Incident], after: Sequence[Incident]) -> None:
    gone = {incident.id for incident in before} - {incident.id for incident in after}
    names = gone | {incident.id for incident in after}
    numbers = desk.catalogue.numbers(names)
    reports = {a.report for i in (*before, *after) for a in desk.store.accounts_of(i.id)}
    around = desk.releases.around(sorted(reports))
    known = desk.store.reports_by_id({account.report for account in around})
    owner = desk.store.owners(account.id for account in around)
    owner |= {account: incident.id for incident in after for account in incident.accounts}
    with desk.store.writer(desk.ontology, decisions=desk.decisions(), only=names) as writer:
        writer.know(around, known.values(), owner)
        writer.remove_incidents(gone)
        writer.put_incidents(after)
        writer.own(after)
    desk.catalogue.refresh([*numbers, *desk.catalogue.numbers(names)])
