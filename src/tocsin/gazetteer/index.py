"""Read the compiled gazetteer: a read-only SQLite file, nothing held in dictionaries."""

from __future__ import annotations

import sqlite3
from functools import lru_cache
from pathlib import Path

from tocsin.gazetteer.names import cached_key
from tocsin.gazetteer.place import Matched, Place, PlaceKind

# Candidates of one name, the most populous first: "San Jose" has hundreds, and the ones further
# down are hamlets that context hardly ever means.
MOST_CANDIDATES = 60

# Names looked up lately, kept by key: a news text repeats its names.
KEPT_NAMES = 4_000

_MATCHED: tuple[Matched, ...] = ("name", "alternate", "short", "adjective")
_COLUMNS = (
    "p.id, p.ref, p.name, p.kind, p.lat, p.lon, p.radius_km, p.population, "
    "p.country, p.admin1, p.admin2, p.city, p.zone, p.capital"
)

_Row = tuple[
    int, str | None, str, PlaceKind, float, float, float, int,
    str | None, str | None, str | None, str | None, str | None, int,
]  # fmt: skip


class Gazetteer:
    """Places by name; opened read-only, safe to open once a process."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        self._connection.execute("pragma cache_size = -8000")
        self._by_key = lru_cache(maxsize=KEPT_NAMES)(self._read_key)
        self._by_code = lru_cache(maxsize=KEPT_NAMES)(self._read_code)

    def candidates(self, name: str) -> tuple[Place, ...]:
        """Places of a name, however spelt, the most populous first."""
        return self._by_key(cached_key(name))

    def area(self, code: str) -> Place | None:
        """A country ("US"), first level ("US.WI") or second level area ("US.WI.059")."""
        return self._by_code(code)

    def containing(self, place: Place) -> tuple[Place, ...]:
        """The areas that hold a place, the smallest first."""
        codes = (place.admin2, place.admin1, place.country)
        found = (self.area(code) for code in codes if code)
        return tuple(area for area in found if area is not None and area.id != place.id)

    def home_of(self, domain: str) -> Place | None:
        """Where an outlet is at home, by its web domain or one above it."""
        labels = domain.lower().split(".")
        for first in range(len(labels) - 1):
            row = self._connection.execute(
                f"select {_COLUMNS} from outlet o join place p on p.id = o.place "
                "where o.domain = ?",
                (".".join(labels[first:]),),
            ).fetchone()
            if row:
                return _place(row, "name")
        return None

    def largest(self, code: str, count: int) -> tuple[Place, ...]:
        """The most populous towns of a country or first level area."""
        level = "admin1" if "." in code else "country"
        found = self._connection.execute(
            f"select {_COLUMNS} from place p where p.{level} = ? and p.kind = 'city' "
            "order by p.population desc limit ?",
            (code, count),
        )
        return tuple(_place(row, "name") for row in found)

    def capital(self, country: str) -> Place | None:
        """The capital of a country."""
        row = self._connection.execute(
            f"select {_COLUMNS} from place p where p.country = ? and p.kind = 'city' "
            "and p.capital = 1 order by p.population desc limit 1",
            (country,),
        ).fetchone()
        return _place(row, "name") if row else None

    def _read_key(self, name_key: str) -> tuple[Place, ...]:
        found = self._connection.execute(
            f"select n.how, {_COLUMNS} from name n join place p on p.id = n.place "
            "where n.key = ? order by p.population desc, p.id limit ?",
            (name_key, MOST_CANDIDATES),
        )
        return tuple(_place(row[1:], _MATCHED[row[0]]) for row in found)

    def _read_code(self, code: str) -> Place | None:
        kind = ("country", "admin1", "admin2")[code.count(".")]
        country, admin1 = code.split(".")[0], ".".join(code.split(".")[:2])
        wanted = {"country": country, "admin1": admin1, "admin2": code}[kind]
        row = self._connection.execute(
            f"select {_COLUMNS} from place p indexed by area where p.country = ? "
            f"and p.kind = ? and p.kind != 'city' and p.{kind} = ? limit 1",
            (country, kind, wanted),
        ).fetchone()
        return _place(row, "name") if row else None


def _place(row: _Row, matched: Matched) -> Place:
    number, ref, name, kind, lat, lon, radius_km, population = row[:8]
    country, admin1, admin2, city, zone, capital = row[8:]
    return Place(
        id=ref or f"gn:{number}",
        name=name,
        kind=kind,
        lat=lat,
        lon=lon,
        radius_km=radius_km,
        population=population,
        country=country,
        admin1=admin1,
        admin2=admin2,
        city=city,
        zone=zone,
        capital=bool(capital),
        matched=matched,
    )
