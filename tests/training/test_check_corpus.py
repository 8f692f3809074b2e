"""The corpus check: what it lets through, what it names, and that our corpus passes it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from training.check_corpus import Mark, balance, check, plain_text, read_passages

DATA = Path(__file__).parents[2] / "training" / "data"


def passage(**changes: Any) -> dict[str, Any]:
    return {
        "id": "p0001",
        "style": "local",
        "country": "NZ",
        "part": "lead",
        "text": "[[actor|Bus drivers]] in [[place|Timaru]] [[act|walked off the job]] today.",
        "kinds": [{"kind": "labour_strike", "status": "new"}],
    } | changes


def test_plain_text_keeps_offsets_of_marks() -> None:
    text, marks = plain_text("So [[actor|they]] [[act|marched]].")
    assert text == "So they marched."
    assert marks == [Mark("actor", 3, 7), Mark("act", 8, 15)]


def test_sound_passage_has_no_problem() -> None:
    assert check([passage()]) == []


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        pytest.param({"text": "They [[verb|marched]] all day."}, "unknown role 'verb'", id="role"),
        pytest.param({"text": "They [[act|marched] all day."}, "a mark does not parse", id="open"),
        pytest.param(
            {"text": "[[act|they [[actor|all]] marched]] today on."}, "a mark does not parse", id="nest"
        ),
        pytest.param(
            {"text": "They [[act| marched]] all day."},
            "a mark begins or ends in white space",
            id="space",
        ),
        pytest.param({"text": "They marched."}, "2 words", id="short"),
        pytest.param(
            {"kinds": [{"kind": "picnic", "status": "new"}]}, "unknown kind 'picnic'", id="kind"
        ),
        pytest.param(
            {"kinds": [{"kind": "ban", "status": "maybe"}]}, "unknown status 'maybe'", id="status"
        ),
        pytest.param(
            {"kinds": [{"kind": "ban", "status": "new", "force": "none"}]},
            "conduct or force outside a demonstration",
            id="force",
        ),
        pytest.param({"kinds": []}, "kinds are empty in negatives and only there", id="empty"),
        pytest.param(
            {"part": "background"}, "a background passage holds something new", id="background"
        ),
        pytest.param({"country": "nz"}, "country 'nz' is no two-letter code", id="country"),
        pytest.param({"style": "poem"}, "unknown style 'poem'", id="style"),
    ],
)
def test_check_names_the_problem(changes: dict[str, Any], message: str) -> None:
    assert message in [problem.message for problem in check([passage(**changes)])]


def test_check_finds_repeated_ids_and_texts() -> None:
    messages = {problem.message for problem in check([passage(), passage()])}
    assert messages == {"id is not unique", "almost the same as p0001"}


def test_balance_counts_a_passage_for_each_kind_it_holds() -> None:
    kinds = [{"kind": "ban", "status": "new"}, {"kind": "curfew", "status": "planned"}]
    table = balance([passage(kinds=kinds)])
    assert "| ban | 1 | 1 | 0 | 0 | 0 | 0 |" in table
    assert "| curfew | 1 | 0 | 0 | 1 | 0 | 0 |" in table


def test_our_corpus_passes() -> None:
    assert check(read_passages(sorted(DATA.glob("passages-*.jsonl")))) == []
