"""Small worlds of hand-built reports and accounts for linking tests."""

from __future__ import annotations

from tocsin.ids import digest
from tocsin.model import (
    Account,
    Attribution,
    Claim,
    Count,
    Decision,
    Evidence,
    Kind,
    Published,
    Report,
    Value,
    Victim,
    When,
    Where,
)
from tocsin.terms import SpeakerKind, Verb

PLACES = {
    "Dayton": (39.76, -84.19, "Ohio"),
    "Toledo": (41.66, -83.56, "Ohio"),
    "Porto": (41.15, -8.61, "Porto"),
}


def where(town: str) -> Where:
    lat, lon, admin1 = PLACES[town]
    return Where(
        words=town, name=town, place=f"p-{town}", lat=lat, lon=lon, city=town, admin1=admin1,
        country="US", precision="city", radius_km=8.0,
    )  # fmt: skip


def night(day: str) -> When:
    return When(words="that night", start=f"{day}T20:00", end=f"{day}T23:59", night_of=day)


def report(name: str, text: str, day: str | None = None, **more: str) -> Report:
    return Report(
        id=name, text=text, text_digest=digest(text), raw_digest=digest(text), lang="en",
        published=Published(value=day, basis="stated", precision="day") if day else None,
        agency=more.get("agency"), byline=more.get("byline"),
    )  # fmt: skip


def claim(
    account: str,
    report_id: str,
    slot: str,
    value: Value,
    *,
    speaker: str | None = None,
    speaker_kind: SpeakerKind = "outlet",
) -> Claim:
    quote = value.words
    evidence = Evidence(report=report_id, text_digest="", start=0, end=len(quote), quote=quote)
    return Claim(
        id=f"c-{account}-{slot}-{quote}", slot=slot, value=value, evidence=(evidence,),
        attribution=Attribution(speaker=speaker, speaker_kind=speaker_kind),
        reading_confidence=0.9, coder="test",
    )  # fmt: skip


def account(
    name: str,
    report_id: str,
    kind: str = "demonstration",
    *,
    town: str | None = "Dayton",
    day: str | None = "2022-09-18",
    victim: str | None = None,
    killed: int | None = None,
    published: str | None = None,
    when: When | None = None,
    place: Where | None = None,
) -> Account:
    values: list[tuple[str, Value]] = [("kind", Kind(name=kind, words=kind))]
    if when or day:
        values.append(("when", when or night(day or "")))
    if place or town:
        values.append(("where", place or where(town or "")))
    if victim:
        values.append(("victim", Victim(words=victim, name=victim)))
    if killed is not None:
        words = f"{killed} dead"
        values.append(("killed", Count(what="killed", words=words, low=killed, high=killed)))
    return Account(
        id=name, report=report_id, kind=kind, status="new",
        anchor=Evidence(report=report_id, text_digest="", start=0, end=4, quote=kind),
        claims=tuple(claim(name, report_id, slot, value) for slot, value in values),
        published=published,
    )  # fmt: skip


def decision(
    seq: int, verb: Verb, *about: str, slot: str | None = None, value: str | None = None
) -> Decision:
    return Decision(
        seq=seq,
        at=f"2022-10-0{seq}",
        by="ana",
        verb=verb,
        about=about,
        prev="",
        slot=slot,
        value=value,
    )
