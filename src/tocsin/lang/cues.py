"""Cues of kinds as data: patterns of lemmas, and rules from who and whom to kind and act."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, cast

Form = Literal["verb", "noun", "phrase"]

GAP = "~"
_FORMS: tuple[Form, ...] = ("verb", "noun", "phrase")


@dataclass(frozen=True, slots=True)
class CueRule:
    """What a cue means for these classes of agent, patient and subject; empty means any."""

    kind: str
    act: str | None
    agent: frozenset[str]
    patient: frozenset[str]
    subject: frozenset[str]
    near: tuple[str, ...]
    form: frozenset[str]
    weak: bool
    outcome: bool


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that tell of something: their meaning is decided by the rules, in order."""

    name: str
    unless: tuple[str, ...]
    rules: tuple[CueRule, ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """One row of lemmas of a cue."""

    cue: Cue
    form: Form
    words: tuple[str, ...]


@cache
def cue_patterns(lang: str, book: str = "kinds") -> Mapping[str, tuple[Pattern, ...]]:
    """Return the patterns of one book of cues by their first word, longest first."""
    path = files("tocsin.lang").joinpath(lang, f"{book}.toml")
    table = tomllib.loads(path.read_text("utf-8"))
    found: dict[str, list[Pattern]] = {}
    for entry in cast("list[dict[str, object]]", table["cue"]):
        cue = _cue(entry)
        for form in _FORMS:
            for text in cast("list[str]", entry.get(form, [])):
                words = tuple(text.lower().split())
                found.setdefault(words[0], []).append(Pattern(cue, form, words))
    return {
        word: tuple(sorted(rows, key=lambda row: -len(row.words))) for word, rows in found.items()
    }


def _cue(entry: Mapping[str, object]) -> Cue:
    return Cue(
        name=str(entry["name"]),
        unless=tuple(cast("list[str]", entry.get("unless", []))),
        rules=tuple(_rule(rule) for rule in cast("list[dict[str, object]]", entry["rules"])),
    )


def _rule(rule: Mapping[str, object]) -> CueRule:
    def words(name: str) -> list[str]:
        return cast("list[str]", rule.get(name, []))

    act = rule.get("act")
    return CueRule(
        kind=str(rule["kind"]),
        act=str(act) if act else None,
        agent=frozenset(words("agent")),
        patient=frozenset(words("patient")),
        subject=frozenset(words("subject")),
        near=tuple(words("near")),
        form=frozenset(words("form")),
        weak=bool(rule.get("weak", False)),
        outcome=bool(rule.get("outcome", False)),
    )
