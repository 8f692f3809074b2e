"""Summaries of found incidents: counts by day for the timeline, cells for the map."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from tocsin.ontology.kinds import FAMILIES
from tocsin.store.columns import NO_DAY, Columns, Floats, Numbers, across, day_of, down
from tocsin.store.query import Box

CELL = 56  # pixels: two circles of neighbouring cells can just stand side by side
_TILE = 256
_MOST_CELLS = 40_000  # of one view: a screen of four thousand pixels holds five thousand
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
    x, y = columns.across[found], columns.down[found]
    west, south, east, north = box
    left, right, top, bottom = across(west), across(east), down(north), down(south)
    inside = (x >= left) & (x <= right) & (y >= top) & (y <= bottom)  # no place is inside nothing
    found, x, y = found[inside], x[inside].astype(float), y[inside].astype(float)
    if not len(found):
        return ()
    cells = _cells(zoom, float((right - left) * (bottom - top)))
    column0, row0 = int(left * cells), int(top * cells)
    width = int(right * cells) - column0 + 1
    cell = ((y * cells).astype(np.int64) - row0) * width + ((x * cells).astype(np.int64) - column0)
    return _gathered(columns, found, cell, x, y)


def _cells(zoom: int, part: float) -> float:
    """Return how many cells lie over the world's width, coarser where a view holds too many.

    A map on a screen never asks for as many; a made-up address could ask for billions.
    """
    finest = math.sqrt(_MOST_CELLS / max(part, 1e-12))
    return min(float(_TILE << zoom) / CELL, finest)


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
    kinds = len(FAMILIES)
    by_family = np.bincount(cell * kinds + columns["family"][found], minlength=len(count) * kinds)
    families = by_family.reshape(len(count), kinds)[filled].argmax(axis=1)
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


def _latitude(y: Floats) -> Floats:
    lat: Floats = np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * y))))
    return lat
