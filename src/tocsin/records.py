"""Types to JSON lines and back; every line has `v` and `type`, and read(write(x)) == x."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from tocsin.errors import InputError
from tocsin.model import Record

VERSION = 1


class _Header(msgspec.Struct):
    v: int
    type: str


_encoder = msgspec.json.Encoder(order="deterministic")
_decoder: msgspec.json.Decoder[Record] = msgspec.json.Decoder(Record)
_header = msgspec.json.Decoder(_Header)


def write(record: Record) -> bytes:
    """Return one record as one line of JSON, without the line feed."""
    return b'{"v":%d,' % VERSION + _encoder.encode(record)[1:]


def read(line: bytes | str) -> Record:
    """Return the record of one line; raise InputError with the reason when it is none."""
    try:
        header = _header.decode(line)
        if header.v != VERSION:
            raise InputError(
                f"Record version {header.v} is not version {VERSION}.",
                advice="Re-create it with `tocsin read`, `code` or `link` of this version.",
            )
        return _decoder.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InputError(
            f"Not a Tocsin record: {error}.",
            advice='Each line must be a JSON object with "v" and "type".',
        ) from error


def write_lines(records: Iterable[Record]) -> Iterator[bytes]:
    """Yield one terminated line a record."""
    for record in records:
        yield write(record) + b"\n"


def read_lines(lines: Iterable[bytes]) -> Iterator[Record]:
    """Yield the record of each line that is not blank; an error names the line."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield read(line)
        except InputError as error:
            raise InputError(f"Line {number}: {error}") from error
