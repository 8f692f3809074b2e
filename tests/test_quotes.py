"""A quote that two reports cut differently is listed once, with both places."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tocsin.desk.app import create_app
from tocsin.desk.state import Desk
from tocsin.ontology import load
from tocsin.settings import Settings
from tocsin.store.store import Store
from tocsin.store.workspace import Workspace

TOCSIN = Path(sys.executable).parent / "tocsin"
WHOLE = "We will not leave the square until the mayor comes down and talks to us"
REPORTS = {
    "whole.txt": "Hundreds marched in Dayton, Ohio, on Monday against higher rents.\n\n"
    f"\u201c{WHOLE},\u201d said march leader Ana Ruiz.",
    "cut.txt": "About 300 tenants marched in Dayton, Ohio, on Monday over rents.\n\n"
    "\u201cWe will not leave the square,\u201d Ruiz said at the march in Dayton.",
}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("quotes")
    for name, text in REPORTS.items():
        (folder / name).write_text(text)
    run(folder, "run", *REPORTS, "--published", "2022-05-03")
    return folder


def run(folder: Path, *arguments: str) -> str:
    ended = subprocess.run([TOCSIN, *arguments], cwd=folder, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


@pytest.fixture
def client(workspace: Path) -> Iterator[TestClient]:
    kept = Workspace(workspace / "tocsin-work")
    with Store.open(kept.store) as store:
        yield TestClient(create_app(Desk(Settings(user="Ada"), kept, store, load(), "Ada")))


def test_the_api_lists_one_quote_with_two_places(workspace: Path, client: TestClient) -> None:
    (identifier,) = run(workspace, "list", "--ids").split()
    (quote,) = client.get(f"/api/incidents/{identifier}/quotes").json()["quotes"]
    assert quote["text"].startswith(WHOLE)
    assert (quote["speaker"], quote["position"]) == ("Ana Ruiz", "march leader")
    assert (quote["date"], len(quote["places"])) == ("2022-05-03", 2)


def test_show_lists_the_quote_with_its_speaker(workspace: Path) -> None:
    (identifier,) = run(workspace, "list", "--ids").split()
    shown = run(workspace, "show", identifier)
    quotes = shown[shown.index("\nquotes\n") :]
    assert WHOLE in quotes
    assert "Ana Ruiz, march leader, 2022-05-03" in quotes


def test_a_release_that_stands_beside_the_incident_is_compared(tmp_path: Path) -> None:
    said = "We will open the gates of the square on Friday and we will let everybody in"
    (tmp_path / "news.txt").write_text(
        "Hundreds marched in Dayton, Ohio, on Monday against higher rents.\n\n"
        f"\u201c{said} and feed them,\u201d said Mayor Ana Ruiz."
    )
    release = {
        "url": "https://www.dayton.gov/news/1", "title": "Remarks", "published": "2022-05-02",
        "text": f"Remarks of the mayor. {said}.",
    }  # fmt: skip
    (tmp_path / "release.jsonl").write_text(json.dumps(release))
    run(tmp_path, "run", "news.txt", "release.jsonl", "--published", "2022-05-03")
    shown = [run(tmp_path, "show", i) for i in run(tmp_path, "list", "--ids").split()]
    assert any(
        "not in the document" in text for text in shown if "news.txt" in text or said in text
    )
