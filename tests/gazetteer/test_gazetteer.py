"""The compiled gazetteer: names, areas, zones, outlets, own tables."""

from __future__ import annotations

import tempfile
from pathlib import Path
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.errors import ConfigError
from tocsin.gazetteer import Gazetteer, Place, distance_km, ensure, key, sources
from tocsin.gazetteer.overlay import add_overlay
from tocsin.gazetteer.rows import Gathered

ACROSS_THE_DATE_LINE = "RU.15"


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer(ensure(Path(tempfile.gettempdir()) / "tocsin-test-gazetteer"))


@pytest.mark.parametrize(
    ("name", "country", "kind"),
    [
        ("Kenosha", "US", "city"),
        ("Wis.", "US", "admin1"),
        ("Kenosha County", "US", "admin2"),
        ("Kenosha Co.", "US", "admin2"),
        ("Brighton Park", "US", "neighbourhood"),
        ("Saint Paul", "US", "city"),
        ("St. Paul", "US", "city"),
        ("São Paulo", "BR", "city"),
        ("SAO PAULO", "BR", "city"),
        ("Turkish", "TR", "country"),
        ("Georgia", "GE", "country"),
        ("Lekki toll gate", "NG", "site"),
        ("Mong Kok", "HK", "neighbourhood"),
        ("Standing Rock", "US", "neighbourhood"),
    ],
)
def test_names_are_found_however_spelt(
    name: str, country: str, kind: str, gazetteer: Gazetteer
) -> None:
    assert any(p.country == country and p.kind == kind for p in gazetteer.candidates(name))


def test_areas_hold_a_town(gazetteer: Gazetteer) -> None:
    town = next(p for p in gazetteer.candidates("Kenosha") if p.kind == "city")
    names = [area.name for area in gazetteer.containing(town)]
    assert names == ["Kenosha County", "Wisconsin", "United States"]
    assert town.zone == "America/Chicago"


def test_every_country_has_a_point(gazetteer: Gazetteer) -> None:
    for row in sources.table("countries"):
        place = gazetteer.area(row["code"])
        assert place is not None, row["code"]
        assert place.radius_km > 0 or place.id == "gn:3164670"


def middle(towns: tuple[Place, ...]) -> tuple[float, float]:
    """The middle of towns, one a quarter of a degree: neither suburbs nor far islands pull it."""
    cells = {(int(4 * t.lat), int(4 * t.lon)): (t.lat, t.lon) for t in reversed(towns)}
    lats, lons = zip(*cells.values(), strict=True)
    return median(lats), median(lons)


def test_own_points_of_areas_agree_with_the_middle_of_their_towns(gazetteer: Gazetteer) -> None:
    off, far = [], []
    rows = list(sources.table("areas"))
    for row in rows:
        area, towns = gazetteer.area(row["code"]), gazetteer.largest(row["code"], 300)
        assert area is not None, row["code"]
        if not towns or row["code"] == ACROSS_THE_DATE_LINE:
            continue
        away = distance_km(area.lat, area.lon, *middle(towns))
        if away > max(75, 0.75 * area.radius_km):
            off.append(row["code"])
        if away > max(250, area.radius_km):
            far.append(row["code"])
    # Deserts and the far north are empty around their middle.
    assert not far
    assert len(off) < 0.04 * len(rows), off


def test_first_level_areas_of_many_countries_have_own_points() -> None:
    listed = {row["code"] for row in sources.table("areas")}
    assert len(listed) > 1500
    assert len({code.partition(".")[0] for code in listed}) >= 80


def test_own_points_of_counties_agree_with_their_towns(gazetteer: Gazetteer) -> None:
    off = []
    for row in list(sources.table("counties"))[::40]:
        area = gazetteer.area(row["code"])
        assert area is not None, row["code"]
        state = ".".join(row["code"].split(".")[:2])
        towns = [t for t in gazetteer.largest(state, 3000) if t.admin2 == row["code"]]
        away = [distance_km(area.lat, area.lon, t.lat, t.lon) for t in towns]
        if away and min(away) > 2 * area.radius_km + 10:
            off.append(row["code"])
    assert not off


def test_outlets_are_at_home(gazetteer: Gazetteer) -> None:
    home = gazetteer.home_of("www.kenoshanews.com")
    assert home is not None and home.name == "Kenosha"
    nation = gazetteer.home_of("cbc.ca")
    assert nation is not None and nation.kind == "country"
    assert gazetteer.home_of("example.org") is None


def test_every_outlet_of_the_table_has_a_home(gazetteer: Gazetteer) -> None:
    lost = [r["domain"] for r in sources.table("outlets") if not gazetteer.home_of(r["domain"])]
    assert not lost


def test_own_places_are_many_and_well_formed() -> None:
    rows = list(sources.table("overlay"))
    assert len(rows) >= 600
    assert len({row["country"] for row in rows}) > 60


def test_a_users_table_adds_places(tmp_path: Path) -> None:
    table = tmp_path / "own.csv"
    head = "name,kind,lat,lon,radius_km,city,area,country,aliases\n"
    table.write_text(head + "Old Mill Yard,site,42.58,-87.82,0.2,,US.WI,US,The Yard\n", "utf-8")
    rows = Gathered()
    add_overlay(rows, sources.user_table(table), source=table)
    assert {name for name, _ in rows.names} == {"old mill yard", "the yard"}


@pytest.mark.parametrize(
    "line",
    ["Yard,place,42,-87,1,,,US,", "Yard,site,x,-87,1,,,US,", "Yard,site,42,-87,0,,,US,"],
    ids=["kind", "point", "radius"],
)
def test_a_wrong_line_is_refused_with_advice(line: str, tmp_path: Path) -> None:
    table = tmp_path / "own.csv"
    head = "name,kind,lat,lon,radius_km,city,area,country,aliases\n"
    table.write_text(f"{head}{line}\n", "utf-8")
    with pytest.raises(ConfigError) as caught:
        add_overlay(Gathered(), sources.user_table(table), source=table)
    assert caught.value.advice


@given(st.text(max_size=40))
def test_the_key_of_a_key_is_itself(name: str) -> None:
    once = key(name)
    assert key(once) == once or not once.isascii()
