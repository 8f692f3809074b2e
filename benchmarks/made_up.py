"""Made-up reports, accounts and incidents, plausible in shape, for tests and figures of scale.

Nothing here happened: outlets, people and events are invented; the cities are real, so that a map
of them looks like one.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from tocsin import ids
from tocsin.model import (
    Account,
    Act,
    Actor,
    Attribution,
    ChainLink,
    Change,
    Claim,
    Condition,
    Count,
    Cut,
    Entry,
    Evidence,
    Incident,
    Kind,
    Measure,
    Outlet,
    Published,
    Reading,
    Report,
    Statement,
    Value,
    Victim,
    When,
    Where,
)
from tocsin.terms import Certainty, SpeakerKind

CITIES = (
    ("Tulsa", "Oklahoma", "US", 36.15, -95.99),
    ("Toledo", "Ohio", "US", 41.66, -83.56),
    ("Fresno", "California", "US", 36.75, -119.77),
    ("Mobile", "Alabama", "US", 30.69, -88.04),
    ("Spokane", "Washington", "US", 47.66, -117.43),
    ("Duluth", "Minnesota", "US", 46.78, -92.11),
    ("Albany", "New York", "US", 42.65, -73.76),
    ("Macon", "Georgia", "US", 32.84, -83.63),
    ("Laredo", "Texas", "US", 27.51, -99.51),
    ("Racine", "Wisconsin", "US", 42.73, -87.78),
    ("Lille", "Hauts-de-France", "FR", 50.63, 3.06),
    ("Leeds", "England", "GB", 53.8, -1.55),
    ("Gdańsk", "Pomerania", "PL", 54.35, 18.65),
    ("Izmir", "İzmir", "TR", 38.42, 27.14),
    ("Kisumu", "Kisumu", "KE", -0.1, 34.75),
    ("Kano", "Kano", "NG", 12.0, 8.52),
    ("Durban", "KwaZulu-Natal", "ZA", -29.86, 31.02),
    ("Sfax", "Sfax", "TN", 34.74, 10.76),
    ("Mosul", "Nineveh", "IQ", 36.34, 43.13),
    ("Quetta", "Balochistan", "PK", 30.18, 67.0),
    ("Nagpur", "Maharashtra", "IN", 21.15, 79.09),
    ("Cebu", "Central Visayas", "PH", 10.32, 123.9),
    ("Osaka", "Osaka", "JP", 34.69, 135.5),
    ("Rosario", "Santa Fe", "AR", -32.95, -60.64),
    ("Arequipa", "Arequipa", "PE", -16.4, -71.54),
    ("Recife", "Pernambuco", "BR", -8.05, -34.88),
    ("Puebla", "Puebla", "MX", 19.04, -98.2),
    ("Suva", "Central", "FJ", -18.14, 178.44),
)
OUTLETS = (
    ("Harbour Ledger", "local"),
    ("The Plain Courier", "local"),
    ("North Valley Post", "local"),
    ("Meridian News", "national"),
    ("Channel Nine Daily", "national"),
    ("Corvid Agency", "agency"),
    ("Delta Observer", "local"),
    ("Open Square Monitor", "ngo"),
    ("City Gazette", "local"),
)
KINDS = (
    ("demonstration", 30),
    ("police_shooting", 8),
    ("armed_attack", 12),
    ("curfew", 6),
    ("arrest", 9),
    ("statement", 12),
    ("mob_violence", 4),
    ("bombing", 4),
    ("deployment", 4),
    ("property_destruction", 4),
    ("closure", 3),
    ("labour_strike", 4),
)
FIRST_NAMES = ("Mara", "Tobin", "Ines", "Dario", "Ruth", "Samir")
SYLLABLES = ("bel", "cor", "dan", "fen", "gar", "hol", "kin", "lum", "mar", "nor", "ves", "wyn")
SPEAKERS: tuple[tuple[str, SpeakerKind], ...] = (
    ("the police department", "police"),
    ("the mayor's office", "official"),
    ("a witness", "witness"),
    ("organisers", "organiser"),
    ("the county prosecutor", "prosecutor"),
    ("the hospital", "medic"),
    ("the family's lawyer", "lawyer"),
)
_CERTAINTIES: tuple[Certainty, ...] = (
    "asserted",
    "asserted",
    "asserted",
    "alleged",
    "alleged",
    "denied",
)
_FIRST_DAY = date(2020, 1, 1)
_CODER = "made-up-1"
HOSTILE = "<script>alert(1)</script> \u202e evil \u202c \x00 <b onmouseover=alert(2)>bold</b>"


@dataclass
class World:
    """Reports, accounts and incidents that belong together."""

    reports: list[Report] = field(default_factory=list)
    accounts: list[Account] = field(default_factory=list)
    incidents: list[Incident] = field(default_factory=list)


@dataclass
class _Text:
    """A report's text as it grows, with the place of each piece."""

    words: str = ""

    def add(self, before: str, piece: str, after: str) -> tuple[int, int]:
        start = len(self.words) + len(before)
        self.words += before + piece + after
        return start, start + len(piece)


