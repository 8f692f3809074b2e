"""The packaged ontology is sound, users can add kinds, and crosswalks give the right codes."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tocsin.errors import OntologyError
from tocsin.model import Act, Count, Text, Value
from tocsin.ontology import codes, facts_from, lint, load

REFERENCE = Path(__file__).parents[3] / "shared" / "reference"


def test_packaged_ontology_has_no_faults() -> None:
    assert lint(load()) == ()


def test_orders_and_rulings_are_done_by_word() -> None:
    kinds = load().kinds
    by_word = {name for name, kind in kinds.items() if kind.by_word}
    assert {"curfew", "charge", "verdict", "arrest", "demand", "reject"} <= by_word
    assert not by_word & {"demonstration", "armed_attack", "coup", "displacement", "consult"}


def test_version_is_stable() -> None:
    assert load().version == load().version


@pytest.mark.skipif(not REFERENCE.is_dir(), reason="needs ../shared/reference")
def test_code_lists_agree_with_the_reference_tables() -> None:
    lists = codes()
    with (REFERENCE / "acled_event_types.csv").open() as stream:
        acled = {row["sub_event_type"] for row in csv.DictReader(stream)}
    with (REFERENCE / "plover_events_modes.csv").open() as stream:
        plover = {
            f"{row['event_type']}/{row['mode']}".rstrip("/") for row in csv.DictReader(stream)
        }
    with (REFERENCE / "pb2020_tags.csv").open() as stream:
        tags = {row["tag"] for row in csv.DictReader(stream)}
    assert set(lists["acled"]) <= acled
    assert set(lists["plover"]) <= plover
    assert set(lists["pb2020"]) <= tags


CASES: list[tuple[str, list[tuple[str, Value]], str, str | None]] = [
    ("demonstration", [], "acled", "Peaceful protest"),
    (
        "demonstration",
        [("conduct", Text(words="set fires", code="mostly_violent"))],
        "coverage",
        "riot",
    ),
    (
        "demonstration",
        [("force", Text(words="live rounds", code="lethal"))],
        "coverage",
        "excessive_force_against_protesters",
    ),
    (
        "police_use_of_force",
        [("killed", Count(what="killed", words="one", low=1, high=1))],
        "coverage",
        "killing_by_police_other",
    ),
    ("police_use_of_force", [], "coverage", None),
    ("charge", [], "acled", None),
    ("curfew", [], "plover", "COERCE/curfew"),
]


@pytest.mark.parametrize(("kind", "values", "target", "code"), CASES)
def test_crosswalk_follows_kind_and_slots(
    kind: str, values: list[tuple[str, Value]], target: str, code: str | None
) -> None:
    assert load().crosswalks[target].code(kind, facts_from(values)) == code


def test_flags_add_up() -> None:
    facts = facts_from(
        [("act", Act(what="tear_gas", words="gas")), ("act", Act(what="arson", words="fire"))]
    )
    assert load().crosswalks["ccc"].codes("demonstration", facts) == (
        "property_damage_any",
        "chemical_agents",
    )


def test_a_user_adds_a_kind_without_code(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(
        """
family = "harm"
slots = ["kind", "when", "where", "damage"]
[[kind]]
name = "power_failure"
definition = "Electricity fails in a whole district."
examples = ["The east bank was dark for six hours.", "A broken line left 900 homes without power."]
"""
    )
    ontology = load(path)
    assert ontology.family("power_failure") == "harm"
    assert lint(ontology) == ()


@pytest.mark.parametrize(
    "text",
    [
        '[[kind]]\nname = "curfew"\ndefinition = "x"\nexamples = []',
        '[[kind]]\nname = "new"',
        "[[kind",
    ],
    ids=["twice", "incomplete", "broken"],
)
def test_a_bad_user_file_is_refused_with_advice(tmp_path: Path, text: str) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(text)
    with pytest.raises(OntologyError) as error:
        load(path)
    assert error.value.advice
