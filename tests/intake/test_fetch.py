"""Fetching: limits, retries, robots, conditions, and never a private machine."""

from __future__ import annotations

import io
from collections.abc import Callable

import httpx
import pytest

from tests.intake import made
from tocsin.intake import Fetching, Limits, Options
from tocsin.intake.fetch import Fetcher
from tocsin.intake.formats import sniff
from tocsin.intake.guard import Guard, PrivateAddress, is_public
from tocsin.intake.sources import Blob
from tocsin.model import Reject

Answer = Callable[[httpx.Request], httpx.Response]
URL = "https://paper.example/1"


def fetcher(answer: Answer, **limits: int) -> Fetcher:
    options = Options(
        now="2020-06-03T10:00:00Z",
        fetching=Fetching(allow_private=True),
        limits=Limits(**limits) if limits else Limits(),
    )
    return Fetcher(
        options, transport=httpx.MockTransport(answer), sleep=lambda _: None, clock=lambda: 0.0
    )


def site(page: httpx.Response, robots: str = "") -> Answer:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/robots.txt":
            return httpx.Response(200, text=robots)
        return page

    return answer


def code_of(found: Blob | Reject | None) -> str | None:
    return found.code if isinstance(found, Reject) else None


def test_page_comes_with_how_it_was_acquired() -> None:
    page = httpx.Response(200, content=made.page(), headers={"Content-Type": "text/html"})
    found = fetcher(site(page)).fetch(URL)
    assert isinstance(found, Blob)
    assert found.acquired is not None
    assert (found.acquired.at, found.acquired.tool) == ("2020-06-03T10:00:00Z", "httpx")
    assert found.acquired.headers_digest


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (site(httpx.Response(404)), "http-status"),
        (site(httpx.Response(200, text="x"), "User-agent: *\nDisallow: /"), "robots"),
        (lambda _: httpx.Response(302, headers={"Location": URL}), "redirects"),
        (site(httpx.Response(200, content=b"x" * 2000)), "too-large"),
    ],
    ids=["404", "robots", "redirects", "too large"],
)
def test_failure_is_a_reject(answer: Answer, code: str) -> None:
    assert code_of(fetcher(answer, document_bytes=1000).fetch(URL)) == code


def test_robots_of_the_host_to_which_a_redirect_leads_are_asked_too() -> None:
    asked = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        if request.url.path == "/robots.txt":
            closed = request.url.host == "closed.example"
            return httpx.Response(200, text="User-agent: *\nDisallow: /" if closed else "")
        host = "closed" if request.url.path == "/1" else "open"
        if request.url.host == "paper.example":
            return httpx.Response(301, headers={"Location": f"https://{host}.example/page"})
        return httpx.Response(200, text="x")

    fetching = fetcher(answer)
    assert code_of(fetching.fetch(URL)) == "robots"
    assert "https://closed.example/page" not in asked
    assert code_of(fetching.fetch("https://paper.example/2")) is None


def test_robots_file_may_lie_elsewhere() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/robots.txt":
            host = "b" if request.url.host == "paper.example" else "paper"
            return httpx.Response(302, headers={"Location": f"https://{host}.example/robots.txt"})
        return httpx.Response(200, text="x")

    assert code_of(fetcher(answer).fetch(URL)) is None


def test_busy_server_is_asked_again() -> None:
    answers = iter([httpx.Response(200), httpx.Response(503), httpx.Response(200, text="yes")])
    found = fetcher(lambda _: next(answers)).fetch(URL)
    assert isinstance(found, Blob)


def test_unchanged_page_gives_nothing_new() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.headers.get("If-None-Match") == '"v1"':
            return httpx.Response(304)
        return httpx.Response(200, text="x", headers={"ETag": '"v1"'})

    asked = fetcher(answer)
    assert isinstance(asked.fetch(URL), Blob)
    assert asked.fetch(URL) is None


def test_list_of_addresses() -> None:
    blob = Blob(where="list", name="list", open=lambda: io.BytesIO(URL.encode()))
    found = list(fetcher(site(httpx.Response(200, text="x"))).fetch_all(blob))
    assert len(found) == 1


def test_broken_line_of_a_list_is_named_and_the_others_are_fetched() -> None:
    lines = f"# to read\n{URL}\nhttp//paper.example/2\n\n{URL}?3\n".encode()
    assert sniff(lines) == "addresses"
    blob = Blob(where="list", name="list", open=lambda: io.BytesIO(lines))
    found = list(fetcher(site(httpx.Response(200, text="x"))).fetch_all(blob))
    assert [code_of(one) for one in found] == [None, "address", None]
    assert isinstance(found[1], Reject)
    assert found[1].where == "list:3"


@pytest.mark.parametrize(
    "text",
    [
        f"{URL}\nTwo people were hurt when a wall fell in Exham on Monday.",
        f"{URL}\n{URL}?2\nTwo people were hurt when a wall fell in Exham.",
        f"Wall falls in Exham\n{URL}",
    ],
)
def test_text_with_addresses_in_it_is_no_list(text: str) -> None:
    assert sniff(text.encode()) == "text"


PRIVATE = [
    "127.0.0.1", "10.0.0.8", "192.168.1.1", "169.254.169.254", "0.0.0.0", "::1", "fe80::1",
    "::ffff:127.0.0.1", "100.64.0.1", "224.0.0.1",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_private_address_is_never_connected_to(address: str) -> None:
    assert not is_public(address)
    host = f"[{address}]" if ":" in address else address
    guard = Guard(httpx.MockTransport(lambda _: httpx.Response(200)), allow_private=False)
    with pytest.raises(PrivateAddress):
        guard.handle_request(httpx.Request("GET", f"http://{host}/"))


def test_redirect_into_a_private_network_is_refused() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(302, headers={"Location": "http://127.0.0.1/admin"})

    asked = Fetcher(
        Options(fetching=Fetching(respect_robots=False)),
        transport=httpx.MockTransport(answer),
        sleep=lambda _: None,
    )
    assert code_of(asked.fetch("http://93.184.215.14/")) == "private-address"
