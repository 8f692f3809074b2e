"""From scored pairs to groups: average linkage, contradictions, groups that stand off."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.linking.cluster import ALIKE, CONTRADICTED, MANY, Table, groups

SCORES = st.integers(2, 9).flatmap(
    lambda size: st.lists(
        st.sampled_from([CONTRADICTED, -2.0, -1.0, 1.0, 2.0, 3.0, 5.0]),
        min_size=size * size,
        max_size=size * size,
    ).map(lambda values: np.triu(np.reshape(values, (size, size)), 1))
)


def step_by_step(scores: Table, apart: set[tuple[int, int]]) -> list[list[int]]:
    """Merge the two closest groups that may, over and over; those that stand longest first."""
    found = [[position] for position in range(len(scores))]

    def mean(pairs: list[tuple[int, int]]) -> float:
        return float(sum(scores[pair] for pair in pairs)) / len(pairs)

    def alike(one: list[int], other: list[int]) -> float:
        pairs = list(product(one, other))
        barred = any(scores[p] <= CONTRADICTED or {p, p[::-1]} & apart for p in pairs)
        off = min(len(one), len(other)) >= MANY and mean(pairs) < ALIKE
        return -1.0 if barred or off else mean(pairs)

    while len(found) > 1:
        best, one, other = max(
            ((alike(a, b), a, b) for a, b in combinations(found, 2)), key=lambda pair: pair[0]
        )
        if best <= 0:
            break
        found = [group for group in found if group not in (one, other)] + [sorted(one + other)]
    return sorted(found)


@given(SCORES, st.sets(st.tuples(st.integers(0, 1), st.integers(2, 3)), max_size=2))
def test_groups_are_those_of_merging_step_by_step(
    upper: Table, apart: set[tuple[int, int]]
) -> None:
    scores = upper + upper.T
    apart = {pair for pair in apart if max(pair) < len(scores)}
    assert groups(scores, apart=apart) == step_by_step(scores, apart)


def two_groups(size: int, *, inside: float, between: float) -> list[list[int]]:
    side = np.arange(2 * size) // size
    scores = np.where(side[:, None] == side, inside, between)
    np.fill_diagonal(scores, 0.0)
    return groups(scores)


@pytest.mark.parametrize(
    ("size", "between", "found"),
    [
        pytest.param(4, 1.0, 2, id="neighbouring stories"),
        pytest.param(4, 3.5, 1, id="as alike as one story's pairs"),
        pytest.param(3, 1.0, 1, id="too few to tell"),
        pytest.param(1, 1.0, 1, id="a pair"),
    ],
)
def test_large_groups_that_are_only_somewhat_alike_stay_apart(
    size: int, between: float, found: int
) -> None:
    assert len(two_groups(size, inside=4.0, between=between)) == found


def test_no_company_outweighs_a_contradiction() -> None:
    scores = 5.0 - 5.0 * np.eye(4)
    scores[0, 3] = scores[3, 0] = CONTRADICTED
    assert not any({0, 3} <= set(group) for group in groups(scores))
