"""How alike two accounts are: a weighted sum of named features, and what contradicts it."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from tocsin.linking import names
from tocsin.linking.compared import Feature, Link
from tocsin.linking.features import FEATURES, ONLY_ACCOUNTS, apart_km, beyond_km, days_between
from tocsin.linking.profile import FORCE, POLICE, Profile

_CONTRADICTION = -6.0  # log odds: one contradicted pair outweighs four good ones
_TOLD_APART = -1000.0  # one report tells them as two: nothing but a person's decision joins them
_SPOKEN = frozenset({"statement", "demand", "responsibility_claim"})
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
        if one.report == other.report:
            return _TOLD_APART
        if contradiction(one, other):
            return _CONTRADICTION
        total = self.bias
        for name, compare in FEATURES.items():
            found = None if one.whole and name in ONLY_ACCOUNTS else compare(one, other)
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
        same = one.report == other.report
        against = "one report tells them apart" if same else contradiction(one, other)
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
    same_victim = bool(names.shared(one.victims, other.victims))
    if not same_victim and _one_victim(one) and _one_victim(other):
        return f"the victim is {one.victims[0]} in one and {other.victims[0]} in the other"
    if not same_victim and _other_side(one, other):
        return f"{one.kind} and {other.kind}: another side acts"
    when = None if same_victim else _other_time(one, other)
    return when or _other_place(one, other) or _other_voice(one, other)


def _other_time(one: Profile, other: Profile) -> str | None:
    gap = days_between(one, other)
    if gap is not None and gap > (_FORCE_DAYS if one.group == FORCE else 0):
        return f"their days lie {gap} apart"
    reach = one.reach, other.reach
    if gap is None and reach[0] is not None and reach[1] is not None:
        gap = max(0, reach[0].first - reach[1].last, reach[1].first - reach[0].last)
        if gap > 0:
            return f"by the publication dates they lie at least {gap} days apart"
    return None


def _other_place(one: Profile, other: Profile) -> str | None:
    beyond = beyond_km(one, other)
    if beyond is not None and beyond > (_FORCE_KM if one.group == FORCE else _CROWD_KM):
        return f"their places lie {beyond:.0f} km beyond what their words allow"
    apart = apart_km(one, other)
    if one.group == FORCE or apart is None or one.spot is None or other.spot is None:
        return None
    towns = (one.spot.city, other.spot.city)
    if all(towns) and towns[0] != towns[1] and apart > _CROWD_KM:
        return f"one is in {towns[0]}, the other in {towns[1]}"
    return None


def _other_voice(one: Profile, other: Profile) -> str | None:
    if one.group not in _SPOKEN:
        return None
    if not one.speakers or not other.speakers:
        return "who speaks is not stated in both"
    if not names.shared(one.speakers, other.speakers):
        return f"{one.speakers[0]} speaks in one, {other.speakers[0]} in the other"
    return None


def _other_side(one: Profile, other: Profile) -> bool:
    return one.group == FORCE and (one.kind in POLICE) != (other.kind in POLICE)


def _one_victim(profile: Profile) -> bool:
    low = sum(profile.counts.get(what, (0, 0))[0] or 0 for what in ("killed", "injured"))
    return len(profile.victims) == 1 and " " in profile.victims[0] and low <= 1
