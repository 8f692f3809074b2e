"""What the store finds: filters, search, days, map cells, paging and what changed."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import msgspec
import pytest
from benchmarks.made_up import World, world

from tocsin import shown
from tocsin.errors import StoreError
from tocsin.ontology import load
from tocsin.store import schema, summaries
from tocsin.store.catalogue import Catalogue, Row
from tocsin.store.query import Query
from tocsin.store.store import Store

ONTOLOGY = load()


@pytest.fixture(scope="module")
def made() -> World:
    return world(120)


@pytest.fixture(scope="module")
def store(made: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.open(tmp_path_factory.mktemp("store") / "store.sqlite") as opened:
        save(opened, made)
        yield opened


def save(store: Store, made: World) -> None:
    store.save(
        reports=made.reports,
        versions=made.reports,
        accounts=made.accounts,
        incidents=made.incidents,
        ontology=ONTOLOGY,
    )


def found_ids(catalogue: Catalogue, query: Query) -> list[str]:
    columns, found = catalogue.find(query)
    return [row.card.id for row in catalogue.rows(columns["n"][found].tolist())]


def test_everything_is_found_newest_day_first(store: Store, made: World) -> None:
    catalogue = Catalogue(store)
    columns, found = catalogue.find(Query())
    rows = catalogue.rows(columns["n"][found].tolist())
    assert len(rows) == len(made.incidents)
    assert [row.day or "" for row in rows] == sorted((row.day or "" for row in rows), reverse=True)


@pytest.mark.parametrize(
    ("query", "holds"),
    [
        (Query(families=("crowd",)), lambda row: row.family == "crowd"),
        (Query(kinds=("curfew",)), lambda row: row.card.kind == "curfew"),
        (Query(certainty="alleged"), lambda row: row.certainty == "alleged"),
        (Query(origins=3), lambda row: row.origins >= 3),
        (Query(differs=True), lambda row: row.differs),
        (Query(first="2020-02-01", last="2020-02-20"), lambda row: row.day >= "2020-02-01"),
        (Query(box=(-130.0, 20.0, -60.0, 50.0)), lambda row: (row.lon or 0) < -60),
        (Query(review="unreviewed"), lambda row: row.review == "unreviewed"),
    ],
    ids=["family", "kind", "certainty", "origins", "differs", "days", "box", "review"],
)
def test_a_filter_keeps_what_it_names(
    store: Store, query: Query, holds: Callable[[Row], bool]
) -> None:
    catalogue = Catalogue(store)
    columns, found = catalogue.find(query)
    everything, _ = catalogue.find(Query())
    rows = catalogue.rows(columns["n"][found].tolist())
    kept = [row for row in catalogue.rows(everything["n"].tolist()) if holds(row)]
    assert rows
    assert len(rows) <= len(kept)
    assert all(holds(row) for row in rows)


def test_an_unknown_word_of_a_closed_list_finds_nothing(store: Store) -> None:
    assert found_ids(Catalogue(store), Query(country="XX")) == []


def test_search_finds_words_and_places_by_their_beginning(store: Store, made: World) -> None:
    catalogue = Catalogue(store)
    place = shown.where(made.incidents[0])
    assert place is not None
    assert place.name is not None
    found = found_ids(catalogue, Query(words=place.name[:4]))
    assert made.incidents[0].id in found
    assert len(found) < len(made.incidents)


def test_search_does_not_find_masked_names(store: Store, made: World) -> None:
    minors = [
        (incident, victim)
        for incident in made.incidents
        for victim in shown.victims(incident)
        if victim.age == 9
    ]
    assert minors
    for incident, victim in minors:
        assert incident.id not in found_ids(Catalogue(store), Query(words=victim.name))


def test_search_survives_signs_of_the_query_language(store: Store) -> None:
    assert found_ids(Catalogue(store), Query(words='" OR * NEAR( -')) == []


def test_an_outlet_finds_what_it_told(store: Store) -> None:
    catalogue = Catalogue(store)
    for outlet in catalogue.outlets(limit=3):
        assert len(found_ids(catalogue, Query(outlet=outlet.name))) == outlet.incidents


def test_bars_of_the_timeline_add_up(store: Store, made: World) -> None:
    columns, found = Catalogue(store).find(Query())
    line = summaries.timeline(columns, found)
    assert sum(line.counts) + line.undated == len(made.incidents)


@pytest.mark.parametrize("zoom", [1, 4, 9])
def test_cells_of_the_map_add_up_at_every_zoom(store: Store, made: World, zoom: int) -> None:
    columns, found = Catalogue(store).find(Query())
    spots = summaries.spots(columns, found, (-180.0, -85.0, 180.0, 85.0), zoom)
    assert sum(spot.count for spot in spots) == len(made.incidents)
    assert all((spot.n is None) == (spot.count > 1) for spot in spots)


def test_a_second_save_marks_only_what_changed(made: World, tmp_path: Path) -> None:
    with Store.open(tmp_path / "store.sqlite") as store:
        save(store, made)
        catalogue = Catalogue(store)
        before = catalogue.generation()
        kept = World(made.reports, made.accounts, list(made.incidents))
        changed = kept.incidents[3]
        kept.incidents[3] = msgspec.structs.replace(changed, review="accepted")
        save(store, kept)
        assert found_ids(catalogue, Query(since=before)) == [changed.id]


def test_tables_of_another_version_are_refused_or_renewed(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    with Store.open(path) as store, store.engine.begin() as connection:
        connection.execute(schema.meta.insert(), [{"key": "schema", "value": "0"}])
    with pytest.raises(StoreError, match="rebuild"):
        Store.open(path)
    with Store.open(path, renew=True) as store:
        save(store, world(3))
        assert len(store.incidents()) == 3


def test_a_made_up_view_of_the_map_asks_for_no_more_cells_than_a_screen(store: Store) -> None:
    columns, found = Catalogue(store).find(Query())
    spots = summaries.spots(columns, found, (-180.0, -85.0, 180.0, 85.0), 14)
    assert sum(spot.count for spot in spots) == len(found)


@pytest.mark.parametrize(("certainty", "first"), [("alleged", "Alleged "), ("denied", "Denied")])
def test_a_headline_of_what_is_not_asserted_says_so(
    store: Store, certainty: str, first: str
) -> None:
    catalogue = Catalogue(store)
    columns, found = catalogue.find(Query(certainty=certainty))
    rows = catalogue.rows(columns["n"][found].tolist())
    assert rows
    assert all(row.card.title.startswith(first) for row in rows)
    assert all(row.card.said in row.card.title for row in rows if row.card.said)


def test_the_queue_and_what_is_alike_are_found_as_by_looking_at_every_row(store: Store) -> None:
    catalogue = Catalogue(store)
    columns, found = catalogue.find(Query())
    every = catalogue.rows(columns["n"][found].tolist())
    order = sorted(every, key=lambda row: (-row.priority, row.n))
    assert [row.n for row in catalogue.urgent(8)] == [row.n for row in order[:8]]
    passed = frozenset(row.card.id for row in order[:3])
    assert [row.n for row in catalogue.urgent(5, passed)] == [row.n for row in order[3:8]]
    for row in every[:40]:
        near = {
            other.n
            for other in every
            if other.n != row.n
            and row.day
            and other.day
            and abs((date.fromisoformat(other.day) - date.fromisoformat(row.day)).days) <= 3
            and (
                None in (row.lat, row.lon, other.lat, other.lon)
                or math.hypot(other.lat - row.lat, other.lon - row.lon) <= 0.5  # type: ignore[operator]
            )
        }
        assert {other.n for other in catalogue.alike(row, 1000)} == near
