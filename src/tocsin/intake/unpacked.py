"""Streams out of archives that stop at a limit or a broken end instead of raising."""

from __future__ import annotations

import contextlib
import io
import shutil
import tempfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol
from zipfile import BadZipFile

from tocsin.intake.options import Limits
from tocsin.intake.sources import Blob

# What a small archive may unpack to before its ratio counts: repetitive logs pack very well.
_FREE_BYTES = 32 * 1024 * 1024


class Readable(Protocol):
    """What can be read and closed."""

    def read(self, size: int = -1, /) -> bytes:
        """Return the next bytes."""

    def close(self) -> None:
        """Close it."""


@dataclass(frozen=True)
class Bounds:
    """How far to unpack, and whom to tell when that is not the whole way."""

    limits: Limits
    packed: int | None
    tell: Callable[[str, str], None]

    @property
    def most(self) -> int:
        """Bytes after which unpacking stops."""
        if not self.packed:
            return self.limits.archive_bytes
        by_ratio = max(_FREE_BYTES, self.packed * self.limits.archive_ratio)
        return min(self.limits.archive_bytes, by_ratio)


class Unpacked(io.RawIOBase):
    """Reads an unpacking stream; where it is broken or too large, it ends and tells."""

    def __init__(self, inner: Readable, bounds: Bounds, under: Readable | None) -> None:
        self._inner = inner
        self._bounds = bounds
        self._under = under
        self._read = 0
        self._over = False

    def readable(self) -> bool:
        """Tell that this stream can be read."""
        return True

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]
        """Fill a buffer; return 0 at the end, at the limit and where the packing is broken."""
        if self._over:
            return 0
        chunk = self._chunk(len(buffer))
        self._read += len(chunk)
        if self._read > self._bounds.most:
            self._stop("bomb", f"more than {self._bounds.most} bytes")
            return 0
        buffer[: len(chunk)] = chunk
        return len(chunk)

    def close(self) -> None:
        """Close the streams below."""
        if not self.closed:
            self._inner.close()
            if self._under is not None:
                self._under.close()
        super().close()

    def _chunk(self, size: int) -> bytes:
        try:
            return self._inner.read(size)
        except EOFError:
            self._stop("truncated", "")
        except (OSError, zlib.error, BadZipFile, NotImplementedError, ValueError) as error:
            self._stop("corrupt", str(error))
        return b""

    def _stop(self, code: str, detail: str) -> None:
        self._over = True
        self._bounds.tell(code, detail)


def buffered(inner: Readable, bounds: Bounds, *, under: Readable | None = None) -> BinaryIO:
    """Return a buffered stream that ends, and tells why, where unpacking must stop.

    `under` is closed with it, where closing `inner` alone would leave it open.
    """
    return io.BufferedReader(Unpacked(inner, bounds, under))


def seekable(stream: BinaryIO) -> BinaryIO:
    """Return a stream that a reader can jump in: a copy on disk when it lies inside an archive."""
    if stream.seekable():
        return stream
    copy = tempfile.TemporaryFile()  # noqa: SIM115 - closed by the caller
    shutil.copyfileobj(stream, copy)
    copy.seek(0)
    return copy


@contextlib.contextmanager
def on_disk(blob: Blob) -> Iterator[Path]:
    """Yield a file with the bytes of a blob: its own, or a copy when it lies inside an archive."""
    if blob.path is not None:
        yield blob.path
        return
    with blob.open() as stream, tempfile.NamedTemporaryFile() as copy:
        shutil.copyfileobj(stream, copy)
        copy.flush()
        yield Path(copy.name)
