"""Whatever the user names, as a stream of reports and rejects; one bad input never ends it."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from tocsin.errors import MissingExtra
from tocsin.intake.archives import gunzip, unzip
from tocsin.intake.cap import CAP
from tocsin.intake.documents import read_docx, read_pdf
from tocsin.intake.feeds import read_feed
from tocsin.intake.finish import finish
from tocsin.intake.formats import Format, is_docx, is_sheet, sniff
from tocsin.intake.lines import read_json, read_lines, starts_with_record
from tocsin.intake.mhtml import read_mhtml
from tocsin.intake.options import Options
from tocsin.intake.rejects import more_than, reject
from tocsin.intake.sources import Blob, is_address, walk
from tocsin.intake.tables import read_sheet, read_table
from tocsin.intake.validators import Validators
from tocsin.intake.warc import read_warc
from tocsin.model import RawReport, Reject, Report

if TYPE_CHECKING:
    from tocsin.intake.fetch import Fetcher

Keep = Callable[[bytes], str]
Name = str | os.PathLike[str]
Found = RawReport | Report | Reject | Blob

_MEDIA = {"text": "text/plain", "html": "text/html", "cap": CAP}
_MANY: dict[Format, Callable[[Blob, Options], Iterator[RawReport | Report | Reject]]] = {
    "lines": read_lines,
    "json": read_json,
    "table": read_table,
    "feed": read_feed,
    "warc": read_warc,
}
_ONE: dict[Format, Callable[[Blob, Options], RawReport | Reject]] = {
    "mhtml": read_mhtml,
    "pdf": read_pdf,
}


def read(
    inputs: Name | Iterable[Name],
    *,
    options: Options | None = None,
    keep: Keep | None = None,
    validators: dict[str, Validators] | None = None,
) -> Iterator[Report | Reject]:
    """Yield the reports of files, folders, globs, addresses and `-`, and what was not read.

    `keep` is given each original's bytes, for example `keep_original(folder)`; pages of archives
    on disk stay there, and their reports point to the place. `validators` are what servers gave
    to ask whether a page changed: addresses that did not are passed over, new ones are noted.
    """
    chosen = options or Options()
    named = [inputs] if isinstance(inputs, str | os.PathLike) else inputs
    names = (os.fspath(name) for name in named)
    with contextlib.ExitStack() as stack:
        for found in _everything(names, chosen, Web(chosen, stack, validators)):
            yield _finished(found, chosen, keep)


class Web:
    """The way to the network, opened when the first address is met."""

    def __init__(
        self,
        options: Options,
        stack: contextlib.ExitStack,
        validators: dict[str, Validators] | None = None,
    ) -> None:
        self._options = options
        self._validators = validators
        self._stack = stack
        self._fetcher: Fetcher | None = None

    @property
    def fetcher(self) -> Fetcher:
        """Return the fetcher of this run."""
        if self._fetcher is None:
            from tocsin.intake.fetch import Fetcher  # httpx is slow to load

            self._fetcher = Fetcher(self._options, known=self._validators)
            self._stack.callback(self._fetcher.close)
        return self._fetcher


def _everything(
    inputs: Iterable[str], options: Options, web: Web
) -> Iterator[RawReport | Report | Reject]:
    for name in inputs:
        for blob in iter([web.fetcher.fetch(name)]) if is_address(name) else walk(name):
            yield from _all(blob, options, web)


def _finished(
    found: RawReport | Report | Reject, options: Options, keep: Keep | None
) -> Report | Reject:
    if not isinstance(found, RawReport):
        return found
    if keep and found.offset is None:
        keep(found.content if found.original is None else found.original)
    return finish(found, options)


def _all(
    start: Blob | Reject | None, options: Options, web: Web
) -> Iterator[RawReport | Report | Reject]:
    """Yield what a blob holds, and what the blobs inside it hold."""
    if start is None:
        return
    if isinstance(start, Reject):
        yield start
        return
    for found in _inside(start, options, web):
        if isinstance(found, Blob):
            yield from _all(found, options, web)
        else:
            yield found


def _inside(blob: Blob, options: Options, web: Web) -> Iterator[Found]:
    """Yield what is directly in a blob; a failure while reading is a reject, not an end."""
    before = _state(blob)
    try:
        head = blob.head()
        if blob.failures and not head:
            yield from blob.failures
            return
        yield from _of_format(blob, _format(head, blob, options), options, web)
    except OSError as error:
        yield reject("unreadable", blob.where, error.strerror or str(error))
    except MissingExtra:
        yield reject("extra", blob.where)
    yield from blob.failures
    if before != _state(blob):
        yield reject("changed", blob.where)


def _format(head: bytes, blob: Blob, options: Options) -> Format:
    kind = sniff(head, blob.name)
    if kind == "json" and starts_with_record(blob, options):
        return "lines"
    media = (blob.media_type or "").lower()
    return "html" if kind == "text" and media.startswith("text/html") else kind


def _of_format(blob: Blob, kind: Format, options: Options, web: Web) -> Iterator[Found]:
    if kind in ("empty", "binary"):
        yield reject(kind, blob.where)
    elif kind in _MEDIA:
        yield _whole(blob, _MEDIA[kind], options)
    elif kind in _MANY:
        yield from _MANY[kind](blob, options)
    elif kind in _ONE:
        yield _ONE[kind](blob, options)
    elif kind == "gzip":
        yield from _gzip(blob, options)
    elif kind == "zip":
        yield from _zip(blob, options)
    else:
        yield from web.fetcher.fetch_all(blob)


def _gzip(blob: Blob, options: Options) -> Iterator[Found]:
    inner = gunzip(blob, options.limits)
    if isinstance(inner, Reject):
        yield inner
    elif sniff(inner.head(), inner.name) == "warc":
        # Web archives are packed record by record: the reader unpacks them itself, and the
        # offsets of their records stay those of the file.
        yield from read_warc(blob, options)
    else:
        yield inner


def _zip(blob: Blob, options: Options) -> Iterator[Found]:
    if is_docx(blob.open):
        yield read_docx(blob, options)
    elif is_sheet(blob.open):
        yield from read_sheet(blob, options)
    else:
        yield from unzip(blob, options.limits)


def _whole(blob: Blob, media: str, options: Options) -> RawReport | Reject:
    limit = options.limits.document_bytes
    with blob.open() as stream:
        content = stream.read(limit + 1)
    if len(content) > limit:
        return reject("too-large", blob.where, more_than(limit))
    stated = blob.media_type if media == "text/html" and blob.media_type else media
    return RawReport(
        content=content,
        source=blob.where,
        media_type=stated,
        address=blob.address,
        acquired=blob.acquired,
    )


def _state(blob: Blob) -> tuple[int, int] | None:
    """Return size and time of a file, to see whether it changed while it was read."""
    if blob.path is None:
        return None
    try:
        found = blob.path.stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns
