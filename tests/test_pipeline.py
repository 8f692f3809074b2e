"""The main job over a workspace: resumed, repeated and rebuilt without loss or change."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tocsin import pipeline, records
from tocsin.coding import Coder
from tocsin.coding import code as coding_code
from tocsin.intake import Options
from tocsin.model import Account, Incident, Report
from tocsin.run import renewal
from tocsin.settings import Settings, from_environment
from tocsin.store.store import Store
from tocsin.store.workspace import Workspace

TEXTS = {
    "a": "Police used tear gas on Sunday night to disperse about 200 demonstrators outside the "
    "city hall in Springfield, Illinois. Three people were arrested, police said.",
    "b": "A man was shot dead by a gunman outside a shop in Lagos, Nigeria, on Friday.",
    "c": "The council will vote on the new library budget next week.",
}
AT = "2024-05-07T00:00:00+00:00"


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    lines = [
        {"id": key, "url": f"https://example.org/{key}", "published": "2024-05-06", "text": text}
        for key, text in TEXTS.items()
    ]
    path = tmp_path / "pile.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


def run(pile: Path, folder: Path, settings: Settings | None = None) -> list[bytes]:
    pipeline.run(
        [str(pile)],
        Workspace(folder),
        settings or from_environment(),
        options=Options(),
        at=AT,
    )
    with Store.open(folder / "store.sqlite") as store:
        return lines(tuple(store.incidents()))


def lines(incidents: tuple[Incident, ...]) -> list[bytes]:
    return sorted(records.write(incident) for incident in incidents)


def test_running_twice_changes_nothing(pile: Path, tmp_path: Path) -> None:
    folder = tmp_path / "work"
    first = run(pile, folder)
    files = {p: p.read_bytes() for p in folder.rglob("*.jsonl") if p.name != "runs.jsonl"}
    assert run(pile, folder) == first
    assert {p: p.read_bytes() for p in files} == files


def test_a_run_killed_after_any_report_goes_on(pile: Path, tmp_path: Path) -> None:
    whole = run(pile, tmp_path / "whole")
    folder = tmp_path / "killed"
    run(pile, folder)
    coded = folder / "accounts" / "accounts.jsonl"
    kept = coded.read_bytes().splitlines(keepends=True)[:1]
    coded.write_bytes(b"".join(kept) + b'{"v":1,"type":"cod')
    (folder / "store.sqlite").unlink()
    assert run(pile, folder) == whole


def test_a_fault_in_one_report_costs_that_report_only(
    pile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail_on_lagos(report: Report, coder: Coder) -> tuple[Account, ...]:
        if "Lagos" in report.text:
            raise IndexError("made to fail")
        return coding_code(report, coder)

    monkeypatch.setattr("tocsin.coding.code", fail_on_lagos)
    folder = tmp_path / "work"
    assert run(pile, folder)
    rejects = Workspace(folder).rejects()
    assert [(r.stage, r.code) for r in rejects] == [("code", "fault")]
    monkeypatch.undo()
    run(pile, folder)
    assert len(Workspace(folder).coded()) == len(TEXTS)


def test_the_order_of_reports_changes_no_membership(pile: Path, tmp_path: Path) -> None:
    turned = tmp_path / "turned.jsonl"
    turned.write_text("".join(reversed(pile.read_text().splitlines(keepends=True))))
    assert run(pile, tmp_path / "one") == run(turned, tmp_path / "two")


def test_rebuild_gives_the_same_incidents(pile: Path, tmp_path: Path) -> None:
    folder = tmp_path / "work"
    first = run(pile, folder)
    for name in folder.glob("store.sqlite*"):
        name.unlink()
    assert lines(renewal.rebuild(Workspace(folder), from_environment())) == first


def test_every_claim_has_words_that_stand_in_its_report(pile: Path, tmp_path: Path) -> None:
    folder = tmp_path / "work"
    run(pile, folder)
    workspace = Workspace(folder)
    reports = workspace.reports()
    claims = [
        claim
        for coded in workspace.codings()
        for account in coded.accounts
        for claim in account.claims
    ]
    assert claims
    for claim in claims:
        for evidence in claim.evidence:
            text = reports[evidence.report].text
            assert text[evidence.start : evidence.end] == evidence.quote != ""


@pytest.mark.slow
def test_two_workers_give_the_bytes_of_one(pile: Path, tmp_path: Path) -> None:
    many = tmp_path / "many.jsonl"
    many.write_text(
        "".join(
            json.dumps({"id": str(n), "url": f"https://e.org/{n}", "text": f"{text} Note {n}."})
            + "\n"
            for n in range(70)
            for text in TEXTS.values()
        ).replace('"id"', '"key"')
    )
    one = pipeline.run(
        [str(many)], Workspace(tmp_path / "1"), Settings(cache=from_environment().cache),
        options=Options(), at=AT,
    )  # fmt: skip
    two = pipeline.run(
        [str(many)], Workspace(tmp_path / "2"), Settings(cache=from_environment().cache, workers=2),
        options=Options(), at=AT,
    )  # fmt: skip
    assert lines(one.incidents) == lines(two.incidents)
