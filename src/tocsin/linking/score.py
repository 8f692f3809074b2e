"""How alike two accounts are: a weighted sum of named features, and what contradicts it."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from tocsin.linking import names
from tocsin.linking.features import FEATURES, beyond_km, days_between
from tocsin.linking.profile import Profile
from tocsin.model import Feature, Link

_CONTRADICTION = -6.0  # log odds: one contradicted pair outweighs four good ones
_FORCE_DAYS = 3  # a shooting's day is often given a day or two wrong, a crowd's night is not
_FORCE_KM = 60.0  # a shooting in a suburb is often put in the city
_CROWD_KM = 10.0

Curve = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Scorer:
    """The curves of the features; a score above 0 speaks for one incident."""

    bias: float
    curves: Mapping[str, Curve] = field(repr=False)

    def contribution(self, name: str, strength: float) -> float:
        """Return what a feature of some strength adds to the log odds."""
        return height(self.curves[name], strength)

    def score(self, one: Profile, other: Profile) -> float:
        """Return the log odds that two accounts tell one incident."""
        if contradiction(one, other):
            return _CONTRADICTION
        total = self.bias
        for name, compare in FEATURES.items():
            found = compare(one, other)
            if found is not None:
                total += self.contribution(name, found.strength)
        return total

    def link(self, one: Profile, other: Profile) -> Link:
        """Return the score of a pair with what each feature contributed, largest first."""
        features = [
            Feature(
                name=name,
                contribution=round(self.contribution(name, found.strength), 2),
                why=f"{(compare.__doc__ or '').splitlines()[0]} ({found.why})",
            )
            for name, compare in FEATURES.items()
            if (found := compare(one, other)) is not None
        ]
        against = contradiction(one, other)
        if against:
            features.append(Feature(name="contradiction", contribution=_CONTRADICTION, why=against))
        features.sort(key=lambda feature: -abs(feature.contribution))
        return Link(
            left=one.account,
            right=other.account,
            score=round(probability(self.score(one, other)), 3),
            features=tuple(features),
        )


@cache
def packaged() -> Scorer:
    """Return the scorer with the weights that come with the package."""
    table = tomllib.loads((files("tocsin.linking") / "weights.toml").read_text("utf-8"))
    curves = {
        name: tuple((float(x), float(y)) for x, y in points)
        for name, points in table["curve"].items()
    }
    return Scorer(float(table["bias"]), curves)


def height(curve: Curve, at: float) -> float:
    """Return the height of a curve given by its corners, level beyond its ends."""
    left, low = curve[0]
    if at <= left:
        return low
    for right, high in curve[1:]:
        if at <= right:
            return low + (high - low) * (at - left) / (right - left)
        left, low = right, high
    return low


def probability(log_odds: float) -> float:
    """Return log odds as a probability."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds))))


def contradiction(one: Profile, other: Profile) -> str | None:
    """Return why two accounts cannot tell one incident, None where they may."""
    if one.whole or other.whole:
        return None
    if one.group != other.group:
        return f"{one.kind} and {other.kind} are incidents of their own"
    if one.report == other.report:
        return "one report tells them apart"
    same_victim = bool(names.shared(one.victims, other.victims))
    if not same_victim and _one_victim(one) and _one_victim(other):
        return f"the victim is {one.victims[0]} in one and {other.victims[0]} in the other"
    crowd = one.group != "force"
    gap = days_between(one, other)
    if gap is not None and not same_victim and gap > (0 if crowd else _FORCE_DAYS):
        return f"their days lie {gap} apart"
    beyond = beyond_km(one, other)
    if beyond is not None and beyond > (_CROWD_KM if crowd else _FORCE_KM):
        return f"their places lie {beyond:.0f} km beyond what their words allow"
    return None


def _one_victim(profile: Profile) -> bool:
    low = sum(profile.counts.get(what, (0, 0))[0] or 0 for what in ("killed", "injured"))
    return len(profile.victims) == 1 and " " in profile.victims[0] and low <= 1
