"""What servers gave to ask whether an address changed, kept from one run to the next."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import msgspec


class Validators(NamedTuple):
    """What a server wants back to say that nothing changed."""

    etag: str | None
    modified: str | None


def read_validators(path: Path) -> dict[str, Validators]:
    """Return the validators of each address; a file that is damaged costs only fetching again."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, Validators])
    except (FileNotFoundError, msgspec.DecodeError):
        return {}


def write_validators(path: Path, known: dict[str, Validators]) -> None:
    """Write the validators of each address."""
    fresh = path.with_suffix(".new")
    fresh.write_bytes(msgspec.json.encode(known, order="sorted"))
    fresh.replace(path)
