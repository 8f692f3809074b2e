"""The corpus check: what it lets through, what it names, and that our corpus passes it."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from training.check_corpus import balance, check, imbalances
from training.passages import HeldKind, Mark, Passage, plain_text, read_passages

from tocsin.ontology import load

DATA = Path(__file__).parents[2] / "training" / "data"
NAMES = ("labour_strike", "demonstration", "ban", "curfew")
SOUND = Passage(
    id="p0001",
    style="local",
    country="NZ",
    part="lead",
    text="[[actor|Bus drivers]] in [[place|Timaru]] [[act|walked off the job]] today.",
    kinds=(HeldKind("labour_strike", "new"),),
)
BAN = HeldKind("ban", "new")


def changed(**changes: object) -> Passage:
    return msgspec.structs.replace(SOUND, **changes)


def test_plain_text_keeps_offsets_of_marks() -> None:
    text, marks = plain_text("So [[actor|they]] [[act|marched]].")
    assert text == "So they marched."
    assert marks == [Mark("actor", 3, 7), Mark("act", 8, 15)]


def test_sound_passage_has_no_problem() -> None:
    assert check([SOUND], NAMES) == []


@pytest.mark.parametrize(
    ("passage", "message"),
    [
        pytest.param(
            changed(text="They [[verb|marched]] all day."), "unknown role 'verb'", id="role"
        ),
        pytest.param(
            changed(text="They [[act|marched] all day."), "a mark does not parse", id="open"
        ),
        pytest.param(
            changed(text="[[act|they [[actor|all]] marched]] on."),
            "a mark does not parse",
            id="nest",
        ),
        pytest.param(
            changed(text="They [[act| marched]] all day."),
            "a mark begins or ends in white space",
            id="space",
        ),
        pytest.param(changed(text="They marched."), "2 words", id="short"),
        pytest.param(changed(text="word " * 151), "151 words", id="long"),
        pytest.param(
            changed(kinds=(HeldKind("picnic", "new"),)), "unknown kind 'picnic'", id="kind"
        ),
        pytest.param(
            changed(kinds=(HeldKind("ban", "new", force="none"),)),
            "conduct or force outside a demonstration",
            id="force",
        ),
        pytest.param(changed(kinds=(BAN, BAN)), "ban new twice", id="twice"),
        pytest.param(changed(kinds=()), "kinds are empty in negatives and only there", id="empty"),
        pytest.param(
            changed(part="background"), "a background passage holds something new", id="background"
        ),
        pytest.param(
            changed(part="negative", kinds=()),
            "a negative carries marks of an incident",
            id="marked negative",
        ),
        pytest.param(
            changed(text="[[actor|They]] walked off the job today."),
            "no words show the kinds held",
            id="no act",
        ),
        pytest.param(changed(country="nz"), "country 'nz' is no two-letter code", id="country"),
    ],
)
def test_check_names_the_problem(passage: Passage, message: str) -> None:
    assert message in [problem.message for problem in check([passage], NAMES)]


def test_check_finds_repeated_ids_and_texts() -> None:
    messages = {problem.message for problem in check([SOUND, SOUND], NAMES)}
    assert messages == {"id is not unique", "almost the same as p0001"}


@pytest.mark.parametrize("style", ["poem", None])
def test_line_of_another_form_is_refused(style: str | None, tmp_path: Path) -> None:
    line = msgspec.json.encode(changed(style=style))
    (tmp_path / "passages.jsonl").write_bytes(line)
    with pytest.raises(msgspec.ValidationError, match="style"):
        read_passages([tmp_path / "passages.jsonl"])


def test_balance_counts_a_passage_for_each_kind_it_holds() -> None:
    table = balance([changed(kinds=(BAN, HeldKind("curfew", "planned")))], NAMES)
    assert "| ban | 1 | 1 | 0 | 0 | 0 | 0 |" in table
    assert "| curfew | 1 | 0 | 0 | 1 | 0 | 0 |" in table


def test_imbalances_name_rare_kinds_shares_and_names_in_every_line() -> None:
    messages = imbalances([SOUND] * 50, ("labour_strike", "ban"))
    assert messages == [
        "ban in 0 passages only",
        "0% negatives and background",
        "Timaru named in 50 passages",
    ]


def test_our_corpus_passes() -> None:
    passages = read_passages(sorted(DATA.glob("passages-*.jsonl")))
    assert check(passages, load().names) == []
    assert imbalances(passages, load().names) == []
