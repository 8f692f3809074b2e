"""What a caller may choose about reading, in one frozen record."""

from __future__ import annotations

from typing import Literal

import msgspec

from tocsin.lang.lexicon import SUPPORTED
from tocsin.model import Outlet
from tocsin.terms import Handling

MEGABYTE = 1024 * 1024


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """Upper bounds, so that no input can fill the memory or the disk.

    The defaults let every real news page, feed and table through: the longest pages that
    publishers serve are a few MB, and text compresses about 5 to 20 times.
    """

    document_bytes: int = 20 * MEGABYTE
    line_bytes: int = 20 * MEGABYTE
    archive_bytes: int = 4096 * MEGABYTE
    archive_ratio: int = 200
    archive_depth: int = 3
    archive_members: int = 200_000
    text_chars: int = 400_000

    @classmethod
    def of(cls, megabytes: int) -> Limits:
        """Return the limits for documents up to a size; text is a small part of any page."""
        size = megabytes * MEGABYTE
        return cls(document_bytes=size, line_bytes=size, text_chars=megabytes * 20_000)


class Fetching(msgspec.Struct, frozen=True, kw_only=True):
    """How addresses are fetched."""

    allow_private: bool = False
    respect_robots: bool = True
    timeout: float = 20.0
    total_seconds: float = 60.0
    redirects: int = 5
    tries: int = 3
    pause: float = 1.0


class ResumePoint(msgspec.Struct, frozen=True, kw_only=True):
    """Where to go on in an archive, and the digest of what must still stand there."""

    offset: int
    raw_digest: str


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """How inputs are read; the clock is handed in as `now` (ISO 8601).

    `columns` maps our field names to those of a table; `resume` says where to go on in archives.
    """

    now: str | None = None
    published: str | None = None
    outlet: str | None = None
    outlets: tuple[Outlet, ...] = ()
    columns: dict[str, str] = {}
    encoding: str | None = None
    handling: Handling = "public"
    quality: Literal["quality", "bulk"] = "quality"
    languages: tuple[str, ...] = SUPPORTED
    resume: dict[str, ResumePoint] = {}
    limits: Limits = Limits()
    fetching: Fetching = Fetching()
