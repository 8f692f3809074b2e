"""The main job: reports in, incidents out, over a workspace that can be resumed and rebuilt."""

from __future__ import annotations

import platform
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import msgspec

from tocsin import linking, ontology
from tocsin.intake import Options, keep_original, read
from tocsin.intake.validators import read_validators, write_validators
from tocsin.model import Account, Coded, Incident, Reject, Report, Run
from tocsin.run.coder import code_one, load_coder, model_versions
from tocsin.run.known import Known, known_of
from tocsin.run.local import code_all
from tocsin.run.renewal import no_steps, renew
from tocsin.settings import Settings, from_environment
from tocsin.store.jobs import Step
from tocsin.store.workspace import Workspace


@dataclass(frozen=True)
class Outcome:
    """What a run made: incidents that are new or differ, what was not processed, and counters."""

    incidents: tuple[Incident, ...]
    rejects: tuple[Reject, ...]
    counters: dict[str, int] = field(default_factory=dict)


@dataclass
class _Done:
    """What a run has done so far, and whom it tells."""

    step: Step
    counters: Counter[str] = field(default_factory=Counter)
    rejects: list[Reject] = field(default_factory=list)

    def count(self, what: str) -> int:
        """Count one more."""
        self.counters[what] += 1
        return self.counters[what]


def _code_new(workspace: Workspace, settings: Settings, known: Known, done: _Done) -> None:
    total, reports = known.uncoded()
    done.step("code", 0, total)
    with workspace.add_coded() as appender:
        for coded in code_all(reports, settings):
            if isinstance(coded, Reject):
                done.rejects.append(coded)
                continue
            appender.add(coded)
            done.step("code", done.count("coded"), total)


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
    done = _Done(step)
    counters, rejects = done.counters, done.rejects
    with known_of(workspace, settings) as known:
        _read_new(inputs, workspace, options, known, done)
        _code_new(workspace, settings, known, done)
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
    inputs: Sequence[str], workspace: Workspace, options: Options, known: Known, done: _Done
) -> None:
    """Append new versions and rejects as they are read."""
    validators = read_validators(workspace.validators)
    found = read(
        inputs,
        options=msgspec.structs.replace(options, resume=known.points),
        keep=keep_original(workspace.originals),
        validators=validators,
    )
    with workspace.add_reports() as appender, workspace.add_rejects() as refused:
        for record in found:
            if isinstance(record, Reject):
                done.rejects.append(record)
                refused.add(record)
                done.count("rejects")
                continue
            done.step("read", done.count("reports"))
            if record.source:
                known.places.add(record.source)
            if known.is_new(record):
                known.add(record, appender.add(record))
                done.count("new_reports")
    write_validators(workspace.validators, validators)


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
