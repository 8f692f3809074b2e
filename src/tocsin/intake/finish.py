"""Raw reports to reports: text, cuts, language, outlet, dateline, digests and the id."""

from __future__ import annotations

import msgspec

from tocsin.ids import digest, report_id
from tocsin.intake.charset import decode_page, decode_strict
from tocsin.intake.furniture import find_cuts
from tocsin.intake.language import language_of
from tocsin.intake.objects import page_of, published_at
from tocsin.intake.options import Options
from tocsin.intake.page import Page, read_page
from tocsin.intake.rejects import reject
from tocsin.model import Outlet, RawReport, Reject, Report

JSON = "application/json"


def finish(raw: RawReport, options: Options) -> Report | Reject:
    """Return the report of raw bytes, or the reason why there is none."""
    page = _page(raw, options)
    if isinstance(page, Reject):
        return page
    title = raw.title or page.title
    text = with_headline(page.body, title)
    if not any(char.isalpha() for char in text):
        return reject("no-text", raw.source)
    lang = language_of(text, hint=raw.lang or page.lang)
    if lang not in options.languages and lang != "und":
        return reject("language", raw.source, lang)
    name = raw.outlet or page.outlet or options.outlet
    url = raw.address or page.url
    raw_digest = digest(raw.content)
    published = raw.published or page.published
    if published is None and options.published:
        published = published_at(options.published, "given")
    return Report(
        id=report_id(outlet=name, url=url, raw_digest=raw_digest),
        text=text,
        text_digest=digest(text),
        raw_digest=raw_digest,
        outlet=Outlet(id=name.lower(), name=name) if name else None,
        url=url,
        title=title,
        byline=raw.byline or page.byline,
        cuts=find_cuts(text),
        lang=lang,
        published=published,
        updated=page.updated,
        acquired=raw.acquired,
        handling=raw.handling if raw.handling != "public" else options.handling,
        source=raw.source,
    )


def with_headline(body: str, title: str | None) -> str:
    """Return the text with its headline as first paragraph, unless it starts with it already."""
    body = body.strip("\n").rstrip()
    if not title or body.lstrip()[: len(title) + 40].casefold().startswith(title.casefold()):
        return body
    return f"{title}\n\n{body}"


def _page(raw: RawReport, options: Options) -> Page | Reject:
    if not raw.content.strip():
        return reject("empty", raw.source)
    media = raw.media_type or ""
    if media == JSON:
        found = page_of(msgspec.json.decode(raw.content), quality=options.quality)
        return found or reject("no-text", raw.source)
    if media.startswith("text/html"):
        html = decode_page(raw.content, raw.media_type)
        page = read_page(html, url=raw.address, quality=options.quality)
        return page if page.body.strip() else reject("no-body", raw.source)
    text = decode_strict(raw.content, options.encoding)
    return reject("encoding", raw.source) if text is None else Page(body=text)
