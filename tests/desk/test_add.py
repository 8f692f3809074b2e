"""Reports added from the desk: a job of its own, with progress, that can be stopped."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tocsin.desk.state import Desk
from tocsin.store.jobs import Job, alone


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Note the commands that would be started instead of starting them."""
    started: list[list[str]] = []

    class Child:
        def __init__(self, command: list[str], **_: object) -> None:
            started.append(command[3:])

        def poll(self) -> None:
            return None

        def send_signal(self, number: int) -> None:
            started.append(["signal", str(number)])

    monkeypatch.setattr("tocsin.desk.jobs.subprocess.Popen", Child)
    return started


def test_what_is_given_is_read_by_the_command(
    client: TestClient, desk: Desk, commands: list[list[str]]
) -> None:
    files = [("files", ("../../etc/a b.html", b"<p>x</p>")), ("files", ("n.txt", b"y"))]
    form = {
        "text": "Two hurt\r\nin Leeds",
        "addresses": "https://a.example/1\n",
        "outlet": "Ledger",
        "published": "2021-03-05",
        "handling": "restricted",
    }
    answer = client.post("/add", data=form, files=files, follow_redirects=False)
    assert answer.status_code == 303
    [command] = commands
    assert command[:3] == ["run", "-w", str(desk.workspace.folder.resolve())]
    assert command[3] == "--job"
    end = command.index("--")
    assert command[5:end] == ["--outlet=Ledger", "--published=2021-03-05", "--handling=restricted"]
    *paths, address = command[end + 1 :]
    assert address == "https://a.example/1"
    inbox = (desk.workspace.folder / "inbox").resolve()
    assert all(Path(path).resolve().is_relative_to(inbox) for path in paths)
    assert [Path(path).suffix for path in paths] == [".html", ".txt", ".txt"]
    assert Path(paths[-1]).read_text() == "Two hurt\nin Leeds"
    page = client.get("/add").text
    assert "Starting" in page
    assert "a b.html" not in page, "a file's name may name somebody"


@pytest.mark.parametrize(
    "form", [{}, {"text": "  "}, {"addresses": "file:///etc/passwd"}, {"handling": "secret"}]
)
def test_nothing_is_started_without_something_to_read(
    client: TestClient, commands: list[list[str]], form: dict[str, str]
) -> None:
    assert client.post("/add", data=form).status_code == 422
    assert commands == []


def test_a_job_is_stopped_and_goes_on(
    client: TestClient, desk: Desk, commands: list[list[str]]
) -> None:
    client.post("/add", data={"text": "x"})
    [job] = desk.starter.jobs.all()
    assert client.post(f"/add/{job.id}/again").status_code == 404, "it still runs"
    client.post(f"/add/{job.id}/stop")
    assert desk.starter.jobs.is_stopping(job.id)
    assert commands[-1][0] == "signal"
    desk.starter.jobs.write(Job(**{**_fields(job), "state": "stopped"}))  # type: ignore[arg-type]
    assert "Go on" in client.get("/add/jobs").text
    client.post(f"/add/{job.id}/again")
    assert commands[-1][5:] == commands[0][5:]


def _fields(job: Job) -> dict[str, object]:
    return {name: getattr(job, name) for name in job.__struct_fields__}


def test_a_rebuild_from_the_desk_ends_in_the_same_store(client: TestClient, desk: Desk) -> None:
    before = {i.id: i for i in desk.store.incidents()}
    assert client.post("/add/rebuild", follow_redirects=False).status_code == 303
    ends = time.monotonic() + 90
    while desk.starter.jobs.all()[0].is_open and time.monotonic() < ends:
        time.sleep(0.2)
    job = desk.starter.jobs.all()[0]
    assert job.state == "done", job
    desk.starter.close()
    assert {i.id: i for i in desk.store.incidents()} == before


def test_a_decision_waits_for_a_run_that_saves(
    client: TestClient, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tocsin.desk.decide._WAIT", 0.1)
    form = {"incident": desk.store.incidents()[0].id, "verb": "accept", "seen": "0"}
    with alone(desk.workspace.lock):
        answer = client.post("/decide", data=form)
    assert "Decide again in a moment" in answer.text
    assert desk.decisions() == ()
    assert client.post("/decide", data=form, follow_redirects=False).status_code == 303
