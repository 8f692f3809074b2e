"""Bytes to text: marks and valid UTF-8 first, then the label, then (for pages) detection."""

from __future__ import annotations

import codecs
import re

from resiliparse.parse.encoding import detect_encoding, map_encoding_to_html5

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_XML = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{2,40})["']""")
_LABEL = re.compile(r"""charset\s*=\s*["']?([\w.:-]{2,40})""", re.IGNORECASE)
_HEAD = 4096  # HTML wants the label in the first 1,024 bytes; real pages are laxer


def decode_strict(content: bytes, encoding: str | None = None) -> str | None:
    """Return text if the bytes are what they are said to be; None when they are not."""
    for mark, name in _MARKS:
        if content.startswith(mark):
            encoding = name
            break
    try:
        return content.decode(encoding or "utf-8").replace("\r\n", "\n").replace("\r", "\n")
    except (UnicodeDecodeError, LookupError):
        return None


def decode_page(content: bytes, media_type: str | None = None) -> str:
    """Return a page's text: valid UTF-8 wins over a wrong label, then the label, then detection."""
    text = decode_strict(content)
    if text is not None:
        return text
    for label in _labels(content, media_type):
        try:
            return content.decode(_html5_name(label), "replace" if "utf" in label else "strict")
        except (UnicodeDecodeError, LookupError):
            continue
    return content.decode(_html5_name(detect_encoding(content)), "replace")


def charset_of(media_type: str | None) -> str | None:
    """Return the charset that a media type names."""
    match = _LABEL.search(media_type or "")
    return match.group(1).lower() if match else None


def _labels(content: bytes, media_type: str | None) -> list[str]:
    found = []
    if stated := charset_of(media_type):
        found.append(stated)
    for pattern in (_XML, _META):
        if hit := pattern.search(content[:_HEAD]):
            found.append(hit.group(1).decode("ascii", "ignore").lower())
    return found


def _html5_name(label: str | None) -> str:
    """Return the codec that browsers use for a label, for example cp1252 for latin-1."""
    return str(map_encoding_to_html5(label or "") or "utf-8")
