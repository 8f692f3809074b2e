"""The core types: frozen records that flow from bytes to incidents (docs/model.md).

Offsets are code points of `Report.text`, start inclusive, end exclusive. Times are ISO 8601
strings with the zone's offset, dates are ISO dates. A field that is None was not stated.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from tocsin import terms


class Part(Struct, frozen=True, omit_defaults=True, tag_field="type", tag=False):
    """Base of all records: frozen, and absent fields are not written."""


class Outlet(Part, frozen=True, kw_only=True):
    """Who published a report."""

    id: str
    name: str
    domain: str | None = None
    kind: terms.OutletKind | None = None
    country: str | None = None


class Cut(Part, frozen=True, kw_only=True):
    """A span of a report's text that is page furniture and never becomes a claim."""

    start: int
    end: int
    reason: str


class Published(Part, frozen=True, kw_only=True):
    """When a report was published, and how that is known."""

    value: str
    basis: Literal["stated", "metadata", "url", "capture_bound", "given"]
    precision: terms.TimePrecision


class Acquired(Part, frozen=True, kw_only=True):
    """How the bytes of a report came in."""

    at: str | None = None
    tool: str | None = None
    version: str | None = None
    address: str | None = None
    headers_digest: str | None = None


class RawReport(Part, frozen=True, kw_only=True, tag="raw_report"):
    """Bytes as read (`original`: the file they were taken out of), or a pointer into an archive."""

    content: bytes = b""
    original: bytes | None = None
    source: str
    offset: int | None = None
    length: int | None = None
    media_type: str | None = None
    address: str | None = None
    acquired: Acquired | None = None
    outlet: str | None = None
    title: str | None = None
    byline: str | None = None
    published: Published | None = None
    lang: str | None = None
    handling: terms.Handling = "public"


class Report(Part, frozen=True, kw_only=True, tag="report"):
    """One published text; the coder sees `text` minus `cuts`, and evidence points into `text`."""

    id: str
    text: str
    text_digest: str
    raw_digest: str
    outlet: Outlet | None = None
    url: str | None = None
    title: str | None = None
    byline: str | None = None
    cuts: tuple[Cut, ...] = ()
    lang: str | None = None
    published: Published | None = None
    updated: str | None = None
    dateline: str | None = None
    acquired: Acquired | None = None
    handling: terms.Handling = "public"
    agency: str | None = None
    source: str | None = None


class Evidence(Part, frozen=True, kw_only=True):
    """The words behind a value: `quote == text[start:end]` is its checksum."""

    report: str
    text_digest: str
    start: int
    end: int
    quote: str


class When(Part, frozen=True, kw_only=True, tag="when"):
    """A half-open interval of time as stated; `start` None with words means unresolved."""

    words: str
    start: str | None = None
    end: str | None = None
    zone: str | None = None
    precision: terms.TimePrecision | None = None
    night_of: str | None = None
    relation: Literal["before", "after", "during"] | None = None
    basis: terms.Basis = "stated"


class PlaceOption(Part, frozen=True, kw_only=True):
    """A runner-up of a place choice."""

    place: str
    name: str
    score: float


class Where(Part, frozen=True, kw_only=True, tag="where"):
    """A place as stated, resolved as far as the words allow; the point stands for `radius_km`."""

    words: str
    name: str | None = None
    place: str | None = None
    lat: float | None = None
    lon: float | None = None
    city: str | None = None
    admin1: str | None = None
    admin2: str | None = None
    country: str | None = None
    precision: terms.PlacePrecision | None = None
    radius_km: float | None = None
    zone: str | None = None
    basis: terms.Basis = "stated"
    runners_up: tuple[PlaceOption, ...] = ()


class Count(Part, frozen=True, kw_only=True, tag="count"):
    """A figure as a range; `high` None is an open end; `low` is never invented."""

    what: str
    words: str
    low: int | None = None
    high: int | None = None
    side: terms.Side = "unknown"
    scope: Literal["incident", "day", "since", "area"] = "incident"
    mode: Literal["total", "addition"] = "total"
    as_of: str | None = None


class Actor(Part, frozen=True, kw_only=True, tag="actor"):
    """A person, group or body in a role; `group` is its sector (PLOVER), a minor is under 18."""

    words: str
    role: terms.Role
    name: str | None = None
    id: str | None = None
    group: str | None = None
    agency: str | None = None
    country: str | None = None
    position: str | None = None
    number: Count | None = None
    person: bool = False
    private: bool = False
    minor: bool = False


class Condition(Part, frozen=True, kw_only=True):
    """One dated state of a victim, never overwritten by the next."""

    state: str
    words: str
    when: When | None = None


class Victim(Part, frozen=True, kw_only=True, tag="victim"):
    """Somebody harmed, with what the report states of them."""

    words: str
    name: str | None = None
    conditions: tuple[Condition, ...] = ()
    age: int | None = None
    age_group: str | None = None
    race: str | None = None
    armed: Literal["yes", "no", "disputed"] | None = None
    part: str | None = None