def world(size: int, *, seed: int = 7, first: int = 0, rich: bool = True) -> World:
    """Make `size` incidents; rich ones have several reports, differing figures and links."""
    made = World()
    for number in range(first, first + size):
        _Maker(number, random.Random(f"{seed}-{number}"), rich).add_to(made)
    return made


def chunks(size: int, *, chunk: int = 5_000) -> Iterator[World]:
    """Yield a big world in pieces, most incidents told by one report."""
    for first in range(0, size, chunk):
        yield world(min(chunk, size - first), first=first, rich=False)


class _Maker:
    """Makes one incident with its reports."""

    def __init__(self, number: int, rng: random.Random, rich: bool) -> None:
        self.number, self.rng, self.rich = number, rng, rich
        names, weights = zip(*KINDS, strict=True)
        self.kind = rng.choices(names, weights)[0]
        self.city = rng.choice(CITIES)
        span = 1_500 if not rich else 90
        self.day = _FIRST_DAY + timedelta(days=int(span * rng.random() ** 0.7))
        self.tellings = rng.choice((1, 2, 3, 4, 5)) if rich else rng.choice((1, 1, 1, 1, 2))
        self.killed = rng.choice((1, 1, 2, 3, 12)) if self.kind in _DEADLY else None
        self.crowd = rng.choice((40, 200, 3_000)) if self.kind in _CROWDED else None
        self.name = _name(number, rng)
        self.outlets = rng.sample(OUTLETS, self.tellings)

    def add_to(self, made: World) -> None:
        told = [self._telling(i) for i in range(self.tellings)]
        made.reports += [report for report, _ in told]
        accounts = [account for _, account in told]
        made.accounts += accounts
        made.incidents.append(self._incident(accounts, made.incidents))

    def _telling(self, i: int) -> tuple[Report, Account]:
        outlet, outlet_kind = self.outlets[i]
        rng, text = self.rng, _Text()
        city, admin1, *_ = self.city
        label = self.kind.replace("_", " ")
        raw = ids.digest(f"made-up {self.number} {i}")
        address = f"https://{outlet.lower().replace(' ', '-')}.example/{self.number}-{i}"
        report = ids.report_id(outlet=outlet, url=address, raw_digest=raw)
        speaker, speaker_kind = rng.choice(SPEAKERS)
        certainty = rng.choice(_CERTAINTIES)
        spoken = Attribution(speaker=speaker, speaker_kind=speaker_kind, certainty=certainty)
        plain = Attribution()
        pieces: list[tuple[str, Value, tuple[int, int], Attribution]] = []

        def say(slot: str, value: Value, span: tuple[int, int], who: Attribution = plain) -> None:
            pieces.append((slot, value, span, who))

        at = text.add("A ", label, " was reported in ")
        say("kind", Kind(name=self.kind, words=label), at, spoken)
        at = text.add("", city, f", {admin1}, ")
        say("where", _where(self.city), at)
        at = text.add("on ", f"{self.day:%A} night", f", {speaker} said.\n\n")
        say("when", _when(self.day, f"{self.day:%A} night"), at)
        if self.crowd:
            low = self.crowd * rng.choice((1, 1, 2))
            at = text.add("About ", f"{low} people", " had gathered near the town hall. ")
            say(
                "present",
                Count(what="present", words=f"{low} people", low=low, high=low),
                at,
                spoken,
            )
            at = text.add("Some of them ", "set two bins on fire", ", and ")
            say("act", Act(what="arson", words="set two bins on fire", actor="the crowd"), at)
            at = text.add("officers ", "used tear gas", " after dark.\n\n")
            say("act", Act(what="tear_gas", words="used tear gas", actor="officers"), at, spoken)
        if self.killed:
            low = self.killed + rng.choice((0, 0, 1))
            at = text.add("At least ", f"{low} killed", f", {speaker} said. ")
            say("killed", Count(what="killed", words=f"{low} killed", low=low), at, spoken)
            at = text.add(
                "One of the dead was ", self.name, ", 34, who was in a serious state first.\n\n"
            )
            say("victim", _victim(self.name, self.day, rng), at)
        if self.kind in _MEASURES:
            at = text.add(
                "The ", f"{label} from 9 p.m. to 6 a.m.", " holds for the whole city.\n\n"
            )
            say("measure", _measure(self.kind, label, self.day), at, spoken)
        at = text.add("It began after ", "a dispute over a broken lease", ".\n\n")
        say("cause", _text("a dispute over a broken lease"), at)
        if self.rich:
            at = text.add("", _spoken(i, speaker), ".\n\n")
            words = text.words[slice(*at)]
            say("statement", Statement(words=words, form="direct"), at, spoken)
        if self.number % 50 == 13:
            text.add("A reader wrote: ", HOSTILE, "\n\n")
        cut = text.add("", "Read also: what to do this weekend", "\n")
        digest = ids.digest(text.words)
        account_id = ids.account_id(report, self.kind, label)
        claims = tuple(
            Claim(
                id=ids.claim_id(account_id, slot, text.words[start:end], start),
                slot=slot,
                value=value,
                evidence=(_evidence(report, digest, text.words, start, end),),
                attribution=who,
                reading_confidence=round(0.6 + 0.4 * rng.random(), 2),
                coder=_CODER,
            )
            for slot, value, (start, end), who in pieces
        )
        published = f"{self.day + timedelta(days=1)}T0{i}:30:00+00:00"
        return (
            Report(
                id=report,
                text=text.words,
                text_digest=digest,
                raw_digest=raw,
                url=address,
                outlet=Outlet(id=ids.short_id("o", outlet), name=outlet, kind=outlet_kind),  # type: ignore[arg-type]
                title=f"{label.capitalize()} in {city} leaves questions",
                cuts=(Cut(start=cut[0], end=cut[1], reason="read_also"),),
                lang="en",
                published=Published(value=published, basis="metadata", precision="minute"),
                agency="Corvid Agency" if i and self.number % 3 == 0 else None,
            ),
            Account(
                id=account_id,
                report=report,
                kind=self.kind,
                status="new",
                anchor=claims[0].evidence[0],
                claims=claims,
                published=published,
            ),
        )

    def _incident(self, accounts: list[Account], before: list[Incident]) -> Incident:
        identifier = ids.incident_id(accounts[0].id)
        slots: dict[str, list[Claim]] = {}
        for account in accounts:
            for claim in account.claims:
                slots.setdefault(claim.slot, []).append(claim)
        entries = {slot: tuple(_entries(claims)) for slot, claims in slots.items()}
        origins = max(1, len(accounts) - (1 if self.number % 3 == 0 else 0))
        links: tuple[ChainLink, ...] = ()
        if before and self.rng.random() < 0.5:
            target = before[-1].id
            links = (
                ChainLink(
                    source=identifier, target=target, relation="set_off_by", basis="inferred"
                ),
            )
        history = (
            (
                Change(
                    slot="killed",
                    before="1 killed",
                    after=f"{self.killed} killed",
                    at=accounts[-1].published,
                    report=accounts[-1].report,
                ),
            )
            if self.killed and len(accounts) > 1
            else ()
        )
        return Incident(
            id=identifier,
            kind=self.kind,
            accounts=tuple(a.id for a in accounts),
            slots=entries,
            reports=len(accounts),
            origins=origins,
            links=links,
            history=history,
        )


