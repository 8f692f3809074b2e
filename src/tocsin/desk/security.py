"""What stands between a page and the rest of the world: headers, tokens, forged forms."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from fastapi import Request, Response
from fastapi.responses import PlainTextResponse, RedirectResponse

from tocsin.desk.problems import problem

Handler = Callable[[Request], Awaitable[Response]]

COOKIE = "tocsin-session"
HEADER = "x-tocsin-csrf"
_SAFE = ("GET", "HEAD", "OPTIONS")
_LOCAL = ("127.0.0.1", "localhost", "[::1]", "::1", "testserver")
_BIGGEST_FORM = 1_000_000  # bytes; the longest thing a person decides with is a note
_BIGGEST_READING = 64_000_000  # bytes of files in one form; more is for the command


@dataclass(frozen=True)
class Guard:
    """The rules of one running desk; without a token only this machine may ask."""

    token: str | None = None
    tiles: str | None = None
    secret: str = field(default_factory=lambda: secrets.token_hex(16))

    @property
    def csrf(self) -> str:
        """What a form of this desk carries, and a forged one cannot know."""
        return hmac.new(self.secret.encode(), b"csrf", "sha256").hexdigest()

    def headers(self) -> dict[str, str]:
        """Return the headers that keep a page to itself."""
        images = f" {_origin(self.tiles)}" if self.tiles else ""
        policy = (
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
            f"img-src 'self' data:{images}; form-action 'self'; base-uri 'none'; "
            "frame-ancestors 'none'; manifest-src 'self'"
        )
        return {
            "Content-Security-Policy": policy,
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "same-origin",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Permissions-Policy": "geolocation=(), camera=(), microphone=()",
        }

    async def __call__(self, request: Request, following: Handler) -> Response:
        """Let a request through, or answer it here."""
        refused = self._refused(request)
        response = refused or await following(request)
        for name, value in self.headers().items():
            response.headers.setdefault(name, value)
        return response

    def _refused(self, request: Request) -> Response | None:
        host = request.headers.get("host", "")
        if self.token is None and host.rsplit(":", 1)[0] not in _LOCAL and host not in _LOCAL:
            return PlainTextResponse("This desk answers on this machine only.", 421)
        if self.token is not None and not self._known(request):
            return self._unknown(request)
        if request.method not in _SAFE and not self._own(request):
            return problem(request, 403, "forged", "This form was not sent by this desk's page.")
        most = _BIGGEST_READING if request.url.path == "/add" else _BIGGEST_FORM
        if int(request.headers.get("content-length") or 0) > most:
            return problem(request, 413, "too-big", f"That is more than {most // 1_000_000} MB.")
        return None

    def _known(self, request: Request) -> bool:
        return any(hmac.compare_digest(given, self.token or "") for given in self._given(request))

    def _given(self, request: Request) -> list[str]:
        bearer = request.headers.get("authorization", "").removeprefix("Bearer ")
        found = (bearer, request.cookies.get(COOKIE, ""), request.query_params.get("token", ""))
        return [given for given in found if given.isascii() and given]

    def _unknown(self, request: Request) -> Response:
        return problem(
            request,
            401,
            "token",
            "This desk asks for its token: open it with ?token=…, "
            "or send it as Authorization: Bearer.",
        )

    def _own(self, request: Request) -> bool:
        """Tell whether a change was sent by our page, or by a client that shows the token."""
        if self.token and request.headers.get("authorization", "").startswith("Bearer "):
            return True
        if hmac.compare_digest(request.headers.get(HEADER, ""), self.csrf):
            return True
        origin = request.headers.get("origin")
        return bool(origin) and urlsplit(origin or "").netloc == request.headers.get("host")


def session(request: Request, guard: Guard) -> Response | None:
    """Turn a token in the address into a cookie, so that it does not stay in the address bar."""
    if guard.token is None or "token" not in request.query_params:
        return None
    kept = request.url.remove_query_params("token")
    response = RedirectResponse(f"{kept.path}?{kept.query}" if kept.query else kept.path, 303)
    response.set_cookie(COOKIE, guard.token, httponly=True, samesite="strict")
    return response


def _origin(address: str) -> str:
    parts = urlsplit(address.replace("{s}.", "*."))
    return f"{parts.scheme}://{parts.netloc}"
