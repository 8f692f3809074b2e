"""Filters in the address bar: one frozen record between a query string and a store query."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date
from urllib.parse import urlencode

from tocsin.ontology.kinds import FAMILIES
from tocsin.store.query import Box, Query

_LONGEST = 200  # characters of a filter that are looked at
_DECIMALS = 3  # of a degree: a hundred metres


@dataclass(frozen=True)
class Filters:
    """What the address bar asks for, as text; empty means: any."""

    q: str = ""
    kind: str = ""
    country: str = ""
    outlet: str = ""
    first: str = ""
    last: str = ""
    box: str = ""
    origins: str = ""
    certainty: str = ""
    review: str = ""
    verification: str = ""
    differs: str = ""
    since: str = ""

    @classmethod
    def read(cls, pairs: Iterable[tuple[str, str]]) -> Filters:
        """Return the filters of a query string; what is not a filter is passed over."""
        names = {f.name for f in fields(cls)}
        found = {name: value.strip()[:_LONGEST] for name, value in pairs if name in names}
        return cls(**{name: value.replace("\x00", "") for name, value in found.items()})

    def address(self, **changes: str) -> str:
        """Return the query string with some filters changed, shortest form."""
        changed = replace(self, **changes)
        pairs = {f.name: getattr(changed, f.name) for f in fields(changed)}
        return urlencode({name: value for name, value in pairs.items() if value})

    @property
    def active(self) -> tuple[tuple[str, str], ...]:
        """The filters that are set, for the chips that remove them."""
        pairs = ((f.name, getattr(self, f.name)) for f in fields(self))
        return tuple((name, value) for name, value in pairs if value)

    def query(self) -> Query:
        """Return what the store is asked; a malformed date, box or number asks for nothing."""
        is_family = self.kind in FAMILIES
        return Query(
            words=self.q or None,
            families=(self.kind,) if is_family else (),
            kinds=(self.kind,) if self.kind and not is_family else (),
            country=self.country or None,
            outlet=self.outlet or None,
            first=_day(self.first),
            last=_day(self.last),
            box=read_box(self.box),
            origins=_number(self.origins),
            certainty=self.certainty or None,
            review=self.review or None,
            verification=self.verification or None,
            differs=bool(self.differs),
            since=_number(self.since),
        )


def read_box(words: str) -> Box | None:
    """Return west, south, east, north of a box in the address bar."""
    parts = words.split(",")
    try:
        west, south, east, north = (round(float(part), _DECIMALS) for part in parts)
    except (ValueError, OverflowError):
        return None
    return (west, south, east, north) if south <= north else None


def _day(words: str) -> str | None:
    try:
        return date.fromisoformat(words).isoformat() if words else None
    except ValueError:
        return None


def _number(words: str) -> int | None:
    return int(words) if words.isascii() and words.isdigit() and len(words) < 10 else None
