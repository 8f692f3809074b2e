"""JSON lines, JSON files, JSON Feed and Tocsin's own records."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from tocsin import records
from tocsin.errors import InputError
from tocsin.intake.finish import JSON
from tocsin.intake.options import Options
from tocsin.intake.rejects import more_than, reject
from tocsin.intake.sources import Blob
from tocsin.model import RawReport, Reject, Report

_JSON_FEED = "https://jsonfeed.org/version/"
# Keys under which a JSON file keeps its list of records.
_LISTS = ("items", "articles", "reports", "documents", "results", "entries", "records", "posts")


def starts_with_record(blob: Blob, options: Options) -> bool:
    """Tell whether the first line is a JSON object by itself, however long it is."""
    with blob.open() as stream:
        line = stream.readline(options.limits.line_bytes + 1)
    line = line.strip()
    return line.startswith(b"{") and (line.endswith(b"}") or len(line) >= options.limits.line_bytes)


def read_lines(blob: Blob, options: Options) -> Iterator[RawReport | Report | Reject]:
    """Yield one report or reject a line; a bad line loses nothing else."""
    limit = options.limits.line_bytes
    with blob.open() as stream:
        number = 0
        while line := stream.readline(limit + 1):
            number += 1
            where = f"{blob.where}:{number}"
            if len(line) > limit:
                _skip_line(stream, line, limit)
                yield reject("too-large", where, f"{more_than(limit)} in one line")
            elif line.strip():
                yield from _line(line, where, blob)


def _skip_line(stream: BinaryIO, piece: bytes, limit: int) -> None:
    """Pass over the rest of a line, a piece at a time."""
    while piece and not piece.endswith(b"\n"):
        piece = stream.readline(limit + 1)


def read_json(blob: Blob, options: Options) -> Iterator[RawReport | Report | Reject]:
    """Yield the records of a JSON file: an object, a list, or an object that holds a list."""
    with blob.open() as stream:
        content = stream.read(options.limits.document_bytes + 1)
    if len(content) > options.limits.document_bytes:
        yield reject("too-large", blob.where, "write one record a line (JSON lines) instead")
        return
    try:
        parsed = msgspec.json.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        yield _undecodable(error, blob.where)
        return
    yield from _each(parsed, blob.where, blob)


def _each(parsed: object, where: str, blob: Blob) -> Iterator[RawReport | Reject]:
    found, shared = _records_in(parsed)
    if not found:
        yield reject("no-text", where)
    for number, fields in enumerate(found, 1):
        place = where if parsed is fields else f"{where}:{number}"
        if not isinstance(fields, dict):
            yield reject("not-json", place)
            continue
        content = msgspec.json.encode({**shared, **fields}, order="deterministic")
        yield RawReport(content=content, source=place, media_type=JSON, acquired=blob.acquired)


def _records_in(parsed: object) -> tuple[list[object], dict[str, object]]:
    """Return the records of a JSON value and the fields that they share."""
    if isinstance(parsed, list):
        return parsed, {}
    if not isinstance(parsed, dict):
        return [], {}
    shared: dict[str, object] = {}
    if str(parsed.get("version", "")).startswith(_JSON_FEED) and parsed.get("title"):
        shared["outlet"] = parsed["title"]
    for key in _LISTS:
        if isinstance(parsed.get(key), list):
            return parsed[key], shared
    return [parsed], {}


def _line(line: bytes, where: str, blob: Blob) -> Iterator[RawReport | Report | Reject]:
    try:
        fields = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        yield _undecodable(error, where)
        return
    if not isinstance(fields, dict):
        yield reject("not-json", where)
    elif "v" in fields and "type" in fields:
        yield _record(line, where)
    elif any(isinstance(fields.get(key), list) for key in _LISTS):
        yield from _each(fields, where, blob)
    else:
        yield RawReport(content=line, source=where, media_type=JSON, acquired=blob.acquired)


def _undecodable(error: Exception, where: str) -> Reject:
    is_encoding = isinstance(error, UnicodeDecodeError) or "utf-8" in str(error).lower()
    return reject("encoding" if is_encoding else "not-json", where, str(error))


def _record(line: bytes, where: str) -> Report | Reject:
    try:
        record = records.read(line)
    except InputError as error:
        return reject("record", where, str(error))
    return record if isinstance(record, Report) else reject("record", where)
