"""Readers survive any bytes: reports or rejects come out, never an exception.

Runs a bounded number of examples; by hand, as long as you like:
`TOCSIN_FUZZ=100000 pytest tests/intake/test_fuzz.py`.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.intake import made
from tocsin import records
from tocsin.intake import Limits, Options, read
from tocsin.model import Reject, Report

EXAMPLES = int(os.environ.get("TOCSIN_FUZZ", "25"))
LIMITS = Limits(archive_bytes=2_000_000, document_bytes=500_000)

SEEDS = {
    "html": made.page(),
    "lines": made.line(text=made.BODY, date="2020-06-02", url="https://p.example/1"),
    "csv": f'title,date,text\nA,2020-06-02,"{made.BODY}"\n'.encode(),
    "feed": made.feed(),
    "cap": made.alert(),
    "warc": made.warc(packed=False),
    "warc.gz": made.warc(),
    "zip": made.zipped(
        {"a.html": made.page(), "b.zip": made.zipped({"c.txt": made.BODY.encode()})}
    ),
    "mhtml": made.mhtml(),
}


def check(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "input"
        path.write_bytes(content)
        for found in read([str(path)], options=Options(limits=LIMITS)):
            assert isinstance(found, Report | Reject)
            assert records.read(records.write(found)) == found
            if isinstance(found, Report):
                assert all(0 <= c.start < c.end <= len(found.text) for c in found.cuts)


@pytest.mark.parametrize("seed", SEEDS.values(), ids=SEEDS.keys())
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(chosen=st.data())
def test_damaged_input_is_survived(seed: bytes, chosen: st.DataObject) -> None:
    content = bytearray(seed)
    for _ in range(chosen.draw(st.integers(1, 6))):
        place = chosen.draw(st.integers(0, len(content)))
        change = chosen.draw(st.sampled_from(["cut", "flip", "insert", "repeat"]))
        if change == "cut":
            del content[place:]
        elif change == "flip" and place < len(content):
            content[place] ^= 1 << chosen.draw(st.integers(0, 7))
        elif change == "insert":
            content[place:place] = chosen.draw(st.binary(max_size=20))
        else:
            content[place:place] = content[place : place + 50] * 3
        if not content:
            break
    check(bytes(content))


@settings(max_examples=4 * EXAMPLES, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_survived(content: bytes) -> None:
    check(content)


@settings(max_examples=4 * EXAMPLES, deadline=None)
@given(
    st.sampled_from(["<", "{", "[", "%PDF-", "WARC/1.0\r\n", "PK\x03\x04"]), st.text(max_size=300)
)
def test_any_text_after_a_known_start_is_survived(start: str, rest: str) -> None:
    check((start + rest).encode("utf-8", "surrogatepass"))
