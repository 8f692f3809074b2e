"""A web page as headline, body and what its metadata says."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from lxml.etree import ParserError
from lxml.html import HtmlElement, document_fromstring
from resiliparse.extract.html2text import extract_plain_text

from tocsin.intake.dates import parse_date
from tocsin.intake.furniture import find_cuts, kept_text, squeezed
from tocsin.intake.metadata import stated_in
from tocsin.model import Cut, Published


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
    key: str | None = None
    links: frozenset[str] = frozenset()
    cuts: tuple[Cut, ...] = ()


# A text shorter than this share of the page's whole sentences has lost its end: the careful
# extraction stops at some boxes inside an article, while lists of other stories rarely make
# up that much.
_LOST = 0.55
_PROSE_WORDS = 20
_ENDED = re.compile(r"[.!?][\"'”’)]*$")
_HEAD_END = re.compile(r"</head\s*>", re.IGNORECASE)
_NESTED = ("div", "span", "table", "ul", "ol", "blockquote", "section", "b", "i", "em", "font", "a")
# Both cases spelt out: a pattern with a fixed first character is searched faster.
_BLOCK = re.compile(
    rf"<(/?)(?:{'|'.join(''.join(f'[{c}{c.upper()}]' for c in name) for name in _NESTED)})\b"
)
# The careful extraction takes 20 times a page's size in memory; the largest pages of publishers
# are about 5 MB, nearly all of it scripts.
_CAREFUL_CHARS = 6_000_000
_DEEPEST = 1000  # open elements; browsers stop at 512
_LINKED = re.compile(r"<script[^>]+ld\+json[^>]*>.*?</script>", re.IGNORECASE | re.DOTALL)
_LINK_WORDS = (3, 25)  # words of a link that is a headline, not a name inside a sentence


def read_page(html: str, *, url: str | None = None, quality: str = "quality") -> Page:
    """Return the body and metadata of a page; `bulk` is many times faster and a little laxer."""
    if "<" not in html:
        return Page(body=html, url=url)
    if _is_too_deep(html):
        return Page(body="", url=url)
    if len(html) > _CAREFUL_CHARS:
        quality = "bulk"
    tree = _head_tree(html) if quality == "bulk" else _tree(html)
    if tree is None:
        return Page(body="", url=url)
    stated = stated_in(tree, url)
    page = Page(
        body="",
        title=stated.title,
        byline=stated.byline,
        outlet=stated.outlet,
        url=stated.url,
        lang=stated.lang,
        published=stated.published
        or (_shown_day(html, stated.updated) if quality == "quality" else None),
        updated=stated.updated,
        links=_links(tree),
    )
    body = _bulk(html) if quality == "bulk" else _careful(tree, html, url) or _bulk(html)
    return replace(page, body=_without_headline(body, page.title))


def fragment_text(markup: str) -> str:
    """Return the text of a piece of HTML that is all content, such as a feed's entry."""
    return str(
        extract_plain_text(
            markup, main_content=False, alt_texts=False, links=False, list_bullets=False
        )
    )


def page_body(html: str, *, url: str | None = None, quality: str = "quality") -> str:
    """Return the article text of a page, its furniture cut, as the coder sees it."""
    page = read_page(html, url=url, quality=quality)
    return kept_text(page.body, find_cuts(page.body, links=page.links))


def _tree(html: str) -> HtmlElement | None:
    import trafilatura  # slow to load, and plain text and records do not need it

    return trafilatura.load_html(html)


def _shown_day(html: str, updated: str | None) -> Published | None:
    """Return the day that a page without metadata shows in its markup, such as a time element.

    The day of its update is none: it would be taken for want of another.
    """
    from htmldate import find_date  # comes with the careful extraction, and is as slow to load

    day = find_date(html, extensive_search=False, original_date=True)
    return None if not day or (updated or "").startswith(day) else parse_date(day, "stated")


def _head_tree(html: str) -> HtmlElement | None:
    """Return the part of a page that states things about it, parsed."""
    end = html.find("</head>")  # many times faster than the pattern, and nearly always there
    if end < 0:
        match = _HEAD_END.search(html)
        if match is None:
            return _tree(html)
        end = match.start()
    linked = _LINKED.findall(html, end) if html.find("ld+json", end) >= 0 else []
    head = "".join((html[:end], "</head>", *linked, "<body></body>"))
    try:
        return document_fromstring(head)
    except (ValueError, ParserError):  # an encoding in an XML declaration, or nothing in it
        return _tree(head)


def _is_too_deep(html: str) -> bool:
    """Tell whether elements nest deeper than any real page does: parsers slow down or give up."""
    if html.count("<") - html.count("</") <= _DEEPEST:
        return False
    depth = lowest = 0
    for closes in _BLOCK.findall(html):
        depth += -1 if closes else 1
        if depth < lowest:
            lowest = depth
        elif depth - lowest > _DEEPEST:
            return True
    return False


def _bulk(html: str) -> str:
    return str(
        extract_plain_text(
            html,
            main_content=True,
            alt_texts=False,
            links=False,
            comments=False,
            list_bullets=False,
        )
    )


def _careful(tree: HtmlElement, html: str, url: str | None) -> str:
    """Return the careful extraction, or the lax one when the careful one lost the article's end."""
    import trafilatura

    strict = str(
        trafilatura.extract(tree, url=url, favor_precision=True, include_comments=False) or ""
    )
    lax = _bulk(html)
    return lax if len(strict) < _LOST * _prose(lax) else strict


def _prose(body: str) -> int:
    """Return how many characters of a text stand in whole sentences of some length."""
    lines = (line.strip() for line in body.split("\n"))
    return sum(
        len(line) for line in lines if len(line.split()) >= _PROSE_WORDS and _ENDED.search(line)
    )


def _links(tree: HtmlElement) -> frozenset[str]:
    """Return the texts of links that are as long as a headline."""
    low, high = _LINK_WORDS
    texts = (" ".join(link.text_content().split()) for link in tree.iter("a"))
    return frozenset(squeezed(text) for text in texts if low <= len(text.split()) <= high)


def _without_headline(body: str, title: str | None) -> str:
    """Return the body without the headline that stands over it once more."""
    first, _, rest = body.lstrip().partition("\n")
    return rest.lstrip("\n") if title and squeezed(first) == squeezed(title) else body
