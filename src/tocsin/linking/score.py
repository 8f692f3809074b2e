"""How alike two accounts are: a weighted sum of named features, and what contradicts it."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from typing import NamedTuple

from tocsin.linking import names
from tocsin.linking.compared import Feature, Link
from tocsin.linking.features import (
    FEATURES,
    ONLY_ACCOUNTS,
    ONLY_REPORTS,
    Compare,
    apart_km,
    beyond_km,
    days_between,
    is_same_area,
    weekdays_meet,
)
from tocsin.linking.profile import CROWD, FORCE, MANY, POLICE, Profile

_CONTRADICTION = -6.0  # log odds: one contradicted pair outweighs four good ones
_TOLD_APART = -1000.0  # one report tells them as two: nothing but a person's decision joins them
_UNSURE = -1.0  # force and a crowd that nobody says it met: what others tell decides
_SPOKEN = frozenset({"statement", "demand", "responsibility_claim"})
_TOWN_KM = 10.0  # two towns' centres this close are one place in loose talk

Curve = tuple[tuple[float, float], ...]


class Slack(NamedTuple):
    """How far the tellings of one incident may lie apart before it is another one."""

    days: int
    km: float


_NO_SLACK = Slack(0, _TOWN_KM)


@dataclass(frozen=True)
class Scorer:
    """The curves of the features; a score above 0 speaks for one incident."""

    bias: float
    curves: Mapping[str, Curve] = field(repr=False)
    slacks: Mapping[str, Slack] = field(default_factory=dict, repr=False)
    wordless: float = 0.0  # in place of the bias where a text is not at hand
    lenience: float = 0.0  # part of the bias that grouping asks for: no part of the odds

    def slack(self, group: str) -> Slack:
        """Return how far apart tellings of one incident of a block may lie."""
        return self.slacks.get(group, _NO_SLACK)

    def contribution(self, name: str, strength: float) -> float:
        """Return what a feature of some strength adds to the log odds."""
        return height(self.curves[name], strength)

    def score(self, one: Profile, other: Profile) -> float:
        """Return the log odds that two accounts tell one incident."""
        same_report = one.report == other.report
        if same_report and one.group == other.group:
            return _TOLD_APART
        if contradiction(one, other):
            return _TOLD_APART if same_report else _CONTRADICTION
        if one.group != other.group and (same_report or not _have_met(one, other)):
            return _UNSURE
        total = self.bias if _are_read(one, other) else self.wordless
        for compare, curve in self._of_reports if one.whole else self._of_accounts:
            found = compare(one, other)
            if found is not None:
                total += height(curve, found.strength)
        return total

    @cached_property
    def _of_accounts(self) -> list[tuple[Compare, Curve]]:
        return self._curves(FEATURES.keys() - ONLY_REPORTS)

    @cached_property
    def _of_reports(self) -> list[tuple[Compare, Curve]]:
        return self._curves(FEATURES.keys() - ONLY_ACCOUNTS)

    def _curves(self, names: Collection[str]) -> list[tuple[Compare, Curve]]:
        return [(compare, self.curves[n]) for n, compare in FEATURES.items() if n in names]

    def chance(self, one: Profile, other: Profile) -> float:
        """Return how likely two accounts alone tell one incident."""
        lent = self.lenience if _are_read(one, other) else 0.0
        return probability(self.score(one, other) - lent)

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
        if one.report == other.report and (against or one.group == other.group):
            against = "one report tells them apart"
        if against:
            features.append(Feature(name="contradiction", contribution=_CONTRADICTION, why=against))
        features.sort(key=lambda feature: -abs(feature.contribution))
        return Link(
            left=one.account,
            right=other.account,
            score=round(self.chance(one, other), 3),
            features=tuple(features),
        )


def _are_read(one: Profile, other: Profile) -> bool:
    return bool(one.telling.whole and other.telling.whole)


@cache
def packaged() -> Scorer:
    """Return the scorer with the weights that come with the package."""
    table = tomllib.loads((files("tocsin.linking") / "weights.toml").read_text("utf-8"))
    curves = {
        name: tuple((float(x), float(y)) for x, y in points)
        for name, points in table["curve"].items()
    }
    slacks = {name: Slack(int(days), float(km)) for name, (days, km) in table["slack"].items()}
    numbers = (float(table[name]) for name in ("wordless", "lenience"))
    return Scorer(float(table["bias"]), curves, slacks, *numbers)


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
    if one.group != other.group and not _may_have_met(one, other):
        return f"{one.kind} and {other.kind} are incidents of their own"
    same_victim = bool(one.victims) and bool(names.shared(one.victims, other.victims))
    if not same_victim and _one_victim(one) and _one_victim(other):
        return f"the victim is {one.victims[0]} in one and {other.victims[0]} in the other"
    if not same_victim and _is_other_age(one, other):
        return f"the victim is {one.lone_age} in one and {other.lone_age} in the other"
    if not same_victim and _other_side(one, other):
        return f"{one.kind} and {other.kind}: another side acts"
    if not same_victim and (when := _other_time(one, other)):
        return when
    if one.adds != other.adds and not _is_same_day(one, other):
        return "one adds forces to those of the other"
    if not same_victim or _are_stated(one, other):
        where = _other_place(one, other)
        if where:
            return where
    return _other_voice(one, other)


def _are_stated(one: Profile, other: Profile) -> bool:
    """Tell whether words state both places; a victim's name outweighs one that is inferred."""
    return all(profile.spot is None or profile.spot.stated for profile in (one, other))


