"""The main job: reports in, incidents out, over a workspace that can be resumed and rebuilt."""

from __future__ import annotations

import platform
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from tocsin import coding, ids, journal, linking
from tocsin.intake import Options, keep_original, read
from tocsin.model import Account, Coded, Incident, Reject, Report, Run
from tocsin.run.coder import code_one, load_coder, load_ontology, model_versions
from tocsin.run.local import code_all
from tocsin.settings import Settings, from_environment
from tocsin.store.jobs import Step, alone
from tocsin.store.store import Store
from tocsin.store.workspace import Workspace

_Version = tuple[str, str]  # a report's id and the digest of its text


def no_steps(stage: str, done: int, total: int | None = None) -> None:
    """Report no progress."""


@dataclass(frozen=True)
class Outcome:
    """What a run made: incidents, what was not processed, and counters."""

    incidents: tuple[Incident, ...]
    rejects: tuple[Reject, ...]
    counters: dict[str, int] = field(default_factory=dict)


def _code_new(
    workspace: Workspace,
    settings: Settings,
    counters: Counter[str],
    rejects: list[Reject],
    step: Step,
    known: set[_Version],
) -> None:
    done = {(c.report, c.text_digest) for c in workspace.codings() if c.coder == coding.VERSION}
    total = len(known - done)
    step("code", 0, total)
    with workspace.add_coded() as appender:
        for coded in code_all(_uncoded(workspace, done), settings):
            if isinstance(coded, Reject):
                rejects.append(coded)
                continue
            appender.add(coded)
            counters["coded"] += 1
            step("code", counters["coded"], total)


def link_workspace(workspace: Workspace, settings: Settings) -> tuple[Incident, ...]:
    """Link all accounts of a workspace anew, and note the ids that this issues."""
    reports = workspace.reports()
    linked = linking.link(
        current_accounts(reports, workspace.coded()),
        reports,
        ontology=load_ontology(settings),
        decisions=journal.read(workspace.journal),
        ledger=ids.read_ledger(workspace.ids),
    )
    ids.append_ledger(workspace.ids, linked.issued)
    return linked.incidents


def link_records(
    reports: dict[str, Report], coded: dict[str, Coded], settings: Settings
) -> tuple[Incident, ...]:
    """Link accounts that stand in no workspace: no decisions, no former ids."""
    accounts = [account for key in sorted(coded) for account in coded[key].accounts]
    return link(accounts, reports.values(), settings=settings)


def current_accounts(reports: dict[str, Report], coded: dict[str, Coded]) -> list[Account]:
    """Return the accounts of the newest version of each report, in a fixed order."""
    return [
        account
        for report_id in sorted(coded)
        if report_id in reports and coded[report_id].text_digest == reports[report_id].text_digest
        for account in coded[report_id].accounts
    ]


def run(
    inputs: Sequence[str],
    workspace: Workspace,
    settings: Settings,
    *,
    options: Options,
    at: str,
    step: Step = no_steps,
) -> Outcome:
    """Read, code, link and store; what a former run finished is not done again."""
    counters: Counter[str] = Counter()
    rejects: list[Reject] = []
    known = _read_new(inputs, workspace, options, counters, rejects, step)
    _code_new(workspace, settings, counters, rejects, step, known)
    workspace.replace_rejects([*workspace.rejects(), *rejects])
    incidents = rebuild(workspace, settings, step=step)
    counters["incidents"] = len(incidents)
    manifest = Run(
        at=at,
        inputs=tuple(inputs),
        settings_digest=settings.digest(),
        ontology_version=load_ontology(settings).version,
        models=model_versions(settings),
        cpu=platform.machine(),
        counters=dict(counters),
    )
    workspace.add_run(manifest)
    return Outcome(incidents, tuple(rejects), dict(counters))


def rebuild(
    workspace: Workspace, settings: Settings, *, step: Step = no_steps
) -> tuple[Incident, ...]:
    """Make the store again from reports, accounts, id ledger and journal.

    Nobody decides meanwhile: a decision between linking and saving would not be carried out.
    """
    with alone(workspace.lock):
        step("link", 0)
        incidents = link_workspace(workspace, settings)
        step("save", 0)
        save(workspace, settings, incidents)
    return incidents


def save(workspace: Workspace, settings: Settings, incidents: Iterable[Incident]) -> None:
    """Write incidents, accounts and reports into the store."""
    reports = workspace.reports()
    with Store.open(settings.store or workspace.store, renew=True) as store:
        store.save(
            reports=reports.values(),
            versions=workspace.versions(),
            accounts=current_accounts(reports, workspace.coded()),
            incidents=incidents,
            ontology=load_ontology(settings),
            decisions=journal.read(workspace.journal),
        )


def _read_new(
    inputs: Sequence[str],
    workspace: Workspace,
    options: Options,
    counters: Counter[str],
    rejects: list[Reject],
    step: Step,
) -> set[_Version]:
    known = {(report.id, report.text_digest) for report in workspace.versions()}
    with workspace.add_reports() as appender:
        for record in read(inputs, options=options, keep=keep_original(workspace.originals)):
            if isinstance(record, Reject):
                rejects.append(record)
                counters["rejects"] += 1
                continue
            counters["reports"] += 1
            step("read", counters["reports"])
            if (record.id, record.text_digest) not in known:
                known.add((record.id, record.text_digest))
                appender.add(record)
                counters["new_reports"] += 1
    return known


def _uncoded(workspace: Workspace, done: set[_Version]) -> Iterator[Report]:
    for report in workspace.versions():
        if (report.id, report.text_digest) not in done:
            yield report


def code(report: Report, *, settings: Settings | None = None) -> tuple[Account, ...]:
    """Return the accounts of one report, with the default coder (loaded once)."""
    return code_one(report, load_coder(settings or from_environment())).accounts


def link(
    accounts: Iterable[Account], reports: Iterable[Report], *, settings: Settings | None = None
) -> tuple[Incident, ...]:
    """Return the incidents that accounts tell of."""
    known = {report.id: report for report in reports}
    kinds = load_ontology(settings or from_environment())
    return linking.link(accounts, known, ontology=kinds).incidents
