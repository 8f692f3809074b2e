"""Summaries of found incidents: counts by day for the timeline, cells for the map."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tocsin.ontology.kinds import FAMILIES
from tocsin.store.columns import NO_DAY, Columns, Floats, Numbers, day_of
from tocsin.store.query import Box

CELL = 56  # pixels: two circles of neighbouring cells can just stand side by side
_TILE = 256
_MAX_LAT = 85.05112878  # where the web's square map ends
_SAME_PLACE = 1e-9  # variance in squares of the world's width: a few metres
_STEPS = (1, 7, 28)  # days in a bar; at most _BARS bars are drawn
_BARS = 420


@dataclass(frozen=True)
class Timeline:
    """Counts in bars of `step` days from `first`; undated ones stand beside it."""

    first: str | None
    step: int
    counts: tuple[int, ...]
    undated: int


@dataclass(frozen=True)
class Spot:
    """What stands in one cell of the map: one incident, or a number of them."""

    lat: float
    lon: float
    count: int
    family: str
    radius_km: float | None
    one_place: bool
    n: int | None


def timeline(columns: Columns, found: Numbers) -> Timeline:
    """Return how many incidents fall on each bar of days."""
    days = columns["day"][found]
    dated = days[days != NO_DAY]
    undated = len(days) - len(dated)
    if not len(dated):
        return Timeline(None, 1, (), undated)
    first, last = int(dated.min()), int(dated.max())
    step = next((s for s in _STEPS if (last - first) / s < _BARS), (last - first) // _BARS + 1)
    counts = np.bincount((dated - first) // step)
    return Timeline(day_of(first), step, tuple(int(c) for c in counts), undated)


def spots(columns: Columns, found: Numbers, box: Box, zoom: int) -> tuple[Spot, ...]:
    """Return the cells of a map's view with what stands in each."""
    lat, lon = columns["lat"][found], columns["lon"][found]
    placed = ~np.isnan(lat)
    found, lat, lon = found[placed], lat[placed].astype(float), lon[placed].astype(float)
    west, south, east, north = box
    x, y = _across(lon), _down(lat)
    left, right, top, bottom = _across(west), _across(east), _down(north), _down(south)
    inside = (x >= left) & (x <= right) & (y >= top) & (y <= bottom)
    found, x, y = found[inside], x[inside], y[inside]
    if not len(found):
        return ()
    cells = _TILE * 2**zoom / CELL  # cells over the world's width
    column0, row0 = int(left * cells), int(top * cells)
    width = int(right * cells) - column0 + 1
    cell = ((y * cells).astype(np.int64) - row0) * width + ((x * cells).astype(np.int64) - column0)
    return _gathered(columns, found, cell, x, y)


def _gathered(
    columns: Columns, found: Numbers, cell: Numbers, x: Floats, y: Floats
) -> tuple[Spot, ...]:
    count = np.bincount(cell)
    filled = np.flatnonzero(count)
    counts = count[filled]
    mean = {
        name: np.bincount(cell, values)[filled] / counts
        for name, values in {"x": x, "y": y, "xx": x * x, "yy": y * y}.items()
    }
    spread = (mean["xx"] - mean["x"] ** 2) + (mean["yy"] - mean["y"] ** 2)
    radius = np.nan_to_num(columns["radius_km"][found].astype(float), nan=0.0)
    mean_radius = np.bincount(cell, radius)[filled] / counts
    families = np.stack(
        [
            np.bincount(cell[columns["family"][found] == f], minlength=len(count))[filled]
            for f in range(len(FAMILIES))
        ]
    ).argmax(axis=0)
    numbers = np.bincount(cell, columns["n"][found].astype(float))[filled]
    lats, lons = _latitude(mean["y"]), mean["x"] * 360 - 180
    return tuple(
        Spot(
            lat=round(float(lats[i]), 4),
            lon=round(float(lons[i]), 4),
            count=int(counts[i]),
            family=FAMILIES[int(families[i])],
            radius_km=round(float(mean_radius[i]), 1) or None,
            one_place=bool(counts[i] == 1 or spread[i] < _SAME_PLACE),
            n=int(numbers[i]) if counts[i] == 1 else None,
        )
        for i in range(len(filled))
    )


def _across(lon: Floats | float) -> Floats:
    return (np.asarray(lon, float) + 180) / 360


def _down(lat: Floats | float) -> Floats:
    angle = np.radians(np.clip(np.asarray(lat, float), -_MAX_LAT, _MAX_LAT))
    down: Floats = (1 - np.log(np.tan(angle) + 1 / np.cos(angle)) / np.pi) / 2
    return down


def _latitude(y: Floats) -> Floats:
    lat: Floats = np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * y))))
    return lat
