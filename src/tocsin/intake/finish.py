"""Raw reports to reports: text, cuts, language, outlet, dateline, digests and the id."""

from __future__ import annotations

from dataclasses import replace

import msgspec

from tocsin.ids import digest, report_id
from tocsin.intake.cap import CAP, page_of_alert
from tocsin.intake.charset import charset_of, decode_page, decode_strict
from tocsin.intake.credits import agency_of, dateline_of, outlet_of
from tocsin.intake.dates import capture_bound, from_url, parse_date, stated
from tocsin.intake.furniture import find_cuts, kept_text, squeezed
from tocsin.intake.language import language_of
from tocsin.intake.objects import page_of
from tocsin.intake.options import Options
from tocsin.intake.outlets import registry
from tocsin.intake.page import Page, read_page
from tocsin.intake.rejects import reject
from tocsin.model import Cut, Outlet, Published, RawReport, Reject, Report

JSON = "application/json"


def finish(raw: RawReport, options: Options) -> Report | Reject:
    """Return the report of raw bytes, or the reason why there is none."""
    page = _page(raw, options)
    if isinstance(page, Reject):
        return page
    page = _with_known(page, raw)
    text = with_headline(page.body, page.title)
    if not any(char.isalpha() for char in text):
        return reject("no-text", raw.source)
    if len(text) > options.limits.text_chars:
        return reject("too-large", raw.source, f"{len(text)} characters of text")
    lang = language_of(text, hint=page.lang)
    if lang not in options.languages and lang != "und":
        return reject("language", raw.source, lang)
    return _report(raw, page, text, lang, options)


def _with_known(page: Page, raw: RawReport) -> Page:
    """Return the page with what its reader knows on top of what it states itself."""
    return replace(
        page,
        title=raw.title or page.title,
        byline=raw.byline or page.byline,
        outlet=raw.outlet or page.outlet,
        url=raw.address or page.url,
        lang=raw.lang or page.lang,
        published=raw.published or page.published,
    )


def _report(raw: RawReport, page: Page, text: str, lang: str, options: Options) -> Report:
    cuts = page.cuts or _cuts(text, page)
    stamped, updated = stated(text, cuts)
    dateline = dateline_of(kept_text(text, cuts))
    name = page.outlet or options.outlet or (None if page.url else outlet_of(dateline))
    outlet = registry(options.outlets).outlet(url=page.url, name=name)
    raw_digest = digest(raw.content if raw.original is None else raw.original)
    key = page.key or page.url
    return Report(
        id=report_id(outlet=outlet.id if outlet else None, url=key, raw_digest=raw_digest),
        text=text,
        text_digest=digest(text),
        raw_digest=raw_digest,
        outlet=outlet,
        url=page.url,
        title=page.title,
        byline=page.byline,
        cuts=cuts,
        lang=lang,
        published=_published(page, stamped, raw, options),
        updated=page.updated or updated,
        dateline=dateline,
        acquired=raw.acquired,
        handling=raw.handling if raw.handling != "public" else options.handling,
        agency=agency_of(text, dateline, page.byline) or _other_desk(dateline, outlet),
        source=raw.source,
    )


def _other_desk(dateline: str | None, outlet: Outlet | None) -> str | None:
    """Return whose text it is when the dateline names somebody else than the outlet."""
    named = outlet_of(dateline)
    if named is None or outlet is None:
        return None
    own = (squeezed(outlet.name), squeezed(outlet.domain or ""))
    name = squeezed(named)
    return None if any(name in known or (known and known in name) for known in own) else named


def _cuts(text: str, page: Page) -> tuple[Cut, ...]:
    """Return the cuts of a text; its headline is none, however short it is."""
    below = len(page.title or "") if page.title and text.startswith(page.title) else 0
    return tuple(cut for cut in find_cuts(text, links=page.links) if cut.start >= below)


def _published(
    page: Page, stamped: Published | None, raw: RawReport, options: Options
) -> Published | None:
    """Return when a report was published: metadata, its own stamp, its page, the address, given.

    Without any of them the time of capture is an upper bound, where the capture was archived.
    """
    known = page.published
    if known is not None and known.basis == "metadata":
        return known
    if stamped is not None:
        return stamped
    if known is None and page.url:
        known = from_url(page.url)
    if known is None and options.published:
        known = parse_date(options.published, "given")
    if known is None and raw.acquired and raw.acquired.at and raw.offset is not None:
        known = capture_bound(raw.acquired.at)
    return known


def with_headline(body: str, title: str | None) -> str:
    """Return the text with its headline as first paragraph, unless it starts with it already."""
    body = body.strip("\n").rstrip()
    first = body.lstrip().partition("\n")[0]
    if not title or squeezed(first).startswith(squeezed(title)):
        return body
    return f"{title}\n\n{body}"


def _page(raw: RawReport, options: Options) -> Page | Reject:
    if not raw.content.strip():
        return reject("empty", raw.source)
    media = raw.media_type or ""
    if media == JSON:
        found = page_of(msgspec.json.decode(raw.content), quality=options.quality)
        return found or reject("no-text", raw.source)
    if media == CAP:
        return page_of_alert(raw.content, raw.source)
    if media.startswith(("text/html", "application/xhtml")):
        html = decode_page(raw.content, raw.media_type)
        page = read_page(html, url=raw.address, quality=options.quality)
        return page if page.body.strip() else reject("no-body", raw.source)
    text = decode_strict(raw.content, options.encoding or charset_of(media))
    return reject("encoding", raw.source) if text is None else Page(body=text)
