"""A desk over made-up reports, and a client that speaks to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.desk.workspace import make_desk
from tocsin.desk.app import create_app
from tocsin.desk.state import Desk

ORIGIN = {"Origin": "http://testserver"}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = make_desk(tmp_path / "work", size=30)
    yield made
    made.store.engine.dispose()


@pytest.fixture(scope="session")
def kept_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    made = make_desk(tmp_path_factory.mktemp("kept") / "work", size=60)
    yield made
    made.store.engine.dispose()


@pytest.fixture
def client(desk: Desk) -> TestClient:
    return TestClient(create_app(desk), headers=ORIGIN)


@pytest.fixture
def reader(kept_desk: Desk) -> TestClient:
    return TestClient(create_app(kept_desk))
