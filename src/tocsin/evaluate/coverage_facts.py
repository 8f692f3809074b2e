"""Claims as the coverage bench's facts: a rule table from slots to its fields."""

from __future__ import annotations

from collections.abc import Iterator

from tocsin.evaluate.tasks import Fields
from tocsin.model import (
    Account,
    Act,
    Actor,
    Claim,
    Count,
    Measure,
    Statement,
    Text,
    Victim,
    When,
    Where,
)

_COUNT_FIELDS = {
    "killed": "killed",
    "injured": "injured",
    "detained": "arrested",
    "present": "crowd",
}
_TEXT_FIELDS = {"cause": "cause", "weapon": "weapon", "damage": "damage", "demand": "demand"}
_CERTAINTY = {"hypothetical": "alleged"}
# Acts that the bench calls measures (force against a crowd), damage, or leaves out.
_MEASURE_ACTS = frozenset(
    {"tear_gas", "pepper_spray", "impact_munitions", "stun_grenades", "water_cannon"}
)
_DAMAGE_ACTS = frozenset({"arson", "property_damage"})
_PLAIN_ACTS = frozenset({"gathering", "disorder", "unrest", "march", "chant"})
_MOST = 12  # facts of one incident that the bench looks at


def facts_of(account: Account) -> list[Fields]:
    """Return what an account states, each fact once, with its source and certainty."""
    rows: list[Fields] = []
    for claim in account.claims:
        for field, value in _fields(account, claim):
            row: Fields = {
                "field": field,
                "value": value,
                "certainty": _certainty(claim),
                "attributed_to": _speaker(claim),
            }
            if row not in rows:
                rows.append(row)
    return rows[:_MOST]


def _speaker(claim: Claim) -> str | None:
    value = claim.value
    if isinstance(value, Statement) and value.speaker is not None:
        return value.speaker.name or claim.attribution.speaker or value.speaker.words
    return claim.attribution.speaker


def _certainty(claim: Claim) -> str:
    """The bench's four labels; a figure of none is said plainly, not denied."""
    certainty = claim.attribution.certainty
    if isinstance(claim.value, Count) and claim.value.high == 0 and certainty == "denied":
        return "asserted"
    return _CERTAINTY.get(certainty, certainty)


def day_of(when: When) -> str | None:
    """The day that a time belongs to, the evening for a night."""
    if when.night_of:
        return when.night_of
    fine = when.precision in ("minute", "hour", "daypart", "day")
    return when.start[:10] if when.start and fine else None


def _fields(account: Account, claim: Claim) -> Iterator[tuple[str, str]]:
    match claim.value:
        case Count(low=int(low)) if claim.slot in _COUNT_FIELDS:
            yield _COUNT_FIELDS[claim.slot], _figure(claim.value, low)
        case Victim() as victim:
            if victim.name:
                yield "victim", victim.name
            for condition in victim.conditions:
                yield "victim_condition", condition.words
        case Measure() as measure:
            yield "measure", _measure(measure)
        case Statement(words=words, position="demand") if account.kind == "demand":
            yield "demand", words
        case Statement(words=words):
            yield "statement", words
            if account.kind != "statement":
                yield "action", words
        case Act(what=what, words=words):
            if what in _MEASURE_ACTS:
                yield "measure", words
            elif what in _DAMAGE_ACTS:
                yield "damage", words
            elif what not in _PLAIN_ACTS:
                yield "action", words
        case Text(words=words) if claim.slot in _TEXT_FIELDS:
            yield _TEXT_FIELDS[claim.slot], words
        case Actor() as actor if claim.slot == "actor" and account.kind == "armed_attack":
            yield "actor", actor.name or actor.words
        case Where() | When() | _:
            return


def _figure(count: Count, low: int) -> str:
    """The figure as a reader would write it: vague words stay words."""
    if count.high is not None and count.high != low:
        return count.words
    return f"{low} {count.side}" if count.side in ("police", "bystanders") else str(low)


def _measure(measure: Measure) -> str:
    clock = "-".join(
        when.start[11:16]
        for when in (measure.effective, measure.ends)
        if when and when.start and when.precision in ("minute", "hour")
    )
    return f"{measure.words} {clock}".strip()
