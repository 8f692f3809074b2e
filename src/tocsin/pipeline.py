"""The main job: reports in, incidents out, over a workspace that can be resumed and rebuilt."""

from __future__ import annotations

import platform
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import msgspec

from tocsin import coding, linking, ontology
from tocsin.intake import Options, keep_original, read
from tocsin.intake.validators import read_validators, write_validators
from tocsin.intake.warc import resume_points
from tocsin.model import Account, Coded, Incident, Reject, Report, Run
from tocsin.run.coder import code_one, load_coder, model_versions
from tocsin.run.local import code_all
from tocsin.run.renewal import no_steps, renew
from tocsin.settings import Settings, from_environment
from tocsin.store.jobs import Step
from tocsin.store.workspace import Workspace

_Version = tuple[str, str]  # a report's id and the digest of its text


@dataclass(frozen=True)
class Outcome:
    """What a run made: incidents that are new or differ, what was not processed, and counters."""

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


def link_records(
    reports: dict[str, Report], coded: dict[str, Coded], settings: Settings
) -> tuple[Incident, ...]:
    """Link accounts that stand in no workspace: no decisions, no former ids."""
    accounts = [account for key in sorted(coded) for account in coded[key].accounts]
    return link(accounts, reports.values(), settings=settings)


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
    _code_new(workspace, settings, counters, rejects, step, known.texts)
    left = [*workspace.rejects(), *(r for r in rejects if r.stage != "read")]
    workspace.replace_rejects(r for r in left if r.stage != "read" or r.where not in known.places)
    renewed = renew(workspace, settings, step=step)
    counters["incidents"] = renewed.incidents
    manifest = Run(
        at=at,
        inputs=tuple(inputs),
        settings_digest=settings.digest(),
        ontology_version=ontology.load(settings.kinds_file).version,
        models=model_versions(settings),
        cpu=platform.machine(),
        counters=dict(counters),
    )
    workspace.add_run(manifest)
    return Outcome(renewed.changed, tuple(rejects), dict(counters))


def _read_new(
    inputs: Sequence[str],
    workspace: Workspace,
    options: Options,
    counters: Counter[str],
    rejects: list[Reject],
    step: Step,
) -> _Known:
    """Append new versions and rejects as they are read; return all that is known then."""
    known = _Known()
    points = resume_points(known.noting(workspace.versions()))
    validators = read_validators(workspace.validators)
    found = read(
        inputs,
        options=msgspec.structs.replace(options, resume=points),
        keep=keep_original(workspace.originals),
        validators=validators,
    )
    with workspace.add_reports() as appender, workspace.add_rejects() as refused:
        for record in found:
            if isinstance(record, Reject):
                rejects.append(record)
                refused.add(record)
                counters["rejects"] += 1
                continue
            counters["reports"] += 1
            step("read", counters["reports"])
            if record.source:
                known.places.add(record.source)
            if known.is_new(record):
                appender.add(record)
                counters["new_reports"] += 1
    write_validators(workspace.validators, validators)
    return known


class _Known:
    """Which texts of each report are in the workspace, and which of them is the newest."""

    def __init__(self) -> None:
        self.texts: set[_Version] = set()
        self.places: set[str] = set()  # where the reports of this run came from
        self._newest: dict[str, tuple[str, str | None]] = {}

    def noting(self, reports: Iterable[Report]) -> Iterator[Report]:
        """Pass reports on while noting them."""
        for report in reports:
            self._note(report)
            yield report

    def is_new(self, report: Report) -> bool:
        """Tell whether a version is not known yet, and note it; a page may also be set back."""
        at = report.acquired.at if report.acquired else None
        text, since = self._newest.get(report.id, ("", None))
        seen = (report.id, report.text_digest) in self.texts
        set_back = text != report.text_digest and bool(at and since and at > since)
        if seen and not set_back:
            return False
        self._note(report)
        return True

    def _note(self, report: Report) -> None:
        at = report.acquired.at if report.acquired else None
        self.texts.add((report.id, report.text_digest))
        before = self._newest.get(report.id, ("", None))[1]
        if not (at and before) or at >= before:
            self._newest[report.id] = (report.text_digest, at)


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
    kinds = ontology.load((settings or from_environment()).kinds_file)
    return linking.link(accounts, known, ontology=kinds).incidents
