"""Bring the tables of a store up to date, revision by revision; a rebuild then fills them anew."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from sqlalchemy import Connection, Engine

from tocsin.errors import MissingExtra
from tocsin.store import search

REVISIONS = Path(__file__).parent / "migrations"


def upgrade(engine: Engine) -> None:
    """Run every revision that the database has not seen yet."""
    if find_spec("alembic") is None:
        raise MissingExtra("Upgrading a store", "desk")
    with engine.begin() as connection:
        run(connection)
        search.create(connection)


def knows(version: str | None) -> bool:
    """Return whether tables of a version can be brought up to date from here."""
    found = (path.name[1:5] for path in (REVISIONS / "versions").glob("r*.py"))
    return find_spec("alembic") is not None and version in set(found)


def run(connection: Connection) -> None:
    """Run the revisions that are missing, inside a transaction of the caller's."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(REVISIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
