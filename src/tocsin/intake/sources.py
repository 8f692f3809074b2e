"""What the user names, as a stream of blobs: files, folders, globs, standard input."""

from __future__ import annotations

import glob
import io
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from tocsin.intake.formats import HEAD
from tocsin.intake.rejects import reject
from tocsin.model import Acquired, Reject


@dataclass(frozen=True)
class Blob:
    """Something with bytes: where it is, how to open it, how it came."""

    where: str
    name: str
    open: Callable[[], BinaryIO]
    size: int | None = None
    media_type: str | None = None
    address: str | None = None
    acquired: Acquired | None = None
    path: Path | None = None
    depth: int = 0
    failures: list[Reject] = field(default_factory=list)

    def head(self) -> bytes:
        """Return the first bytes."""
        with self.open() as stream:
            return stream.read(HEAD)


def of_bytes(content: bytes, where: str, **known: str | None) -> Blob:
    """Return a blob of bytes in memory."""
    return Blob(
        where=where,
        name=known.get("name") or where,
        open=lambda: io.BytesIO(content),
        size=len(content),
        media_type=known.get("media_type"),
        address=known.get("address"),
    )


def is_address(name: str) -> bool:
    """Tell whether an input is a web address."""
    return name.lower().startswith(("http://", "https://"))


def walk(name: str) -> Iterator[Blob | Reject]:
    """Yield the blobs of one input that is no address."""
    if name == "-":
        yield from _standard_input()
        return
    path = Path(name)
    if path.is_dir():
        yield from _folder(path)
    elif path.exists():
        yield _file(path)
    elif matches := sorted(glob.glob(name, recursive=True)) if glob.has_magic(name) else []:  # noqa: PTH207
        for match in matches:
            yield from walk(match)
    else:
        yield reject("missing", name)


def _standard_input() -> Iterator[Blob]:
    """Yield standard input, copied to disk so that it can be looked into and then read."""
    with tempfile.TemporaryFile() as copy:
        shutil.copyfileobj(sys.stdin.buffer, copy)
        copy.flush()

        def opened() -> BinaryIO:
            stream = os.fdopen(os.dup(copy.fileno()), "rb")
            stream.seek(0)
            return stream

        yield Blob(where="stdin", name="stdin", open=opened, size=copy.tell())


def _folder(folder: Path) -> Iterator[Blob | Reject]:
    found = False
    for path in sorted(folder.rglob("*")):
        if _is_hidden(path.relative_to(folder)) or not path.is_file():
            continue
        found = True
        yield _file(path)
    if not found:
        yield reject("no-reports", str(folder))


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _file(path: Path) -> Blob | Reject:
    try:
        known = path.stat()
    except OSError as error:
        return reject("unreadable", str(path), error.strerror or "")
    written = datetime.fromtimestamp(known.st_mtime, UTC).isoformat(timespec="seconds")
    return Blob(
        where=str(path),
        name=path.name,
        open=lambda: path.open("rb"),
        size=known.st_size,
        acquired=Acquired(at=written, tool="file"),
        path=path,
    )
