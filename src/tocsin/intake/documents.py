"""PDF and Word documents: their text only."""

from __future__ import annotations

import io
import logging

from tocsin.errors import MissingExtra
from tocsin.intake.options import Options
from tocsin.intake.rejects import reject
from tocsin.intake.sources import Blob
from tocsin.model import RawReport, Reject

EXTRA = "documents"


def read_pdf(blob: Blob, options: Options) -> RawReport | Reject:
    """Return the text of a PDF; a scan without text is a reject."""
    try:
        import pypdf
        from pypdf.errors import PyPdfError
    except ImportError as error:
        raise MissingExtra("Reading PDF files", EXTRA) from error
    content = _content(blob, options)
    if isinstance(content, Reject):
        return content
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what is wrong is said by the reject
    try:
        reader = pypdf.PdfReader(io.BytesIO(content))
        if reader.is_encrypted:
            return reject("encrypted", blob.where)
        pages = [page.extract_text() for page in reader.pages]
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError, OSError) as error:
        return reject("corrupt", blob.where, str(error))
    return _raw("\n\n".join(pages), content, blob)


def read_docx(blob: Blob, options: Options) -> RawReport | Reject:
    """Return the paragraphs of a Word document."""
    try:
        import docx
        from docx.opc.exceptions import OpcError
    except ImportError as error:
        raise MissingExtra("Reading Word documents", EXTRA) from error
    content = _content(blob, options)
    if isinstance(content, Reject):
        return content
    try:
        document = docx.Document(io.BytesIO(content))
    except (OpcError, KeyError, ValueError, OSError) as error:
        return reject("corrupt", blob.where, str(error))
    return _raw("\n\n".join(p.text for p in document.paragraphs if p.text.strip()), content, blob)


def _content(blob: Blob, options: Options) -> bytes | Reject:
    limit = options.limits.document_bytes
    with blob.open() as stream:
        content = stream.read(limit + 1)
    return reject("too-large", blob.where) if len(content) > limit else content


def _raw(text: str, original: bytes, blob: Blob) -> RawReport | Reject:
    if not text.strip():
        return reject("no-text", blob.where, "it may be a scan")
    return RawReport(
        content=text.encode("utf-8", "replace"),
        original=original,
        source=blob.where,
        media_type="text/plain; charset=utf-8",
        address=blob.address,
        acquired=blob.acquired,
    )
