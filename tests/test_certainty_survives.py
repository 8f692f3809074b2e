"""What a report only alleges stays alleged in every output."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tocsin.desk.app import create_app
from tocsin.desk.state import Desk
from tocsin.export import FORMATS
from tocsin.ontology import load
from tocsin.settings import Settings
from tocsin.store.store import Store
from tocsin.store.workspace import Workspace

TOCSIN = Path(sys.executable).parent / "tocsin"
REPORT = (
    "Police officers allegedly shot a man in the back in Toledo, Ohio, on Monday, according to "
    "his sister, Ann Weller."
)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("alleged")
    (folder / "report.txt").write_text(REPORT)
    out(folder, "run", "report.txt", "--published", "2021-05-11")
    return folder


def out(folder: Path, *arguments: str) -> str:
    ended = subprocess.run([TOCSIN, *arguments], cwd=folder, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def kind_certainties(lines: str) -> set[str]:
    incidents = [json.loads(line) for line in lines.splitlines()]
    return {
        entry["shown"]["certainty"]
        for incident in incidents
        if incident["type"] == "incident"
        for entry in incident["slots"]["kind"]
    }


@pytest.mark.parametrize(
    "arguments",
    [["list", "--json"], ["export", "jsonl"], ["run", "report.txt", "--json"]],
    ids=" ".join,
)
def test_records_say_alleged(workspace: Path, arguments: list[str]) -> None:
    assert kind_certainties(out(workspace, *arguments)) == {"alleged"}


def test_the_table_says_alleged(workspace: Path) -> None:
    table = out(workspace, "list")
    assert "alleged" in table
    assert "asserted" not in table


def test_one_record_says_alleged_beside_the_value(workspace: Path) -> None:
    identifier = out(workspace, "list", "--ids").splitlines()[0]
    shown = out(workspace, "show", identifier)
    kind = shown[shown.index("\nkind") :]
    assert kind.splitlines()[2].strip().startswith("police shooting  (alleged")


def test_every_export_says_alleged(workspace: Path) -> None:
    for name in FORMATS:
        written = out(workspace, "export", name)
        assert "alleged" in written, name


@pytest.fixture(scope="module")
def client(workspace: Path) -> Iterator[TestClient]:
    kept = Workspace(workspace / "tocsin-work")
    with Store.open(kept.store) as store:
        yield TestClient(create_app(Desk(Settings(user="Ada"), kept, store, load(), "Ada")))


def test_api_says_alleged(workspace: Path, client: TestClient) -> None:
    identifier = out(workspace, "list", "--ids").splitlines()[0]
    listed = client.get("/api/incidents").json()["incidents"]
    alone = client.get(f"/api/incidents/{identifier}").json()["incident"]
    for record in (*listed, alone):
        assert {e["shown"]["certainty"] for e in record["slots"]["kind"]} == {"alleged"}
    points = client.get("/api/incidents.geojson").json()["features"]
    found = client.get("/api/search", params={"q": "Toledo"}).json()["incidents"]
    assert [p["properties"]["certainty"] for p in points] == ["alleged"]
    assert [card["certainty"] for card in found] == ["alleged"]


def test_api_says_alleged_of_every_claim(workspace: Path, client: TestClient) -> None:
    identifier = out(workspace, "list", "--ids").splitlines()[0]
    told = client.get(f"/api/incidents/{identifier}/accounts").json()["accounts"]
    claims = [claim for account in told for claim in account["claims"]]
    doubted = [c for c in claims if c["slot"] in ("kind", "actor", "target", "victim")]
    assert doubted
    assert {c["attribution"]["certainty"] for c in doubted} == {"alleged"}


def test_pages_say_alleged_beside_the_kind(workspace: Path, client: TestClient) -> None:
    identifier = out(workspace, "list", "--ids").splitlines()[0]
    for path in ("/", "/list"):
        page = client.get(path)
        assert page.status_code == 200, path
        words = re.sub(r"<[^>]+>", " ", page.text)
        shown = words.casefold().rindex("shooting by police")
        assert "alleged" in words[shown : shown + 1500].casefold(), path
    for path in ("/review", f"/incident/{identifier}"):
        words = re.sub(r"<[^>]+>", " ", client.get(path).text)
        shown = words.casefold().index("shooting by police")
        assert "alleged" in words[shown : shown + 1500].casefold(), path
