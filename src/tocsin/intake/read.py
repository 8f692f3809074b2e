"""Whatever the user names, as a stream of reports and rejects; one bad input never ends it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import msgspec

from tocsin import records
from tocsin.errors import InputError
from tocsin.intake.finish import JSON, finish
from tocsin.intake.formats import sniff
from tocsin.intake.options import Options
from tocsin.intake.rejects import reject
from tocsin.intake.sources import Blob, walk
from tocsin.model import RawReport, Reject, Report

Keep = Callable[[bytes], str]


def read(
    inputs: Iterable[str], *, options: Options | None = None, keep: Keep | None = None
) -> Iterator[Report | Reject]:
    """Yield the reports of files, folders, globs, addresses and `-`, and what was not read.

    `keep` is given each original's bytes, for example `keep_original(folder)`.
    """
    chosen = options or Options()
    for name in inputs:
        for blob in walk(name):
            if isinstance(blob, Reject):
                yield blob
                continue
            for found in _blob(blob, chosen):
                if isinstance(found, RawReport):
                    if keep:
                        keep(found.content)
                    yield finish(found, chosen)
                else:
                    yield found


def _blob(blob: Blob, options: Options) -> Iterator[RawReport | Report | Reject]:
    try:
        kind = sniff(blob.head(), blob.name)
        if kind in ("text", "html"):
            yield _whole(blob, kind, options)
        elif kind in ("lines", "json"):
            yield from _lines(blob, options)
        elif kind == "empty":
            yield reject("empty", blob.where)
        else:
            yield reject("binary", blob.where)
    except OSError as error:
        yield reject("unreadable", blob.where, error.strerror or str(error))


def _whole(blob: Blob, kind: str, options: Options) -> RawReport | Reject:
    if blob.size and blob.size > options.limits.document_bytes:
        return reject("too-large", blob.where, f"{blob.size} bytes")
    with blob.open() as stream:
        content = stream.read()
    media = blob.media_type or ("text/html" if kind == "html" else "text/plain")
    return RawReport(
        content=content,
        source=blob.where,
        media_type=media,
        address=blob.address,
        acquired=blob.acquired,
    )


def _lines(blob: Blob, options: Options) -> Iterator[RawReport | Report | Reject]:
    limit = options.limits.line_bytes
    with blob.open() as stream:
        number = 0
        while line := stream.readline(limit + 1):
            number += 1
            where = f"{blob.where}:{number}"
            if len(line) > limit:
                yield reject("too-large", where, f"more than {limit} bytes in one line")
                while line and not line.endswith(b"\n"):
                    line = stream.readline(limit + 1)
                continue
            if line.strip():
                yield _line(line, where, blob)


def _line(line: bytes, where: str, blob: Blob) -> RawReport | Report | Reject:
    try:
        fields = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        return reject("encoding" if "utf-8" in str(error).lower() else "not-json", where)
    if not isinstance(fields, dict):
        return reject("not-json", where)
    if "v" in fields and "type" in fields:
        return _record(line, where)
    return RawReport(content=line, source=where, media_type=JSON, acquired=blob.acquired)


def _record(line: bytes, where: str) -> Report | Reject:
    try:
        record = records.read(line)
    except InputError as error:
        return reject("record", where, str(error))
    return record if isinstance(record, Report) else reject("record", where)
