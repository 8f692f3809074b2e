"""Values in words: no more exact than they are known."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tocsin import describe
from tocsin.cli.table import when_words
from tocsin.model import (
    Actor,
    Count,
    Entry,
    Incident,
    Kind,
    Reading,
    Statement,
    Value,
    Victim,
    When,
    Where,
)
from tocsin.ontology import load
from tocsin.terms import Certainty, TimePrecision


@pytest.mark.parametrize(
    ("precision", "end", "words"),
    [
        ("year", "2004-01-01", "2003"),
        ("month", "2003-02-01", "2003-01"),
        ("week", "2003-01-08", "week of 2003-01-01"),
        ("day", "2003-01-02", "2003-01-01"),
    ],
)
def test_time_is_shown_at_its_precision(precision: TimePrecision, end: str, words: str) -> None:
    found = When(
        words="then", start="2003-01-01T00:00", end=f"{end}T00:00", zone="UTC", precision=precision
    )
    assert describe.moment(found) == words
    assert when_words(found) == words


def test_what_no_words_state_for_it_says_so() -> None:
    stated = When(words="Monday", start="2003-01-06T00:00", end="2003-01-07T00:00", precision="day")
    assert describe.value(stated) == "2003-01-06"
    assert describe.value(replace(stated, basis="inferred")) == "2003-01-06, inferred"
    town = Where(words="there", name="Leeds", precision="city", basis="inferred")
    assert describe.value(town) == "Leeds (city), inferred"


@pytest.mark.parametrize(
    ("words", "cue", "shown"),
    [
        ("that the road is shut", "said", "Ana Ruiz: the road is shut"),
        ("the road is shut", "According to", "According to Ana Ruiz: the road is shut"),
        (", a car drove off.", None, "Ana Ruiz: a car drove off."),
        ("the names", "have not released", "Ana Ruiz have not released: the names"),
        ("“It is bad,”", "said", "Ana Ruiz: “It is bad”"),
        ("“It is bad,” Ruiz said. “We go on.”", "said", "Ana Ruiz: “It is bad … We go on.”"),
        ("it fell at 5:11 p", "said", "Ana Ruiz: it fell at 5:11 p.m."),
        ("it fell at 5 a.m", "said", "Ana Ruiz: it fell at 5 a.m."),
        ("that man “is wanted”", "said", "Ana Ruiz: man “is wanted”"),
    ],
)
def test_a_statement_has_its_verb_and_bare_words(words: str, cue: str | None, shown: str) -> None:
    speaker = Actor(words="Ruiz", name="Ana Ruiz", role="speaker")
    assert describe.value(Statement(words=words, cue=cue, speaker=speaker)) == shown


@pytest.mark.parametrize(
    ("count", "shown"),
    [
        (
            Count(what="present", words="Thousands", low=2000, high=9999),
            "2,000–9,999 present (“Thousands”)",
        ),
        (Count(what="shots", words="one", low=1, high=1), "1 shot"),
        (Count(what="killed", words="at least 12", low=12), "12+ killed"),
    ],
)
def test_a_figure_reads_as_it_was_told(count: Count, shown: str) -> None:
    assert describe.value(count) == shown


@pytest.mark.parametrize(
    ("victims", "harmed"),
    [
        (["15-year-old boy", "teenage boy", "person"], ": 15-year-old boy"),
        (["victim"], ""),
        (["two men", "a clerk"], ": two men, a clerk"),
    ],
)
def test_a_title_names_whom_it_can_tell_apart(victims: list[str], harmed: str) -> None:
    told = tuple(Entry(shown=_reading(Victim(words=words)), why="") for words in victims)
    incident = Incident(
        id="i-1", kind="armed_attack", accounts=(), slots={"victim": told}, reports=1, origins=1
    )
    assert describe.title(incident, load()) == f"Armed attack{harmed}"


def test_a_headline_of_what_is_alleged_says_so_and_by_whom() -> None:
    kind = _reading(Kind(name="armed_attack", words="shot"), "alleged", ("police",))
    incident = Incident(
        id="i-1",
        kind="armed_attack",
        accounts=(),
        slots={"kind": (Entry(shown=kind, why=""),)},
        reports=1,
        origins=1,
    )
    said = describe.headline(incident, load())
    assert said == "Alleged armed attack, according to police"


def _reading(
    value: Value, certainty: Certainty = "asserted", speakers: tuple[str, ...] = ()
) -> Reading:
    return Reading(
        value=value, certainty=certainty, claims=(), reports=1, origins=1, speakers=speakers
    )
