"""The closed word lists of the records: one word for one thing (docs/model.md)."""

from __future__ import annotations

from typing import Literal

Basis = Literal["stated", "inferred", "assumed"]
Certainty = Literal["asserted", "alleged", "denied", "planned", "hypothetical"]
Status = Literal["new", "mentioned", "planned", "feared", "denied"]
Handling = Literal["public", "restricted", "sealed"]
OutletKind = Literal["agency", "national", "local", "official", "ngo", "social"]
TimePrecision = Literal[
    "minute", "hour", "daypart", "day", "weekend", "week", "month", "season", "year"
]
PlacePrecision = Literal["site", "neighbourhood", "city", "admin2", "admin1", "country"]
Side = Literal["participants", "police", "bystanders", "suspects", "unknown"]
Role = Literal[
    "actor", "target", "victim", "issuer", "addressee", "participant", "intervener", "speaker"
]
SpeakerKind = Literal[
    "police",
    "official",
    "prosecutor",
    "medic",
    "witness",
    "victim",
    "family",
    "lawyer",
    "organiser",
    "ngo",
    "crowd",
    "armed_group",
    "footage",
    "document",
    "other_outlet",
    "outlet",
    "unnamed",
]
Relation = Literal[
    "set_off_by", "part_of", "measure_against", "about", "counter_to", "same_series", "follows"
]
Verb = Literal["same", "different", "set", "accept", "reject", "verify", "withdraw", "note"]
Review = Literal["unreviewed", "accepted", "rejected"]
Verification = Literal["unverified", "attributed", "verified", "disputed", "retracted"]

_ADULT = 18
_MINORS = ("child", "teenager")


def is_minor(age: int | None, *groups: str | None) -> bool:
    """Tell whether somebody of this age, else of one of these age groups, is masked everywhere."""
    return age < _ADULT if age is not None else any(group in _MINORS for group in groups)
