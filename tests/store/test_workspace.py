"""A workspace loses nothing: appends survive a kill, the newest version holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from tocsin.errors import StoreError
from tocsin.model import Coded, Reject, Report
from tocsin.store.workspace import Workspace


def report(text: str, identifier: str = "r-1") -> Report:
    return Report(id=identifier, text=text, text_digest=text, raw_digest=text)


def test_the_newest_version_of_a_report_holds(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    with workspace.add_reports() as appender:
        appender.add(report("first"))
        appender.add(report("second"))
    assert workspace.reports()["r-1"].text == "second"
    assert [version.text for version in workspace.versions()] == ["first", "second"]


@pytest.mark.parametrize("kept", [1, 20, 60])
def test_a_line_cut_short_by_a_kill_is_passed_over(tmp_path: Path, kept: int) -> None:
    workspace = Workspace(tmp_path)
    with workspace.add_coded() as appender:
        appender.add(Coded(report="r-1", text_digest="a", coder="1"))
        appender.add(Coded(report="r-2", text_digest="b", coder="1"))
    path = next((tmp_path / "accounts").glob("*.jsonl"))
    first, second = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(first + b'{"v":1,' + second[7:kept])
    with workspace.add_coded() as appender:
        appender.add(Coded(report="r-3", text_digest="c", coder="1"))
    assert sorted(workspace.coded()) == ["r-1", "r-3"]


def test_a_changed_line_is_refused_with_its_number(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    with workspace.add_reports() as appender:
        appender.add(report("text"))
    path = next((tmp_path / "reports").glob("*.jsonl"))
    path.write_bytes(path.read_bytes().replace(b'"report"', b'"riport"'))
    with pytest.raises(StoreError, match="line 1"):
        workspace.reports()


def test_rejects_keep_one_line_a_place(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    reject = Reject(stage="read", code="empty", message="m", advice="a", where="x.txt")
    workspace.replace_rejects([reject, reject])
    assert workspace.rejects() == [reject]
