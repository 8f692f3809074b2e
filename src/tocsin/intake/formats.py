"""What a file is, told by its first bytes rather than by its name."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from typing import BinaryIO, Literal

Format = Literal[
    "text", "html", "mhtml", "json", "lines", "table", "zip", "gzip",
    "feed", "cap", "warc", "pdf", "addresses", "empty", "binary",
]  # fmt: skip

HEAD = 8192  # bytes that are looked at

_HTML = re.compile(
    r"\A\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article|div|p\b|h1)",
    re.IGNORECASE | re.DOTALL,
)
_FEED = re.compile(r"<(?:rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)
_CAP = re.compile(r"<(?:\w+:)?alert\b[^>]*urn:oasis:names:tc:emergency:cap", re.IGNORECASE)
_MHTML = re.compile(r"^(?:mime-version:|content-type:\s*multipart/related)", re.I | re.M)
_ADDRESS_LINE = re.compile(r"\s*+https?://\S+\s*\Z")
# A list of addresses may hold some that are broken; lines of prose are longer than those.
_ADDRESSES = 2 / 3  # share of lines
_BROKEN_WORDS = 4
_WORDY = re.compile(r"[^\W\d_]{2,}")


def sniff(head: bytes, name: str = "") -> Format:
    """Return the format of a file from its first bytes; the name settles only CSV against text."""
    if not head.strip():
        return "empty"
    magic = _by_magic(head)
    if magic:
        return magic
    text = _as_text(head)
    if text is None:
        return "binary"
    return _by_text(text.lstrip("\ufeff"), name.lower(), is_cut=len(head) >= HEAD)


def is_docx(opened: Callable[[], BinaryIO]) -> bool:
    """Tell whether a ZIP archive is a Word document."""
    return "word/document.xml" in _names(opened)


def is_sheet(opened: Callable[[], BinaryIO]) -> bool:
    """Tell whether a ZIP archive is an Excel file."""
    return "xl/workbook.xml" in _names(opened)


def _names(opened: Callable[[], BinaryIO]) -> set[str]:
    try:
        with opened() as stream, zipfile.ZipFile(stream) as archive:
            return set(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, OSError):
        return set()


def _by_magic(head: bytes) -> Format | None:
    if head.startswith(b"\x1f\x8b"):
        return "gzip"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"WARC/"):
        return "warc"
    return None


def _as_text(head: bytes) -> str | None:
    """Return the head as text, None when it is not text in any encoding that pages use."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[: len(head) // 2 * 2].decode("utf-16", "replace")
    if b"\x00" in head:
        return None
    text = head.decode("utf-8", "replace")
    control = sum(1 for char in text if ord(char) < 32 and char not in "\t\n\r\f\x1b")
    return None if control > len(text) // 50 else text


def is_address_line(line: str) -> bool:
    """Tell whether a line is a web address and nothing else."""
    return _ADDRESS_LINE.match(line) is not None


def _by_text(text: str, name: str, *, is_cut: bool) -> Format:
    start = text.lstrip()
    if start.startswith("<"):
        return _by_markup(start)
    if start.startswith(("{", "[")) and (found := _by_braces(start)):
        return found
    if _MHTML.search(text[:2000]) and "boundary=" in text:
        return "mhtml"
    lines = [line for line in text.splitlines() if line.strip()]
    if _is_list_of_addresses(lines[:-1] if is_cut and len(lines) > 1 else lines):
        return "addresses"
    if name.endswith((".csv", ".tsv", ".tab")) or _is_table(lines):
        return "table"
    return "text"


def _is_list_of_addresses(lines: list[str]) -> bool:
    listed = [line for line in lines if not line.startswith("#")]
    broken = [line for line in listed if not is_address_line(line)]
    if not listed or len(listed) - len(broken) < _ADDRESSES * len(listed):
        return False
    return all(len(line.split()) <= _BROKEN_WORDS for line in broken)


def _by_markup(start: str) -> Format:
    if _CAP.search(start):
        return "cap"
    if _FEED.search(start[:2000]) and not _HTML.match(start):
        return "feed"
    return "html"


def _by_braces(start: str) -> Format | None:
    if re.match(r"\[\s*(?:\{|\])", start):
        return "json"
    if not re.match(r"\{\s*(?:\"|\})", start):
        return None
    first, _, rest = start.partition("\n")
    whole_line = first.rstrip().endswith("}")
    return "lines" if whole_line and (not rest.strip() or rest.lstrip()[:1] == "{") else "json"


def _is_table(lines: list[str]) -> bool:
    """Tell whether the first line is a header of short names and the next ones fit it."""
    if len(lines) < 2:
        return False
    for mark in ("\t", ";", ","):
        names = [name.strip(" \"'") for name in lines[0].split(mark)]
        if len(names) < 2 or not all(0 < len(name) <= 40 for name in names):
            continue
        known = sum(name.lower() in _HEADER_WORDS for name in names)
        if known >= 2 and len(_WORDY.findall(lines[0])) <= 3 * len(names):
            return lines[1].count(mark) >= 1
    return False


# Names that a table of news records has in its header.
_HEADER_WORDS = frozenset(
    [
        "id",
        "text",
        "body",
        "content",
        "article",
        "title",
        "headline",
        "date",
        "published",
        "url",
        "link",
        "source",
        "outlet",
        "publisher",
        "author",
        "byline",
        "lang",
        "language",
        "description",
        "summary",
        "html",
    ]
)
