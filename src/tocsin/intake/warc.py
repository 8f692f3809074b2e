"""WARC files as a stream of pages: memory stays flat, and a stopped run can go on."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from tocsin.ids import digest
from tocsin.intake.options import Options
from tocsin.intake.rejects import reject
from tocsin.intake.sources import Blob
from tocsin.intake.unpacked import seekable
from tocsin.model import Acquired, RawReport, Reject

_PAGES = ("text/html", "application/xhtml+xml", "text/plain")
_KINDS = WarcRecordType.response | WarcRecordType.revisit | WarcRecordType.resource
_REMEMBERED = 200_000  # pages whose place is kept for revisits: about 40 MB
_TOOL = "fastwarc"
_OK = 200


def read_warc(blob: Blob, options: Options) -> Iterator[RawReport | Reject]:
    """Yield the pages of a WARC file, each with its offset; revisits are followed back."""
    seen: OrderedDict[str, int] = OrderedDict()
    start = options.resume.get(blob.where, 0)
    with blob.open() as outer, seekable(outer) as stream:
        stream.seek(start)
        records = ArchiveIterator(stream, record_types=_KINDS, parse_http=True, quirks_mode=True)
        try:
            for record in records:
                yield from _record(record, blob, options, seen)
        except (OSError, ValueError, EOFError) as error:
            yield reject("corrupt", blob.where, str(error))


def resume_points(sources: Iterable[str]) -> dict[str, int]:
    """Return where to go on in each archive, from the sources of the reports read so far."""
    points: dict[str, int] = {}
    for source in sources:
        where, mark, place = source.rpartition("@")
        offset = place.partition("+")[0]
        if mark and offset.isdigit():
            points[where] = max(points.get(where, 0), int(offset))
    return points


def _record(
    record: WarcRecord, blob: Blob, options: Options, seen: OrderedDict[str, int]
) -> Iterator[RawReport | Reject]:
    where = f"{blob.where}@{record.stream_pos}"
    payload = record.headers.get("WARC-Payload-Digest")
    if record.record_type == WarcRecordType.revisit:
        yield from _revisit(record, blob, options, seen.get(payload or ""))
        return
    if not _is_page(record):
        return
    if payload:
        seen[payload] = record.stream_pos
        if len(seen) > _REMEMBERED:
            seen.popitem(last=False)
    limit = options.limits.document_bytes
    content = record.reader.read(limit + 1)
    if len(content) > limit:
        yield reject("too-large", where, f"more than {limit} bytes")
    elif content.strip():
        yield _raw(record, content, where)


def _revisit(
    record: WarcRecord, blob: Blob, options: Options, offset: int | None
) -> Iterator[RawReport | Reject]:
    """Yield the page that a revisit repeats, unless it is the same address: nothing changed."""
    address = record.headers.get("WARC-Target-URI")
    if record.headers.get("WARC-Refers-To-Target-URI") == address:
        return
    where = f"{blob.where}@{record.stream_pos}"
    if offset is None or blob.path is None:
        yield reject("revisit", where)
        return
    with blob.path.open("rb") as stream:
        stream.seek(offset)
        for original in ArchiveIterator(stream, record_types=_KINDS, parse_http=True):
            content = original.reader.read(options.limits.document_bytes)
            found = _raw(original, content, where)
            if address == found.address:
                return
            yield RawReport(
                content=content,
                source=where,
                offset=original.stream_pos + offset,
                length=len(content),
                media_type=found.media_type,
                address=address,
                acquired=Acquired(at=record.headers.get("WARC-Date"), tool=_TOOL, address=address),
            )
            return


def _is_page(record: WarcRecord) -> bool:
    if not record.is_http:
        media = (record.headers.get("Content-Type") or "").lower()
        return record.record_type == WarcRecordType.resource and media.startswith(_PAGES)
    status = record.http_headers.status_code
    return (status is None or status == _OK) and (record.http_content_type or "") in _PAGES


def _raw(record: WarcRecord, content: bytes, where: str) -> RawReport:
    headers = record.http_headers if record.is_http else None
    media = headers.get("Content-Type") if headers else record.headers.get("Content-Type")
    address = record.headers.get("WARC-Target-URI")
    lines = "\n".join(f"{name}: {value}" for name, value in headers.items()) if headers else None
    return RawReport(
        content=content,
        source=f"{where}+{record.content_length}",
        offset=record.stream_pos,
        length=record.content_length,
        media_type=media or "text/html",
        address=address,
        acquired=Acquired(
            at=record.headers.get("WARC-Date"),
            tool=_TOOL,
            address=address,
            headers_digest=digest(lines) if lines else None,
        ),
    )
