"""The golden cases are well formed: known kinds and slots, words that stand in their report."""

from __future__ import annotations

import datetime
import json
import tomllib
from pathlib import Path
from typing import Any, get_args

import pytest

from tocsin import terms

GOLDEN = Path(__file__).parent / "golden"
KINDS = Path(__file__).parents[1] / "src" / "tocsin" / "ontology" / "kinds"
CASES = sorted(path for path in GOLDEN.iterdir() if path.is_dir())
FAMILIES = [tomllib.loads(path.read_text("utf-8")) for path in sorted(KINDS.glob("*.toml"))]
SLOTS = {slot for family in FAMILIES for slot in family["slots"]}
KIND_NAMES = {kind["name"] for family in FAMILIES for kind in family["kind"]}


def _expected(case: Path) -> dict[str, Any]:
    expected: dict[str, Any] = json.loads((case / "expected.json").read_text("utf-8"))
    return expected


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _facts(expected: dict[str, Any]) -> list[dict[str, Any]]:
    stated = [fact for incident in expected["incidents"] for fact in incident["facts"]]
    return stated + [pattern for pattern in expected.get("absent", []) if "slot" in pattern]


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 25


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_kinds_slots_and_terms_are_known(case: Path) -> None:
    expected = _expected(case)
    patterns = expected["incidents"] + expected.get("absent", [])
    kinds = {pattern["kind"] for pattern in patterns if "kind" in pattern}
    kinds |= {kind for pattern in patterns for kind in pattern.get("kind_alt", [])}
    statuses = {status for pattern in patterns for status in _as_list(pattern.get("status", "new"))}
    assert kinds <= KIND_NAMES
    assert {fact["slot"] for fact in _facts(expected)} <= SLOTS
    assert statuses <= set(get_args(terms.Status))
    certainties = {fact["certainty"] for fact in _facts(expected) if "certainty" in fact}
    assert certainties <= set(get_args(terms.Certainty))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_words_stand_in_the_report(case: Path) -> None:
    report = (case / "report.txt").read_text("utf-8")
    for fact in _facts(_expected(case)):
        assert fact.get("words", "") in report
        assert (fact.get("speaker") or "").lower() in report.lower()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_only_plans_and_measures_lie_after_publication(case: Path) -> None:
    expected = _expected(case)
    for incident in expected["incidents"]:
        if incident.get("date") is None or incident["status"] == "planned":
            continue
        late = datetime.date.fromisoformat(incident["date"]) > datetime.date.fromisoformat(
            expected["published"]
        )
        assert not late or incident["kind"] == "curfew"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_case_says_why_it_is_here(case: Path) -> None:
    expected = _expected(case)
    assert expected["note"]
    assert expected["incidents"] or expected["absent"]
