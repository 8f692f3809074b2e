"""A place of the gazetteer as one immutable record."""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from typing import Literal

PlaceKind = Literal["region", "country", "admin1", "admin2", "city", "neighbourhood", "site"]
Matched = Literal["name", "alternate", "short", "adjective"]

EARTH_KM = 6371.0


@dataclass(frozen=True, slots=True)
class Place:
    """A place; `admin1` and `admin2` are codes, `matched` says how the asked name stands for it."""

    id: str
    name: str
    kind: PlaceKind
    lat: float
    lon: float
    radius_km: float
    population: int
    country: str | None = None
    admin1: str | None = None
    admin2: str | None = None
    city: str | None = None
    zone: str | None = None
    capital: bool = False
    matched: Matched = "name"


def distance_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Great-circle distance of two points."""
    north, other_north = radians(lat), radians(other_lat)
    half_north = sin((other_north - north) / 2)
    half_east = sin(radians(other_lon - lon) / 2)
    chord = half_north**2 + cos(north) * cos(other_north) * half_east**2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(chord)))
