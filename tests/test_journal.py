"""The journal is append-only, chained, and refuses what was not written here."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.linking.worlds import decision
from tocsin import journal
from tocsin.errors import JournalError


@pytest.fixture
def written(tmp_path: Path) -> Path:
    path = tmp_path / "journal.jsonl"
    journal.append(path, decision(1, "same", "a-1", "a-2"))
    journal.append(path, decision(2, "accept", "a-1"))
    journal.append(path, decision(3, "note", "a-2", value="call them"))
    return path


def test_decisions_are_numbered_and_chained(written: Path) -> None:
    found = journal.read(written)
    assert [d.seq for d in found] == [1, 2, 3]
    assert found[0].prev == journal.FIRST
    assert len({d.prev for d in found}) == 3


def test_no_journal_holds_no_decisions(tmp_path: Path) -> None:
    assert journal.read(tmp_path / "journal.jsonl") == ()


def _cut_middle(raw: bytes) -> bytes:
    lines = raw.splitlines(keepends=True)
    return b"".join([lines[0], lines[2]])


@pytest.mark.parametrize(
    ("spoil", "line"),
    [
        pytest.param(_cut_middle, "line 2", id="a line cut out"),
        pytest.param(lambda raw: raw.replace(b"accept", b"reject"), "line 3", id="a word changed"),
        pytest.param(lambda raw: raw.replace(b"call", b"cal1"), "line 3", id="last word changed"),
        pytest.param(lambda raw: raw[: raw.rindex(b'{"v"')], "line 3", id="the last line cut off"),
        pytest.param(lambda raw: raw[: len(raw) // 2], "line 2", id="cut in the middle"),
        pytest.param(lambda raw: raw[:40] + b"\xff" + raw[41:], "line 1", id="a byte changed"),
    ],
)
def test_a_spoilt_journal_is_refused_with_line_and_remedy(
    written: Path, spoil: object, line: str
) -> None:
    raw = written.read_bytes()
    spoilt = spoil(raw)  # type: ignore[operator]
    written.write_bytes(spoilt)
    with pytest.raises(JournalError, match=line) as refused:
        journal.read(written)
    assert "tocsin journal import" in str(refused.value)
    assert written.read_bytes() == spoilt


def test_a_journal_from_elsewhere_is_refused(written: Path, tmp_path: Path) -> None:
    here = tmp_path / "here" / "journal.jsonl"
    here.parent.mkdir()
    here.write_bytes(written.read_bytes())
    with pytest.raises(JournalError, match="not written in this workspace"):
        journal.read(here)


def test_a_line_that_a_killed_writer_left_is_not_read(written: Path) -> None:
    with written.open("ab") as lines:
        lines.write(b'{"v":1,"type":"dec')
    assert len(journal.read(written)) == 3
    journal.append(written, decision(4, "accept", "a-2"))
    assert [d.seq for d in journal.read(written)] == [1, 2, 3, 4]


def test_a_colleagues_journal_is_taken_over_once_with_its_conflicts(
    written: Path, tmp_path: Path
) -> None:
    theirs = tmp_path / "theirs.jsonl"
    journal.append(theirs, decision(5, "different", "a-1", "a-2"))
    journal.append(theirs, decision(6, "withdraw", "1"))
    taken = journal.take_over(written, theirs)
    assert [d.verb for d in taken.added] == ["different", "withdraw"]
    assert taken.added[1].about == ("4",)
    assert [(ours.verb, other.verb) for ours, other in taken.conflicts] == [("same", "different")]
    assert journal.take_over(written, theirs).added == ()


def test_a_spoilt_journal_that_was_moved_away_gives_its_readable_lines(
    written: Path, tmp_path: Path
) -> None:
    """The advice of the refusal leads out."""
    spoilt = tmp_path / "spoilt.jsonl"
    written.rename(spoilt)
    lines = spoilt.read_bytes().splitlines(keepends=True)
    spoilt.write_bytes(lines[0] + lines[1][:20] + b"\n" + lines[2])
    taken = journal.take_over(written, spoilt)
    assert [d.verb for d in taken.added] == ["same"]
    assert taken.broken is not None
    assert "line 2" in str(taken.broken)
    assert journal.read(written) == taken.added


def test_of_a_file_that_is_no_journal_nothing_is_taken_over(written: Path, tmp_path: Path) -> None:
    other = tmp_path / "notes.txt"
    other.write_text("call them\n")
    before = written.read_bytes()
    with pytest.raises(JournalError, match=r"line 1: .* bring back a copy"):
        journal.take_over(written, other)
    assert written.read_bytes() == before


def test_any_changed_byte_and_any_cut_is_refused(written: Path) -> None:
    raw = written.read_bytes()
    for place in range(len(raw)):
        changed = raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :]
        for spoilt in (changed, raw[:place]):
            written.write_bytes(spoilt)
            with pytest.raises(JournalError, match=r"line \d"):
                journal.read(written)
            assert written.read_bytes() == spoilt
