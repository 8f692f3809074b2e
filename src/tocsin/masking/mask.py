"""What no output shows unless a person decided so (docs/responsible-use.md).

Masked are the names of minors, suspects who are not charged, witnesses, victims of sexual violence
and private participants, and where homes, shelters and clinics stand. Coding keeps all of it
inside, so that linking can use it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TypeGuard, TypeVar, cast

import msgspec

from tocsin.masking import ages
from tocsin.masking import places as private_places
from tocsin.masking.names import forms
from tocsin.model import Account, Actor, Claim, Decision, Value, Victim, Where
from tocsin.terms import is_minor

UNMASK = "unmask"  # the slot of a note that shows one person's name again, with a reason

_HARMED = ("target", "victim")  # an adult harmed in public is named as reports name them
_NO_SUSPECTS = ("demonstration", "labour_strike", "hunger_strike", "boycott", "statement", "demand")
_PARTICLE = 3  # letters of a small word inside a name
_ALWAYS = ("minor", "victim")

_Record = TypeVar("_Record", bound=msgspec.Struct)


@dataclass(frozen=True)
class Mask:
    """Replaces names by what they stand for: [minor], [suspect], [home] ..."""

    people: tuple[tuple[str, str], ...] = ()
    places: tuple[tuple[str, str], ...] = ()
    towns: frozenset[str] = frozenset()
    open_words: frozenset[str] = frozenset()
    unmasked: frozenset[str] = frozenset()
    blurs: bool = False

    @classmethod
    def of(cls, accounts: Iterable[Account], unmasked: frozenset[str] = frozenset()) -> Mask:
        """Collect what to mask from all accounts, save the names a person unmasked."""
        told = list(accounts)
        claims = [(account, claim) for account in told for claim in account.claims]
        towns = {name for _, claim in claims for name in _place_names(claim)}
        harmed = {claim.value.name for _, claim in claims if _is_open(claim.value)}
        named = {name for _, claim in claims for name in _open_names(claim)}
        people: dict[str, str] = {}
        private = [pair for account, claim in claims for pair in _private(account, claim)]
        private += [(name, "minor") for account in told for name in account.minors]
        for name, label in private:
            is_open = name in harmed and label not in _ALWAYS
            if name not in towns | unmasked and not is_open:
                people[name] = label
        values = (claim.value for _, claim in claims)
        homes = [v for v in values if isinstance(v, Where) and private_places.kind_of(v)]
        places = {pair for where in homes for pair in private_places.exact_words(where)}
        shared = {word for name in named - people.keys() for word in name.split()}
        return cls(
            people=_longest_first(people.items()),
            places=_longest_first(places),
            open_words=frozenset(towns | shared),
            towns=frozenset(towns),
            unmasked=unmasked,
            blurs=bool(homes),
        )

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        named = [pattern for pattern, _ in self._parts]
        return re.compile("|".join(f"({pattern})" for pattern in named))

    @cached_property
    def _parts(self) -> list[tuple[str, str]]:
        """What is looked for, whole names before parts of names, with the label of each."""
        whole = [(private_places.pattern(words), label) for words, label in self.places]
        parts: list[tuple[str, str]] = []
        for name, label in self.people:
            left = self.towns if label in _ALWAYS else self.open_words
            full, *rest = forms(name, left)
            whole.append((full, label))
            parts += [(part, label) for part in rest]
        return [*whole, *parts]

    def spans(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Yield where something masked stands in a text, with its label."""
        at = 0
        found = (*self._known(text), *self._young(text))
        for start, end, label in sorted(found, key=lambda span: (span[0], -span[1])):
            if start >= at:
                yield start, end, label
                at = end

    def _known(self, text: str) -> Iterator[tuple[int, int, str]]:
        """What the accounts tell of."""
        if not self.people and not self.places:
            return
        for match in self._pattern.finditer(text):
            assert match.lastindex is not None
            yield match.start(), match.end(), self._parts[match.lastindex - 1][1]

    def _young(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Who stands beside the age of a minor, whether or not an account tells of them."""
        for start, end in ages.names(text):
            if text[start:end] not in self.unmasked:
                yield start, end, "minor"

    def whole(self, text: str, start: int, end: int) -> tuple[int, int]:
        """Return a span widened so that it cuts no masked name: half a name is not masked."""
        hidden = list(self.spans(text))
        low = min([start, *(s for s, e, _ in hidden if s < start < e)])
        return low, max([end, *(e for s, e, _ in hidden if s < end < e)])

    def text(self, words: str) -> str:
        """Return words with every masked name replaced."""
        pieces, at = [], 0
        for start, end, label in self.spans(words):
            pieces += [words[at:start], f"[{label}]"]
            at = end
        return "".join([*pieces, words[at:]]) if at else words

    def record(self, record: _Record) -> _Record:
        """Return a record with every masked name replaced and every private place blurred."""
        if not self.people and not self.blurs:
            return record
        return msgspec.convert(self._deep(msgspec.to_builtins(record)), type(record))

    def _deep(self, value: object) -> object:
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, dict):
            return {key: self._deep(inner) for key, inner in _blurred(value).items()}
        if isinstance(value, list | tuple):
            return [self._deep(inner) for inner in value]
        return value


def _blurred(fields: dict[str, object]) -> dict[str, object]:
    """Return the fields of a record, those of a private place blurred."""
    if fields.get("type") != "where":
        return fields
    where = private_places.blurred(msgspec.convert(fields, Where))
    return cast(dict[str, object], msgspec.to_builtins(where))


def unmasked(decisions: Iterable[Decision], accounts: Iterable[Account]) -> frozenset[str]:
    """Return the names that an editor decided to show where these accounts are told."""
    shown = [d for d in decisions if d.verb == "note" and d.slot == UNMASK and d.value]
    if not shown:
        return frozenset()
    void = {seq for d in decisions if d.verb == "withdraw" for seq in d.about}
    here = {account.id for account in accounts}
    return frozenset(
        d.value for d in shown if d.value and str(d.seq) not in void and here & set(d.about)
    )


def _longest_first(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair[0])))


def _place_names(claim: Claim) -> set[str]:
    """Words that name a place, which a reader may have taken for a person elsewhere."""
    value = claim.value
    if not isinstance(value, Where):
        return set()
    return {name for name in (value.name, value.city, value.words) if name}


def _open_names(claim: Claim) -> Iterator[str]:
    """Yield full names that outputs show: of those harmed in public, of officials, of speakers."""
    value, said = claim.value, claim.attribution
    if isinstance(value, Victim) and value.name and not is_minor(value.age, value.age_group):
        yield value.name
    if (
        isinstance(value, Actor)
        and value.name
        and value.person
        and not (value.private or value.minor)
    ):
        yield value.name
    if said.speaker and said.speaker_kind != "witness" and _is_name(said.speaker):
        yield said.speaker


def _is_open(value: Value) -> TypeGuard[Victim]:
    """Tell whether a value is an adult harmed in public, who is named as reports name them."""
    if not isinstance(value, Victim) or value.name is None:
        return False
    return not is_minor(value.age, value.age_group)


def _private(account: Account, claim: Claim) -> Iterable[tuple[str, str]]:
    value = claim.value
    if isinstance(value, Victim) and value.name:
        if is_minor(value.age, value.age_group):
            yield value.name, "minor"
        elif account.kind == "sexual_violence":
            yield value.name, "victim"
    if isinstance(value, Actor) and value.name and value.minor:
        yield value.name, "minor"
    elif isinstance(value, Actor) and value.name and value.private and value.role not in _HARMED:
        yield value.name, "suspect" if _is_suspect(account, value) else "person"
    speaker = claim.attribution.speaker
    if claim.attribution.speaker_kind == "witness" and speaker and _is_name(speaker):
        yield speaker, "witness"


def _is_suspect(account: Account, actor: Actor) -> bool:
    """Whoever acts in anything but a crowd incident or a statement, and holds no office."""
    return actor.role == "actor" and account.kind not in _NO_SUSPECTS


def _is_name(words: str) -> bool:
    """Tell a full name from "More than 1,000 people" and from "European Union ministers".

    Small words inside a name are particles ("Ana de la Cruz").
    """
    parts = words.split()
    large = sum(word[:1].isupper() for word in parts)
    is_named = all(word[:1].isupper() or len(word) <= _PARTICLE for word in parts)
    return words[:1].isupper() and large > 1 and is_named and not any(map(str.isdigit, words))
