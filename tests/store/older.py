"""A store as the first revision of the tables left it."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text

from tocsin.store.migrate import REVISIONS

_ROW = (
    "INSERT INTO incidents (id, kind, family, reports, origins, review, verification, differs, "
    "priority, generation, appeared) VALUES ('i-old', 'crowd', 'crowd', 1, 1, 'unreviewed', "
    "'unverified', 0, 0.5, 1, 1)"
)


def make_old(path: Path) -> None:
    engine = create_engine(f"sqlite:///{path}")
    config = Config()
    config.set_main_option("script_location", str(REVISIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.execute(text("INSERT INTO meta VALUES ('schema', '0001'), ('generation', '1')"))
        connection.execute(text(_ROW))
    engine.dispose()
