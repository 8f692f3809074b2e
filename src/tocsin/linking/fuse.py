"""From the claims of one incident to its slots: the reading shown, the others, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec

from tocsin.linking.origins import Origins
from tocsin.linking.readings import SINGLE, block, is_same_thing, is_same_value
from tocsin.model import (
    Account,
    Claim,
    Condition,
    Count,
    Entry,
    Kind,
    Reading,
    Value,
    Victim,
    When,
    Where,
)
from tocsin.terms import Certainty

_SURENESS: dict[Certainty, int] = {
    "asserted": 4,
    "alleged": 3,
    "denied": 2,
    "planned": 1,
    "hypothetical": 0,
}
_FIGURES = frozenset({"killed", "injured", "detained", "present"})
_FINE = ("site", "neighbourhood", "city", "admin2", "admin1", "country")
_SHARP = ("minute", "hour", "daypart", "day", "weekend", "week", "month", "season", "year")
# "Police killed a man" tells less than "police shot a man": any more exact telling names the kind.
_GENERAL = frozenset({"police_use_of_force", "other"})
# "Seven shots" tells more than "several shots", however many say only that.
_EXACT_FIRST = frozenset({"kind", "shots"})
_SLOT_ORDER = ("kind", "when", "where", "actor", "target", "victim", "killed", "injured")


@dataclass(frozen=True)
class Told:
    """One claim with the day its report was published."""

    claim: Claim
    published: str


def slots(
    accounts: Sequence[Account], published: Mapping[str, str], origins: Origins
) -> dict[str, tuple[Entry, ...]]:
    """Return the slots of an incident made of accounts, in a fixed order."""
    tellings: dict[str, list[Told]] = {}
    for account in accounts:
        for claim in account.claims:
            told = Told(claim, published.get(account.report, ""))
            tellings.setdefault(claim.slot, []).append(told)
    found = {}
    for slot in sorted(tellings, key=_slot_order):
        ordered = sorted(tellings[slot], key=lambda t: (t.published, t.claim.id))
        things = [ordered] if slot in SINGLE else _things(ordered)
        found[slot] = tuple(_entry(slot, thing, origins) for thing in things)
    return found


def _slot_order(slot: str) -> tuple[int, str]:
    known = slot in _SLOT_ORDER
    return (_SLOT_ORDER.index(slot) if known else len(_SLOT_ORDER), slot)


def _things(told: Sequence[Told]) -> list[list[Told]]:
    """Part the claims of a slot with many values by the thing they speak of."""
    things: list[list[Told]] = []
    by_block: dict[tuple[str, ...], list[list[Told]]] = defaultdict(list)
    for one in told:
        near = by_block[block(one.claim.value)]
        home = next((thing for thing in near if _speaks_of(one, thing)), None)
        if home is None:
            home = []
            things.append(home)
            near.append(home)
        home.append(one)
    return things


def _speaks_of(one: Told, thing: Sequence[Told]) -> bool:
    return any(is_same_thing(other.claim.value, one.claim.value) for other in thing)


def _entry(slot: str, told: Sequence[Told], origins: Origins) -> Entry:
    parts: list[list[Told]] = []
    for telling in told:
        value = telling.claim.value
        home = next((p for p in parts if is_same_value(p[0].claim.value, value)), None)
        if home is None:
            parts.append([telling])
        else:
            home.append(telling)
    ranked = sorted(parts, key=lambda part: _rank(slot, part, origins), reverse=True)
    readings = [_reading(part, origins) for part in ranked]
    return Entry(shown=readings[0], others=tuple(readings[1:]), why=_why(slot, ranked, readings))


def _rank(slot: str, part: Sequence[Told], origins: Origins) -> tuple[float | str, ...]:
    """Return what a reading is preferred by: wording; figures by day and size, rest by support."""
    claims = [telling.claim for telling in part]
    sure = max(_SURENESS[claim.attribution.certainty] for claim in claims)
    newest = max(telling.published for telling in part)
    support = origins.count(claims)
    reports = len({claim.evidence[0].report for claim in claims})
    sharp = max(sharpness(claim.value) for claim in claims)
    last = min(claim.id for claim in claims)
    if slot in _EXACT_FIRST:
        return (float(sure), sharp, float(support), float(reports), newest, last)
    if slot in _FIGURES or isinstance(claims[0].value, Victim):
        total = max(_total(claim.value) for claim in claims)
        return (float(sure), newest, float(support), float(reports), total, sharp, last)
    return (float(sure), float(support), float(reports), sharp, newest, last)


def _total(value: Value) -> float:
    """Return a figure as far as it is a total: of two in one report the lower is a part."""
    if not isinstance(value, Count) or value.mode == "addition":
        return 0.0
    return float(value.low or 0)


def sharpness(value: Value) -> float:
    """Return how exact a value is, larger for a site than for a country, 0 where it is not said."""
    match value:
        case Where(precision=str(precision)):
            return float(len(_FINE) - _FINE.index(precision))
        case When(start=str(), basis="assumed"):
            return 0.5
        case When(start=str(), precision=str(precision)):
            return float(len(_SHARP) - _SHARP.index(precision))
        case Count(low=int(), high=int()):
            return 2.0
        case Count(low=int()):
            return 1.0
        case Kind(name=name):
            return 0.5 if name in _GENERAL else 1.0
        case _:
            return 0.0


def _goodness(told: Told) -> tuple[int, float, str, str]:
    claim = told.claim
    sure = _SURENESS[claim.attribution.certainty]
    return (sure, sharpness(claim.value), told.published, claim.id)


def _reading(part: Sequence[Told], origins: Origins) -> Reading:
    claims = [telling.claim for telling in part]
    best = max(part, key=_goodness).claim
    speakers = [_spoken_by(claim) for claim in claims]
    return Reading(
        value=_together([claim.value for claim in claims], best.value),
        certainty=best.attribution.certainty,
        claims=tuple(claim.id for claim in claims),
        reports=len({claim.evidence[0].report for claim in claims}),
        origins=origins.count(claims),
        speakers=tuple(dict.fromkeys(s for s in speakers if s)),
        as_of=max(telling.published for telling in part) or None,
    )


def _spoken_by(claim: Claim) -> str:
    """The speaker of a claim; footage is known through whoever has it."""
    said = claim.attribution
    through = f" via {said.via}" if said.speaker_kind == "footage" and said.via else ""
    return f"{said.speaker}{through}" if said.speaker else ""


def _together(values: Sequence[Value], best: Value) -> Value:
    """Return one value with all that agreeing claims state of a victim, states as they came in."""
    if not isinstance(best, Victim):
        return best
    found = best
    conditions: dict[str, Condition] = {}
    for value in values:
        if isinstance(value, Victim):
            stated = {
                name: getattr(value, name)
                for name in ("name", "age", "age_group", "race", "armed", "part")
                if getattr(found, name) is None and getattr(value, name) is not None
            }
            found = msgspec.structs.replace(found, **stated)
            conditions |= {c.state: c for c in value.conditions if c.state not in conditions}
    return msgspec.structs.replace(found, conditions=tuple(conditions.values()))


def _why(slot: str, ranked: Sequence[Sequence[Told]], readings: Sequence[Reading]) -> str:
    if len(readings) == 1:
        return "all that state it agree"
    shown, other = readings[0], readings[1]
    if _SURENESS[shown.certainty] > _SURENESS[other.certainty]:
        return f"it is {shown.certainty}, the others are {other.certainty} or less"
    if slot in _FIGURES and (shown.as_of or "") > (other.as_of or ""):
        return f"the latest figure (reported {(shown.as_of or '')[:10]})"
    if shown.origins > other.origins:
        return f"at least {shown.origins} origins, the next has {other.origins}"
    if shown.reports > other.reports:
        return f"{shown.reports} reports, the next has {other.reports}"
    totals = [max(_total(t.claim.value) for t in part) for part in ranked[:2]]
    if slot in _FIGURES and totals[0] > totals[1]:
        return "the largest figure of its day: lower ones may be parts of it"
    best = [max(sharpness(t.claim.value) for t in part) for part in ranked[:2]]
    if best[0] > best[1]:
        return "it is the more exact one"
    return "the latest of equals"
