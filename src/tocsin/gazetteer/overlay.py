"""Places that the packages lack: our own table, and tables that a user adds."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import get_args

from tocsin.errors import ConfigError
from tocsin.gazetteer.names import key
from tocsin.gazetteer.place import PlaceKind
from tocsin.gazetteer.rows import Gathered, PlaceRow, is_near, overlay_rows
from tocsin.gazetteer.sources import Row

# A row of ours and a GeoNames place of one name this near are the same place.
SAME_PLACE_KM = 8.0

# News names such a place about as readily as a town of that many people.
STANDING = 10_000

FIRST_OWN = 2_000_000_000

COLUMNS = frozenset(
    {"name", "kind", "lat", "lon", "radius_km", "city", "area", "country", "aliases"}
)


def add_overlay(rows: Gathered, table: Iterable[Row], *, source: Path | None = None) -> None:
    """Add rows of an overlay table, or refine the GeoNames place that a row names."""
    listed = list(overlay_rows(table))
    for row, _ in listed:
        _check(row, source)
    by_key: dict[str, list[int]] = {key(row[c]): [] for row, _ in listed for c in ("name", "city")}
    for name_key, place in rows.names:
        if name_key in by_key:
            by_key[name_key].append(place)
    for row, names in listed:
        lat, lon = float(row["lat"]), float(row["lon"])
        known = _known(rows, by_key.get(key(row["name"]), []), lat, lon)
        place = known if known is not None else FIRST_OWN + len(rows.places)
        around = _city(rows, by_key.get(key(row["city"]), []), lat, lon) if row["city"] else None
        rows.places[place] = _merged(row, place, rows.places.get(place), around)
        rows.name(place, names, "name")


def _merged(row: Row, place: int, known: PlaceRow | None, around: PlaceRow | None) -> PlaceRow:
    """One place row from an overlay row, what GeoNames knows of it, and the city around it."""
    base = known or around or (None,) * 14
    identity = None if known else f"own:{key(row['name']).replace(' ', '-')}"
    return (
        place, identity, row["name"], row["kind"], float(row["lat"]), float(row["lon"]),
        float(row["radius_km"]), known[7] if known else STANDING, row["country"] or None,
        row["area"] or base[9], base[10], row["city"] or None, base[12],
        known[13] if known else 0,
    )  # fmt: skip


def _known(rows: Gathered, places: list[int], lat: float, lon: float) -> int | None:
    for place in places:
        row = rows.places[place]
        if row[3] in ("city", "neighbourhood", "site") and is_near(lat, lon, row, SAME_PLACE_KM):
            return place
    return None


def _city(rows: Gathered, places: list[int], lat: float, lon: float) -> PlaceRow | None:
    """The city an overlay row names: the one of that name around the point."""
    named = [rows.places[place] for place in places]
    return next((row for row in named if row[3] == "city" and is_near(lat, lon, row, 80.0)), None)


def _check(row: Row, source: Path | None) -> None:
    where = f" in {source}" if source else ""
    if not set(row) >= COLUMNS:
        raise ConfigError(
            f"A gazetteer table{where} lacks columns: {', '.join(sorted(COLUMNS - set(row)))}.",
            advice="The first line must name all columns that docs/gazetteer.md lists.",
        )
    if row["kind"] not in get_args(PlaceKind):
        raise ConfigError(
            f"The place {row['name']!r}{where} has the unknown kind {row['kind']!r}.",
            advice=f"Use one of {', '.join(get_args(PlaceKind))}.",
        )
    try:
        lat, lon, radius = float(row["lat"]), float(row["lon"]), float(row["radius_km"])
    except ValueError:
        lat = lon = radius = -1000.0
    if not (-90 <= lat <= 90 and -180 <= lon <= 180 and radius > 0):
        raise ConfigError(
            f"The place {row['name']!r}{where} has no valid point or radius.",
            advice="Give lat and lon in degrees and radius_km above 0.",
        )
