"""What linking keeps of accounts, texts and incidents, so that new accounts join the others."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_TABLES = ("linked", "account_keys", "mention_keys", "texts", "text_keys", "ties", "lines")


def upgrade() -> None:
    """Make the tables; until `tocsin rebuild` has filled them, all accounts are linked anew."""
    for name in (
        *_TABLES,
        "incident_events",
    ):  # a store that an older version made anew may still have them
        op.execute(f"DROP TABLE IF EXISTS {name}")
    _make_linked()
    _make_texts()
    _make_events()
    op.create_table(
        "lines",
        sa.Column("file", sa.String(), primary_key=True),
        sa.Column("start", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("report", sa.String(), nullable=False, index=True),
    )


def _make_keys(name: str, holder: str) -> None:
    op.create_table(
        name,
        sa.Column("code", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column(holder, sa.String(), primary_key=True),
        sqlite_with_rowid=False,
    )


def _make_linked() -> None:
    op.create_table(
        "linked",
        sa.Column("account", sa.String(), primary_key=True),
        sa.Column("part", sa.String(), nullable=True, index=True),
        sa.Column("home", sa.String(), nullable=True, index=True),
        sa.Column("codes", sa.LargeBinary(), nullable=False),
    )
    _make_keys("account_keys", "account")
    _make_keys("mention_keys", "account")


def _make_texts() -> None:
    op.create_table(
        "texts",
        sa.Column("report", sa.String(), primary_key=True),
        sa.Column("original", sa.String(), nullable=True, index=True),
        sa.Column("codes", sa.LargeBinary(), nullable=False),
    )
    _make_keys("text_keys", "report")


def _make_events() -> None:
    op.create_table(
        "incident_events",
        sa.Column("incident", sa.String(), primary_key=True),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("area", sa.String(), nullable=True),
        sa.Column("record", sa.LargeBinary(), nullable=False),
    )
    op.create_index("events_of_place", "incident_events", ["place", "day"], unique=False)
    op.create_index("events_of_area", "incident_events", ["area", "day"], unique=False)
    op.create_table(
        "ties",
        sa.Column("source", sa.String(), primary_key=True),
        sa.Column("target", sa.String(), primary_key=True, index=True),
        sa.Column("relation", sa.String(), primary_key=True),
        sa.Column("record", sa.LargeBinary(), nullable=False),
    )
