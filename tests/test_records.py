"""read(write(x)) == x, absent is absent, and a bad line is named with its remedy."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tocsin import records
from tocsin.errors import InputError
from tocsin.model import (
    Account,
    Attribution,
    Claim,
    Coded,
    Count,
    Decision,
    Evidence,
    Record,
    Reject,
    Report,
    Victim,
    When,
    Where,
)

words = st.text(max_size=40)
maybe_words = st.none() | words
numbers = st.none() | st.integers(0, 10**6)
values = st.one_of(
    st.builds(When, words=words, start=maybe_words, night_of=maybe_words),
    st.builds(Where, words=words, lat=st.none() | st.floats(-90, 90), city=maybe_words),
    st.builds(Count, what=words, words=words, low=numbers, high=numbers),
    st.builds(Victim, words=words, name=maybe_words, age=numbers),
)
evidence = st.builds(
    Evidence, report=words, text_digest=words, start=st.just(0), end=st.just(3), quote=words
)
claims = st.builds(
    Claim,
    id=words,
    slot=words,
    value=values,
    evidence=st.tuples(evidence),
    attribution=st.builds(Attribution, speaker=maybe_words),
    reading_confidence=st.floats(0, 1),
    coder=words,
)
accounts = st.builds(
    Account,
    id=words,
    report=words,
    kind=words,
    status=st.sampled_from(["new", "mentioned"]),
    anchor=evidence,
    claims=st.lists(claims, max_size=3).map(tuple),
)
any_record = st.one_of(
    st.builds(Report, id=words, text=words, text_digest=words, raw_digest=words, title=maybe_words),
    accounts,
    st.builds(
        Coded,
        report=words,
        text_digest=words,
        coder=words,
        accounts=st.lists(accounts, max_size=2).map(tuple),
    ),
    st.builds(Reject, stage=words, code=words, message=words, advice=words, where=words),
)


# Slow draws say that the machine is busy, not that the records are wrong.
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(any_record)
def test_reading_what_was_written_gives_the_same_record(record: Record) -> None:
    line = records.write(record)
    assert records.read(line) == record
    assert b"\n" not in line


def test_every_line_has_version_and_type_and_no_absent_field() -> None:
    report = Report(id="r-1", text="a", text_digest="t", raw_digest="b")
    fields = json.loads(records.write(report))
    assert fields["v"] == records.VERSION
    assert fields["type"] == "report"
    assert "published" not in fields


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param(b"not json", "Not a Tocsin record", id="no json"),
        pytest.param(b'{"v":99,"type":"report"}', "version 99", id="future version"),
        pytest.param(b'{"v":1,"type":"nonsense"}', "Not a Tocsin record", id="unknown type"),
        pytest.param(b'{"id":"x"}', "Not a Tocsin record", id="no header"),
    ],
)
def test_a_bad_line_is_named_with_its_number(line: bytes, expected: str) -> None:
    with pytest.raises(InputError, match="Line 2") as caught:
        list(records.read_lines([b"\n", line]))
    assert expected in str(caught.value)


def test_a_decision_keeps_its_predecessor() -> None:
    decision = Decision(seq=1, at="2026-01-01", by="x", verb="note", about=("i-1",), prev="d")
    assert records.read(records.write(decision)) == decision
