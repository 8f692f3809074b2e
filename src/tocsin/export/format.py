"""What an export format is: a name, what it holds, and a function from incidents to bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from tocsin.model import Incident

USE = (
    "Not for arrest, immigration, employment or targeting decisions. Claims are attributed, not "
    "established; figures are what reports state. Places from GeoNames (CC BY 4.0)."
)


@dataclass(frozen=True)
class Format:
    """An export format; `write` gets incidents that are masked already."""

    name: str
    about: str
    write: Callable[[Iterable[Incident]], Iterator[bytes]]
