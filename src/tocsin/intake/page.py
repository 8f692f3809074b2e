"""A web page as headline, body and what its metadata says."""

from __future__ import annotations

import re
from dataclasses import dataclass

from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.html import HTMLTree

from tocsin.intake.dates import parse_date
from tocsin.intake.furniture import find_cuts, kept_text, squeezed
from tocsin.intake.metadata import elements, stated_in
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
_NESTED = ("div", "span", "table", "ul", "ol", "blockquote", "section", "b", "i", "em", "font", "a")
# Both cases spelt out: a pattern with a fixed first character is searched faster.
_BLOCK = re.compile(
    rf"<(/?)(?:{'|'.join(''.join(f'[{c}{c.upper()}]' for c in name) for name in _NESTED)})\b"
)
# The careful extraction takes 20 times a page's size in memory; the largest pages of publishers
# are about 5 MB, nearly all of it scripts.
_CAREFUL_CHARS = 6_000_000
_DEEPEST = 4000  # open elements, the time for which grows with their square; browsers stop at 512
_LINK_WORDS = (3, 25)  # words of a link that is a headline, not a name inside a sentence


def read_page(html: str, *, url: str | None = None, quality: str = "quality") -> Page:
    """Return the body and metadata of a page; `bulk` is many times faster and a little laxer."""
    if "<" not in html:
        return Page(body=html, url=url)
    if _is_too_deep(html):
        return Page(body="", url=url)
    tree = HTMLTree.parse(html)
    stated = stated_in(tree, url)
    published, body, links = stated.published, _lax(tree), frozenset[str]()
    if quality != "bulk" and len(html) <= _CAREFUL_CHARS:
        published = published or _shown_day(html, stated.updated)
        body, links = _careful(html, url, body), _links(tree)
    return Page(
        body=_without_headline(body, stated.title),
        title=stated.title,
        byline=stated.byline,
        outlet=stated.outlet,
        url=stated.url,
        lang=stated.lang,
        published=published,
        updated=stated.updated,
        links=links,
    )


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


def _shown_day(html: str, updated: str | None) -> Published | None:
    """Return the day that a page without metadata shows in its markup, such as a time element.

    The day of its update is none: it would be taken for want of another.
    """
    from htmldate import find_date  # comes with the careful extraction, and is as slow to load

    day = find_date(html, extensive_search=False, original_date=True)
    return None if not day or (updated or "").startswith(day) else parse_date(day, "stated")


def _is_too_deep(html: str) -> bool:
    """Tell whether elements nest deeper than any real page does: parsers slow down or give up."""
    if html.count("<") <= _DEEPEST:
        return False
    depth = lowest = 0
    for closes in _BLOCK.findall(html):
        depth += -1 if closes else 1
        if depth < lowest:
            lowest = depth
        elif depth - lowest > _DEEPEST:
            return True
    return False


def _lax(tree: HTMLTree) -> str:
    return str(
        extract_plain_text(
            tree,
            main_content=True,
            alt_texts=False,
            links=False,
            comments=False,
            list_bullets=False,
        )
    )


def _careful(html: str, url: str | None, lax: str) -> str:
    """Return the careful extraction, or the lax one when the careful one lost the article's end."""
    import trafilatura  # slow to load, and plain text and records do not need it

    strict = str(
        trafilatura.extract(html, url=url, favor_precision=True, include_comments=False) or ""
    )
    return lax if len(strict) < _LOST * _prose(lax) else strict


def _prose(body: str) -> int:
    """Return how many characters of a text stand in whole sentences of some length."""
    lines = (line.strip() for line in body.split("\n"))
    return sum(
        len(line) for line in lines if len(line.split()) >= _PROSE_WORDS and _ENDED.search(line)
    )


def _links(tree: HTMLTree) -> frozenset[str]:
    """Return the texts of links that are as long as a headline."""
    low, high = _LINK_WORDS
    texts = (" ".join((link.text or "").split()) for link in elements(tree, "a"))
    return frozenset(squeezed(text) for text in texts if low <= len(text.split()) <= high)


def _without_headline(body: str, title: str | None) -> str:
    """Return the body without the headline that stands over it once more."""
    first, _, rest = body.lstrip().partition("\n")
    return rest.lstrip("\n") if title and squeezed(first) == squeezed(title) else body
