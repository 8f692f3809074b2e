"""From our kinds to other people's codes: ordered rules over kind and slots."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import cast

from tocsin.model import Act, Actor, Count, Measure, Statement, Text, Value

NOT_REPRESENTABLE = "not representable"
ANY_KIND = "*"

Facts = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of a crosswalk: for these kinds, if every condition meets a fact, this code."""

    kinds: frozenset[str]
    when: Mapping[str, frozenset[str]]
    to: str

    def holds(self, kind: str, facts: Facts) -> bool:
        """Tell whether the rule speaks about a kind with these facts."""
        if kind not in self.kinds and ANY_KIND not in self.kinds:
            return False
        return all(facts.get(slot, frozenset()) & wanted for slot, wanted in self.when.items())


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """All rules to one format; `many` formats take every code, others the first."""

    target: str
    rules: tuple[Rule, ...]
    many: bool = False

    def codes(self, kind: str, facts: Facts) -> tuple[str, ...]:
        """Return the codes of a kind with facts; none means that the format cannot say it."""
        found = [rule.to for rule in self.rules if rule.holds(kind, facts)]
        found = found if self.many else found[:1]
        return tuple(dict.fromkeys(code for code in found if code != NOT_REPRESENTABLE))

    def code(self, kind: str, facts: Facts) -> str | None:
        """Return the first code, or None where the format cannot represent the incident."""
        return next(iter(self.codes(kind, facts)), None)


def read_crosswalk(target: str, text: str) -> Crosswalk:
    """Read a crosswalk from its TOML text."""
    table = tomllib.loads(text)
    rules = tuple(
        Rule(
            kinds=frozenset(cast("list[str]", rule["kind"])),
            when={slot: frozenset(values) for slot, values in rule.get("when", {}).items()},
            to=str(rule["to"]),
        )
        for rule in cast("list[dict[str, dict[str, list[str]]]]", table["rules"])
    )
    return Crosswalk(target, rules, many=bool(table.get("many", False)))


def facts_from(values: Iterable[tuple[str, Value]]) -> Facts:
    """Return what crosswalk rules may ask of an account or incident, from its slots and values."""
    found: dict[str, set[str]] = {}
    for slot, value in values:
        for name, fact in _facts_of(slot, value):
            found.setdefault(name, set()).add(fact)
    return {name: frozenset(facts) for name, facts in found.items()}


def _facts_of(slot: str, value: Value) -> Iterable[tuple[str, str]]:
    match value:
        case Text(code=str(code)):
            yield slot, code
        case Act(what=what):
            yield "act", what
        case Count(what=what, low=low, high=high, side=side) if slot == what:
            some = bool(low) or high is None
            yield what, "some" if some else "none"
            if some:
                yield f"{what}_side", side
        case Actor(group=str(group)):
            yield f"{slot}_group", group
        case Measure(state=str(state)):
            yield "state", state
        case Statement(position=str(position)):
            yield "position", position
        case _:
            return