def _name(number: int, rng: random.Random) -> str:
    """Return a name that nobody else in this world has."""
    surname = ""
    left = number + len(SYLLABLES)
    while left:
        left, place = divmod(left, len(SYLLABLES))
        surname += SYLLABLES[place]
    return f"{rng.choice(FIRST_NAMES)} {surname.capitalize()}"


def _spoken(i: int, speaker: str) -> str:
    """Return one thing said as one of several outlets cuts it."""
    whole = "We will keep the road shut until the last family is home"
    rest = "and nobody will be asked to pay for it"
    return (
        f"“{whole}, {rest},” {speaker} said",
        f"“until the last family is home,” {speaker} said",
        f"“{whole},” {speaker} said, “and then we will talk about money.”",
    )[i % 3]


def _entries(claims: list[Claim]) -> Iterator[Entry]:
    """Fuse claims of one slot: acts stand side by side, other slots show the most given value."""
    if claims[0].slot == "act":
        for what in dict.fromkeys(c.value.what for c in claims if isinstance(c.value, Act)):
            same = [c for c in claims if isinstance(c.value, Act) and c.value.what == what]
            yield Entry(shown=_reading(same), why="one act")
        return
    by_words: dict[str, list[Claim]] = {}
    for claim in claims:
        by_words.setdefault(claim.evidence[0].quote, []).append(claim)
    first, *others = sorted(by_words.values(), key=lambda found: -len(found))
    yield Entry(
        shown=_reading(first), others=tuple(_reading(o) for o in others), why="given most often"
    )


