"""The journal: what people decided, append-only, each line holding the digest of the one before."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import BinaryIO

import msgspec

from tocsin import records
from tocsin.ids import digest
from tocsin.model import Decision

FIRST = "0" * 16  # what the first line holds in place of a digest
_TAIL = 2_000_000  # bytes read from the end to find the last line; no decision is as long


def read(path: Path) -> tuple[Decision, ...]:
    """Return the decisions of a journal; none when nothing was decided yet."""
    if not path.exists():
        return ()
    with path.open("rb") as lines:
        return tuple(r for r in records.read_lines(lines) if isinstance(r, Decision))


def append(path: Path, decision: Decision) -> Decision:
    """Append a decision, giving it its number and the digest of the line before it.

    The file is locked meanwhile: two writers get two numbers, one after the other.
    """
    with path.open("ab+") as journal:
        fcntl.flock(journal, fcntl.LOCK_EX)
        last = _last_line(journal)
        known = records.read(last) if last else None
        seq = known.seq + 1 if isinstance(known, Decision) else 1
        numbered = msgspec.structs.replace(
            decision, seq=seq, prev=digest(last)[:16] if last else FIRST
        )
        journal.write(records.write(numbered) + b"\n")
        journal.flush()
        os.fsync(journal.fileno())
    return numbered


def _last_line(journal: BinaryIO) -> bytes:
    """Return the last whole line, dropping one that a killed writer cut short."""
    start = max(0, journal.seek(0, os.SEEK_END) - _TAIL)
    journal.seek(start)
    tail = journal.read()
    whole = tail.rfind(b"\n") + 1
    if whole < len(tail):
        journal.truncate(start + whole)
    return tail[:whole].rstrip(b"\n").rpartition(b"\n")[2]