def _other_time(one: Profile, other: Profile) -> str | None:
    slack = _slack(one, other)
    gap = days_between(one, other)
    if gap is not None and gap > slack.days and gap > _slip(one, other):
        return f"their days lie {gap} {'day' if gap == 1 else 'days'} apart"
    if weekdays_meet(one, other) is False and slack.days == 0:
        return "they name different weekdays"
    reach = one.reach, other.reach
    if gap is None and reach[0] is not None and reach[1] is not None:
        gap = max(0, reach[0].first - reach[1].last, reach[1].first - reach[0].last)
        if gap > 0:
            return f"by the publication dates they lie at least {gap} days apart"
    if _is_before(one, other) or _is_before(other, one):
        return "one was published before the night of the other"
    return None


def _is_other_age(one: Profile, other: Profile) -> bool:
    ages = one.lone_age, other.lone_age
    return ages[0] is not None and ages[1] is not None and abs(ages[0] - ages[1]) > 1


def _is_same_day(one: Profile, other: Profile) -> bool:
    exact = one.days is not None and other.days is not None and one.days.exact
    return exact and one.days == other.days


def _slack(one: Profile, other: Profile) -> Slack:
    return packaged().slack(one.group if one.group == other.group else FORCE)


def _is_before(undated: Profile, dated: Profile) -> bool:
    """Tell whether a report without a day came out before the other's night began."""
    night = dated.days
    if undated.days is not None or night is None or not night.night:
        return False
    return undated.by_day and undated.published == night.first


def _other_place(one: Profile, other: Profile) -> str | None:
    slack = _slack(one, other)
    left, right = one.spot, other.spot
    if left is None or right is None or left.loose or right.loose:
        return None
    beyond = beyond_km(one, other)
    parts = left.part and right.part and left.city == right.city
    if beyond is not None and beyond > (_NO_SLACK.km if parts else slack.km):
        return f"their places lie {beyond:.0f} km beyond what their words allow"
    if left.country == right.country and not is_same_area(left, right):
        return f"one is in {left.admin1}, the other in {right.admin1}"
    apart = apart_km(one, other)
    towns = (left.city, right.city)
    if apart is not None and all(towns) and towns[0] != towns[1] and apart > slack.km:
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


def _may_have_met(one: Profile, other: Profile) -> bool:
    """Tell whether force and a crowd may be one: same town, no other day."""
    if {one.group, other.group} != {CROWD, FORCE}:
        return False
    if not (one if one.group == FORCE else other).on_crowd:
        return False
    if one.spot is None or other.spot is None or one.spot.city is None:
        return False
    return one.spot.key == other.spot.key and (days_between(one, other) or 0) <= _slip(one, other)


def _have_met(one: Profile, other: Profile) -> bool:
    return one.on_crowd and other.on_crowd and days_between(one, other) is not None


def _slip(one: Profile, other: Profile) -> int:
    """Return the days by which both may be off: many dead in one town are not told of twice."""
    dead = (profile.counts.get("killed", (0, 0))[0] or 0 for profile in (one, other))
    return 1 if min(dead) >= MANY else 0


def _other_side(one: Profile, other: Profile) -> bool:
    return one.group == other.group == FORCE and (one.kind in POLICE) != (other.kind in POLICE)


def _one_victim(profile: Profile) -> bool:
    if len(profile.victims) != 1 or " " not in profile.victims[0]:
        return False
    return sum(profile.counts.get(what, (0, 0))[0] or 0 for what in ("killed", "injured")) <= 1
