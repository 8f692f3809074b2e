"""JSON objects and table rows as pages: many names for the same few fields."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import replace

from tocsin.intake.dates import parse_date
from tocsin.intake.page import Page, fragment_text, read_page

# Names of fields in the order in which they are tried.
FIELDS: dict[str, tuple[str, ...]] = {
    "id": ("id", "guid", "uuid", "key"),
    "url": ("url", "link", "address", "canonical_url", "external_url", "source_url", "web_url"),
    "title": ("title", "headline", "heading"),
    "text": ("text", "body", "content", "article", "maintext", "full_text", "fulltext",
             "articlebody", "content_text", "story", "description", "summary"),
    "html": ("html", "content_html", "raw_html"),
    "published": ("published", "date", "published_at", "publishedat", "date_published",
                  "publication_date", "pubdate", "published_date", "datepublished"),
    "updated": ("updated", "modified", "date_modified", "datemodified", "updated_at"),
    "outlet": ("outlet", "publisher", "source", "site", "newspaper", "paper", "site_name",
               "domain"),
    "lang": ("lang", "language"),
    "byline": ("byline", "author", "authors"),
}  # fmt: skip


_TAG = re.compile(
    r"</(?:p|div|a|span|h[1-6]|ul|li|strong|em|b|i)>|<(?:br|p|img|hr)\b[^>]{0,300}>", re.I
)
_WHOLE_PAGE = re.compile(r"<(?:!doctype|html|body)\b", re.IGNORECASE)
_ENTITY = re.compile(
    r"&(?:amp|quot|#\d{2,5}|#x[0-9a-f]{2,5}|[lr][sd]quo|nbsp|[mn]dash|apos|hellip);"
)


def field(fields: Mapping[str, object], name: str) -> str | None:
    """Return the text of a field under any of its names; None when absent or blank."""
    for alias in FIELDS[name]:
        value = _text_of(fields.get(alias))
        if value:
            return value
    return None


def page_of(fields: Mapping[str, object], *, quality: str = "quality") -> Page | None:
    """Return what a record says as a page, None when it holds no words."""
    known = {str(key).strip().lower(): value for key, value in fields.items()}
    text, markup = field(known, "text"), field(known, "html")
    if text is None and markup is None:
        return None
    page = _body(text if text is not None else markup or "", field(known, "url"), quality)
    stated = field(known, "published")
    return replace(
        page,
        url=field(known, "url") or page.url,
        outlet=field(known, "outlet") or page.outlet,
        title=field(known, "title") or page.title,
        byline=field(known, "byline") or page.byline,
        published=(parse_date(stated, "metadata") if stated else None) or page.published,
        updated=field(known, "updated") or page.updated,
        lang=field(known, "lang") or page.lang,
    )


def _body(words: str, url: str | None, quality: str) -> Page:
    """Return a field's page: a whole web page, a fragment of one, or plain text."""
    if _WHOLE_PAGE.search(words[:2000]):
        return read_page(words, url=url, quality=quality)
    if looks_like_html(words):
        return Page(body=fragment_text(words))
    return Page(body=html.unescape(words) if _ENTITY.search(words) else words)


def looks_like_html(text: str) -> bool:
    """Tell whether a text field holds markup."""
    return len(_TAG.findall(text)) > 0


def _text_of(value: object) -> str | None:
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, Mapping):
        return _text_of(value.get("name") or value.get("#text") or value.get("value"))
    if isinstance(value, list):
        return ", ".join(text for part in value if (text := _text_of(part))) or None
    return None
