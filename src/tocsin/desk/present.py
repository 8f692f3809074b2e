"""An incident as its page shows it: every value with certainty, speaker, origins and words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tocsin import describe, shown
from tocsin.desk import words
from tocsin.desk.passages import Piece, sentence
from tocsin.masking import Mask
from tocsin.model import (
    Account,
    Act,
    Claim,
    Condition,
    Count,
    Entry,
    Kind,
    Measure,
    Reading,
    Report,
    Text,
    Value,
    When,
    Where,
)
from tocsin.ontology import Ontology
from tocsin.store.released import Telling

CASUALTIES = ("killed", "injured")
_FIRST = ("kind", "when", "where", "killed", "injured", "detained", "present", "victim")
_FIRST_WORDS = 9
_LINE_START, _LINE_END = 8, 560  # pixels between which the line of days runs
_SHOWN_APART = ("act", "measure", "statement")


@dataclass(frozen=True)
class Words:
    """The words behind a value in one report."""

    claim: str
    report: str
    outlet: str
    published: str
    speaker: str
    certainty: str
    via: str | None
    pieces: tuple[Piece, ...]
    confidence: float


@dataclass(frozen=True)
class Given:
    """One value as some reports give it."""

    value: str
    certainty: str
    speakers: tuple[str, ...]
    reports: int
    origins: int
    as_of: str | None
    firm: bool
    words: tuple[Words, ...]

    @property
    def outlets(self) -> tuple[str, ...]:
        """Who published it."""
        return tuple(dict.fromkeys(found.outlet for found in self.words))


@dataclass(frozen=True)
class Slot:
    """One field of an incident: the value shown, those that differ, and why."""

    key: str
    slot: str
    label: str
    shown: Given
    others: tuple[Given, ...]
    differs: bool
    why: str


@dataclass(frozen=True)
class Step:
    """One state of a victim on the line of days; `x` is its place in pixels, if it has a day."""

    state: str
    when: str
    x: float | None


@dataclass(frozen=True)
class Course:
    """What became of one victim."""

    name: str
    steps: tuple[Step, ...]


class Presenter:
    """Turns one telling into what its page shows."""

    def __init__(self, telling: Telling, ontology: Ontology) -> None:
        self._telling = telling
        self._ontology = ontology
        self.mask: Mask = telling.mask
        self._claims = {c.id: c for account in telling.accounts for c in account.claims}

    def slots(self) -> list[Slot]:
        """Return the fields, most asked for first; acts and measures stand apart."""
        found = self._telling.incident.slots
        order = [s for s in _FIRST if s in found] + [s for s in found if s not in _FIRST]
        return [slot for name in order if name not in _SHOWN_APART for slot in self._slots(name)]

    def acts(self) -> list[Slot]:
        """Return the acts in the order of their clock times, timeless ones last as told."""
        found = [(entry, slot) for entry, slot in self._paired("act")]
        return [slot for _, slot in sorted(found, key=lambda pair: _act_time(pair[0]))]

    def measures(self) -> list[Slot]:
        """Return orders, bans and advice with their windows."""
        return [slot for _, slot in self._paired("measure")]

    def statements(self) -> list[Slot]:
        """Return what was said about it, and by whom."""
        return [slot for _, slot in self._paired("statement")]

    def disagreements(self) -> list[Slot]:
        """Return every field that reports give differently."""
        every = [*self.slots(), *self.acts(), *self.measures(), *self.statements()]
        return [slot for slot in every if slot.differs]

    def courses(self) -> list[Course]:
        """Return the victims of whom a condition is stated, each state on its day."""
        found = []
        for victim in shown.victims(self._telling.incident):
            if victim.conditions:
                name = self.mask.text(victim.name or victim.words)
                found.append(Course(name, tuple(_steps(victim.conditions))))
        return found

    def value(self, value: Value) -> str:
        """Return a value in words, masked; times as a reader writes them."""
        match value:
            case When():
                said = words.when(value) + describe.unstated(value)
            case Kind():
                known = value.name in self._ontology.kinds
                said = self._ontology.label(value.name) if known else words.label(value.name)
            case Count():
                said = describe.figure_in_words(value)
            case Where():
                said = _place(value) + describe.unstated(value)
            case Measure():
                said = _measure(value)
            case Act():
                said = _act(value)
            case Text() if value.code:
                said = f"{words.label(value.code)} (“{value.words}”)"
            case _:
                said = describe.value(value)
        return self.mask.text(said)

    def _slots(self, name: str) -> Iterable[Slot]:
        return (slot for _, slot in self._paired(name))

    def _paired(self, name: str) -> Iterable[tuple[Entry, Slot]]:
        for number, entry in enumerate(self._telling.incident.slots.get(name, ())):
            yield (
                entry,
                Slot(
                    key=f"{name}-{number}",
                    slot=name,
                    label=words.label(name),
                    shown=self._given(name, entry.shown),
                    others=tuple(self._given(name, other) for other in entry.others),
                    differs=shown.differs(entry),
                    why=self.mask.text(entry.why),
                ),
            )

    def _given(self, slot: str, reading: Reading) -> Given:
        claims = [self._claims[c] for c in reading.claims if c in self._claims]
        return Given(
            value=self.value(reading.value),
            certainty=reading.certainty,
            speakers=tuple(self.mask.text(speaker) for speaker in reading.speakers),
            reports=reading.reports,
            origins=reading.origins,
            as_of=words.moment(reading.as_of) if reading.as_of else None,
            firm=slot not in CASUALTIES or reading.origins > 1,
            words=tuple(self.words(claim) for claim in claims),
        )

    def words(self, claim: Claim) -> Words:
        """Return the words behind a claim inside their sentence."""
        evidence = claim.evidence[0]
        report = self._telling.reports.get(evidence.report)
        said = claim.attribution
        return Words(
            claim=claim.id,
            report=evidence.report,
            outlet=outlet_of(report),
            published=words.day(report.published.value)
            if report and report.published
            else "no date",
            speaker=self.mask.text(said.speaker or words.speaker(said.speaker_kind)),
            certainty=said.certainty,
            via=self.mask.text(said.via) if said.via else None,
            pieces=tuple(self._sentence(claim, report)),
            confidence=claim.reading_confidence,
        )

    def _sentence(self, claim: Claim, report: Report | None) -> list[Piece]:
        evidence = claim.evidence[0]
        if report is None or report.text_digest != evidence.text_digest:
            return [Piece(self.mask.text(evidence.quote), ("words",))]
        return sentence(report.text, evidence.start, evidence.end, self.mask)


def outlet_of(report: Report | None) -> str:
    """Return who published a report."""
    return report.outlet.name if report and report.outlet else "outlet not stated"


def by_origin(
    accounts: Iterable[Account], reports: dict[str, Report]
) -> list[tuple[str, list[Report]]]:
    """Return the reports of an incident grouped by what is known of where they come from.

    Reports that name one agency stand together; what an outlet tells on its own stands alone.
    """
    groups: dict[str, list[Report]] = {}
    ids = dict.fromkeys(account.report for account in accounts)
    for report in sorted(filter(None, map(reports.get, ids)), key=_published):
        nobody = report.agency is None and report.outlet is None
        key = report.id if nobody else report.agency or outlet_of(report)
        groups.setdefault(key, []).append(report)
    return [(found[0].agency or outlet_of(found[0]), found) for found in groups.values()]


def _published(report: Report) -> tuple[bool, str, str]:
    value = report.published.value if report.published else ""
    return (not value, value, report.id)


def _act_time(entry: Entry) -> tuple[bool, str]:
    value = entry.shown.value
    start = value.when.start if isinstance(value, Act) and value.when else None
    return (start is None, start or "")


def _place(where: Where) -> str:
    """Return a place with how exact it is, where that is less than its name says."""
    found = describe.town(where)
    if where.precision is None:
        return f"{found} (not found on the map)"
    return found if where.precision == "city" else f"{found} ({words.label(where.precision)})"


def title_of(report: Report) -> str:
    """Return a report's title; one without is called by its first words."""
    first = " ".join(report.text.split(maxsplit=_FIRST_WORDS)[:_FIRST_WORDS])
    return report.title or (f"“{first} …”" if first else "Empty report")


