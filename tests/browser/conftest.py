"""A running desk and a headless Chromium; pages fail on any console error or outside request."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright

from tests.desk.workspace import make_desk
from tocsin.desk.app import create_app
from tocsin.desk.state import Desk


class Served:
    """A desk answering on a free port of this machine."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        config = uvicorn.Config(
            create_app(desk),
            host="127.0.0.1",
            port=0,
            log_level="error",
            timeout_graceful_shutdown=1,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)

    def __enter__(self) -> Served:
        self._thread.start()
        while not self._server.started:
            time.sleep(0.02)
        port = self._server.servers[0].sockets[0].getsockname()[1]
        self.address = f"http://127.0.0.1:{port}"
        return self

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join(10)
        self.desk.starter.close()
        self.desk.store.engine.dispose()


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with Served(make_desk(tmp_path_factory.mktemp("served") / "work", size=60)) as running:
        yield running


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Served]:
    with Served(make_desk(tmp_path / "own", size=30)) as running:
        yield running


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    opened = context.new_page()
    wrong = watch(opened)
    yield opened
    context.close()
    assert not wrong


def watch(page: Page) -> list[str]:
    """Collect console errors and requests to other hosts."""
    wrong: list[str] = []
    page.on("console", lambda m: wrong.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))

    def asked(url: str) -> None:
        if not url.startswith(("http://127.0.0.1", "data:")):
            wrong.append(url)

    page.on("request", lambda request: asked(request.url))
    return wrong
