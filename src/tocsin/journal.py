"""The journal: what people decided, append-only, each line holding the digest of the one before."""

from __future__ import annotations

from pathlib import Path

from tocsin import records
from tocsin.model import Decision


def read(path: Path) -> tuple[Decision, ...]:
    """Return the decisions of a journal; none when nothing was decided yet."""
    if not path.exists():
        return ()
    with path.open("rb") as lines:
        return tuple(r for r in records.read_lines(lines) if isinstance(r, Decision))
