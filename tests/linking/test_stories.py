"""Whole reports compared: what all accounts of each tell, by curves whose steps have a sign."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from tests.linking.worlds import account
from tocsin import ontology
from tocsin.linking.features import FEATURES, ONLY_ACCOUNTS, ONLY_REPORTS
from tocsin.linking.profile import Profile, pooled
from tocsin.linking.score import packaged, probability
from tocsin.linking.words import Telling
from tocsin.model import Account

KINDS = ontology.load()
FALLING = {"published_apart", "days_told"}  # the stronger, the further apart
AGREEING = {"same_kind", "same_place", "same_day", "days_overlap", "same_counts", "same_victim"}


def story(name: str, *accounts: Account) -> Profile:
    return pooled(accounts, Telling(name), ontology=KINDS, published=None)


def strength(feature: str, one: Profile, other: Profile) -> float | None:
    found = FEATURES[feature](one, other)
    return None if found is None else found.strength


def attack(
    *, town: str | None = "Dayton", day: str | None = "2022-09-18", killed: int | None = None
) -> Account:
    return account("a-1", "r-1", "armed_attack", town=town, day=day, killed=killed)


CHARGE = account("a-2", "r-1", "charge", town="Toledo", day="2022-09-20")


@pytest.mark.parametrize(
    ("feature", "other", "expected"),
    [
        pytest.param("days_told", attack(day="2022-09-20"), 0.0, id="the day of the minor account"),
        pytest.param("days_told", attack(day=None), None, id="no day stated"),
        pytest.param("places_told", attack(town="Toledo"), 1.0, id="the minor account's town"),
        pytest.param("places_told", attack(town="Porto"), 0.0, id="another region"),
        pytest.param("places_told", attack(town=None), None, id="no place stated"),
        pytest.param("counts_told", attack(killed=2), 1.0, id="the same figure"),
        pytest.param("counts_told", attack(killed=3), 0.0, id="another figure"),
        pytest.param("counts_told", attack(), None, id="no figure"),
    ],
)
def test_reports_are_compared_by_all_that_they_tell(
    feature: str, other: Account, expected: float | None
) -> None:
    told = story("r-1", attack(killed=2), CHARGE)
    assert strength(feature, told, story("r-2", other)) == expected


def test_a_single_account_has_nothing_that_only_reports_tell() -> None:
    assert not ONLY_REPORTS & ONLY_ACCOUNTS
    assert set(packaged().curves) == set(FEATURES)


@pytest.mark.parametrize("name", sorted(FEATURES))
def test_more_agreement_never_lowers_a_score_nor_does_distance_raise_it(name: str) -> None:
    heights = [height for _, height in packaged().curves[name]]
    differs = name.startswith(("other_", "near_", "far_", "next_"))
    way = -1 if differs or name in FALLING else 1
    assert all(way * left <= way * right for left, right in pairwise(heights))
    if differs or name in AGREEING:
        assert min(way * height for height in heights) >= 0


def test_a_chance_leaves_out_what_grouping_asks_for() -> None:
    scorer = packaged()
    words = {"dayton": 0.8, "courthouse": 0.6}
    one = replace(story("r-1", attack()), telling=Telling("r-1", words))
    other = replace(one, account="r-2", report="r-2")
    assert scorer.chance(one, other) < probability(scorer.score(one, other))
