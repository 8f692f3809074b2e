"""Fetching over real connections to a server on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from tests.intake import made
from tocsin.intake import Fetching, Options, read
from tocsin.intake.validators import Validators
from tocsin.model import Reject, Report

ALLOWED = Options(fetching=Fetching(allow_private=True, pause=0.0, tries=1))


class _Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/robots.txt":
            self._send(200, b"User-agent: *\nDisallow: /closed\n")
        elif self.path == "/moved":
            self._send(302, Location="/page")
        elif self.headers.get("If-None-Match") == '"1"':
            self._send(304)
        else:
            self._send(200, made.page(), ETag='"1"', **{"Content-Type": "text/html"})

    def _send(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Keep the tests' output clean."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def codes(*addresses: str, options: Options = ALLOWED) -> list[str | None]:
    return [
        one.code if isinstance(one, Reject) else None for one in read(addresses, options=options)
    ]


def test_this_machine_is_asked_only_when_that_is_allowed(site: str) -> None:
    assert codes(f"{site}/page", options=Options()) == ["private-address"]
    assert codes(f"{site}/page") == [None]


def test_what_robots_may_not_read_is_a_reject(site: str) -> None:
    assert codes(f"{site}/closed/1", f"{site}/page") == ["robots", None]


def test_redirect_is_followed_and_both_addresses_are_kept(site: str) -> None:
    (found,) = read([f"{site}/moved"], options=ALLOWED)
    assert isinstance(found, Report)
    assert found.acquired is not None
    assert found.acquired.address == f"{site}/moved"
    assert made.BODY[:40] in found.text


def test_page_that_did_not_change_is_passed_over(site: str) -> None:
    known: dict[str, Validators] = {}
    assert len(list(read([f"{site}/page"], options=ALLOWED, validators=known))) == 1
    assert list(read([f"{site}/page"], options=ALLOWED, validators=known)) == []
