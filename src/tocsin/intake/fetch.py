"""Addresses that the user names: fetched politely, within limits, never inside private networks."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

import httpx

from tocsin.ids import digest
from tocsin.intake.formats import is_address_line
from tocsin.intake.guard import Guard, PrivateAddress
from tocsin.intake.options import Options
from tocsin.intake.rejects import more_than, reject
from tocsin.intake.sources import Blob, of_bytes
from tocsin.intake.validators import Validators
from tocsin.model import Acquired, Reject

AGENT = "tocsin/0.1 (news incident reader; fetches only pages that its user names)"
_NAME = "tocsin"
_ROBOTS = "/robots.txt"
_RETRIED = frozenset({408, 425, 429, 500, 502, 503, 504})
_LONGEST_WAIT = 30.0  # seconds that a server's Retry-After is respected within one run
_NOT_MODIFIED = 304
_SHOWN = 100  # characters of a line that is no address


class _Stop(Exception):
    """Fetching one address ends with a reject."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


class Fetcher:
    """Fetches addresses for one run; waits between requests to one host."""

    def __init__(
        self,
        options: Options,
        *,
        known: dict[str, Validators] | None = None,
        transport: httpx.BaseTransport | None = None,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._options = options
        self._rules = options.fetching
        self.known = {} if known is None else known
        self._transport = transport
        self._sleep = sleep
        self._clock = clock
        self._last: dict[str, float] = {}
        self._asked = 0.0
        self._robots: dict[str, RobotFileParser | None] = {}
        self._client: httpx.Client | None = None

    def close(self) -> None:
        """Close the connections."""
        if self._client is not None:
            self._client.close()

    def fetch(self, url: str) -> Blob | Reject | None:
        """Return what an address holds, why it cannot be had, or None when nothing changed."""
        try:
            return self._fetched(url)
        except _Stop as stop:
            return reject(stop.code, url, stop.detail)

    def fetch_all(self, blob: Blob) -> Iterator[Blob | Reject]:
        """Yield what the addresses of a list hold, one a line."""
        with blob.open() as stream:
            for number, line in enumerate(stream, 1):
                url = line.decode("utf-8", "replace").strip().lstrip("\ufeff")
                if not url or url.startswith("#"):
                    continue
                if not is_address_line(url):
                    yield reject("address", f"{blob.where}:{number}", url[:_SHOWN])
                elif (found := self.fetch(url)) is not None:
                    yield found

    def _fetched(self, url: str) -> Blob | None:
        response, content = self._request(url, self._conditions(url))
        if response.status_code == _NOT_MODIFIED:
            return None
        if response.status_code != httpx.codes.OK:
            raise _Stop("http-status", str(response.status_code))
        headers = response.headers
        if headers.get("etag") or headers.get("last-modified"):
            self.known[url] = Validators(headers.get("etag"), headers.get("last-modified"))
        final = str(response.url) if response.history else url
        blob = of_bytes(content, url, media_type=headers.get("content-type"), address=final)
        lines = "\n".join(f"{name}: {value}" for name, value in headers.items())
        acquired = Acquired(
            at=self._options.now,
            tool="httpx",
            version=httpx.__version__,
            address=url,
            headers_digest=digest(lines),
        )
        return Blob(
            where=blob.where,
            name=blob.name,
            open=blob.open,
            size=blob.size,
            media_type=blob.media_type,
            address=final,
            acquired=acquired,
        )

    def _conditions(self, url: str) -> dict[str, str]:
        known = self.known.get(url)
        if known is None:
            return {}
        asked = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
        return {name: value for name, value in asked.items() if value}

    def _request(self, url: str, headers: dict[str, str]) -> tuple[httpx.Response, bytes]:
        """Return a response with its body, after as many tries as it takes and is allowed."""
        failure = _Stop("fetch")
        for attempt in range(self._rules.tries):
            if attempt:
                self._sleep(min(_LONGEST_WAIT, self._rules.pause * 2**attempt))
            try:
                response, content = self._once(url, headers)
            except PrivateAddress as error:
                raise _Stop("private-address", str(error)) from error
            except httpx.TooManyRedirects as error:
                raise _Stop("redirects") from error
            except (httpx.UnsupportedProtocol, httpx.InvalidURL) as error:
                raise _Stop("address", str(error)) from error
            except httpx.HTTPError as error:
                failure = _Stop("fetch", str(error) or type(error).__name__)
                continue
            if response.status_code not in _RETRIED:
                return response, content
            failure = _Stop("http-status", str(response.status_code))
            self._wait_as_told(response)
        raise failure

    def _once(self, url: str, headers: dict[str, str]) -> tuple[httpx.Response, bytes]:
        limit = self._options.limits.document_bytes
        content = bytearray()
        # A redirect inherits the extension, so that reading robots.txt never asks for another.
        marks = {_ROBOTS: url.endswith(_ROBOTS)}
        with self._opened().stream("GET", url, headers=headers, extensions=marks) as response:
            for chunk in response.iter_bytes():
                content += chunk
                if len(content) > limit:
                    raise _Stop("too-large", more_than(limit))
                if self._clock() - self._asked > self._rules.total_seconds:
                    raise _Stop("fetch", f"it took more than {self._rules.total_seconds:g} s")
        return response, bytes(content)

    def _before_request(self, request: httpx.Request) -> None:
        """Ask the host's rules and wait, at each redirect too."""
        url = str(request.url)
        is_asked = self._rules.respect_robots and not request.extensions[_ROBOTS]
        if is_asked and not self._allowed(url):
            raise _Stop("robots")
        self._be_polite(url)
        self._asked = self._clock()

    def _be_polite(self, url: str) -> None:
        host = urlsplit(url).netloc
        wait = self._last.get(host, -self._rules.pause) + self._rules.pause - self._clock()
        if wait > 0:
            self._sleep(wait)
        self._last[host] = self._clock()

    def _wait_as_told(self, response: httpx.Response) -> None:
        told = response.headers.get("retry-after", "")
        if told.isdigit():
            self._sleep(min(_LONGEST_WAIT, float(told)))

    def _allowed(self, url: str) -> bool:
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._robots:
            self._robots[site] = self._rules_of(site)
        rules = self._robots[site]
        return rules is None or rules.can_fetch(_NAME, url)

    def _rules_of(self, site: str) -> RobotFileParser | None:
        """Return a site's rules; a site without any, or out of reach, forbids nothing here."""
        try:
            response, content = self._request(f"{site}{_ROBOTS}", {})
        except _Stop as stop:
            if stop.code in ("private-address", "address"):
                raise
            return None
        if response.status_code != httpx.codes.OK:
            return None
        rules = RobotFileParser()
        rules.parse(content.decode("utf-8", "replace").splitlines())
        return rules

    def _opened(self) -> httpx.Client:
        if self._client is None:
            inner = self._transport or httpx.HTTPTransport()
            self._client = httpx.Client(
                transport=Guard(inner, allow_private=self._rules.allow_private),
                headers={"User-Agent": AGENT, "Accept-Language": "en, *;q=0.5"},
                timeout=self._rules.timeout,
                follow_redirects=True,
                max_redirects=self._rules.redirects,
                trust_env=False,
                event_hooks={"request": [self._before_request]},
            )
        return self._client
