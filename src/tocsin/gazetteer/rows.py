"""Rows of the compiled gazetteer, and the points of areas that the packages give none for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from math import cos, pi, radians, sqrt

from tocsin.gazetteer import sources
from tocsin.gazetteer.names import is_latin, key
from tocsin.gazetteer.place import Matched, distance_km

# Words for the type of an area that news leaves out or puts elsewhere ("Sichuan Sheng").
GENERIC = (" sheng", " shi", " zizhiqu", " oblysy", " oblast", " lan", " province", " state")

# Radius that holds most of a town of that many people: 1.5 km for a village, 25 km for New York.
KM_PER_CUBE_ROOT = 0.12
SMALLEST_KM = 1.5

# A capital-letter alternate this short is an airport or vehicle code, not a name in a text.
LONGEST_CODE = 4

HOW: dict[Matched, int] = {"name": 0, "alternate": 1, "short": 2, "adjective": 3}

PlaceRow = tuple[object, ...]


@dataclass(slots=True)
class Gathered:
    """All rows of the gazetteer while they are put together."""

    places: dict[int, PlaceRow] = field(default_factory=dict)
    names: dict[tuple[str, int], int] = field(default_factory=dict)
    outlets: dict[str, int] = field(default_factory=dict)

    def name(self, place: int, names: Iterable[str], how: Matched) -> None:
        """Add names of a place; the closest way a name stands for it wins."""
        rank = HOW[how]
        for name in names:
            entry = (key(name), place)
            if self.names.get(entry, rank + 1) > rank and entry[0]:
                self.names[entry] = rank


def city_radius(population: int) -> float:
    """The radius that holds most of a town."""
    return round(max(SMALLEST_KM, KM_PER_CUBE_ROOT * float(population ** (1 / 3))), 1)


def add_cities(rows: Gathered, areas: dict[int, sources.Area]) -> None:
    """Add populated places with their areas and names."""
    of_city = sources.area_of_city()
    names = rows.names
    capitals = {(nation.iso, key(nation.capital)) for nation in sources.nations()}
    for city in sources.cities():
        number = city.geonameid
        admin2 = None
        if last := of_city.get(number, "").rpartition("|")[2]:
            area = areas.get(int(last))
            admin2 = area.code if area and area.level > 1 else None
        country = city.countrycode
        rows.places[number] = (
            number, None, city.name, "city", city.latitude, city.longitude,
            city_radius(city.population), city.population, country,
            f"{country}.{city.admin1code}", admin2, None, city.timezone,
            int((country, key(city.name)) in capitals),
        )  # fmt: skip
        for alternate in city.alternatenames:
            if is_latin(alternate) and not _is_code(alternate):
                names[key(alternate), number] = 1
        names[key(city.name), number] = 0


def _is_code(name: str) -> bool:
    return len(name) < 3 or (len(name) <= LONGEST_CODE and name.isupper())


@dataclass(slots=True)
class _Extent:
    """Towns of one area, thinned to one a grid cell so that big cities don't pull the middle."""

    cells: dict[tuple[int, int], tuple[float, float]] = field(default_factory=dict)
    population: int = 0

    def middle(self) -> tuple[float, float]:
        """The mean of the area's towns."""
        count = len(self.cells)
        lat = sum(point[0] for point in self.cells.values()) / count
        lon = sum(point[1] for point in self.cells.values()) / count
        return round(lat, 3), round(lon, 3)

    def radius(self, lat: float, lon: float) -> float:
        """A circle of the area that the grid cells with towns cover, 90 % of them inside."""
        far = sorted(distance_km(lat, lon, *point) for point in self.cells.values())
        return round(max(5.0, far[int(0.9 * (len(far) - 1))]), 0)


# A quarter of a degree: a county has several cells, a state hundreds.
_CELLS_PER_DEGREE = 4


def _extents(rows: Gathered) -> dict[str, _Extent]:
    extents: dict[str, _Extent] = {}
    for row in rows.places.values():
        lat, lon, people = row[4], row[5], row[7]
        assert isinstance(lat, float) and isinstance(lon, float) and isinstance(people, int)
        cell = (int(lat * _CELLS_PER_DEGREE), int(lon * _CELLS_PER_DEGREE))
        for code in (row[9], row[10], row[8]):
            if isinstance(code, str):
                extent = extents.setdefault(code, _Extent())
                extent.cells.setdefault(cell, (lat, lon))
                extent.population += people
    return extents


