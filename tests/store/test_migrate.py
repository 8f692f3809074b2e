"""Migrations make the tables that a new store has, and a new store counts as migrated."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks.made_up import world
from sqlalchemy import Engine, create_engine, inspect

from tests.store.older import make_old
from tocsin.errors import OlderStore
from tocsin.ontology import load
from tocsin.store import migrate, schema
from tocsin.store.migrate import REVISIONS, upgrade
from tocsin.store.store import Store


def shape(engine: Engine) -> dict[str, list[tuple[str, str, bool]]]:
    found = inspect(engine)
    return {
        name: [(c["name"], str(c["type"]), bool(c["nullable"])) for c in found.get_columns(name)]
        for name in sorted(found.get_table_names())
    }


@pytest.fixture
def migrated(tmp_path: Path) -> Engine:
    engine = create_engine(f"sqlite:///{tmp_path / 'migrated.sqlite'}")
    upgrade(engine)
    return engine


def test_migrations_lead_to_the_tables_of_a_new_store(tmp_path: Path, migrated: Engine) -> None:
    with Store.open(tmp_path / "new.sqlite") as store:
        assert shape(migrated) == shape(store.engine)
        indexes = [inspect(e).get_indexes("incidents") for e in (migrated, store.engine)]
        assert indexes[0] == indexes[1]
    migrated.dispose()


def test_a_new_store_needs_no_migration(tmp_path: Path) -> None:
    with Store.open(tmp_path / "new.sqlite") as store:
        before = shape(store.engine)
        upgrade(store.engine)
        assert shape(store.engine) == before


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A store of the first revision, with an incident in it."""
    path = tmp_path / "old.sqlite"
    make_old(path)
    return path


def test_a_store_of_an_older_revision_is_refused_with_advice(old: Path) -> None:
    with pytest.raises(OlderStore, match="version 0001") as caught:
        Store.open(old)
    assert "tocsin rebuild" in (caught.value.advice or "")


@pytest.mark.parametrize("alembic", [True, False], ids=["upgraded", "made anew"])
def test_a_store_of_an_older_revision_is_renewed_and_filled(
    old: Path, tmp_path: Path, alembic: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not alembic:
        monkeypatch.setattr(migrate, "find_spec", lambda _: None)
    made = world(3)
    with Store.open(old, renew=True) as store, Store.open(tmp_path / "new.sqlite") as new:
        assert shape(store.engine) == shape(new.engine)
        assert bool(store.counts()["incidents"]) == alembic  # an upgrade keeps what is there
        store.save(
            reports=made.reports, accounts=made.accounts, incidents=made.incidents, ontology=load()
        )
    with Store.open(old) as store:
        assert len(store.incidents()) == 3


def test_the_newest_revision_is_the_version_of_the_tables() -> None:
    revisions = sorted(p.name for p in (REVISIONS / "versions").glob("r*.py"))
    assert revisions[-1].startswith(f"r{schema.VERSION}")
