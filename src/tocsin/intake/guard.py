"""A transport that never connects to private machines: checked when the connection is made."""

from __future__ import annotations

import ipaddress
import socket

import httpx


class PrivateAddress(httpx.TransportError):
    """The host resolves to a private, loopback or otherwise internal address."""


class Guard(httpx.BaseTransport):
    """Resolves each host once, refuses internal addresses, and connects to what was checked.

    Every redirect passes here too, and since the checked address itself is connected to, a
    second look-up cannot lead elsewhere.
    """

    def __init__(self, inner: httpx.BaseTransport, *, allow_private: bool) -> None:
        self._inner = inner
        self._allow_private = allow_private

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request to the checked address, with the name that was asked for."""
        if self._allow_private:
            return self._inner.handle_request(request)
        host = request.url.host
        address = _public_address(host, request.url.port or _port(request.url.scheme))
        # A copy, so that relative redirects still start from the name that was asked for.
        checked = httpx.Request(
            request.method,
            request.url.copy_with(host=address),
            headers=request.headers,
            stream=request.stream,
            extensions={**request.extensions, "sni_hostname": host},
        )
        return self._inner.handle_request(checked)

    def close(self) -> None:
        """Close the connections."""
        self._inner.close()


def _port(scheme: str) -> int:
    return 443 if scheme == "https" else 80


def _public_address(host: str, port: int) -> str:
    if not host:
        raise httpx.ConnectError("it names no host")
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise httpx.ConnectError(f"{host} is not known: {error}") from error
    addresses = [str(entry[4][0]) for entry in found]
    for address in addresses:
        if not is_public(address):
            raise PrivateAddress(f"{host} is {address}")
    return addresses[0]


def is_public(address: str) -> bool:
    """Tell whether an IP address is one of the open network."""
    parsed = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(parsed, ipaddress.IPv6Address):
        embedded = parsed.ipv4_mapped or parsed.sixtofour
        if embedded is not None:
            return is_public(str(embedded))
    return parsed.is_global and not parsed.is_multicast
