"""From scored pairs to groups: average linkage, contradictions, groups that stand off."""

from __future__ import annotations

import pytest

from tocsin.linking.cluster import CONTRADICTED, groups


def two_groups(size: int, *, inside: float, between: float) -> list[list[int]]:
    def score(one: int, other: int) -> float:
        return inside if one // size == other // size else between

    return groups(2 * size, score)


@pytest.mark.parametrize(
    ("size", "between", "found"),
    [
        pytest.param(3, 1.0, 2, id="neighbouring stories"),
        pytest.param(3, 3.5, 1, id="nearly as alike as inside"),
        pytest.param(2, 1.0, 1, id="too few to tell"),
        pytest.param(1, 1.0, 1, id="a pair"),
    ],
)
def test_groups_far_closer_inside_than_to_each_other_stay_apart(
    size: int, between: float, found: int
) -> None:
    assert len(two_groups(size, inside=4.0, between=between)) == found


def test_no_company_outweighs_a_contradiction() -> None:
    def score(one: int, other: int) -> float:
        return CONTRADICTED if {one, other} == {0, 3} else 5.0

    assert not any({0, 3} <= set(group) for group in groups(4, score))
