"""ZIP and gzip: their members as blobs, within limits on size, ratio, number and depth."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable, Iterator
from typing import BinaryIO

from tocsin.intake.options import Limits
from tocsin.intake.rejects import reject
from tocsin.intake.sources import Blob
from tocsin.intake.unpacked import Bounds, buffered, seekable
from tocsin.model import Reject

# Parts of a WACZ that hold no pages; its pages lie in archive/*.warc.gz.
_WACZ_EXTRAS = ("datapackage", "pages/", "indexes/", "fuzzy.json", "logs/")


def unzip(blob: Blob, limits: Limits) -> Iterator[Blob | Reject]:
    """Yield the members of a ZIP archive."""
    if blob.depth >= limits.archive_depth:
        yield reject("nested", blob.where)
        return
    with blob.open() as outer, seekable(outer) as stream:
        try:
            archive = zipfile.ZipFile(stream)
            members = archive.infolist()
        except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError) as error:
            yield reject("corrupt", blob.where, str(error))
            return
        if len(members) > limits.archive_members:
            yield reject("bomb", blob.where, f"{len(members)} members")
            return
        names = {member.filename for member in members}
        is_wacz = any(name.startswith("archive/") for name in names) and (
            "datapackage.json" in names
        )
        for member in members:
            if member.is_dir() or _is_noise(member.filename):
                continue
            if is_wacz and member.filename.startswith(_WACZ_EXTRAS):
                continue
            yield _member(archive, member, blob, limits)


def _member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, blob: Blob, limits: Limits
) -> Blob | Reject:
    where = f"{blob.where}!{member.filename}"
    if member.flag_bits & 1:
        return reject("encrypted", where)
    failures: list[Reject] = []
    bounds = Bounds(limits, member.compress_size, _teller(failures, where))

    def opened() -> BinaryIO:
        failures.clear()
        try:
            return buffered(archive.open(member), bounds)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
            bounds.tell("corrupt", str(error))
            return io.BytesIO()

    return Blob(
        where=where,
        name=member.filename.rsplit("/", 1)[-1],
        open=opened,
        size=member.file_size,
        acquired=blob.acquired,
        depth=blob.depth + 1,
        failures=failures,
    )


def gunzip(blob: Blob, limits: Limits) -> Blob | Reject:
    """Return what a gzip file holds."""
    if blob.depth >= limits.archive_depth:
        return reject("nested", blob.where)
    failures: list[Reject] = []
    bounds = Bounds(limits, blob.size, _teller(failures, blob.where))

    def opened() -> BinaryIO:
        failures.clear()
        packed = blob.open()
        return buffered(gzip.GzipFile(fileobj=packed), bounds, under=packed)

    return Blob(
        where=blob.where,
        name=blob.name.removesuffix(".gz"),
        open=opened,
        media_type=blob.media_type,
        address=blob.address,
        acquired=blob.acquired,
        depth=blob.depth + 1,
        failures=failures,
    )


def _teller(failures: list[Reject], where: str) -> Callable[[str, str], None]:
    def tell(code: str, detail: str) -> None:
        failures.append(reject(code, where, detail))

    return tell


def _is_noise(name: str) -> bool:
    """Tell whether a member is what archivers add by themselves."""
    parts = name.split("/")
    return "__MACOSX" in parts or any(part.startswith(".") for part in parts)
