"""What is new joins a store as if all had been linked at once, whatever came when."""

from __future__ import annotations

import contextlib
import itertools
import os
import random
import shutil
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, event, select, text

from tests.run.worlds import Growing, decide_at_desk
from tocsin import coding, journal
from tocsin.linking import blocking
from tocsin.run import renewal
from tocsin.settings import Settings
from tocsin.store import schema, search
from tocsin.store.store import Store
from tocsin.store.workspace import Workspace

MANY = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
# What differs by when an incident came in, and tells nothing of it.
_BY_TIME = {"n", "generation", "appeared", "position"}


def contents(store: Store) -> dict[str, Any]:
    """Return all that a store holds, with incidents named by id and rows in a fixed order."""
    found: dict[str, Any] = {}
    with store.engine.connect() as connection:
        names = dict(
            map(tuple, connection.execute(select(schema.incidents.c.n, schema.incidents.c.id)))
        )
        for name, table in schema.metadata.tables.items():
            if name in ("meta", "alembic_version"):
                continue
            rows = [dict(row) for row in connection.execute(select(table)).mappings()]
            for row in rows:
                if "n" in row:
                    row["incident_id"] = names[row["n"]]
            found[name] = sorted(
                str(sorted((k, v) for k, v in row.items() if k not in _BY_TIME)) for row in rows
            )
        words = connection.execute(text("SELECT rowid, words, names FROM incident_words"))
        found["words"] = sorted((names[n], *rest) for n, *rest in words)
        query = select(schema.meta.c.value).where(schema.meta.c.key == "taken")
        found["taken"] = connection.scalar(query)
    return found


def rebuilt(workspace: Workspace, folder: Path, made: Settings) -> tuple[dict[str, Any], bytes]:
    """Return what the store of a copy of a workspace holds that is made as a whole."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(workspace.folder, folder, ignore=shutil.ignore_patterns("store.sqlite*"))
    renewal.rebuild(Workspace(folder), made)
    with Store.open(folder / "store.sqlite") as store:
        return contents(store), ids_of(Workspace(folder))


def joined(workspace: Workspace, made: Settings) -> renewal.Renewed:
    """Renew a workspace that must not need to be made as a whole."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delattr(renewal._Renewal, "whole")
        return renewal.renew(workspace, made)


def ids_of(workspace: Workspace) -> bytes:
    return workspace.ids.read_bytes() if workspace.ids.exists() else b""


def assert_same(one: dict[str, Any], other: dict[str, Any]) -> None:
    for name in one:
        assert one[name] == other[name], name


def take(growing: Growing, step: str) -> None:
    """Let something happen to a workspace between two runs."""
    if step in ("decide", "both"):
        growing.decide()
    if step == "desk":
        decide_at_desk(growing.workspace, growing.chance)
    elif step != "decide":
        growing.read(3 if step == "read 3" else 1)


@MANY
@given(
    st.integers(0, 10**9),
    st.lists(st.sampled_from(["read", "read 3", "decide", "both", "desk"]), max_size=6),
    st.sampled_from([1, 3, 200]),
)
def test_joining_gives_what_a_rebuild_gives(
    tmp_path: Path, seed: int, steps: list[str], crowded: int
) -> None:
    folder = tmp_path / str(seed)
    shutil.rmtree(folder, ignore_errors=True)
    growing = Growing(folder / "work", random.Random(seed))
    made = Settings()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocking, "CROWDED", crowded)
        growing.read(4)
        renewal.renew(growing.workspace, made)
        for step in steps:
            take(growing, step)
            expected, issued = rebuilt(growing.workspace, folder / "other", made)
            joined(growing.workspace, made)
            with Store.open(growing.workspace.store) as store:
                assert_same(contents(store), expected)
            assert ids_of(growing.workspace) == issued
    shutil.rmtree(folder)


