"""What `tocsin run` makes of the samples, against their truth: bounds that only tighten."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks.samples import Comparison, compare

# Tightened when reading or linking gets better; loosening one needs a reason in the change.
LEAST_FOUND = 27
MOST_FALSE = 10
MOST_SPLIT = 8
MOST_FROM_NOTHING_NEW = 1


@pytest.fixture(scope="module")
def comparison(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    return compare(Path(tmp_path_factory.mktemp("samples")))


def test_real_incidents_are_found(comparison: Comparison) -> None:
    assert len(comparison.found) >= LEAST_FOUND, comparison.missing


def test_false_incidents_stay_few(comparison: Comparison) -> None:
    assert len(comparison.false) <= MOST_FALSE
    assert len(comparison.from_nothing_new) <= MOST_FROM_NOTHING_NEW


def test_one_incident_has_one_record(comparison: Comparison) -> None:
    assert len(comparison.split) <= MOST_SPLIT, comparison.split
