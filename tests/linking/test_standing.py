"""Accounts that come in one by one end in the groups that all of them at once would make."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

import pytest
from benchmarks.linking_scale import world
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.linking.test_link import ACCOUNTS, KINDS, TEXT
from tests.linking.worlds import account, report
from tocsin.lang.rarity import packaged as packaged_rarity
from tocsin.linking import blocking
from tocsin.linking.profile import Profile, profile
from tocsin.linking.score import packaged
from tocsin.linking.standing import Standing
from tocsin.linking.words import telling
from tocsin.model import Account

QUICK = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def profiles(accounts: Sequence[Account]) -> list[Profile]:
    rarity = packaged_rarity()
    return [
        profile(
            account,
            telling(account.report, report(account.report, TEXT), rarity),
            ontology=KINDS,
            published=account.published,
        )
        for account in accounts
    ]


def memberships(standing: Standing) -> set[frozenset[str]]:
    return {frozenset(standing.profiles[p].account for p in group) for group in standing.groups}


def grown(parts: Sequence[Sequence[Profile]], **decisions: Any) -> Standing:
    standing = Standing(scorer=packaged(), **decisions)
    for part in parts:
        standing.add(part)
    return standing


@QUICK
@given(ACCOUNTS, st.randoms(use_true_random=False), st.integers(1, 4), st.sampled_from([2, 3, 200]))
def test_any_order_and_any_portions_give_the_same_groups(
    accounts: list[Account], chance: object, size: int, crowded: int
) -> None:
    told = profiles(sorted(accounts, key=lambda a: a.id))
    shuffled = list(told)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    portions = [shuffled[n : n + size] for n in range(0, len(shuffled), size)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocking, "CROWDED", crowded)
        assert memberships(grown(portions)) == memberships(grown([told]))


@QUICK
@given(ACCOUNTS, st.randoms(use_true_random=False), st.integers(0, 9), st.integers(0, 9))
def test_a_decision_holds_whenever_its_accounts_come_in(
    accounts: list[Account], chance: object, one: int, other: int
) -> None:
    told = profiles(accounts)
    pair = (f"a-{one}", f"a-{other}")
    if one == other or not set(pair) <= {p.account for p in told}:
        return
    chance.shuffle(told)  # type: ignore[attr-defined]
    single = [[each] for each in told]
    assert any(set(pair) <= group for group in memberships(grown(single, together=[pair])))
    assert not any(set(pair) <= group for group in memberships(grown(single, apart=[pair])))


def test_a_made_up_world_in_portions_is_the_world_at_once() -> None:
    told = world(600).profiles
    portions = [told[:400], *([each] for each in told[400:460]), told[460:]]
    assert memberships(grown(portions)) == memberships(grown([told]))


def test_one_more_account_touches_its_neighbours_only() -> None:
    standing = grown([world(3000).profiles])
    more = world(40, seed=8).profiles
    times = []
    for each in more:
        begun = time.process_time()
        changed = standing.add([each])
        times.append(time.process_time() - begun)
        assert sum(len(group) for group in changed) < 300
    assert sorted(times)[len(times) // 2] < 0.05


def test_one_more_account_has_no_known_pair_scored_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = profiles([account(f"a-{n:02}", f"r-{n}") for n in range(40)])
    standing = grown([told[:39]])
    scored: list[tuple[int, int]] = []
    score = Standing._score

    def noted(self: Standing, one: int, other: int) -> float:
        scored.append((one, other))
        return score(self, one, other)

    monkeypatch.setattr(Standing, "_score", noted)
    assert [len(group) for group in standing.add(told[39:])] == [40]
    assert sorted(scored) == [(n, 39) for n in range(39)]


def test_pairs_that_score_alike_merge_by_name_whoever_came_first() -> None:
    nights = [account(f"a-{n}", f"r-{n}", day=f"2022-09-{18 + n}") for n in (0, 1)]
    undated = account("a-9", "r-9", day=None, published="2022-09-21")
    told = profiles([*nights, undated])
    first, last = grown([told]), grown([[each] for each in reversed(told)])
    assert memberships(first) == memberships(last)
