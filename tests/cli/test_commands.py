"""What a user meets at the command line: help, wrong input, exit codes, quiet pipes."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tocsin.cli import COMMANDS, cli, main

TOCSIN = Path(sys.executable).parent / "tocsin"
REPORT = """MILLBROOK (Harbor Courier) - Police used tear gas on Sunday night to disperse about 200
demonstrators outside the city hall in Springfield, Illinois. Three people were arrested, police
said.
"""


def tocsin(*arguments: str, folder: Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [TOCSIN, *arguments], cwd=folder, input=stdin, capture_output=True, text=True, check=False
    )


def test_help_names_every_command_quickly(tmp_path: Path) -> None:
    tocsin("--help", folder=tmp_path)
    begun = time.monotonic()
    shown = tocsin("--help", folder=tmp_path)
    assert time.monotonic() - begun < 1.0  # target .4 s; the margin is for a busy machine
    assert all(name in shown.stdout for name in COMMANDS)


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_has_help_that_matches_the_list(name: str, tmp_path: Path) -> None:
    shown = tocsin(name, "--help", folder=tmp_path)
    assert shown.returncode == 0
    assert "Usage: tocsin" in shown.stdout


def test_what_the_handling_level_keeps_back_is_counted(tmp_path: Path) -> None:
    ran = tocsin("run", "-", "--handling", "restricted", folder=tmp_path, stdin=REPORT)
    assert "No new incident" not in ran.stdout
    assert "Springfield" not in ran.stdout
    assert "only in restricted reports" in ran.stdout
    assert "tocsin list --level restricted" in ran.stdout
    assert "Springfield" in tocsin("list", "--level", "restricted", folder=tmp_path).stdout


def test_columns_taken_from_a_table_are_shown(tmp_path: Path) -> None:
    row = " ".join(REPORT.split())
    (tmp_path / "news.csv").write_text(f'title,story\nPolice use gas,"{row}"\n')
    shown = tocsin("read", "news.csv", folder=tmp_path)
    assert "text from 'story'" in shown.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        pytest.param(["frobnicate"], 2, "No such command", id="unknown command"),
        pytest.param(["rnu", "a.txt"], 2, "you mean: tocsin run", id="mistyped command"),
        pytest.param(["link"], 1, "tocsin code REPORTS", id="nothing to link"),
        pytest.param(["run"], 2, "Missing argument", id="no input"),
        pytest.param(["run", "gone.txt"], 1, "no such file or folder: gone.txt", id="no path"),
        pytest.param(["read", "gone.txt"], 1, "no such file or folder: gone.txt", id="read none"),
        pytest.param(["run", "-", "--published", "yesterday"], 2, "2020-08-24", id="no date"),
        pytest.param(["list", "-w", "."], 1, "There is no workspace", id="no workspace here"),
        pytest.param(
            ["read", "-", "-o", "no/x"], 1, "There is no folder no. Make it", id="no folder"
        ),
        pytest.param(["list"], 1, "tocsin run REPORTS", id="no workspace"),
        pytest.param(["show", "i-1", "-w", "none"], 1, "There is no workspace", id="show nothing"),
        pytest.param(["code", "missing.jsonl"], 1, "missing.jsonl is not a file", id="no file"),
        pytest.param(["export", "papyrus"], 2, "papyrus", id="unknown format"),
    ],
)
def test_a_wrong_call_says_what_to_do(
    arguments: list[str], code: int, said: str, tmp_path: Path
) -> None:
    ended = tocsin(*arguments, folder=tmp_path)
    assert ended.returncode == code
    assert said in ended.stderr
    assert "Traceback" not in ended.stderr
    assert not list(tmp_path.iterdir())


def test_a_stop_while_a_package_loads_is_a_stop(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def load(**_: object) -> None:
        try:
            signal.raise_signal(signal.SIGINT)
        except KeyboardInterrupt:
            raise ImportError("initialization failed") from None

    monkeypatch.setattr(cli, "main", load)
    # Whoever starts the tests in the background may have told them to ignore it.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(SystemExit) as ended:
            main()
    finally:
        signal.signal(signal.SIGINT, before)
    assert ended.value.code == 130
    assert "run the same command to go on" in capsys.readouterr().err


def test_run_prints_incidents_and_running_again_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT)
    first = tocsin("run", "a.txt", "--published", "2024-05-06", "--json", folder=tmp_path)
    assert first.returncode == 0, first.stderr
    incidents = [json.loads(line) for line in first.stdout.splitlines()]
    assert any(incident["kind"] == "demonstration" for incident in incidents)
    again = tocsin("run", "a.txt", "--published", "2024-05-06", "--json", folder=tmp_path)
    assert again.stdout == first.stdout


def test_show_says_what_changed_between_versions(tmp_path: Path) -> None:
    for killed in ("Nobody was", "Two people were"):
        text = f"{REPORT}\n{killed} killed in the clashes on Sunday night, police said."
        line = {"url": "https://p.example/1", "published": "2024-05-06", "text": text}
        (tmp_path / f"{killed[0]}.jsonl").write_text(json.dumps(line))
        tocsin("run", f"{killed[0]}.jsonl", folder=tmp_path)
    listed = tocsin("list", "--reports", folder=tmp_path).stdout
    shown = tocsin("show", listed.split()[0], "--versions", folder=tmp_path)
    assert shown.returncode == 0, shown.stderr
    assert "version 2 of 2" in shown.stdout
    assert "  - Nobody was killed" in shown.stdout
    assert "  + Two people were killed" in shown.stdout
    assert "now killed: 2 killed" in shown.stdout
    incident = tocsin("list", "--ids", folder=tmp_path).stdout.split()[0]
    assert "version 2 of 2" in tocsin("show", incident, "--versions", folder=tmp_path).stdout
    assert "nothing was cut" in tocsin("show", incident, "--cuts", folder=tmp_path).stdout


def test_stages_piped_give_the_incidents_of_run(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT)
    tocsin("read", "a.txt", "--published", "2024-05-06", "-o", "reports.jsonl", folder=tmp_path)
    tocsin("code", "reports.jsonl", "-o", "coded.jsonl", folder=tmp_path)
    linked = tocsin("link", "reports.jsonl", "coded.jsonl", folder=tmp_path)
    ran = tocsin("run", "a.txt", "--published", "2024-05-06", "--json", folder=tmp_path)
    ids = {json.loads(line)["id"] for line in linked.stdout.splitlines()}
    assert ids == {json.loads(line)["id"] for line in ran.stdout.splitlines()}


def test_bad_input_is_a_reject_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "pile").mkdir()
    (tmp_path / "pile" / "good.txt").write_text(REPORT)
    (tmp_path / "pile" / "empty.txt").write_text("")
    (tmp_path / "pile" / "noise.bin").write_bytes(bytes(range(256)) * 20)
    (tmp_path / "pile" / "lines.jsonl").write_text('{"title": "no text here"}\n{broken\n')
    ended = tocsin("run", "pile", "--json", "--strict", folder=tmp_path)
    assert ended.returncode == 3
    assert ended.stdout.strip()
    listed = tocsin("list", "--rejects", "--json", folder=tmp_path)
    rejects = [json.loads(line) for line in listed.stdout.splitlines()]
    assert len(rejects) == 4
    assert all(r["code"] and r["advice"] and r["where"] for r in rejects)


def test_a_pile_in_which_nothing_can_be_read_says_so(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    ended = tocsin("run", "empty.txt", "gone.txt", folder=tmp_path)
    assert ended.returncode == 0
    assert ended.stdout == "No report was read.\n"
    assert ended.stderr.count("not read: ") == 2


def test_export_has_a_header_that_says_what_it_is_not_for(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT)
    tocsin("run", "a.txt", folder=tmp_path)
    written = tocsin("export", "jsonl", folder=tmp_path)
    assert "Not for arrest" in written.stdout.splitlines()[0]


def test_doctor_names_versions_and_reads_one_sentence(tmp_path: Path) -> None:
    shown = tocsin("doctor", folder=tmp_path)
    assert shown.returncode == 0, shown.stdout + shown.stderr
    assert "re-upload" in shown.stdout
    assert "read as it should be" in shown.stdout
