"""What `list` and `show` print: readable on any terminal, the words of copies once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

TOCSIN = Path(sys.executable).parent / "tocsin"
TEXT = """Officers used tear gas against some 300 people on Sunday night in Springfield, Illinois,
after several cars had been set on fire. Twelve people were arrested, Chief Dana Okafor said.
"""
OUTLETS = ("Harbor Courier", "Prairie Dispatch", "Lake Ledger")


def tocsin(*arguments: str, folder: Path, columns: int | None = None) -> str:
    given = {k: v for k, v in os.environ.items() if k != "COLUMNS"}
    width = {"COLUMNS": str(columns)} if columns else {}
    ended = subprocess.run(
        [TOCSIN, *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
        env=given | width,
    )
    return ended.stdout


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("showing")
    lines = [
        {"id": name, "outlet": name, "published": "2024-05-06", "text": TEXT} for name in OUTLETS
    ]
    (folder / "copies.jsonl").write_text("\n".join(map(json.dumps, lines)))
    tocsin("run", "copies.jsonl", folder=folder)
    return folder


@pytest.fixture(scope="module")
def crowd(folder: Path) -> str:
    listed = [json.loads(line) for line in tocsin("list", "--json", folder=folder).splitlines()]
    return next(str(line["id"]) for line in listed if line["kind"] == "demonstration")


def test_the_words_of_copies_stand_once(folder: Path, crowd: str) -> None:
    shown = " ".join(tocsin("show", crowd, folder=folder, columns=300).split())
    assert f"{', '.join(OUTLETS)} (in 3 reports): " in shown
    assert shown.count("»Twelve people«") == 1


def test_codes_are_shown_in_words(folder: Path, crowd: str) -> None:
    shown = tocsin("show", crowd, folder=folder)
    assert "mostly violent (“" in shown
    assert "non-lethal (“tear gas”)" in shown
    assert "mostly_violent" not in shown


@pytest.mark.parametrize("columns", [60, 80, 200])
def test_a_list_breaks_no_word_and_fits(folder: Path, crowd: str, columns: int) -> None:
    listed = tocsin("list", folder=folder, columns=columns)
    words = listed.split()
    assert {crowd[:10], "2024-05-05", "demonstration", "Springfield,", "asserted"} <= set(words)
    assert all(len(line) <= columns for line in listed.splitlines())


def test_what_is_shown_has_no_blanks_at_the_end_of_lines(folder: Path, crowd: str) -> None:
    shown = tocsin("show", crowd, folder=folder, columns=60)
    assert [line for line in shown.splitlines() if line.endswith(" ")] == []


def test_a_piped_list_keeps_one_line_an_incident(folder: Path) -> None:
    listed = tocsin("list", folder=folder).splitlines()
    assert all(line.startswith(("id ", "i-")) for line in listed)