def _act(act: Act) -> str:
    parts = (act.actor, words.label(act.what), act.target)
    return " · ".join(part for part in parts if part)


def _measure(measure: Measure) -> str:
    parts = [words.label(measure.what)]
    parts += [f"by {measure.issuer.name or measure.issuer.words}"] if measure.issuer else []
    parts += [f"in {measure.area}"] if measure.area else []
    parts += [f"from {words.when(measure.effective)}"] if measure.effective else []
    parts += [f"until {words.when(measure.ends)}"] if measure.ends else []
    parts += ["advice, not binding"] if measure.binding is False else []
    parts += [words.label(measure.state)] if measure.state else []
    parts += [f"because of {measure.reason}"] if measure.reason else []
    return ", ".join(parts)


def _steps(conditions: tuple[Condition, ...]) -> Iterable[Step]:
    days = [shown.day(condition.when) for condition in conditions]
    known = sorted({date.fromisoformat(day).toordinal() for day in days if day})
    for condition, day in zip(conditions, days, strict=True):
        x = None
        if day:
            passed = date.fromisoformat(day).toordinal() - known[0]
            spread = max(1, known[-1] - known[0])
            x = _LINE_START + (_LINE_END - _LINE_START) * passed / spread
        yield Step(words.label(condition.state), words.when(condition.when), x)
