"""Bring a shared database's tables up to date, revision by revision.

An embedded store needs none of this: it is a cache, and `tocsin rebuild` makes it anew.
"""

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
        raise MissingExtra("Migrating a shared store", "postgres")
    with engine.begin() as connection:
        _run(connection)
        search.create(connection)


def _run(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(REVISIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
