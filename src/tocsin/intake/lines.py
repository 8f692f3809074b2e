"""JSON lines, JSON files, JSON Feed and Tocsin's own records."""

from __future__ import annotations

import json
import re
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
_LIST_START = re.compile(r"\s*(?P<key>)\[")
_LIST_IN_OBJECT = re.compile(rf'"(?P<key>{"|".join(_LISTS)})"\s*:\s*\[')
_BETWEEN = re.compile(r"[\s,]*")


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
        yield from _before(error, content, blob.where, blob)
        return
    yield from _each(parsed, blob.where, blob)


def _before(
    error: Exception, content: bytes, where: str, blob: Blob
) -> Iterator[RawReport | Reject]:
    """Yield the records that stand before an error in a JSON value, and then what is wrong."""
    whole = _whole_part(content.decode("utf-8", "replace")) if not _is_encoding(error) else None
    if whole is not None:
        yield from _each(whole, where, blob)
    is_cut = whole is not None and "truncated" in str(error)
    yield reject("truncated", where) if is_cut else _undecodable(error, where)


def _whole_part(text: str) -> object:
    """Return a list of records that breaks off, or the object that holds it, without its end."""
    start = _LIST_START.match(text) or _LIST_IN_OBJECT.search(text)
    if start is None:
        return None
    try:
        before = text[: start.start()].rstrip().removesuffix(",")
        fields = msgspec.json.decode(f"{before}}}") if before else {}
        records = list(_complete(text, start.end()))
    except (msgspec.DecodeError, RecursionError):  # the list lies deeper
        return None
    if not records:
        return None
    return {**fields, start["key"]: records} if before else records


def _complete(text: str, at: int) -> Iterator[object]:
    """Yield the values of a list from a place inside it, as far as they are whole."""
    decoder = json.JSONDecoder()
    while at < len(text):
        at = _BETWEEN.match(text, at).end()  # type: ignore[union-attr]  # it matches nothing too
        try:
            _, end = decoder.raw_decode(text, at)
        except ValueError:
            return
        yield msgspec.json.decode(text[at:end])
        at = end


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
        yield from _before(error, line, where, blob)
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
    return reject("encoding" if _is_encoding(error) else "not-json", where, str(error))


def _is_encoding(error: Exception) -> bool:
    return isinstance(error, UnicodeDecodeError) or "utf-8" in str(error).lower()


def _record(line: bytes, where: str) -> Report | Reject:
    try:
        record = records.read(line)
    except InputError as error:
        return reject("record", where, str(error))
    return record if isinstance(record, Report) else reject("record", where)
