"""Compile the gazetteer into one SQLite file in the user's cache."""

from __future__ import annotations

import gc
import hashlib
import os
import sqlite3
from pathlib import Path

from tocsin.gazetteer import sources
from tocsin.gazetteer.overlay import add_overlay
from tocsin.gazetteer.rows import (
    Gathered,
    add_adjectives,
    add_areas,
    add_cities,
    add_countries,
    add_outlets,
)

# Raised when the compiled form changes, so that an old file is not read.
FORM = "6"

_SCHEMA = """
create table place (
    id integer primary key, ref text, name text not null, kind text not null,
    lat real not null, lon real not null, radius_km real not null, population integer not null,
    country text, admin1 text, admin2 text, city text, zone text, capital integer not null
);
create table name (key text, place integer, how integer, primary key (key, place)) without rowid;
create table outlet (domain text primary key, place integer) without rowid;
"""

_INDEXES = """
create index town on place (admin1, population desc) where kind = 'city';
create index city on place (country, population desc) where kind = 'city';
create index area on place (country, kind, admin1) where kind != 'city';
"""


def cache_path(cache_dir: Path, *, extra_csv: tuple[Path, ...] = ()) -> Path:
    """The file name of the gazetteer that these packages and tables give."""
    digest = hashlib.sha256(FORM.encode())
    for path in sources.packaged_files():
        # Sizes stand for the pinned packages' big files: reading 90 MB at each start is slow.
        small = path.suffix == ".csv"
        digest.update(path.read_bytes() if small else f"{path.name}{path.stat().st_size}".encode())
    for path in extra_csv:
        digest.update(path.read_bytes())
    return cache_dir / f"gazetteer-{digest.hexdigest()[:16]}.sqlite"


def ensure(cache_dir: Path, *, extra_csv: tuple[Path, ...] = ()) -> Path:
    """Return the compiled gazetteer, compiling it at first use."""
    path = cache_path(cache_dir, extra_csv=extra_csv)
    return path if path.exists() else build(path, extra_csv=extra_csv)


def build(target: Path, *, extra_csv: tuple[Path, ...] = ()) -> Path:
    """Compile the gazetteer; the file appears whole or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    collecting = gc.isenabled()
    # A million small tuples and nothing to free: the collector would take a third of the time.
    gc.disable()
    try:
        rows = gather(extra_csv)
        _write(rows, target)
    finally:
        if collecting:
            gc.enable()
    return target


def _write(rows: Gathered, target: Path) -> None:
    unfinished = target.with_suffix(f".{os.getpid()}.unfinished")
    unfinished.unlink(missing_ok=True)
    connection = sqlite3.connect(unfinished)
    try:
        connection.executescript("pragma journal_mode = off; pragma synchronous = off;")
        connection.executescript(_SCHEMA)
        connection.executemany(
            f"insert into place values ({', '.join('?' * 14)})", sorted_places(rows)
        )
        names = sorted((name, place, how) for (name, place), how in rows.names.items())
        connection.executemany("insert into name values (?, ?, ?)", names)
        connection.executemany("insert into outlet values (?, ?)", sorted(rows.outlets.items()))
        connection.executescript(_INDEXES)
        connection.commit()
    finally:
        connection.close()
    unfinished.replace(target)


def gather(extra_csv: tuple[Path, ...] = ()) -> Gathered:
    """Put together the rows of packages and tables."""
    rows = Gathered()
    areas = sources.areas()
    add_cities(rows, areas)
    add_areas(rows, areas)
    add_countries(rows)
    add_overlay(rows, sources.table("overlay"))
    add_adjectives(rows)
    add_outlets(rows)
    for path in extra_csv:
        add_overlay(rows, sources.user_table(path), source=path)
    return rows


def sorted_places(rows: Gathered) -> list[tuple[object, ...]]:
    """Place rows in the order of their ids, so that the file is the same each time."""
    return [rows.places[place] for place in sorted(rows.places)]
