"""What a report only alleges stays alleged in every output."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

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


@pytest.mark.parametrize("arguments", [["list", "--json"], ["export", "jsonl"]])
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
