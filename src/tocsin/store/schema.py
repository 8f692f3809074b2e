"""The store's tables: what pages and commands look up, with each record whole beside it."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
)

VERSION = "1"

metadata = MetaData()

meta = Table(
    "meta",
    metadata,
    Column("key", String, primary_key=True),
    Column("value", String, nullable=False),
)

reports = Table(
    "reports",
    metadata,
    Column("id", String, primary_key=True),
    Column("outlet", String),
    Column("title", String),
    Column("published", String),
    Column("url", String),
    Column("record", LargeBinary, nullable=False),
)

incidents = Table(
    "incidents",
    metadata,
    Column("id", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("family", String, nullable=False),
    Column("day", String),
    Column("place", String),
    Column("city", String),
    Column("admin1", String),
    Column("country", String),
    Column("lat", Float),
    Column("lon", Float),
    Column("radius_km", Float),
    Column("reports", Integer, nullable=False),
    Column("origins", Integer, nullable=False),
    Column("certainty", String),
    Column("review", String, nullable=False),
    Column("verification", String, nullable=False),
    Column("record", LargeBinary, nullable=False),
    Index("incidents_by_day", "day", "id"),
    Index("incidents_by_place", "country", "kind", "day"),
)

accounts = Table(
    "accounts",
    metadata,
    Column("id", String, primary_key=True),
    Column("report", String, ForeignKey("reports.id"), nullable=False, index=True),
    Column("incident", String, ForeignKey("incidents.id"), index=True),
    Column("kind", String, nullable=False),
    Column("status", String, nullable=False),
    Column("record", LargeBinary, nullable=False),
)
