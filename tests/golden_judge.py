"""Judges the accounts of one golden case: what is unmet, and what must not be there."""

from __future__ import annotations

from typing import Any

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

Pattern = dict[str, Any]


def unmet(expected: Pattern, accounts: tuple[Account, ...]) -> list[str]:
    """Return a line for each expectation that no account meets; one account meets one incident."""
    free = list(accounts)
    lines = []
    for pattern in expected["incidents"]:
        candidates = [account for account in free if is_incident(account, pattern)]
        best = min(candidates, key=lambda a: len(unmet_facts(a, pattern)), default=None)
        if best is None:
            lines.append(f"incident: no {pattern['kind']} ({pattern.get('status')}) as expected")
            lines += [f"fact: {fact}" for fact in pattern.get("facts", [])]
            continue
        free.remove(best)
        lines += [f"fact: {fact}" for fact in unmet_facts(best, pattern)]
    return lines


def violations(expected: Pattern, accounts: tuple[Account, ...]) -> list[str]:
    """Return a line for each pattern of `absent` that something matches."""
    lines = []
    for pattern in expected.get("absent", []):
        if "slot" in pattern or "words" in pattern:
            hit = any(is_fact(c, pattern) for account in accounts for c in account.claims)
        else:
            hit = any(is_incident(account, pattern) for account in accounts)
        if hit:
            lines.append(f"absent: {pattern}")
    return lines


def unmet_facts(account: Account, pattern: Pattern) -> list[Pattern]:
    """Return the facts of an incident pattern that no claim of an account meets."""
    facts = pattern.get("facts", [])
    return [fact for fact in facts if not any(is_fact(c, fact) for c in account.claims)]


def is_incident(account: Account, pattern: Pattern) -> bool:
    """Tell whether an account has the kind, status, place and day of a pattern."""
    kinds = [pattern.get("kind"), *pattern.get("kind_alt", [])]
    if pattern.get("kind") and account.kind not in kinds:
        return False
    statuses = pattern.get("status", account.status)
    if account.status not in (statuses if isinstance(statuses, list) else [statuses]):
        return False
    return _place_right(account, pattern) and _day_right(account, pattern)


def is_fact(claim: Claim, pattern: Pattern) -> bool:
    """Tell whether a claim matches a fact pattern in every field that the pattern names."""
    if "slot" in pattern and claim.slot != pattern["slot"]:
        return False
    quotes = [evidence.quote for evidence in claim.evidence]
    words = pattern.get("words")
    if words and not any(words in quote or quote in words for quote in quotes):
        return False
    said = claim.attribution
    if "certainty" in pattern and said.certainty != pattern["certainty"]:
        return False
    if "speaker" in pattern and not _speaker_right(said.speaker, pattern["speaker"]):
        return False
    return all(_field_right(claim, name, wanted) for name, wanted in pattern.items())


def _speaker_right(speaker: str | None, wanted: str | None) -> bool:
    if wanted is None or speaker is None:
        return speaker is None and wanted is None
    return wanted.lower() in speaker.lower() or speaker.lower() in wanted.lower()


def _field_right(claim: Claim, name: str, wanted: Any) -> bool:
    value = claim.value
    match value:
        case Count() if name in ("low", "high"):
            return bool(getattr(value, name) == wanted)
        case Measure() if name == "issuer":
            return value.issuer is not None and _overlaps(value.issuer, wanted)
        case Measure() if name == "effective":
            return value.effective is not None and _starts(value.effective, wanted)
        case Measure() if name in ("state", "exceptions"):
            return str(wanted) in str(getattr(value, name) or "")
        case Victim() if name == "age":
            return bool(value.age == wanted)
        case Victim() if name == "conditions":
            return _conditions_right(value, wanted)
        case Act() if name in ("actor", "target"):
            return str(wanted).lower() in str(getattr(value, name) or "").lower()
        case Act() if name == "when":
            return value.when is not None and _starts(value.when, wanted)
        case Text() | Statement() | Where() | When():
            return True
    return True


def _conditions_right(victim: Victim, wanted: list[str]) -> bool:
    said = [condition.words.lower() for condition in victim.conditions]
    positions = [next((n for n, w in enumerate(said) if part.lower() in w), -1) for part in wanted]
    return -1 not in positions and positions == sorted(positions)


def _overlaps(actor: Actor, wanted: str) -> bool:
    names = [name.lower() for name in (actor.name, actor.words) if name]
    return any(wanted.lower() in name or name in wanted.lower() for name in names)


def _starts(when: When, wanted: str) -> bool:
    return wanted in when.words or bool(when.start and when.start.startswith(wanted))


def _place_right(account: Account, pattern: Pattern) -> bool:
    cities = {c.value.city or c.value.name for c in account.claims if isinstance(c.value, Where)}
    if "city_any" in pattern:
        return bool(cities & set(pattern["city_any"]))
    if "city" not in pattern:
        return True
    return not cities if pattern["city"] is None else pattern["city"] in cities


def _day_right(account: Account, pattern: Pattern) -> bool:
    if "date" not in pattern:
        return True
    times = [c.value for c in account.claims if c.slot == "when" and isinstance(c.value, When)]
    days = {when.night_of or (when.start or "")[:10] for when in times} - {""}
    return not days if pattern["date"] is None else pattern["date"] in days
