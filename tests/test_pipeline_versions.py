"""A workspace over time: pages that change, archives read in two goes, servers asked again."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.intake import made
from tocsin import describe, pipeline
from tocsin.intake import Options, fetch, finish
from tocsin.intake import read as intake_read
from tocsin.model import Incident, RawReport, Reject, Report
from tocsin.settings import from_environment
from tocsin.store.store import Store
from tocsin.store.workspace import Workspace

STORY = (
    "DAYTON, Ohio - A gunman shot two people at a market in Dayton, Ohio, on Sunday, police said.\n"
    "\n{}\n\nOfficers closed the road to the market for several hours after the shooting.\n"
)
FIRST = STORY.format("Two people were injured, the police department said.")
SECOND = STORY.format("One person died and two people were injured, the police department said.")
AT = "2024-05-08T00:00:00+00:00"


def run(folder: Path, *inputs: Path | str, options: Options | None = None) -> tuple[Incident, ...]:
    pipeline.run(
        [str(name) for name in inputs],
        Workspace(folder),
        from_environment(),
        options=options or Options(),
        at=AT,
    )
    with Store.open(folder / "store.sqlite") as store:
        return tuple(store.incidents())


def write(path: Path, text: str, day: int) -> Path:
    """Write a record of one report, with the day of May 2024 on which it was saved."""
    line = {"url": "https://p.example/1", "published": "2024-05-06", "text": text}
    path.write_text(json.dumps(line) + "\n")
    os.utime(path, (1714953600 + day * 86400,) * 2)
    return path


def killed(incidents: tuple[Incident, ...]) -> list[str]:
    attack = next(i for i in incidents if i.kind == "armed_attack")
    return [f"{c.before} -> {c.after}" for c in attack.history if c.slot == "killed"]


def test_incident_uses_the_newest_version_and_keeps_older_values(tmp_path: Path) -> None:
    folder = tmp_path / "work"
    path = tmp_path / "page.jsonl"
    run(folder, write(path, FIRST, 1))
    found = run(folder, write(path, SECOND, 2))
    attack = next(i for i in found if i.kind == "armed_attack")
    assert describe.value(attack.slots["killed"][0].shown.value) == "1 killed"
    assert killed(found) == ["None -> 1 killed"]
    found = run(folder, write(path, FIRST, 3))
    attack = next(i for i in found if i.kind == "armed_attack")
    assert "killed" not in attack.slots
    assert killed(found) == ["None -> 1 killed", "1 killed -> no longer stated"]
    assert len(list(Workspace(folder).versions())) == 3
    assert run(folder, path) == found
    assert len(list(Workspace(folder).versions())) == 3


def test_an_older_capture_read_later_is_not_the_newest_version(tmp_path: Path) -> None:
    folder = tmp_path / "work"
    found = run(folder, write(tmp_path / "new.jsonl", SECOND, 2))
    after = run(folder, write(tmp_path / "old.jsonl", FIRST, 1))
    (report,) = Workspace(folder).reports().values()
    assert "One person died" in report.text
    assert [i.slots for i in after] == [i.slots for i in found]
    assert killed(after) == ["None -> 1 killed"]


def test_a_run_stopped_inside_an_archive_goes_on_where_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(made.warc(6))
    folder = tmp_path / "work"
    finished = []

    def stop_after_four(raw: RawReport, options: Options) -> Report | Reject:
        finished.append(raw.address)
        if len(finished) == 5:
            raise KeyboardInterrupt
        return finish(raw, options)

    monkeypatch.setattr(sys.modules["tocsin.intake.read"], "finish", stop_after_four)
    with pytest.raises(KeyboardInterrupt):
        run(folder, path)
    assert len(Workspace(folder).reports()) == 4
    del finished[:]
    finished.extend([None] * 10)
    run(folder, path)
    assert len(Workspace(folder).reports()) == 6
    assert finished[10:] == [f"https://paper.example/{n}" for n in (3, 4, 5)]


def test_what_was_not_read_is_known_after_a_killed_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xff\xfa bad bytes \xfe")
    (tmp_path / "b.txt").write_text(FIRST)

    def stop(raw: RawReport, options: Options) -> Report | Reject:
        if raw.source.endswith("b.txt"):
            raise KeyboardInterrupt
        return finish(raw, options)

    monkeypatch.setattr(sys.modules["tocsin.intake.read"], "finish", stop)
    folder = tmp_path / "work"
    with pytest.raises(KeyboardInterrupt):
        run(folder, tmp_path / "a.txt", tmp_path / "b.txt")
    assert [r.code for r in Workspace(folder).rejects()] == ["encoding"]
    monkeypatch.undo()
    (tmp_path / "a.txt").write_text(SECOND)
    run(folder, tmp_path / "a.txt", tmp_path / "b.txt")
    assert Workspace(folder).rejects() == []


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[httpx.Request]]:
    """Answer one page that does not change; return the requests for it."""
    requests: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/robots.txt":
            return httpx.Response(404)
        requests.append(request)
        if request.headers.get("if-none-match") == '"1"':
            return httpx.Response(304)
        return httpx.Response(
            200, content=made.page(), headers={"content-type": "text/html", "etag": '"1"'}
        )

    init = fetch.Fetcher.__init__

    def with_transport(self: fetch.Fetcher, options: Options, **known: object) -> None:
        transport = httpx.MockTransport(answer)
        init(self, options, **known, transport=transport, sleep=lambda _: None)  # type: ignore[arg-type]

    monkeypatch.setattr(fetch.Fetcher, "__init__", with_transport)
    monkeypatch.setattr("tocsin.intake.guard._public_address", lambda host, port: host)
    yield requests


def test_the_next_run_asks_whether_an_address_changed(
    tmp_path: Path, asked: list[httpx.Request]
) -> None:
    folder = tmp_path / "work"
    first = run(folder, "https://p.example/1")
    before = (folder / "reports" / "reports.jsonl").read_bytes()
    assert before
    assert run(folder, "https://p.example/1") == first
    assert [r.headers.get("if-none-match") for r in asked] == [None, '"1"']
    assert (folder / "reports" / "reports.jsonl").read_bytes() == before


def test_reading_without_a_workspace_asks_for_the_whole_page(asked: list[httpx.Request]) -> None:
    for _ in range(2):
        assert [r for r in intake_read(["https://p.example/1"]) if isinstance(r, Report)]
    assert [r.headers.get("if-none-match") for r in asked] == [None, None]
