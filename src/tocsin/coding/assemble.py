"""From what was found in a report to its accounts: claims with evidence, source and certainty."""

from __future__ import annotations

from collections import Counter

from tocsin.coding.chains import causes
from tocsin.coding.context import Context
from tocsin.coding.findings import (
    Finding,
    act_findings,
    actor_findings,
    kind_findings,
    leading,
    mark_findings,
)
from tocsin.coding.findings_scene import place_findings, time_findings
from tocsin.coding.grouping import group
from tocsin.coding.groups import Group
from tocsin.coding.measures import measure_findings
from tocsin.coding.newness import outlook, status_of_group
from tocsin.coding.plain import plain_findings
from tocsin.coding.shots import shot_findings
from tocsin.coding.stance import Claimed, attribution_of
from tocsin.coding.statements import statement_findings, told_by_others
from tocsin.coding.sureness import sure
from tocsin.coding.tallies import tally
from tocsin.coding.texts import text_findings
from tocsin.coding.victims import victim_findings
from tocsin.coding.who import named_minors
from tocsin.ids import account_id, claim_id
from tocsin.model import (
    Account,
    Actor,
    Claim,
    Evidence,
    Kind,
    Measure,
    Statement,
    Victim,
    When,
    Where,
)
from tocsin.models.reliability import Reliability
from tocsin.ontology import Ontology


def assemble(
    context: Context, ontology: Ontology, version: str, reliability: Reliability | None = None
) -> tuple[Account, ...]:
    """Return the accounts of one report, in the order it tells them.

    Without measured chances a claim carries the bare strength of its cue.
    """
    groups = group(context)
    view = outlook(context, groups)
    groups = tuple(sorted(groups, key=lambda g: leading(g).start))
    figures = tally(context, groups, ontology)
    statuses = [status_of_group(context, found, view) for found in groups]
    fresh = frozenset(index for index, status in enumerate(statuses) if status == "new")
    said = told_by_others(context, groups, fresh)
    minors = named_minors(context.document, context.readings.actors)
    issued: Counter[tuple[str, str]] = Counter()
    accounts = []
    for index, found in enumerate(groups):
        anchor = _anchor(context, found)
        ordinal = issued[found.kind, anchor.quote]
        issued[found.kind, anchor.quote] += 1
        identity = account_id(context.document.report.id, found.kind, anchor.quote, ordinal)
        findings = _findings(context, found, ontology, (*figures[index], *said[index]))
        published = context.document.report.published
        accounts.append(
            Account(
                id=identity,
                report=context.document.report.id,
                kind=found.kind,
                status=statuses[index],
                anchor=anchor,
                claims=tuple(
                    _claim(context, ontology, identity, f, version)
                    for f in sure(found, findings, reliability)
                ),
                published=published.value if published else None,
                minors=minors,
            )
        )
    return causes(context, groups, tuple(accounts))


def _findings(
    context: Context, found: Group, ontology: Ontology, told: tuple[Finding, ...]
) -> tuple[Finding, ...]:
    """Every value of one incident, only in slots that its kind has."""
    slots = ontology.kinds[found.kind].slots
    every = (
        *kind_findings(found),
        *time_findings(context, found),
        *place_findings(context, found),
        *actor_findings(context, found),
        *act_findings(context, found),
        *mark_findings(context, found, ontology),
        *told,
        *victim_findings(context, found),
        *text_findings(context, found),
        *plain_findings(context, found),
        *measure_findings(context, found),
        *statement_findings(context, found),
        *(() if any(f.slot == "shots" for f in told) else shot_findings(context, found)),
    )
    return tuple(finding for finding in every if finding.slot in slots)


def _anchor(context: Context, found: Group) -> Evidence:
    sentence = context.document.sentences[leading(found).sentence]
    return context.document.evidence(sentence.start, sentence.end)


def _claimed(finding: Finding, ontology: Ontology) -> Claimed:
    if isinstance(finding.value, Statement) or finding.slot == "demand":
        return "said"
    if isinstance(finding.value, Kind) and ontology.kinds[finding.value.name].by_word:
        return "ordered"
    if isinstance(finding.value, Measure):
        return "ordered"
    return "named" if isinstance(finding.value, When | Where | Actor | Victim) else "told"


def _claim(
    context: Context, ontology: Ontology, account: str, finding: Finding, version: str
) -> Claim:
    evidence = context.document.evidence(finding.start, finding.end)
    return Claim(
        id=claim_id(account, finding.slot, evidence.quote, finding.start),
        slot=finding.slot,
        value=context.document.cited(finding.value, finding.start),
        evidence=(evidence, *(context.document.evidence(*span) for span in finding.also)),
        attribution=attribution_of(
            context.document,
            context.readings,
            finding.start,
            finding.end,
            claimed=_claimed(finding, ontology),
        ),
        reading_confidence=finding.confidence,
        coder=version,
    )
