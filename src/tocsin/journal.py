"""The journal: what people decided, append-only, each line holding the digest of the one before.

Beside it stands `journal.head` with the number and digest of the last line written, so that lines
cut off at the end, or a journal brought from elsewhere, are noticed.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import msgspec

from tocsin import records
from tocsin.errors import InputError, JournalError
from tocsin.ids import digest
from tocsin.linking.rulings import sides_of
from tocsin.model import Decision

FIRST = "0" * 16  # what the first line holds in place of a digest
_TAIL = 2_000_000  # bytes read from the end to find the last line; no decision is as long
_BRING_BACK = (
    "Nothing was changed. Bring the file back from a copy, or move it away and take over its "
    "readable lines with `tocsin journal import FILE`."
)


class _Head(msgspec.Struct, frozen=True):
    seq: int
    digest: str
    v: int = 1


@dataclass(frozen=True)
class Taken:
    """What an import did: decisions taken over, those known already, and those that conflict."""

    added: tuple[Decision, ...]
    known: int
    conflicts: tuple[tuple[Decision, Decision], ...]
    broken: JournalError | None = None  # where the readable lines of the source end


def read(path: Path) -> tuple[Decision, ...]:
    """Return the decisions of a journal; refuse one that was cut, changed or brought in."""
    head = _head(path)
    if not path.exists():
        if head is not None:
            raise JournalError(f"{path} is missing: {head.seq} decisions.", advice=_BRING_BACK)
        return ()
    lines = path.read_bytes().split(b"\n")
    decisions, digests = _checked(path, lines[:-1])
    if head is None and decisions:
        raise JournalError(
            f"{path}, line 1: the journal was not written in this workspace (no journal.head).",
            advice="Move it away and take it over with `tocsin journal import FILE`.",
        )
    if head is not None and head.seq > len(decisions):
        raise JournalError(
            f"{path}, line {len(decisions) + 1}: the journal ends here, "
            f"but {head.seq} decisions were written.",
            advice=_BRING_BACK,
        )
    if head is not None and head.seq and digests[head.seq - 1] != head.digest:
        raise JournalError(
            f"{path}, line {head.seq}: not the line that was written in this workspace.",
            advice=_BRING_BACK,
        )
    return decisions


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
        line = records.write(numbered)
        journal.write(line + b"\n")
        journal.flush()
        os.fsync(journal.fileno())
        _write_head(path, _Head(seq, digest(line)[:16]))
    return numbered


def take_over(path: Path, other: Path) -> Taken:
    """Append a colleague's decisions that are not here yet; say which ones conflict with ours.

    Where our journal was moved away, as the advice on a spoilt one says, a new one is begun.
    """
    lines = other.read_bytes().split(b"\n")
    theirs, _, broken = _until_broken(other, lines if lines[-1] else lines[:-1])
    if broken is not None and not theirs:
        raise JournalError(
            broken.args[0], advice="No line before it can be read: bring back a copy."
        )
    if not path.exists():
        path.with_suffix(".head").unlink(missing_ok=True)
    own = list(read(path))
    added: list[Decision] = []
    conflicts: list[tuple[Decision, Decision]] = []
    numbers: dict[str, str] = {}
    for decision in theirs:
        moved = decision
        if decision.verb == "withdraw":
            about = tuple(numbers.get(number, number) for number in decision.about)
            moved = msgspec.structs.replace(decision, about=about)
        same = next((o for o in own if _content(o) == _content(moved)), None)
        if same is not None:
            numbers[str(decision.seq)] = str(same.seq)
            continue
        conflicts += [(o, moved) for o in own if is_conflict(o, moved)]
        written = append(path, moved)
        numbers[str(decision.seq)] = str(written.seq)
        added.append(written)
    return Taken(tuple(added), len(theirs) - len(added), tuple(conflicts), broken)


def is_conflict(one: Decision, other: Decision) -> bool:
    """Tell whether two decisions about the same accounts say opposite things."""
    verbs = {one.verb, other.verb}
    if verbs == {"same", "different"}:
        same, parted = (one, other) if one.verb == "same" else (other, one)
        return all(set(same.about) & set(side) for side in sides_of(parted))
    if verbs == {"accept", "reject"}:
        return bool(set(one.about) & set(other.about))
    if one.verb == other.verb and one.verb in ("set", "verify"):
        shared = set(one.about) & set(other.about)
        return bool(shared) and one.slot == other.slot and one.value != other.value
    return False


def _content(decision: Decision) -> tuple[object, ...]:
    return (decision.at, decision.by, decision.verb, decision.about, decision.slot, decision.value)


def _checked(path: Path, lines: Sequence[bytes]) -> tuple[tuple[Decision, ...], list[str]]:
    """Return the decisions of whole lines and the digest of each, refusing a broken chain."""
    decisions, digests, broken = _until_broken(path, lines)
    if broken is not None:
        raise broken
    return decisions, digests


def _until_broken(
    path: Path, lines: Sequence[bytes]
) -> tuple[tuple[Decision, ...], list[str], JournalError | None]:
    """Return the decisions of the lines that follow each other, and what ends them too early."""
    decisions: list[Decision] = []
    digests: list[str] = []
    for number, line in enumerate(lines, 1):
        try:
            decisions.append(_follower(line, number, digests[-1] if digests else FIRST))
        except InputError as error:
            broken = JournalError(f"{path}, line {number}: {error.args[0]}", advice=_BRING_BACK)
            return tuple(decisions), digests, broken
        digests.append(digest(line)[:16])
    return tuple(decisions), digests, None


def _follower(line: bytes, number: int, before: str) -> Decision:
    """Return the decision of a line, if it follows the one before it."""
    record = records.read(line)
    if not isinstance(record, Decision):
        raise InputError("no decision.")
    if record.seq != number or record.prev != before:
        raise InputError(
            "it does not follow the line before it; a line was changed, cut out or put in."
        )
    return record


def _head(path: Path) -> _Head | None:
    beside = path.with_suffix(".head")
    if not beside.exists():
        return None
    try:
        return msgspec.json.decode(beside.read_bytes(), type=_Head)
    except msgspec.DecodeError as error:
        raise JournalError(f"{beside} cannot be read: {error}.", advice=_BRING_BACK) from error


def _write_head(path: Path, head: _Head) -> None:
    fresh = path.with_suffix(".head.new")
    fresh.write_bytes(msgspec.json.encode(head))
    fresh.replace(path.with_suffix(".head"))


def _last_line(journal: BinaryIO) -> bytes:
    """Return the last whole line, dropping one that a killed writer cut short."""
    start = max(0, journal.seek(0, os.SEEK_END) - _TAIL)
    journal.seek(start)
    tail = journal.read()
    whole = tail.rfind(b"\n") + 1
    if whole < len(tail):
        journal.truncate(start + whole)
    return tail[:whole].rstrip(b"\n").rpartition(b"\n")[2]
