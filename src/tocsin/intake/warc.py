"""WARC files as a stream of pages: memory stays flat, and a stopped run can go on."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType
from msgspec.structs import replace

from tocsin.ids import digest
from tocsin.intake.options import Options, ResumePoint
from tocsin.intake.rejects import reject
from tocsin.intake.sources import Blob
from tocsin.intake.unpacked import on_disk
from tocsin.model import Acquired, RawReport, Reject, Report

_PAGES = ("text/html", "application/xhtml+xml", "text/plain")
_KINDS = WarcRecordType.response | WarcRecordType.revisit | WarcRecordType.resource
_REMEMBERED = 200_000  # pages whose place is kept for revisits: about 40 MB
_TOOL = "fastwarc"
_VERSION = version(_TOOL)
_OK = 200


def read_warc(blob: Blob, options: Options) -> Iterator[RawReport | Reject]:
    """Yield the pages of a WARC file, each with its offset; revisits are followed back."""
    with on_disk(blob) as path:
        point = options.resume.get(blob.where)
        limit = options.limits.document_bytes
        start = point.offset if point and _holds(path, point, limit) else 0
        archive = _Archive(path, blob.where, limit, unseen=start)
        try:
            for record in _records(path, start):
                yield from archive.read(record)
        except (OSError, ValueError, EOFError) as error:
            yield reject("corrupt", blob.where, str(error))


def _records(path: Path, start: int, *, parse: bool = True) -> Iterator[WarcRecord]:
    """Yield the records of an archive from an offset on."""
    with path.open("rb") as stream:
        stream.seek(start)
        yield from ArchiveIterator(stream, record_types=_KINDS, parse_http=parse, quirks_mode=True)


def resume_points(reports: Iterable[Report]) -> dict[str, ResumePoint]:
    """Return where to go on in each archive: at the last of the pages that were read before."""
    points: dict[str, ResumePoint] = {}
    for report in reports:
        where, mark, place = (report.source or "").rpartition("@")
        offset, plus, _ = place.partition("+")
        if not (mark and plus and offset.isdigit()):
            continue
        point = ResumePoint(offset=int(offset), raw_digest=report.raw_digest)
        if where not in points or points[where].offset < point.offset:
            points[where] = point
    return points


def _holds(path: Path, point: ResumePoint, limit: int) -> bool:
    """Tell whether an archive still holds what was read there: else it is another one."""
    try:
        for record in _records(path, point.offset):
            return digest(record.reader.read(limit)) == point.raw_digest
    except (OSError, ValueError, EOFError):
        return False
    return False


class _Archive:
    """One archive while it is read, with the places of its pages for the revisits of them."""

    def __init__(self, path: Path, where: str, limit: int, *, unseen: int) -> None:
        self._path = path
        self._where = where
        self._limit = limit
        self._unseen = unseen  # what lies before this offset was read by a former run
        self._seen: OrderedDict[str, int] = OrderedDict()

    def read(self, record: WarcRecord) -> Iterator[RawReport | Reject]:
        """Yield what a record holds, if it is a page."""
        where = f"{self._where}@{record.stream_pos}"
        if record.record_type == WarcRecordType.revisit:
            yield from self._revisit(record, where)
            return
        if not _is_page(record):
            return
        self._note(record)
        content = record.reader.read(self._limit + 1)
        if len(content) > self._limit:
            yield reject("too-large", where, f"more than {self._limit} bytes")
        elif content.strip():
            yield _raw(record, content, where)

    def _note(self, record: WarcRecord) -> None:
        payload = record.headers.get("WARC-Payload-Digest")
        if payload:
            self._seen[payload] = record.stream_pos
            if len(self._seen) > _REMEMBERED:
                self._seen.popitem(last=False)

    def _place(self, payload: str | None) -> int | None:
        """Return where the page of a payload lies, looking also at what a former run read."""
        if payload not in self._seen and self._unseen:
            for record in _records(self._path, 0, parse=False):
                if record.stream_pos >= self._unseen:
                    break
                if record.record_type != WarcRecordType.revisit:
                    self._note(record)
            self._unseen = 0
        return self._seen.get(payload or "")

    def _revisit(self, record: WarcRecord, where: str) -> Iterator[RawReport | Reject]:
        """Yield the page that a revisit repeats, unless it is the same address: no news."""
        address = record.headers.get("WARC-Target-URI")
        if record.headers.get("WARC-Refers-To-Target-URI") == address:
            return
        offset = self._place(record.headers.get("WARC-Payload-Digest"))
        if offset is None:
            yield reject("revisit", where)
            return
        for original in _records(self._path, offset):
            found = _raw(original, original.reader.read(self._limit), where)
            if address != found.address:
                at = record.headers.get("WARC-Date")
                acquired = Acquired(at=at, tool=_TOOL, version=_VERSION, address=address)
                yield replace(found, source=where, address=address, acquired=acquired)
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
            version=_VERSION,
            address=address,
            headers_digest=digest(lines) if lines else None,
        ),
    )