class Measure(Part, frozen=True, kw_only=True, tag="measure"):
    """An order, ban, deployment or public advice, with its window and issuer as stated."""

    what: str
    words: str
    issuer: Actor | None = None
    addressee: str | None = None
    area: str | None = None
    announced: When | None = None
    effective: When | None = None
    ends: When | None = None
    binding: bool | None = None
    reason: str | None = None
    legal_basis: str | None = None
    exceptions: str | None = None
    state: Literal["announced", "in_force", "extended", "lifted"] | None = None


class Act(Part, frozen=True, kw_only=True, tag="act"):
    """Something done inside an incident (arson, arrests, tear gas ...), by and against whom."""

    what: str
    words: str
    actor: str | None = None
    target: str | None = None
    when: When | None = None


class Statement(Part, frozen=True, kw_only=True, tag="statement"):
    """What somebody said in public, with what it is said by ("demanded", "denied")."""

    words: str
    cue: str | None = None
    speaker: Actor | None = None
    form: Literal["direct", "paraphrased", "mixed"] = "paraphrased"
    position: str | None = None


class Kind(Part, frozen=True, kw_only=True, tag="kind"):
    """A kind of the ontology as the value of a claim."""

    name: str
    words: str


class Text(Part, frozen=True, kw_only=True, tag="text"):
    """A value that is words: a cause, a weapon, damage, a demand; `code` where we have a term."""

    words: str
    code: str | None = None


Value = When | Where | Count | Actor | Victim | Measure | Act | Statement | Kind | Text


class Attribution(Part, frozen=True, kw_only=True):
    """Who says it and how sure the wording is; no speaker means the outlet itself."""

    speaker_kind: terms.SpeakerKind = "outlet"
    certainty: terms.Certainty = "asserted"
    speaker: str | None = None
    position: str | None = None
    via: str | None = None
    cue: Evidence | None = None
    content: Evidence | None = None


class Claim(Part, frozen=True, kw_only=True):
    """One fact in an account: what the report says, its words, who says so."""

    id: str
    slot: str
    value: Value
    evidence: tuple[Evidence, ...]
    attribution: Attribution
    reading_confidence: float
    coder: str


class Account(Part, frozen=True, kw_only=True, tag="account"):
    """One report's telling of one incident, acts as claims; `minors` are all its report names."""

    id: str
    report: str
    kind: str
    status: terms.Status
    anchor: Evidence
    claims: tuple[Claim, ...]
    published: str | None = None
    caused_by: tuple[Cause, ...] = ()
    minors: tuple[str, ...] = ()


class Cause(Part, frozen=True, kw_only=True):
    """Inside one report: this account answers, or belongs to, another one of the same report."""

    account: str
    relation: terms.Relation
    basis: terms.Basis
    evidence: Evidence | None = None


class Coded(Part, frozen=True, kw_only=True, tag="coded"):
    """What one coder version read in one version of a report; no accounts is an answer too."""

    report: str
    text_digest: str
    coder: str
    accounts: tuple[Account, ...] = ()


class ChainLink(Part, frozen=True, kw_only=True):
    """A typed tie from one incident to another: `source` answers, is part of ... `target`."""

    source: str
    target: str
    relation: terms.Relation
    basis: terms.Basis
    evidence: Evidence | None = None


class Reading(Part, frozen=True, kw_only=True):
    """One value with everyone who gave it: claims, reports, independent origins, speakers."""

    value: Value
    certainty: terms.Certainty
    claims: tuple[str, ...]
    reports: int
    origins: int
    speakers: tuple[str, ...] = ()
    as_of: str | None = None


class Entry(Part, frozen=True, kw_only=True):
    """One ledger entry of an incident: the reading shown, those that differ, and why."""

    shown: Reading
    why: str
    others: tuple[Reading, ...] = ()


class Change(Part, frozen=True, kw_only=True):
    """How the shown value of a slot changed as reports came in."""

    slot: str
    after: str
    before: str | None = None
    report: str | None = None
    at: str | None = None


class Incident(Part, frozen=True, kw_only=True, tag="incident"):
    """What happened, derived from accounts and decisions."""

    id: str
    kind: str
    accounts: tuple[str, ...]
    slots: dict[str, tuple[Entry, ...]]
    reports: int
    origins: int
    review: terms.Review = "unreviewed"
    verification: terms.Verification = "unverified"
    links: tuple[ChainLink, ...] = ()
    history: tuple[Change, ...] = ()


class Decision(Part, frozen=True, kw_only=True, tag="decision"):
    """What a person decided; `prev` is the digest of the line before it in the journal."""

    seq: int
    at: str
    by: str
    verb: terms.Verb
    about: tuple[str, ...]
    prev: str
    slot: str | None = None
    value: str | None = None
    reason: str | None = None


class Reject(Part, frozen=True, kw_only=True, tag="reject"):
    """What was not processed, why, and what to do next."""

    stage: str
    code: str
    message: str
    advice: str
    where: str


class Run(Part, frozen=True, kw_only=True, tag="run"):
    """What one run read, with which settings, ontology and models."""

    at: str
    inputs: tuple[str, ...]
    settings_digest: str
    ontology_version: str
    models: dict[str, str]
    cpu: str
    counters: dict[str, int]


Record = RawReport | Report | Account | Coded | Incident | Decision | Reject | Run
