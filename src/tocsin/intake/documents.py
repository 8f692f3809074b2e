"""PDF and Word documents: their text only."""

from __future__ import annotations

import io
import itertools
import logging
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tocsin.errors import MissingExtra
from tocsin.intake.options import Options
from tocsin.intake.rejects import reject
from tocsin.intake.sources import Blob
from tocsin.model import RawReport, Reject

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell, _Row

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
    """Return the paragraphs and tables of a Word document, in order."""
    try:
        import docx
        from docx.opc.exceptions import OpcError
    except ImportError as error:
        raise MissingExtra("Reading Word documents", EXTRA) from error
    content = _content(blob, options)
    if isinstance(content, Reject):
        return content
    try:
        blocks = list(_blocks(docx.Document(io.BytesIO(content))))
    except (OpcError, LookupError, ValueError, RecursionError, OSError) as error:
        return reject("corrupt", blob.where, str(error))
    return _raw("\n\n".join(blocks), content, blob)


def _blocks(container: Document | _Cell) -> Iterator[str]:
    """Yield paragraphs and rows of tables as they follow each other."""
    for part in container.iter_inner_content():
        if hasattr(part, "rows"):
            for row in part.rows:
                yield from _row(row)
        elif part.text.strip():
            yield part.text


def _row(row: _Row) -> Iterator[str]:
    """Yield a row as one block, or the blocks of its cells where one holds several."""
    cells = {id(cell._tc): cell for cell in row.cells}  # cells that are merged are given again
    texts = [list(_blocks(cell)) for cell in cells.values()]
    if any(len(text) > 1 for text in texts):
        yield from itertools.chain.from_iterable(texts)
    elif line := "\t".join(text[0] for text in texts if text):
        yield line


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
