"""`tocsin desk` over a store that an older version made."""

from __future__ import annotations

from pathlib import Path

import pytest
import uvicorn
from click.testing import CliRunner
from starlette.applications import Starlette
from starlette.testclient import TestClient

from tests.desk.workspace import make_desk
from tests.store.older import make_old
from tocsin.cli import cli


def test_the_desk_brings_an_older_store_up_to_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = make_desk(tmp_path / "work", size=5)
    known = {incident.id for incident in desk.store.incidents()}
    desk.store.engine.dispose()
    for path in desk.workspace.folder.glob(f"{desk.workspace.store.name}*"):
        path.unlink()
    make_old(desk.workspace.store)
    shown: list[str] = []

    def run(app: Starlette, **_: object) -> None:
        client = TestClient(app)
        shown.extend(i["id"] for i in client.get("/api/incidents").json()["incidents"])

    monkeypatch.setattr(uvicorn, "run", run)
    result = CliRunner().invoke(cli, ["desk", "-w", str(desk.workspace.folder)])
    assert result.exit_code == 0, result.output
    assert "tables of version 0001" in result.output
    assert "made again" in result.output
    assert set(shown) == known