@MANY
@given(st.integers(0, 10**9))
def test_what_is_foreseen_is_what_a_decision_then_does(tmp_path: Path, seed: int) -> None:
    folder = tmp_path / str(seed)
    shutil.rmtree(folder, ignore_errors=True)
    growing, made = Growing(folder, random.Random(seed)), Settings()
    growing.read(6)
    for _ in range(4):
        proposed = growing.proposed()
        if proposed is None:
            continue
        renewal.renew(growing.workspace, made)
        with Store.open(growing.workspace.store) as store:
            rows, told = contents(store), {i.id: i for i in store.incidents()}
        issued = ids_of(growing.workspace)
        number = len(journal.read(growing.workspace.journal)) + 1
        foreseen = renewal.foresee(
            growing.workspace, made, [msgspec.structs.replace(proposed, seq=number)]
        )
        with Store.open(growing.workspace.store) as store:
            assert_same(contents(store), rows)
        assert ids_of(growing.workspace) == issued
        assert foreseen.before.items() <= told.items()
        journal.append(growing.workspace.journal, proposed)
        renewal.renew(growing.workspace, made)
        kept = {name: told[name] for name in told.keys() - foreseen.before.keys()}
        with Store.open(growing.workspace.store) as store:
            assert {i.id: i for i in store.incidents()} == kept | foreseen.after
    shutil.rmtree(folder)


@pytest.mark.parametrize("seed", range(4))
def test_a_renewal_killed_at_any_statement_is_made_good_by_the_next(
    tmp_path: Path, seed: int
) -> None:
    growing = Growing(tmp_path / "work", random.Random(seed))
    made = Settings()
    growing.read(5)
    killed = 0
    for until in (*range(3, 60, 9), *range(60, 200, 35)):
        growing.read(1)
        growing.decide()
        killed += killed_at(until, growing.workspace, made)
        expected, issued = rebuilt(growing.workspace, tmp_path / "other", made)
        renewal.renew(growing.workspace, made)
        with Store.open(growing.workspace.store) as store:
            assert_same(contents(store), expected)
        assert ids_of(growing.workspace) == issued
    assert killed > 4


def killed_at(statement: int, workspace: Workspace, made: Settings) -> bool:
    """Renew in a process that dies at a statement; tell whether it came so far."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    count = itertools.count(1)
    event.listen(
        Engine, "before_cursor_execute", lambda *_: next(count) == statement and os._exit(9)
    )
    try:
        renewal.renew(workspace, made)
    finally:
        os._exit(0)


def test_other_rules_cut_files_and_a_shorter_journal_make_the_store_anew(tmp_path: Path) -> None:
    growing = Growing(tmp_path / "work", random.Random(1))
    workspace, made = growing.workspace, Settings()
    growing.read(6)
    renewal.renew(workspace, made)
    assert joined(workspace, made).changed == ()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(coding, "VERSION", "another")
        assert is_made_anew(workspace, made)
    assert is_made_anew(workspace, made)
    path = workspace.folder / "reports" / "reports.jsonl"
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[1:]))
    assert is_made_anew(workspace, made)
    (workspace.folder / "reports" / "more.jsonl").write_bytes(path.read_bytes())
    assert is_made_anew(workspace, made)
    assert is_made_anew(workspace, made)
    (workspace.folder / "reports" / "more.jsonl").unlink()
    assert is_made_anew(workspace, made)
    joined(workspace, made)


def is_made_anew(workspace: Workspace, made: Settings) -> bool:
    with pytest.MonkeyPatch.context() as patch, contextlib.suppress(AttributeError):
        patch.delattr(renewal._Renewal, "whole")
        renewal.renew(workspace, made)
        return False
    renewal.renew(workspace, made)
    return True


@pytest.mark.postgres
def test_postgresql_ends_in_the_same_rows(postgres: str, tmp_path: Path) -> None:
    with Store.open(postgres) as store, store.engine.begin() as connection:
        schema.metadata.drop_all(connection)
        search.drop(connection)
    growing = Growing(tmp_path / "work", random.Random(5))
    growing.read(4)
    renewal.renew(growing.workspace, Settings(store=postgres))
    for _ in range(5):
        growing.read(2)
        growing.decide()
        expected, issued = rebuilt(growing.workspace, tmp_path / "other", Settings())
        joined(growing.workspace, Settings(store=postgres))
        with Store.open(postgres) as store:
            assert_same(contents(store), expected)
        assert ids_of(growing.workspace) == issued
