"""Who published a report: by the registry, else as the page says, else by its domain."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from tocsin.errors import ConfigError
from tocsin.ids import short_id
from tocsin.model import Outlet

_SQUEEZE = re.compile(r"\W+")
_HOSTS = re.compile(r"^(?:www|m|mobile|amp|edition|news|web|en)\.")
# Second labels under which domains are registered, as in `standardmedia.co.ke`.
_SECOND = frozenset({"co", "com", "org", "net", "gov", "ac", "edu", "or", "go", "gob", "gouv"})

# Names by which agencies sign their reports.
_SHORT_NAMES = (
    ("Associated Press", "AP"),
    ("Agence France-Presse", "AFP"),
    ("United Press International", "UPI"),
    ("Press Trust of India", "PTI"),
    ("News Agency of Nigeria", "NAN"),
)


class Registry:
    """Known outlets, found by domain or by any of their names."""

    def __init__(self, outlets: Iterable[Outlet]) -> None:
        self._by_domain: dict[str, Outlet] = {}
        self._by_name: dict[str, Outlet] = {}
        for outlet in outlets:
            if outlet.domain:
                self._by_domain[outlet.domain] = outlet
            self._by_name[_squeezed(outlet.name)] = outlet
        self._by_name.update(
            (_squeezed(short), self._by_name[_squeezed(name)])
            for name, short in _SHORT_NAMES
            if _squeezed(name) in self._by_name
        )

    def outlet(self, *, url: str | None, name: str | None) -> Outlet | None:
        """Return the outlet of an address and a stated name; None when neither is known.

        The address wins: pages name the agency whose text they carry as their publisher.
        """
        domain = domain_of(url) if url else None
        known = self._of_domain(domain) if domain else None
        if known is None and name and (domain is None or _resembles(name, domain)):
            known = self._by_name.get(_squeezed(name))
        if known is not None:
            return known
        shown = name if name and (domain is None or _resembles(name, domain)) else domain
        if shown is None:
            return None
        key = domain or _squeezed(shown)
        return Outlet(id=short_id("o", key), name=shown, domain=domain)

    def _of_domain(self, domain: str) -> Outlet | None:
        while domain.count("."):
            if domain in self._by_domain:
                return self._by_domain[domain]
            domain = domain.partition(".")[2]
        return None


@lru_cache(maxsize=4)
def registry(own: tuple[Outlet, ...] = ()) -> Registry:
    """Return the packaged registry with a user's own outlets on top."""
    return Registry((*_packaged(), *own))


def read_outlets(path: Path) -> tuple[Outlet, ...]:
    """Return the outlets of a user's file: CSV with a header, or TOML as the packaged one."""
    try:
        text = path.read_text("utf-8-sig")
        if path.suffix.lower() == ".toml":
            return _parsed(tomllib.loads(text))
        rows = [
            {k: v.strip() for k, v in row.items() if k in Outlet.__struct_fields__ and v}
            for row in csv.DictReader(text.splitlines())
        ]
        return _parsed({"outlet": rows})
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise ConfigError(
            f"The outlets in {path} cannot be read: {error}.",
            advice="Each needs a name, and may have a domain, kind and country (docs/inputs.md).",
        ) from error


def domain_of(url: str) -> str | None:
    """Return the host of an address without `www.` and the like."""
    try:
        host = (urlsplit(url if "//" in url else f"//{url}").hostname or "").lower()
    except ValueError:
        return None
    stripped = _HOSTS.sub("", host)
    return (stripped if "." in stripped else host) or None


@cache
def _packaged() -> tuple[Outlet, ...]:
    text = files("tocsin.intake").joinpath("outlets.toml").read_text("utf-8")
    return _parsed(tomllib.loads(text))


def _parsed(table: Mapping[str, object]) -> tuple[Outlet, ...]:
    rows = msgspec.convert(table.get("outlet", []), list[dict[str, str]])
    made = []
    for row in rows:
        key = short_id("o", _squeezed(row.get("name", "")), row.get("country", ""))
        made.append(msgspec.convert({"id": key, **row}, Outlet))
    return tuple(made)


def _squeezed(name: str) -> str:
    return _SQUEEZE.sub("", name).casefold().removeprefix("the")


def _resembles(name: str, domain: str) -> bool:
    """Tell whether a site's name and its domain can be the same outlet."""
    labels = domain.split(".")
    label = labels[-3] if len(labels) > 2 and labels[-2] in _SECOND else labels[-2:][0]
    squeezed, label = _squeezed(name), _SQUEEZE.sub("", label)
    initials = "".join(word[0] for word in re.findall(r"[A-Za-z]+", name)).casefold()
    return (
        squeezed.startswith(label[:4])
        or squeezed in label
        or label.removeprefix("the") in squeezed
        or (len(initials) > 1 and initials in label)
        or any(len(word) > 3 and word.casefold() in label for word in re.findall(r"\w+", name))
    )
