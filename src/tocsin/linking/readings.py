"""When two claims give the same thing, and when they give the same value for it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from tocsin.lang.lexicon import word_maps
from tocsin.lang.rarity import stem
from tocsin.linking import names
from tocsin.model import (
    Act,
    Actor,
    Condition,
    Count,
    Kind,
    Measure,
    Statement,
    Text,
    Value,
    Victim,
    When,
    Where,
)

# Slots of which an incident has one value; readings that differ stand in the same entry.
SINGLE = frozenset(
    {
        "kind",
        "when",
        "where",
        "killed",
        "injured",
        "detained",
        "present",
        "shots",
        "conduct",
        "force",
        "form",
        "scope",
    }
)
_WORDS_SHARED = 0.5  # of the shorter one's words: two phrases for one thing
_SMALL = frozenset({"a", "an", "the", "of", "in", "on", "at", "to", "and", "his", "her", "their"})


def block(value: Value) -> tuple[str, ...]:
    """Return what values must have in common to speak of one thing: statements, their speaker."""
    match value:
        case Statement():
            return ("statement", _speaker(value), str(_is_later(value)))
        case Act() | Measure():
            return (type(value).__name__, value.what)
        case _:
            return (type(value).__name__,)


def is_same_thing(left: Value, right: Value) -> bool:
    """Tell whether two values of a slot with many speak of one thing: by name, code or words."""
    match left, right:
        case Victim(), Victim():
            return _is_same_victim(left, right)
        case Actor(), Actor():
            if left.name and right.name:
                return names.is_same_person(left.name, right.name)
            return _alike(left.name or left.words, right.name or right.words)
        case Act(), Act():
            return left.what == right.what
        case Measure(), Measure():
            return left.what == right.what
        case Text(), Text() if left.code and right.code:
            return left.code == right.code
        case Statement(), Statement():
            return block(left) == block(right) and _alike(left.words, right.words)
        case _:
            return type(left) is type(right) and _alike(left.words, right.words)


def is_same_value(left: Value, right: Value) -> bool:
    """Tell whether two values say the same, whatever their words."""
    match left, right:
        case Count(), Count():
            same = (left.low, left.high) == (right.low, right.high)
            return same and (left.low is not None or _alike(left.words, right.words))
        case When(), When():
            if left.night_of or right.night_of:
                return left.night_of == right.night_of
            if left.start is None and right.start is None:
                return left.words.lower() == right.words.lower()
            return (left.start, left.end) == (right.start, right.end)
        case Where(), Where():
            if left.place and right.place:
                return left.place == right.place
            return (left.name or left.words).lower() == (right.name or right.words).lower()
        case Kind(), Kind():
            return left.name == right.name
        case Victim(), Victim():
            return not _victims_differ(left, right)
        case Measure(), Measure():
            return not _measures_differ(left, right)
        case Text(), Text() if left.code and right.code:
            return left.code == right.code
        case _:
            return is_same_thing(left, right)


def _is_same_victim(left: Victim, right: Victim) -> bool:
    if left.name and right.name:
        return names.is_same_person(left.name, right.name)
    if left.age is not None and right.age is not None:
        return left.age == right.age and not (left.name and right.name)
    return not left.name and not right.name and _alike(left.words, right.words)


def _victims_differ(left: Victim, right: Victim) -> bool:
    pairs = ((left.age, right.age), (left.armed, right.armed), (left.race, right.race))
    if any(one is not None and other is not None and one != other for one, other in pairs):
        return True
    one, other = severities(left.conditions), severities(right.conditions)
    return bool(one and other and not one & other)


def severities(conditions: Iterable[Condition]) -> set[str]:
    """Return how badly off somebody is told to be; a wound or a treatment says nothing of it."""
    grades = word_maps("en", "harm")["severity"]
    told = {word for c in conditions for word in re.findall(r"\w+", c.state.lower())}
    return {grades[word] for word in told & grades.keys()}


def _measures_differ(left: Measure, right: Measure) -> bool:
    windows = ((left.effective, right.effective), (left.ends, right.ends))
    return any(
        one is not None and other is not None and one.start and other.start
        and one.start != other.start
        for one, other in windows
    )  # fmt: skip


def _is_later(statement: Statement) -> bool:
    """Tell what somebody announces for later: it is not part of what they say is so."""
    return statement.position == "promise"


def _speaker(statement: Statement) -> str:
    speaker = statement.speaker
    return names.plain(speaker.name or speaker.words) if speaker else ""


def _alike(left: str, right: str) -> bool:
    one, other = _content(left), _content(right)
    if not one or not other:
        return left.strip().lower() == right.strip().lower()
    return len(one & other) > _WORDS_SHARED * min(len(one), len(other))


@lru_cache(maxsize=16_384)
def _content(words: str) -> frozenset[str]:
    found = re.findall(r"\w+", words.lower())
    return frozenset(stem(word) for word in found if word not in _SMALL)
