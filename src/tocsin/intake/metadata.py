"""What a web page states about itself: JSON-LD first, then OpenGraph, meta tags, the rest."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from resiliparse.parse.html import ElementNode, HTMLTree

from tocsin.intake.dates import from_url, parse_date
from tocsin.model import Published


@dataclass(frozen=True)
class Stated:
    """Metadata of a page; a field that is None is not stated."""

    title: str | None = None
    byline: str | None = None
    outlet: str | None = None
    url: str | None = None
    lang: str | None = None
    published: Published | None = None
    updated: str | None = None


# Names of meta tags, each list in the order in which it is tried.
_TITLE = ("og:title", "twitter:title", "dc.title", "parsely-title", "sailthru.title")
_BYLINE = ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "byl")
_OUTLET = ("og:site_name", "application-name", "dc.publisher", "publisher")
_PUBLISHED = (
    "article:published_time", "og:published_time", "datepublished", "parsely-pub-date",
    "sailthru.date", "publish-date", "publishdate", "publication_date", "pubdate", "dc.date.issued",
    "dcterms.created", "dc.date", "date", "article.published", "ptime", "displaydate",
)  # fmt: skip
_UPDATED = (
    "article:modified_time", "og:updated_time", "datemodified", "lastmod", "last-modified",
    "dcterms.modified", "article.updated", "utime",
)  # fmt: skip
_DATED = ("time", "abbr", "span")
_STATING = ",".join(
    (
        "html, title, h1, meta, link[rel=canonical i], script[type*='ld+json' i]",
        *(f"{tag}[itemprop*=datePublished], {tag}[pubdate]" for tag in _DATED),
    )
)
_ARTICLE = re.compile(r"(?:News|Blog|Report|Opinion|Live|Analysis)?\w*(?:Article|Posting|WebPage)$")
_SUFFIX = re.compile(r"\s+(?:[|»·•]|[-–—]|::)\s+([^|»·•–—]{2,50})$")
_ADDRESS = re.compile(r"^https?://", re.IGNORECASE)
_LONGEST_TITLE = 300
_STRAY_COMMA = re.compile(r'("(?:[^"\\]|\\.)*+")|,(?=\s*+[}\]])')
_COMMENT = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[)|(?:-->|//\s*\]\]>)\s*$")


def stated_in(tree: HTMLTree, url: str | None) -> Stated:
    """Return what a page states about itself."""
    parts = _parts(tree)
    linked = _linked(parts["script"])
    tags = _tags(parts["meta"])
    outlet = _name(linked.get("publisher")) or _first(tags, _OUTLET)
    title = _text(linked.get("headline")) or _first(tags, _TITLE) or _heading(parts)
    byline = _name(linked.get("author")) or _first(tags, _BYLINE)
    address = url or _canonical(parts["link"]) or _first(tags, ("og:url",))
    return Stated(
        title=_clean_title(title, outlet),
        byline=None if byline and _ADDRESS.match(byline) else byline,
        outlet=outlet,
        url=address,
        lang=_text(linked.get("inLanguage")) or _lang(parts["html"], tags),
        published=_published(linked, tags, parts) or (from_url(address) if address else None),
        updated=_updated(linked, tags),
    )


def _parts(tree: HTMLTree) -> Mapping[str, list[ElementNode]]:
    """Return the elements that state something, by their tag, from one walk through the page."""
    found = defaultdict[str, list[ElementNode]](list)
    for element in elements(tree, _STATING):
        found[element.tag or ""].append(element)
    return found


def elements(tree: HTMLTree, selector: str) -> list[ElementNode]:
    """Return the elements of a page that a selector finds; to walk the result itself is slow."""
    document = tree.document
    return document.query_selector_all(selector).values() if document is not None else []


def _published(
    linked: Mapping[str, object],
    tags: Mapping[str, str],
    parts: Mapping[str, list[ElementNode]],
) -> Published | None:
    for value in (_text(linked.get("datePublished")), *(tags.get(name) for name in _PUBLISHED)):
        if value and (found := parse_date(value, "metadata")):
            return found
    for element in (element for tag in _DATED for element in parts[tag]):
        names = ("datetime", "content", "title")
        words = next(filter(None, map(element.getattr, names)), "")
        if found := parse_date(words, "metadata"):
            return found
    return None


def _updated(linked: Mapping[str, object], tags: Mapping[str, str]) -> str | None:
    for value in (_text(linked.get("dateModified")), *(tags.get(name) for name in _UPDATED)):
        if value and (found := parse_date(value, "metadata")):
            return found.value
    return None


def _lang(roots: list[ElementNode], tags: Mapping[str, str]) -> str | None:
    stated = roots[0].getattr("lang") if roots else None
    return stated or tags.get("og:locale") or tags.get("content-language")


def _linked(scripts: list[ElementNode]) -> Mapping[str, object]:
    """Return the JSON-LD object of the article, empty when there is none."""
    for script in scripts:
        for found in _objects(_decoded(_COMMENT.sub("", script.text or "").strip())):
            kinds = found.get("@type")
            names = kinds if isinstance(kinds, list) else [kinds]
            has_article = any(isinstance(n, str) and _ARTICLE.search(n) for n in names)
            if has_article and ("headline" in found or "datePublished" in found):
                return found
    return {}


def _decoded(raw: str) -> object:
    """Return what a JSON-LD block holds; None where it is no JSON even without stray commas.

    Browsers never read these blocks, so sites leave commas and line breaks in that JSON forbids.
    """
    try:
        return json.loads(raw, strict=False)
    except ValueError:
        pass
    try:
        return json.loads(_STRAY_COMMA.sub(r"\1", raw), strict=False)
    except ValueError:
        return None


def _objects(parsed: object, depth: int = 0) -> Iterator[Mapping[str, object]]:
    if depth > 4:
        return
    if isinstance(parsed, dict):
        yield parsed
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _objects(parsed.get(key), depth + 1)
    elif isinstance(parsed, list):
        for part in parsed:
            yield from _objects(part, depth + 1)


def _tags(metas: list[ElementNode]) -> Mapping[str, str]:
    """Return meta tags by lower-case name; the first of a name holds."""
    found: dict[str, str] = {}
    for meta in metas:
        content = (meta.getattr("content") or "").strip()
        if not content:
            continue
        for key in ("property", "name", "itemprop", "http-equiv"):
            if name := meta.getattr(key):
                found.setdefault(name.strip().lower(), content)
    return found


def _first(tags: Mapping[str, str], names: tuple[str, ...]) -> str | None:
    return next((" ".join(tags[name].split()) for name in names if name in tags), None)


def _text(value: object) -> str | None:
    if isinstance(value, list):
        return next((text for part in value if (text := _text(part))), None)
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _name(value: object) -> str | None:
    if isinstance(value, dict):
        return _text(value.get("name"))
    if isinstance(value, list):
        return ", ".join(name for part in value if (name := _name(part))) or None
    return _text(value)


def _heading(parts: Mapping[str, list[ElementNode]]) -> str | None:
    headings = [heading for h in parts["h1"] if (heading := _words(h))]
    headings = [h for h in headings if len(h) <= _LONGEST_TITLE]
    if len(headings) == 1:
        return headings[0]
    return next(map(_words, parts["title"]), "") or None


def _words(element: ElementNode) -> str:
    return " ".join((element.text or "").split())


def _clean_title(title: str | None, outlet: str | None) -> str | None:
    """Return a title without the site's name at its end."""
    if not title:
        return None
    match = _SUFFIX.search(title)
    if match and (_is_site(match.group(1), outlet) or "|" in match.group()):
        title = title[: match.start()]
    return title[:_LONGEST_TITLE].strip() or None


def _is_site(words: str, outlet: str | None) -> bool:
    squeezed = re.sub(r"\W", "", words).casefold()
    name = re.sub(r"\W", "", outlet or "").casefold()
    return bool(squeezed and name) and (squeezed in name or name in squeezed)


def _canonical(links: list[ElementNode]) -> str | None:
    addresses = (str(link.getattr("href") or "") for link in links)
    return next((address for address in addresses if _ADDRESS.match(address)), None)
