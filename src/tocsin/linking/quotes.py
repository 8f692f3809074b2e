"""Quotations of one incident: one quote with all its places, however each report cut it.

Pure: claims and reports come in, quotes go out. Where the document that a speaker put out is among
the reports, what it lacks of their quote is named.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from tocsin.linking.names import is_same_person
from tocsin.model import Account, Claim, Part, Report, Statement

_MARKED = re.compile(r"[“\"]([^“”\"]+)[”\"]?")
_OPENING, _CLOSING = '“"', '”"'
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
# Words a writer put in or left out of a quotation.
_ALTERED = re.compile(r"\[[^\]]*\]|\([^)]*\)|…|\.{3}")
_RUN = 3
# Two cuts of one quote share at least this part of the shorter one's runs of three words.
_SHARED = 0.5
# Fewer words than this may be anybody's: they must stand in the other one as they are.
_SHORT = 5
_ISSUERS = ("official", "ngo")
_STATE_SITE = re.compile(r"\.(?:gov|mil|gob|gouv|govt)(?:\.[a-z]{2})?$")


class Place(Part, frozen=True, kw_only=True):
    """Where a quote stands: a report's span, with its pieces as that report gives them."""

    report: str
    start: int
    end: int
    pieces: tuple[str, ...]
    published: str | None = None


class Quote(Part, frozen=True, kw_only=True):
    """One thing said in direct speech; `lacking` is what the speaker's own document has not."""

    text: str
    places: tuple[Place, ...]
    speaker: str | None = None
    position: str | None = None
    date: str | None = None
    document: str | None = None
    lacking: tuple[str, ...] = ()


def quotes(
    accounts: Iterable[Account],
    reports: Mapping[str, Report],
    documents: Mapping[str, Report] | None = None,
) -> tuple[Quote, ...]:
    """Return the quotes of an incident's accounts, the earliest first.

    `documents` are texts beside the incident's own reports that a speaker may have put out.
    """
    groups: list[list[tuple[Claim, Place]]] = []
    for claim, place in sorted(_direct(accounts, reports), key=_order):
        home = next((g for g in groups if any(_is_one(claim, place, *told) for told in g)), None)
        if home is None:
            groups.append([(claim, place)])
        elif place not in [known for _, known in home]:
            home.append((claim, place))
    found = [_quote(group) for group in groups]
    near = [report for report in reports.values() if is_issued(report)]
    far = [report for report in (documents or {}).values() if report.id not in reports]
    return tuple(_against(quote, found, near, far) for quote in found)


def masked(quote: Quote, mask: Callable[[str], str]) -> Quote:
    """Return a quote with every word of a report put through a mask."""

    def shown(words: str | None) -> str | None:
        return mask(words) if words is not None else None

    places = (replace(p, pieces=tuple(map(mask, p.pieces))) for p in quote.places)
    return replace(
        quote,
        text=mask(quote.text),
        speaker=shown(quote.speaker),
        position=shown(quote.position),
        places=tuple(places),
        lacking=tuple(map(mask, quote.lacking)),
    )


def _order(told: tuple[Claim, Place]) -> tuple[str, str, int, int]:
    """Longer cuts of one day first, so that shorter ones find them."""
    place = told[1]
    return (place.published or "9", place.report, place.start, -place.end)


def _direct(
    accounts: Iterable[Account], reports: Mapping[str, Report]
) -> Iterator[tuple[Claim, Place]]:
    seen: set[tuple[str, int, int]] = set()
    for account in accounts:
        report = reports.get(account.report)
        for claim in account.claims:
            value, evidence = claim.value, claim.evidence[0]
            key = (account.report, evidence.start, evidence.end)
            if not isinstance(value, Statement) or value.form == "paraphrased" or key in seen:
                continue
            pieces = _pieces(report.text if report else "", evidence.start, evidence.end)
            if pieces:
                seen.add(key)
                yield (
                    claim,
                    Place(
                        report=account.report,
                        start=evidence.start,
                        end=evidence.end,
                        pieces=pieces,
                        published=account.published,
                    ),
                )


def _pieces(text: str, start: int, end: int) -> tuple[str, ...]:
    """The words between quotation marks at a span, whose marks may stand just outside it.

    The comma before "he said" is the outlet's.
    """
    start -= start > 0 and text[start - 1] in _OPENING
    end += end < len(text) and text[end] in _CLOSING
    marked = (" ".join(match.group(1).split()) for match in _MARKED.finditer(text[start:end]))
    return tuple(piece.rstrip(" ,") for piece in marked if _WORD.search(piece))


