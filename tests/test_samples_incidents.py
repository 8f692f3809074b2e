"""What `tocsin run` makes of the samples, against their truth: bounds that only tighten."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks.samples import FRESH, Comparison, compare

# Tightened when reading or linking gets better; loosening one needs a reason in the change.
LEAST_FOUND = 34
MOST_FALSE = 4
MOST_SPLIT = 2
MOST_FROM_NOTHING_NEW = 0


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


# The fresh set was written, with its truth, before anything was run on it, and nothing is tuned
# on it: these are its first figures, kept as bounds.
FRESH_FOUND = 12
FRESH_FALSE = 3
FRESH_SPLIT = 2


def test_reports_written_afterwards_do_as_well(tmp_path: Path) -> None:
    fresh = compare(tmp_path, FRESH)
    assert len(fresh.found) >= FRESH_FOUND, fresh.missing
    assert len(fresh.false) <= FRESH_FALSE
    assert len(fresh.split) <= FRESH_SPLIT, fresh.split
    assert not fresh.from_nothing_new