def add_areas(rows: Gathered, areas: dict[int, sources.Area]) -> None:
    """Add first and second level areas: points of our tables, else the mean of their towns."""
    own = {row["code"]: row for row in sources.table("areas")}
    counties = {row["code"]: row for row in sources.table("counties")}
    extents = _extents(rows)
    for number, area in areas.items():
        place = area.geonameid or -number
        extent = extents.get(area.code)
        entry = own.get(area.code, {})
        point = entry if entry.get("lat") else counties.get(area.code)
        if extent is None and point is None:
            continue
        lat, lon = (float(point["lat"]), float(point["lon"])) if point else (None, None)
        if lat is None or lon is None:
            assert extent is not None
            lat, lon = extent.middle()
        fixed = float(point["radius_km"]) if point and "radius_km" in point else None
        radius = fixed or (extent.radius(lat, lon) if extent else 50.0)
        level = area.code.split(".")
        name = entry.get("name") or area.name
        rows.places[place] = (
            place, None, name, "admin1" if area.level == 1 else "admin2", lat, lon, radius,
            extent.population if extent else 0, level[0], ".".join(level[:2]),
            area.code if area.level > 1 else None, None, None, 0,
        )  # fmt: skip
        _name_area(rows, place, area, entry)


def _name_area(rows: Gathered, place: int, area: sources.Area, entry: sources.Row) -> None:
    folded = key(area.name)
    bare = [folded.removesuffix(word) for word in GENERIC if folded.endswith(word)]
    rows.name(place, [area.name, *bare, *_listed(entry, "name"), *_listed(entry, "names")], "name")
    if area.code.startswith("US.") and area.name.endswith(" County"):
        rows.name(place, [area.name.removesuffix("unty")], "name")  # "Floyd Co."
    full = [alias for alias in area.aliases if is_latin(alias) and not _is_code(alias)]
    rows.name(place, full, "alternate")
    rows.name(place, _listed(entry, "short"), "short")
    rows.name(place, _listed(entry, "adjectives"), "adjective")


def add_countries(rows: Gathered) -> None:
    """Add countries with points of our own, names and adjectives, and the continents."""
    own = {row["code"]: row for row in sources.table("countries")}
    for nation in sources.nations():
        entry = own.get(nation.iso)
        if entry is None:
            continue
        place = nation.geonameid
        rows.places[place] = (
            place, None, nation.name.strip(), "country", float(entry["lat"]), float(entry["lon"]),
            round(sqrt(nation.areakm2 / pi)), nation.population, nation.iso,
            None, None, None, None, 0,
        )  # fmt: skip
        rows.name(place, [nation.name, *_listed(entry, "names")], "name")
        rows.name(place, _listed(entry, "adjectives"), "adjective")
    for place, name, lat, lon in sources.continents():
        rows.places[place] = (
            place, None, name, "region", lat, lon, 2500.0, 100_000_000,
            None, None, None, None, None, 0,
        )  # fmt: skip
        rows.name(place, [name], "name")


def add_adjectives(rows: Gathered) -> None:
    """Add adjectives of regions and cities, for the largest place of that name and kind."""
    listed = list(sources.table("adjectives"))
    wanted = {key(adjective["place"]) for adjective in listed}
    largest: dict[tuple[str, str], tuple[int, int]] = {}
    for name_key, place in rows.names:
        if name_key not in wanted:
            continue
        row = rows.places[place]
        size = row[7] if isinstance(row[7], int) else 0
        entry = (name_key, str(row[3]))
        largest[entry] = max(largest.get(entry, (-1, 0)), (size, place))
    for adjective in listed:
        _, place = largest[key(adjective["place"]), adjective["kind"]]
        rows.name(place, _listed(adjective, "adjectives"), "adjective")


def add_outlets(rows: Gathered) -> None:
    """Add the home town of outlets, or their country where they write for all of it."""
    wanted: dict[tuple[str, str], list[str]] = {}
    for row in sources.table("outlets"):
        wanted.setdefault((row["place"], row["area"]), []).append(row["domain"])
    for place, values in rows.places.items():
        name, kind, country, admin1 = values[2], values[3], values[8], values[9]
        if kind == "city":
            entries = [(str(name), str(admin1)), (str(name), str(country))]
        else:
            entries = [("", str(country))] if kind == "country" else []
        for entry in entries:
            rows.outlets.update(dict.fromkeys(wanted.pop(entry, ()), place))


def _listed(entry: sources.Row, column: str) -> list[str]:
    return [name for name in (entry.get(column) or "").split("|") if name]


def overlay_rows(rows: Iterable[sources.Row]) -> Iterator[tuple[sources.Row, list[str]]]:
    """The rows of an overlay table with all their names."""
    for row in rows:
        yield row, [row["name"], *_listed(row, "aliases")]


def is_near(lat: float, lon: float, other: PlaceRow, within_km: float) -> bool:
    """Tell whether a row's point lies within some distance, cheaply."""
    other_lat, other_lon = other[4], other[5]
    assert isinstance(other_lat, float) and isinstance(other_lon, float)
    if abs(lat - other_lat) * 111 > within_km:
        return False
    if abs(lon - other_lon) * 111 * cos(radians(lat)) > within_km:
        return False
    return distance_km(lat, lon, other_lat, other_lon) <= within_km
