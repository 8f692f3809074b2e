"""What waits to be coded is found at the cost of what is new, and is read once."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.run.worlds import Growing
from tocsin.model import Report
from tocsin.run import renewal
from tocsin.run.known import Known, known_of, version_of
from tocsin.run.taken import Version
from tocsin.settings import Settings
from tocsin.store.workspace import Workspace


def waiting(known: Known) -> list[Version]:
    total, reports = known.uncoded()
    found = [version_of(report) for report in reports]
    assert len(found) == total
    return sorted(found)


@pytest.mark.parametrize("seed", range(4))
def test_a_store_knows_what_waits_as_the_files_do(seed: int, tmp_path: Path) -> None:
    growing = Growing(tmp_path, random.Random(seed))
    growing.read(60)
    renewal.renew(growing.workspace, Settings(), step=renewal.no_steps)
    growing.read(20)
    fresh = Report(id="r-new", text="Fire.", text_digest="new", raw_digest="new")
    with known_of(growing.workspace, Settings()) as known:
        with growing.workspace.add_reports() as appender:
            assert known.is_new(fresh)
            known.add(fresh, appender.add(fresh))
        assert not known.is_new(fresh)
        found = waiting(known)
    assert version_of(fresh) in found
    assert found == waiting(Known(growing.workspace, None, None))


def test_a_waiting_report_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    growing = Growing(tmp_path, random.Random(1))
    growing.read(60)
    renewal.renew(growing.workspace, Settings(), step=renewal.no_steps)
    fresh = Report(id="r-new", text="Fire.", text_digest="new", raw_digest="new")
    read: list[int] = []
    at = Workspace.at

    def counting(self: Workspace, name: str, starts: list[int]) -> object:
        read.extend(found := list(starts))
        return at(self, name, found)

    with known_of(growing.workspace, Settings()) as known:
        with growing.workspace.add_reports() as appender:
            known.add(fresh, start := appender.add(fresh))
        monkeypatch.setattr(Workspace, "at", counting)
        assert version_of(fresh) in waiting(known)
    assert read.count(start) == 1
