"""Homes, shelters and clinics: outputs show the city they stand in, and nothing nearer."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from tocsin.model import Where

# Words for places where somebody lives, hides or is treated, with what an output says instead.
_KINDS = {
    "shelter": r"shelters?|refuges?|safe[ -]?houses?|hostels?|asylum cent(?:er|re)s?|orphanages?",
    "clinic": r"clinics?|rehab\w*|hospices?|midwif\w*",
    "home": r"homes?|residences?|apartments?|flats?|houses?|bungalows?|trailers?|dorm\w*|condos?",
}
_OF_KIND = {label: re.compile(rf"\b(?:{words})\b", re.I) for label, words in _KINDS.items()}
# Houses that nobody lives in as a private person, and homes that are businesses.
_PUBLIC = re.compile(
    r"\b(?:white|opera|state|government|upper|lower|full|custom|guild|parliament|coffee|steak|"
    r"waffle|ale|public|blue|elysee|statehouse)[ -]houses?\b|\bhouses? of\b|\bhome (?:depot|office|"
    r"secretary|affairs|team|game)\b|\bfuneral home|\bhome ?town\b|\bhouse (?:speaker|committee)",
    re.I,
)
_CITY_KM = 10.0  # what a blurred point stands for at least, as an average city does
_DECIMALS = 1  # of a degree: eleven kilometres
_FINE = ("site", "neighbourhood")
_WORD = re.compile(r"\w+")
_LEADING = frozenset(
    ("a", "an", "the", "her", "his", "its", "their", "our", "my", "at", "in", "near", "this")
)


def kind_of(where: Where) -> str | None:
    """Return home, shelter or clinic when a place is one."""
    for words in (where.words, where.name or ""):
        if _PUBLIC.search(words):
            continue
        for label, pattern in _OF_KIND.items():
            if pattern.search(words):
                return label
    return None


def blurred(where: Where) -> Where:
    """Return a private place as the city it stands in; any other place as it is."""
    label = kind_of(where)
    if label is None:
        return where
    fine = where.precision in _FINE
    return msgspec.structs.replace(
        where,
        words=f"[{label}]",
        name=where.city if fine or _says_kind(where.name or "") else where.name,
        place=None if fine else where.place,
        lat=_rounded(where.lat) if fine else where.lat,
        lon=_rounded(where.lon) if fine else where.lon,
        radius_km=max(_CITY_KM, where.radius_km or 0) if where.lat is not None else None,
        precision="city" if fine else where.precision,
        runners_up=(),
    )


def exact_words(where: Where) -> Iterator[tuple[str, str]]:
    """Yield the words that lead to a private place, with what stands for it.

    "Her home in Kenosha" leads nowhere; a street, a number or the name of a shelter does. The name
    of a quarter in which a home stands is no private place itself.
    """
    label = kind_of(where)
    if label is None:
        return
    if _is_exact(where.words, where):
        yield where.words, label
    if where.name and where.name != where.words and _says_kind(where.name):
        yield where.name, label


def pattern(words: str) -> str:
    """Return what finds these words in a text or an address, however they are spaced."""
    apart = r"(?:[\W_]|%20)+"
    return rf"(?<!\w)(?i:{apart.join(_WORD.findall(words))})(?!\w)"


def _is_exact(words: str, where: Where) -> bool:
    """Tell whether words hold a name or number beyond the city and what lies around it."""
    around = " ".join(p for p in (where.city, where.admin1, where.admin2, where.country) if p)
    known = {word.casefold() for word in _WORD.findall(around)} | _LEADING
    rest = [word for word in _WORD.findall(words) if word.casefold() not in known]
    return any(_says_more(word) for word in rest)


def _says_more(word: str) -> bool:
    return (word[:1].isupper() or word[:1].isdigit()) and not _says_kind(word)


def _says_kind(words: str) -> bool:
    return any(pattern.search(words) for pattern in _OF_KIND.values())


def _rounded(degrees: float | None) -> float | None:
    return None if degrees is None else round(degrees, _DECIMALS)