def _reading(claims: list[Claim]) -> Reading:
    speakers = dict.fromkeys(c.attribution.speaker for c in claims if c.attribution.speaker)
    return Reading(
        value=claims[0].value,
        certainty=claims[0].attribution.certainty,
        claims=tuple(c.id for c in claims),
        reports=len(claims),
        origins=max(1, len(claims) - 1),
        speakers=tuple(speakers),
        as_of=None,
    )


def _where(city: tuple[str, str, str, float, float]) -> Where:
    name, admin1, country, lat, lon = city
    return Where(
        words=name,
        name=name,
        place=name.lower(),
        lat=lat,
        lon=lon,
        city=name,
        admin1=admin1,
        country=country,
        precision="city",
        radius_km=8.0,
    )


def _when(day: date, words: str) -> When:
    return When(
        words=words,
        start=f"{day}T18:00:00+00:00",
        end=f"{day + timedelta(days=1)}T06:00:00+00:00",
        precision="daypart",
        night_of=str(day),
    )


def _victim(name: str, day: date, rng: random.Random) -> Victim:
    states = ("serious", "critical", "died")[: rng.choice((1, 2, 3))]
    return Victim(
        words=name,
        name=name,
        age=rng.choice((9, 34, 34, 51)),
        conditions=tuple(
            Condition(state=state, words=state, when=_when(day + timedelta(days=i * 2), "then"))
            for i, state in enumerate(states)
        ),
    )


def _measure(kind: str, words: str, day: date) -> Measure:
    return Measure(
        what=kind,
        words=words,
        issuer=Actor(words="the county", role="issuer", name="the county"),
        area="the whole city",
        binding=True,
        state="announced",
        effective=_when(day, "9 p.m."),
        reason="unrest",
    )


def _text(words: str) -> Value:
    from tocsin.model import Text

    return Text(words=words)


def _evidence(report: str, digest: str, text: str, start: int, end: int) -> Evidence:
    return Evidence(report=report, text_digest=digest, start=start, end=end, quote=text[start:end])


_DEADLY = {"police_shooting", "armed_attack", "bombing"}
_CROWDED = {"demonstration", "mob_violence"}
_MEASURES = {"curfew", "closure", "deployment"}
