"""RSS and Atom: entries as records; a feed that was cut off gives what it still holds."""

from __future__ import annotations

import io
from collections.abc import Iterator
from time import strftime, struct_time
from typing import TYPE_CHECKING

import msgspec

from tocsin.intake.finish import JSON
from tocsin.intake.options import Options
from tocsin.intake.rejects import reject
from tocsin.intake.sources import Blob
from tocsin.model import RawReport, Reject

if TYPE_CHECKING:
    from feedparser import FeedParserDict


def read_feed(blob: Blob, options: Options) -> Iterator[RawReport | Reject]:
    """Yield the entries of a feed."""
    with blob.open() as stream:
        content = stream.read(options.limits.document_bytes + 1)
    if len(content) > options.limits.document_bytes:
        yield reject("too-large", blob.where)
        return
    import feedparser  # slow to load, and only feeds need it

    parsed = feedparser.parse(io.BytesIO(content), sanitize_html=False, resolve_relative_uris=False)
    feed = parsed.get("feed", {})
    for number, entry in enumerate(parsed.entries, 1):
        where = f"{blob.where}:{number}"
        fields = _fields(entry, feed)
        if not {"html", "title"} & fields.keys():
            yield reject("no-text", where)
            continue
        body = msgspec.json.encode(fields, order="deterministic")
        yield RawReport(content=body, source=where, media_type=JSON, acquired=blob.acquired)
    if parsed.get("bozo") and not _is_harmless(parsed.get("bozo_exception")):
        yield reject("truncated" if parsed.entries else "corrupt", blob.where)


def _fields(entry: FeedParserDict, feed: FeedParserDict) -> dict[str, str]:
    """Return an entry's fields; the publisher named in the entry wins over the feed's title."""
    contents = [str(c.get("value") or "") for c in entry.get("content", [])]
    html = max([*contents, str(entry.get("summary") or "")], key=len)
    source = entry.get("source") or {}
    found = {
        "id": entry.get("id"),
        "url": entry.get("link"),
        "title": entry.get("title"),
        "html": html,
        "published": _iso(entry.get("published_parsed")) or entry.get("published"),
        "updated": _iso(entry.get("updated_parsed")),
        "byline": entry.get("author"),
        "outlet": source.get("title") or feed.get("title"),
        "lang": entry.get("language") or feed.get("language"),
    }
    return {key: str(value) for key, value in found.items() if value}


def _iso(parsed: struct_time | None) -> str | None:
    return strftime("%Y-%m-%dT%H:%M:%SZ", parsed) if parsed else None


def _is_harmless(error: object) -> bool:
    """Tell whether a feed is whole although its label or encoding is not quite right."""
    return type(error).__name__ in ("CharacterEncodingOverride", "NonXMLContentType")
