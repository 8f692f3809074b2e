"""The store's tables: what pages and commands look up, with each record whole beside it.

Whole records stand in tables of their own, so that a walk over a million incidents touches only
the narrow rows. `n` numbers incidents inside one store; it never leaves it. `record` is an incident
with all it holds, `released` what outputs may show of it, left out where that is the same.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
)

VERSION = "0003"  # the newest revision in migrations/versions

metadata = MetaData()

meta = Table(
    "meta",
    metadata,
    Column("key", String, primary_key=True),
    Column("value", String, nullable=False),
)

alembic_version = Table(
    "alembic_version",
    metadata,
    Column("version_num", String(32), primary_key=True),
)

reports = Table(
    "reports",
    metadata,
    Column("id", String, primary_key=True),
    Column("outlet", String),
    Column("outlet_kind", String),
    Column("agency", String),
    Column("title", String),
    Column("published", String),
    Column("url", String),
    Column("handling", String, nullable=False),
    Column("record", LargeBinary, nullable=False),
    Index("reports_by_outlet", "outlet", "published"),
    Index("reports_by_handling", "handling"),
)

versions = Table(
    "versions",
    metadata,
    Column("report", String, primary_key=True),
    Column("text_digest", String, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("record", LargeBinary, nullable=False),
)

incidents = Table(
    "incidents",
    metadata,
    Column("n", Integer, primary_key=True, autoincrement=True),
    Column("id", String, nullable=False, unique=True),
    Column("kind", String, nullable=False),
    Column("family", String, nullable=False),
    Column("day", String),
    Column("country", String),
    Column("lat", Float),
    Column("lon", Float),
    Column("radius_km", Float),
    Column("reports", Integer, nullable=False),
    Column("origins", Integer, nullable=False),
    Column("certainty", String),
    Column("review", String, nullable=False),
    Column("verification", String, nullable=False),
    Column("differs", Boolean, nullable=False),
    Column("priority", Float, nullable=False),
    Column("generation", Integer, nullable=False),
    Column("appeared", Integer, nullable=False),
    Column("handling", String, nullable=False),
)

incident_records = Table(
    "incident_records",
    metadata,
    Column("id", String, primary_key=True),
    Column("digest", String, nullable=False),
    Column("card", LargeBinary, nullable=False),
    Column("record", LargeBinary, nullable=False),
    Column("released", LargeBinary),
)

accounts = Table(
    "accounts",
    metadata,
    Column("id", String, primary_key=True),
    Column("report", String, nullable=False, index=True),
    Column("incident", String, index=True),
    Column("kind", String, nullable=False),
    Column("status", String, nullable=False),
    Column("record", LargeBinary, nullable=False),
)

tellings = Table(
    "tellings",
    metadata,
    Column("outlet", String, primary_key=True),
    Column("n", Integer, primary_key=True, index=True),
)

# What linking keeps, so that new accounts join without reading the others: see `linkage.py`.


def _keys(name: str, holder: str) -> Table:
    """Return a table of who has which key, in the order of the keys."""
    return Table(
        name,
        metadata,
        Column("code", BigInteger, primary_key=True, autoincrement=False),
        Column(holder, String, primary_key=True),
        sqlite_with_rowid=False,
    )


linked = Table(
    "linked",
    metadata,
    Column("account", String, primary_key=True),
    Column("part", String, index=True),
    Column("home", String, index=True),
    Column("codes", LargeBinary, nullable=False),
)

account_keys = _keys("account_keys", "account")
mention_keys = _keys("mention_keys", "account")

texts = Table(
    "texts",
    metadata,
    Column("report", String, primary_key=True),
    Column("original", String, index=True),
    Column("codes", LargeBinary, nullable=False),
)

text_keys = _keys("text_keys", "report")

events = Table(
    "incident_events",
    metadata,
    Column("incident", String, primary_key=True),
    Column("day", Integer, nullable=False),
    Column("place", String, nullable=False),
    Column("area", String),
    Column("record", LargeBinary, nullable=False),
    Index("events_of_place", "place", "day"),
    Index("events_of_area", "area", "day"),
)

ties = Table(
    "ties",
    metadata,
    Column("source", String, primary_key=True),
    Column("target", String, primary_key=True, index=True),
    Column("relation", String, primary_key=True),
    Column("record", LargeBinary, nullable=False),
)

lines = Table(
    "lines",
    metadata,
    Column("file", String, primary_key=True),
    Column("start", BigInteger, primary_key=True, autoincrement=False),
    Column("report", String, nullable=False, index=True),
)
