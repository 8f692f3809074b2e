"""What all tests share: no outside connection, and a required tool fails instead of skipping."""

from __future__ import annotations

import os
import shutil
import socket
from pathlib import Path

import pytest

SHARED = Path(__file__).parent.parent.parent / "shared"
REQUIRED = set(os.environ.get("TOCSIN_REQUIRE", "").split(","))
_LOOPBACK = ("127.", "::1", "localhost", "0.0.0.0")


@pytest.fixture(autouse=True)
def no_outside_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        host = str(address[0]) if isinstance(address, tuple) else ""
        if self.family != socket.AF_UNIX and not host.startswith(_LOOPBACK):
            raise AssertionError(f"a test tried to connect to {address}")
        connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(scope="session")
def postgres() -> str:
    """Return the address of an empty PostgreSQL database; its tables are removed and made anew."""
    address = os.environ.get("TOCSIN_POSTGRES")
    if not address:
        if "postgres" in REQUIRED:
            pytest.fail("PostgreSQL is required here and TOCSIN_POSTGRES names no database")
        pytest.skip("TOCSIN_POSTGRES names no database: PostgreSQL tests skipped")
    return address


@pytest.fixture(scope="session")
def chromium() -> str:
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        if "browser" in REQUIRED:
            pytest.fail("chromium is required here and not installed")
        pytest.skip("no chromium on this machine: browser tests skipped")
    return path


@pytest.fixture(scope="session")
def shared() -> Path:
    if not SHARED.is_dir():
        pytest.skip("no ../shared beside this checkout: bench tests skipped")
    return SHARED
