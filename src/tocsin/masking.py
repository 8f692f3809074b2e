"""Names that no output shows unless a person unmasked them (docs/responsible-use.md).

Masked are minors, suspects who are not charged, witnesses, victims of sexual violence and private
participants. Coding keeps the names inside, so that linking can use them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeGuard

import msgspec

from tocsin.model import Account, Actor, Claim, Incident, Value, Victim, Where

_CHILD = re.compile(r"\b(child|boy|girl|toddler|infant|baby|teen\w*|schoolboy|schoolgirl)\b", re.I)
_GRADE = re.compile(r"\b(\w+[- ]grade(r)?|kindergart\w+|pupil)\b", re.I)
_ADULT = 18
_HARMED = ("target", "victim")  # an adult harmed in public is named as reports name them
_NO_SUSPECTS = ("demonstration", "labour_strike", "hunger_strike", "boycott", "statement", "demand")
_ALWAYS = ("minor", "victim")
_SHORTEST_SURNAME = 2  # initials and particles would mask ordinary words


@dataclass(frozen=True)
class Mask:
    """Replaces names by what they stand for: [minor], [suspect], [witness] ..."""

    labels: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, accounts: Iterable[Account], unmasked: frozenset[str] = frozenset()) -> Mask:
        """Collect the names to mask from all accounts, save those a person unmasked."""
        claims = [(account, claim) for account in accounts for claim in account.claims]
        places = {name for _, claim in claims for name in _place_names(claim)}
        harmed = {claim.value.name for _, claim in claims if _is_open(claim.value)}
        found: dict[str, str] = {}
        for name, label in (pair for account, claim in claims for pair in _private(account, claim)):
            is_open = name in harmed and label not in _ALWAYS
            if name not in places | unmasked and not is_open:
                found[name] = label
                surname = name.split()[-1]
                if len(surname) > _SHORTEST_SURNAME and surname not in places:
                    found.setdefault(surname, label)
        return cls(tuple(sorted(found.items(), key=lambda pair: (-len(pair[0]), pair[0]))))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        names = "|".join(re.escape(name) for name, _ in self.labels)
        return re.compile(rf"(?<!\w)(?:{names})(?!\w)")

    @cached_property
    def _label(self) -> dict[str, str]:
        return dict(self.labels)

    def text(self, words: str) -> str:
        """Return words with every masked name replaced."""
        if not self.labels:
            return words
        return self._pattern.sub(lambda match: f"[{self._label[match.group()]}]", words)

    def record(self, incident: Incident) -> Incident:
        """Return an incident with every masked name replaced, in every field."""
        if not self.labels:
            return incident
        fields = msgspec.to_builtins(incident)
        return msgspec.convert(self._deep(fields), Incident)

    def _deep(self, value: object) -> object:
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, dict):
            return {key: self._deep(inner) for key, inner in value.items()}
        if isinstance(value, list | tuple):
            return [self._deep(inner) for inner in value]
        return value


def _place_names(claim: Claim) -> set[str]:
    """Words that name a place, which a reader may have taken for a person elsewhere."""
    value = claim.value
    if not isinstance(value, Where):
        return set()
    return {name for name in (value.name, value.city, value.words) if name}


def _is_open(value: Value) -> TypeGuard[Victim]:
    """Tell whether a value is an adult harmed in public, who is named as reports name them."""
    return isinstance(value, Victim) and value.name is not None and not is_minor(value)


def _private(account: Account, claim: Claim) -> Iterable[tuple[str, str]]:
    value = claim.value
    if isinstance(value, Victim) and value.name:
        if is_minor(value):
            yield value.name, "minor"
        elif account.kind == "sexual_violence":
            yield value.name, "victim"
    if isinstance(value, Actor) and value.name and value.private and value.role not in _HARMED:
        yield value.name, "suspect" if _is_suspect(account, value) else "person"
    speaker = claim.attribution.speaker
    if claim.attribution.speaker_kind == "witness" and speaker and _is_name(speaker):
        yield speaker, "witness"


def _is_suspect(account: Account, actor: Actor) -> bool:
    """Whoever acts in anything but a crowd incident or a statement, and holds no office."""
    return actor.role == "actor" and account.kind not in _NO_SUSPECTS


def _is_name(words: str) -> bool:
    return words[:1].isupper() and " " in words


def is_minor(victim: Victim) -> bool:
    """Tell whether a victim is a minor by stated age, child words or school grade."""
    if victim.age is not None:
        return victim.age < _ADULT
    return bool(_CHILD.search(victim.words) or _GRADE.search(victim.words))