def _is_one(claim: Claim, place: Place, other_claim: Claim, other: Place) -> bool:
    """Whether two places give one quote: no two different names, and one's words in the other's."""
    names = [_name(c) for c in (claim, other_claim)]
    if all(names) and not is_same_person(*names):
        return False
    if place.report == other.report and place.end > other.start and other.end > place.start:
        return True
    small, large = sorted((_words(place), _words(other)), key=len)
    if len(small) < _SHORT:
        return bool(small) and " ".join(small) in " ".join(large) and all(names)
    runs = _runs(small)
    return len(runs & _runs(large)) >= _SHARED * len(runs)


def _name(claim: Claim) -> str:
    """The speaker's name; a role ("the mayor") may be anybody with that role."""
    speaker = claim.attribution.speaker or ""
    return speaker if speaker[:1].isupper() else ""


def _words(place: Place) -> list[str]:
    return _plain_words(" ".join(place.pieces))


def _plain_words(text: str) -> list[str]:
    plain_text = _ALTERED.sub(" ", text).casefold().replace("’", "'")
    return _WORD.findall(plain_text)


def _runs(words: Sequence[str]) -> set[tuple[str, ...]]:
    return {tuple(words[i : i + _RUN]) for i in range(len(words) - _RUN + 1)}


def _quote(group: Sequence[tuple[Claim, Place]]) -> Quote:
    fullest = max((place for _, place in group), key=lambda p: len(_words(p)))
    named = [claim.attribution for claim, _ in group if claim.attribution.speaker]
    names = [said.speaker for said in named if said.speaker]
    positions = [said.position for said in named if said.position]
    days = [place.published[:10] for _, place in group if place.published]
    return Quote(
        text=" … ".join(fullest.pieces),
        places=tuple(place for _, place in group),
        speaker=max(names, key=lambda n: (n[:1].isupper(), len(n)), default=None),
        position=max(positions, key=len, default=None),
        date=min(days, default=None),
    )


def is_quoting(accounts: Iterable[Account]) -> bool:
    """Tell whether an incident has direct speech that a document may be held against."""
    values = (claim.value for account in accounts for claim in account.claims)
    return any(isinstance(v, Statement) and v.form != "paraphrased" for v in values)


def _against(
    quote: Quote, others: Sequence[Quote], near: Sequence[Report], far: Sequence[Report]
) -> Quote:
    """The quote marked with what its speaker's own document lacks of it."""
    document = _document(quote, others, near, far)
    if document is None:
        return quote
    held = " ".join(_plain_words(document.text))
    pieces = dict.fromkeys(p for place in quote.places for p in place.pieces)
    lacking = [p for p in pieces if not all(part in held for part in _parts(p))]
    return replace(quote, document=document.id, lacking=tuple(lacking))


def _parts(piece: str) -> list[str]:
    """The plain words of a piece between what a writer left out of it."""
    parts = (" ".join(_plain_words(part)) for part in _ALTERED.split(piece))
    return [part for part in parts if part]


def _document(
    quote: Quote, others: Sequence[Quote], near: Sequence[Report], far: Sequence[Report]
) -> Report | None:
    """The text that the speaker's body put out: one with some of this speaker's words.

    One that tells nothing of the incident must hold most of one of their quotes.
    """
    said = [quote, *(q for q in others if q.speaker is not None and q.speaker == quote.speaker)]
    told = [_runs(_words(place)) for q in said for place in q.places]
    for report in sorted(near, key=lambda r: r.id):
        if set().union(*told) & _runs(_plain_words(report.text)):
            return report
    for report in sorted(far, key=lambda r: r.id):
        held = _runs(_plain_words(report.text))
        if any(len(runs) > _SHORT and len(runs & held) >= _SHARED * len(runs) for runs in told):
            return report
    return None


def is_issued(report: Report) -> bool:
    """Whether a text comes from the body itself: an outlet of that kind, or a state's own site."""
    outlet = report.outlet
    if outlet is None:
        return False
    return outlet.kind in _ISSUERS or _STATE_SITE.search(outlet.domain or "") is not None
