"""Bring the store up to date with the workspace's files: by what is new in them, or as a whole.

The store notes how far it has taken the files in, and by which rules. What came after joins it. A
store that notes nothing, or other files or rules than there are now, is made again.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from tocsin import ids, journal, linking, ontology, records
from tocsin.ids import Issued
from tocsin.intake.options import ResumePoint
from tocsin.intake.warc import resume_points
from tocsin.linking import Edition
from tocsin.linking.rulings import Rulings, named_by, rule
from tocsin.model import Account, Coded, Decision, Incident, Report
from tocsin.run.editions import current_accounts, editions_of
from tocsin.run.joining import Change, Joined, Joining, without_text
from tocsin.run.known import further, noting, version_of, versions_of
from tocsin.run.taken import Taken, Version, is_little, rules_of, taken_of
from tocsin.run.tying import tie
from tocsin.settings import Settings
from tocsin.store.jobs import Step, alone
from tocsin.store.linkage import Linkage
from tocsin.store.store import Store
from tocsin.store.workspace import Mark, Workspace, is_newer
from tocsin.store.writer import Writer


@dataclass(frozen=True)
class Renewed:
    """What renewing a store did: incidents that are new or differ, and how many there are."""

    changed: tuple[Incident, ...]
    incidents: int


def no_steps(stage: str, done: int, total: int | None = None) -> None:
    """Report no progress."""


def renew(workspace: Workspace, settings: Settings, *, step: Step = no_steps) -> Renewed:
    """Bring the store up to date at the cost of what is new, where that is possible.

    Nobody decides meanwhile: a decision between linking and saving would not be carried out.
    """
    with alone(workspace.lock), _opened(workspace, settings) as store:
        return _renewed(workspace, settings, store, step)


def _renewed(workspace: Workspace, settings: Settings, store: Store, step: Step) -> Renewed:
    step("link", 0)
    renewal = _Renewal(workspace, settings)
    return renewal.join(store, step) or renewal.whole(store, step)


@dataclass(frozen=True)
class Outlook:
    """What would change: incidents by id as they are and would be, and what their reports tell."""

    before: dict[str, Incident]
    after: dict[str, Incident]
    around: tuple[Account, ...]


def foresee(workspace: Workspace, settings: Settings, decisions: Sequence[Decision]) -> Outlook:
    """Return what numbered decisions would change; none of them is carried out."""
    with alone(workspace.lock), _opened(workspace, settings) as store:
        _renewed(workspace, settings, store, no_steps)
        return _Renewal(workspace, settings, proposed=decisions).foresee(store)


def rebuild(
    workspace: Workspace, settings: Settings, *, step: Step = no_steps
) -> tuple[Incident, ...]:
    """Make the store again from reports, accounts, id ledger and journal."""
    with alone(workspace.lock), _opened(workspace, settings) as store:
        step("link", 0)
        return _Renewal(workspace, settings).whole(store, step).changed


def _opened(workspace: Workspace, settings: Settings) -> Store:
    return Store.open(settings.store or workspace.store, renew=True)


class _Renewal:
    """One renewal of a store, with the decisions and ids that hold meanwhile."""

    def __init__(
        self, workspace: Workspace, settings: Settings, *, proposed: Sequence[Decision] = ()
    ) -> None:
        self._workspace = workspace
        self._ontology = ontology.load(settings.kinds_file)
        self._decisions = [*journal.read(workspace.journal), *proposed]
        self._ledger = ids.read_ledger(workspace.ids)
        self._issued = len(self._ledger.lines)
        self._rules = rules_of(settings)

    def whole(self, store: Store, step: Step) -> Renewed:
        """Link all accounts of the workspace and save everything anew."""
        workspace = self._workspace
        marks = workspace.mark("reports"), workspace.mark("accounts")
        reports = workspace.reports()
        accounts = current_accounts(reports, workspace.codings())
        linked = linking.link(
            accounts,
            reports,
            ontology=self._ontology,
            decisions=self._decisions,
            ledger=self._ledger,
            former=_all_former(workspace),
        )
        self._issue(linked.issued)
        step("save", 0)
        with store.writer(self._ontology, decisions=self._decisions) as writer:
            writer.replace_all(reports.values(), workspace.versions(), accounts, linked.incidents)
            known = Linkage(writer.connection)
            known.put_kept(linked.kept)
            known.put_texts(linked.kept.bands)
            known.put_originals(linked.kept.copy_of)
            if marks[0] is not None and marks[1] is not None:
                self._take(known, linked.kept.rulings, (marks[0], marks[1]), self._read(known))
        return Renewed(linked.incidents, len(linked.incidents))

    def _read(self, known: Linkage) -> _Read:
        """Note where all lines of the files begin."""
        lines: list[tuple[int, Version]] = []
        points = resume_points(noting(self._workspace.walk("reports"), lines))
        codings = [(n, c) for n, c in self._workspace.walk("accounts") if isinstance(c, Coded)]
        known.put_lines("reports", ((start, version[0]) for start, version in lines))
        known.put_lines("accounts", ((start, coded.report) for start, coded in codings))
        done = set(versions_of(coded for _, coded in codings))
        uncoded = tuple(line for line in lines if line[1] not in done)
        return _Read(len(lines), uncoded, points)

    def join(self, store: Store, step: Step) -> Renewed | None:
        """Let what is new join the store; none where the store has to be made as a whole."""
        with store.engine.begin() as connection:
            known = Linkage(connection)
            taken = self._taken(known)
            marks = self._workspace.mark("reports"), self._workspace.mark("accounts")
            if taken is None or marks[0] is None or marks[1] is None:
                return None
            tail = _Tail(self._workspace, known, taken)
            change = self._change(known, taken, tail)
            if not (tail.reports or change.decided or len(self._decisions) > taken.decisions):
                return Renewed((), known.incident_count())
            changed = self._write(known, change, step)
            self._take(known, change.rulings, (marks[0], marks[1]), tail.read)
            return Renewed(changed, known.incident_count())

    def foresee(self, store: Store) -> Outlook:
        """Link a store that is up to date with the decisions proposed, and undo it."""
        with store.engine.connect() as connection:
            known = Linkage(connection)
            taken = self._taken(known)
            if taken is None:
                raise RuntimeError("the store was changed while a decision was looked at")
            tail = _Tail(self._workspace, known, taken)
            joined, found = self._linked(known, self._change(known, taken, tail))
            after = {incident.id: incident for incident in found}
            before = {i.id: i for i in known.incidents(after.keys() | joined.gone)}
            around = known.around({a.report for a in known.accounts_of(after)})
            connection.rollback()
        return Outlook(before, after, tuple(around))

    def _change(self, known: Linkage, taken: Taken, tail: _Tail) -> Change:
        """Return what came since the store was saved, and what decisions demand of it."""
        rulings = self._rulings(known, tail)
        return Change(
            reports=tail.reports,
            accounts=tail.accounts,
            rulings=rulings,
            decided=self._decided(taken, rulings),
            ledger=self._ledger,
            former=lambda names: _former(self._workspace, known, names),
        )

    def _linked(self, known: Linkage, change: Change) -> tuple[Joined, list[Incident]]:
        """Join a change; return what it did, and all incidents that are to be written."""
        joining = Joining(known, self._ontology, change)
        joined = joining.join()
        return joined, tie(known, joined, joining.profiles, self._ontology)

    def _write(self, known: Linkage, change: Change, step: Step) -> tuple[Incident, ...]:
        """Join a change and write the incidents that it touched; return those that differ."""
        joined, found = self._linked(known, change)
        self._issue(joined.issued)
        step("save", 0)
        names = {incident.id for incident in found}
        writer = Writer(
            known.connection, self._ontology, decisions=self._decisions, only=names | joined.gone
        )
        around = known.around({a.report for a in known.accounts_of(names)})
        reports = known.reports({account.report for account in around})
        owner = known.owners(account.id for account in around)
        writer.know(around, map(without_text, reports.values()), owner)
        writer.remove_incidents(joined.gone)
        writer.put_incidents(found)
        writer.mark_saved()
        return tuple(incident for incident in found if incident.id in joined.changed)

    def _taken(self, known: Linkage) -> Taken | None:
        """Return what stands in the store, if it was made of these files, ids and decisions."""
        taken = taken_of(known, self._workspace, self._rules)
        fits = (
            taken is not None
            and taken.issued <= len(self._ledger.lines)
            and taken.decisions <= len(self._decisions)
            and taken.last_decision == self._decision_digest(taken.decisions)
            and is_little(self._workspace, taken)
        )
        return taken if fits else None

    def _take(
        self, known: Linkage, rulings: Rulings, marks: tuple[Mark, Mark], read: _Read
    ) -> None:
        taken = Taken(
            rules=self._rules,
            reports=marks[0],
            accounts=marks[1],
            versions=read.versions,
            uncoded=read.uncoded,
            archives=read.archives,
            issued=self._issued,
            decisions=len(self._decisions),
            last_decision=self._decision_digest(len(self._decisions)),
            together=rulings.together,
            apart=rulings.apart,
            about=_about(rulings),
        )
        known.take(msgspec.json.encode(taken))

    def _issue(self, lines: Sequence[Issued]) -> None:
        ids.append_ledger(self._workspace.ids, lines)
        self._issued += len(lines)

    def _decision_digest(self, number: int) -> str:
        return ids.digest(records.write(self._decisions[number - 1])) if number else ""

    def _rulings(self, known: Linkage, tail: _Tail) -> Rulings:
        named = named_by(self._decisions, self._ledger)
        gone = {account.id for account in known.accounts_in(tail.reports)} if named else set()
        here = {account.id for account in tail.accounts if account.status == "new"}
        present = (known.telling(named) - gone) | (named & here)
        return rule(self._decisions, present, ledger=self._ledger)

    def _decided(self, taken: Taken, rulings: Rulings) -> set[str]:
        """Return the accounts of which decisions say something else now, or anything new."""
        pairs = set(taken.together) ^ set(rulings.together)
        pairs |= set(taken.apart) ^ set(rulings.apart)
        about = _about(rulings)
        fresh = self._decisions[taken.decisions :]
        numbers = {name for decision in fresh for name in decision.about if name.isdigit()}
        withdrawn = [d for d in self._decisions if str(d.seq) in numbers]
        return {
            *(account for pair in pairs for account in pair),
            *(a for a in {*about, *taken.about} if about.get(a) != taken.about.get(a)),
            *named_by([*fresh, *withdrawn], self._ledger),
        }


@dataclass(frozen=True)
class _Read:
    """What of the files was read: versions of reports, those without coding, ends of archives."""

    versions: int
    uncoded: tuple[tuple[int, Version], ...]
    archives: dict[str, ResumePoint]


class _Tail:
    """What came into the files since they were taken in: reports that changed, as they are now."""

    def __init__(self, workspace: Workspace, known: Linkage, taken: Taken) -> None:
        read = list(workspace.walk("reports", taken.reports.at))
        coded = list(workspace.walk("accounts", taken.accounts.at))
        fresh = [(start, r) for start, r in read if isinstance(r, Report)]
        codings = [(start, c) for start, c in coded if isinstance(c, Coded)]
        known.put_lines("reports", [(start, report.id) for start, report in fresh])
        known.put_lines("accounts", [(start, found.report) for start, found in codings])
        known.put_versions(taken.versions, [report for _, report in fresh])
        names = {report.id for _, report in fresh} | {found.report for _, found in codings}
        self.reports: dict[str, Report] = known.reports(names)
        for _, report in fresh:
            if report.id not in self.reports or is_newer(report, self.reports[report.id]):
                self.reports[report.id] = report
        lines = [start for starts in known.lines("accounts", names).values() for start in starts]
        every = [c for c in workspace.at("accounts", sorted(lines)) if isinstance(c, Coded)]
        self.accounts: Sequence[Account] = current_accounts(self.reports, every)
        done = set(versions_of(every))
        waiting = (*taken.uncoded, *((start, version_of(report)) for start, report in fresh))
        uncoded = tuple(line for line in waiting if line[1] not in done)
        archives = further(taken.archives, resume_points(report for _, report in fresh))
        self.read = _Read(taken.versions + len(fresh), uncoded, archives)


def _about(rulings: Rulings) -> dict[str, tuple[int, ...]]:
    return {account: tuple(d.seq for d in found) for account, found in rulings.by_account.items()}


def _all_former(workspace: Workspace) -> Mapping[str, Sequence[Edition]]:
    """Return what the versions told of each report that changed."""
    versions: dict[str, list[Report]] = {}
    for report in workspace.versions():
        versions.setdefault(report.id, []).append(without_text(report))
    changed = {name: found for name, found in versions.items() if len(found) > 1}
    return editions_of(changed, workspace.codings()) if changed else {}


def _former(
    workspace: Workspace, known: Linkage, names: Collection[str]
) -> Mapping[str, Sequence[Edition]]:
    """Return what the versions told of those of some reports that changed."""
    lines = known.lines("reports", names)
    changed = {name: starts for name, starts in lines.items() if len(starts) > 1}
    versions = {
        name: [without_text(r) for r in workspace.at("reports", starts) if isinstance(r, Report)]
        for name, starts in changed.items()
    }
    starts = sorted(n for found in known.lines("accounts", changed).values() for n in found)
    codings = (c for c in workspace.at("accounts", starts) if isinstance(c, Coded))
    return editions_of(versions, codings)
