"""Saved web pages (MHTML): the page inside, with the address it was saved from."""

from __future__ import annotations

import email.policy
from datetime import UTC
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.utils import parsedate_to_datetime

from tocsin.intake.options import Options
from tocsin.intake.rejects import reject
from tocsin.intake.sources import Blob
from tocsin.model import Acquired, RawReport, Reject


def read_mhtml(blob: Blob, options: Options) -> RawReport | Reject:
    """Return the page of an MHTML file."""
    with blob.open() as stream:
        content = stream.read(options.limits.document_bytes + 1)
    if len(content) > options.limits.document_bytes:
        return reject("too-large", blob.where)
    saved = message_from_bytes(content, policy=email.policy.default)
    for part in saved.walk():
        if part.get_content_type() == "text/html":
            page = part.get_payload(decode=True)
            if isinstance(page, bytes) and page.strip():
                return _raw(page, part, saved, content, blob)
    return reject("no-body", blob.where)


def _raw(
    page: bytes, part: Message, saved: EmailMessage | Message, original: bytes, blob: Blob
) -> RawReport:
    address = saved.get("Snapshot-Content-Location") or part.get("Content-Location")
    address = str(address) if address and str(address).startswith("http") else None
    charset = part.get_content_charset()
    return RawReport(
        content=page,
        original=original,
        source=blob.where,
        media_type=f"text/html; charset={charset}" if charset else "text/html",
        address=address,
        acquired=Acquired(at=_saved_at(saved), tool="browser", address=address),
    )


def _saved_at(saved: EmailMessage | Message) -> str | None:
    """Return when a page was saved, as its header states it."""
    try:
        at = parsedate_to_datetime(str(saved["Date"]))
    except ValueError:
        return None
    known = at if at.tzinfo else at.replace(tzinfo=UTC)  # -0000 is UTC without a place
    return known.astimezone(UTC).isoformat(timespec="seconds")
