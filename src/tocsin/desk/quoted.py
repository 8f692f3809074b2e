"""The quotes of an incident as its page shows them: masked, each with every place it stands in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tocsin.desk import words
from tocsin.desk.present import outlet_of
from tocsin.linking.quotes import Place, Quote, masked, quotes
from tocsin.store.released import Telling

_BETWEEN = " … "


@dataclass(frozen=True)
class Part:
    """Words between quotation marks; `lacking` when the speaker's own document has them not."""

    words: str
    lacking: bool


@dataclass(frozen=True)
class Printed:
    """One place of a quote; `parts` only where it is cut otherwise than the fullest one."""

    report: str
    claim: str
    outlet: str
    published: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Quoted:
    """One quote: its fullest words, who said it, where it stands, and what it is held against."""

    parts: tuple[Part, ...]
    speaker: str | None
    position: str | None
    date: str | None
    places: tuple[Printed, ...]
    document: str | None
    issuer: str | None
    lacks: bool


def quoted(telling: Telling) -> list[Quoted]:
    """Return the quotes of what this desk may show of an incident, the earliest first."""
    claims = {
        (found.report, found.start, found.end): claim.id
        for account in telling.accounts
        for claim in account.claims
        for found in claim.evidence[:1]
    }
    every = quotes(telling.accounts, telling.reports, telling.documents)
    found = (masked(quote, telling.mask.text) for quote in every)
    return [_quoted(quote, telling, claims) for quote in found]


def _quoted(quote: Quote, telling: Telling, claims: dict[tuple[str, int, int], str]) -> Quoted:
    fullest = next((p for p in quote.places if _BETWEEN.join(p.pieces) == quote.text), None)
    pieces = fullest.pieces if fullest else (quote.text,)
    return Quoted(
        parts=tuple(_parts(quote, pieces)),
        speaker=quote.speaker,
        position=quote.position,
        date=words.day(quote.date) if quote.date else None,
        places=tuple(_printed(quote, place, pieces, telling, claims) for place in quote.places),
        document=quote.document,
        issuer=_issuer(quote, telling),
        lacks=bool(quote.lacking),
    )


def _issuer(quote: Quote, telling: Telling) -> str | None:
    if quote.document is None:
        return None
    beside = telling.documents.get(quote.document)
    return outlet_of(telling.reports.get(quote.document, beside))


def _printed(
    quote: Quote,
    place: Place,
    fullest: tuple[str, ...],
    telling: Telling,
    claims: dict[tuple[str, int, int], str],
) -> Printed:
    return Printed(
        report=place.report,
        claim=claims.get((place.report, place.start, place.end), "text"),
        outlet=outlet_of(telling.reports.get(place.report)),
        published=words.day(place.published),
        parts=tuple(_parts(quote, place.pieces)) if place.pieces != fullest else (),
    )


def _parts(quote: Quote, pieces: tuple[str, ...]) -> Iterator[Part]:
    return (Part(piece, piece in quote.lacking) for piece in pieces)
