"""What people decide at the command line: merge, split, set, journal, and why two are one."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.linking.worlds import account, report
from tocsin import ids, linking, ontology
from tocsin.cli import main
from tocsin.model import Account, Coded
from tocsin.store.store import Store
from tocsin.store.workspace import Workspace

KINDS = ontology.load()
TOLD = [
    account("a-1", "r-1", killed=1, published="2022-09-19"),
    account("a-2", "r-2", killed=2, published="2022-09-20"),
    account("a-3", "r-3", published="2022-09-20"),
    account("a-4", "r-4", town="Toledo", published="2022-09-21"),
]


class Ended(NamedTuple):
    code: int
    out: str
    err: str


Tocsin = Callable[..., Ended]


def fill(folder: Path, told: list[Account]) -> None:
    """Make a workspace of accounts that nobody had to code."""
    workspace = Workspace(folder)
    reports = {
        a.report: report(
            a.report, f"Marchers in {a.report}, a night of 1 dead, 2 dead.", a.published
        )
        for a in told
    }
    with workspace.add_reports() as appender:
        for one in reports.values():
            appender.add(one)
    with workspace.add_coded() as appender:
        for a in told:
            digest = reports[a.report].text_digest
            appender.add(Coded(report=a.report, text_digest=digest, coder="t", accounts=(a,)))
    linked = linking.link(told, reports, ontology=KINDS)
    ids.append_ledger(workspace.ids, linked.issued)
    with Store.open(workspace.store) as store:
        store.save(
            reports=reports.values(), versions=reports.values(), accounts=told,
            incidents=linked.incidents, ontology=KINDS,
        )  # fmt: skip


@pytest.fixture
def tocsin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Tocsin:
    fill(tmp_path / "w", TOLD)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TOCSIN_WORKSPACE", "w")

    def run(*arguments: str) -> Ended:
        monkeypatch.setattr(sys, "argv", ["tocsin", *arguments])
        code = 0
        try:
            main()
        except SystemExit as ended:
            code = int(ended.code or 0)
        return Ended(code, *capfd.readouterr())

    return run


def incidents(tocsin: Tocsin) -> dict[str, set[str]]:
    lines = tocsin("export", "jsonl").out.splitlines()
    found = (json.loads(line) for line in lines)
    return {i["id"]: set(i["accounts"]) for i in found if i.get("type") == "incident"}


def of(tocsin: Tocsin, name: str) -> str:
    return next(i for i, accounts in incidents(tocsin).items() if name in accounts)


def test_a_merge_is_previewed_carried_out_and_undone(tocsin: Tocsin) -> None:
    one, other = of(tocsin, "a-1"), of(tocsin, "a-4")
    before = incidents(tocsin)
    shown = tocsin("merge", one, other, "--dry-run")
    assert "becomes a part of" in shown.out
    assert incidents(tocsin) == before
    done = tocsin("merge", one, other, "--by", "Ada", "--reason", "one march")
    assert "To undo: tocsin journal undo 1" in done.err
    assert len(incidents(tocsin)) == 1
    tocsin("journal", "undo", "1")
    assert incidents(tocsin) == before


def test_a_split_takes_all_named_away_and_leaves_the_rest_together(tocsin: Tocsin) -> None:
    tocsin("split", of(tocsin, "a-1"), "r-2")
    assert sorted(map(sorted, incidents(tocsin).values())) == [["a-1", "a-3"], ["a-2"], ["a-4"]]
    listed = tocsin("journal", "list").out
    assert "different" in listed
    assert "the first 2 stay" in listed


def test_a_corrected_value_is_shown_and_verification_is_only_set_by_a_person(
    tocsin: Tocsin,
) -> None:
    name = of(tocsin, "a-1")
    assert json.loads(tocsin("show", name, "--json").out).get("verification") is None
    tocsin("set", name, "killed=3", "--verify", "disputed", "--by", "Ada")
    shown = json.loads(tocsin("show", name, "--json").out)
    assert shown["slots"]["killed"][0]["shown"]["value"]["words"] == "3"
    assert shown["verification"] == "disputed"


def test_why_names_the_feature_that_would_change_the_answer(tocsin: Tocsin) -> None:
    apart = tocsin("show", "r-1", "--why", "r-4")
    assert "two incidents" in apart.out
    assert "a probability under 0.01" in apart.out
    assert re.search(r"it would change without: their (days|places) lie", apart.out)
    together = tocsin("show", "r-1", "--why", "r-2")
    assert "one incident" in together.out


def test_a_stranded_decision_is_shown(tocsin: Tocsin, tmp_path: Path) -> None:
    tocsin("merge", of(tocsin, "a-1"), of(tocsin, "a-4"))
    fill(tmp_path / "v", TOLD[:3])
    for name in ("journal.jsonl", "journal.head"):
        (tmp_path / "v" / name).write_bytes((tmp_path / "w" / name).read_bytes())
    assert "[stranded]" in tocsin("journal", "list", "-w", "v").out


def test_a_colleagues_journal_shows_its_conflicts(tocsin: Tocsin, tmp_path: Path) -> None:
    fill(tmp_path / "v", TOLD)
    one, other = of(tocsin, "a-1"), of(tocsin, "a-4")
    tocsin("merge", one, other, "--by", "Ada")
    tocsin("merge", one, other, "--by", "Ben", "-w", "v")
    tocsin("split", one, "r-4", "--by", "Ben", "-w", "v")
    tocsin("journal", "export", "-w", "v", "-o", "theirs.jsonl")
    taken = tocsin("journal", "import", "theirs.jsonl")
    assert "conflict: 1" in taken.out
    assert "2 decisions taken over" in taken.err
    assert len(incidents(tocsin)) == 2
    assert "0 decisions taken over" in tocsin("journal", "import", "theirs.jsonl").err


def test_a_changed_journal_is_refused_and_nothing_is_lost(tocsin: Tocsin, tmp_path: Path) -> None:
    name = of(tocsin, "a-1")
    tocsin("set", name, "--accept")
    path = tmp_path / "w" / "journal.jsonl"
    spoilt = path.read_bytes().replace(b"accept", b"reject")
    path.write_bytes(spoilt)
    for call in (["journal", "check"], ["set", name, "--reject"]):
        ended = tocsin(*call)
        assert ended.code == 1
        assert "line 1" in ended.err
        assert "journal import" in ended.err
    assert path.read_bytes() == spoilt


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        pytest.param(["merge", "i-"], 2, "at least two", id="one incident"),
        pytest.param(["merge", "i-nothing", "i-none"], 1, "tocsin list", id="unknown incidents"),
        pytest.param(["split", "{one}", "r-9"], 1, "must leave", id="nothing leaves"),
        pytest.param(["split", "{one}", "r-"], 1, "must stay", id="nothing stays"),
        pytest.param(["set", "{one}"], 2, "Say what to decide", id="no decision"),
        pytest.param(["set", "{one}", "killed"], 2, "SLOT=VALUE", id="no value"),
        pytest.param(["set", "{one}", "height=3"], 2, "no slot", id="unknown slot"),
        pytest.param(["set", "{one}", "kind=picnic"], 2, "no kind", id="unknown kind"),
        pytest.param(["set", "{one}", "killed=many"], 2, "a number", id="no figure"),
        pytest.param(["set", "{one}", "when=2022-13-45"], 2, "a day", id="no day"),
        pytest.param(["merge", "{one}", "{one}"], 2, "lead to one", id="merged with itself"),
        pytest.param(["set", "{one}", "--verify", "sure"], 2, "sure", id="unknown verification"),
        pytest.param(["journal", "undo", "7"], 2, "no decision 7", id="unknown decision"),
        pytest.param(["show", "r-1", "--why", "r-9"], 1, "r-9", id="unknown report"),
    ],
)
def test_a_wrong_decision_says_what_to_do_and_writes_nothing(
    tocsin: Tocsin, tmp_path: Path, arguments: list[str], code: int, said: str
) -> None:
    one = of(tocsin, "a-1")
    ended = tocsin(*(word.format(one=one) for word in arguments))
    assert ended.code == code, ended
    assert said in ended.err
    assert not (tmp_path / "w" / "journal.jsonl").exists()
