"""A web page as headline, body and what its metadata says."""

from __future__ import annotations

from dataclasses import dataclass

import trafilatura
from resiliparse.extract.html2text import extract_plain_text

from tocsin.model import Published


@dataclass(frozen=True)
class Page:
    """What a page says: its text and what its metadata states."""

    body: str
    title: str | None = None
    byline: str | None = None
    outlet: str | None = None
    url: str | None = None
    lang: str | None = None
    published: Published | None = None
    updated: str | None = None


def read_page(html: str, *, url: str | None = None, quality: str = "quality") -> Page:
    """Return the body and metadata of a page."""
    if quality == "bulk":
        return Page(body=extract_plain_text(html, main_content=True))
    body = trafilatura.extract(html, url=url, favor_precision=True, include_comments=False)
    return Page(body=body or "", url=url)
