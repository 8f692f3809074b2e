"""Migrations make the tables that a new store has, and a new store counts as migrated."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, inspect

from tocsin.store import schema
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


def test_the_newest_revision_is_the_version_of_the_tables() -> None:
    revisions = sorted(p.name for p in (REVISIONS / "versions").glob("r*.py"))
    assert revisions[-1].startswith(f"r{schema.VERSION}")
