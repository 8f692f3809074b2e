"""How many first-hand bases stand behind claims: many reports of one statement are one."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.linking.worlds import claim, report
from tocsin.linking.origins import Origins
from tocsin.model import Attribution, Claim, Kind, Outlet
from tocsin.terms import SpeakerKind

REPORTS = {name: report(name, f"text {name}") for name in ("r1", "r2", "r3")}


def said(
    name: str, kind: SpeakerKind = "outlet", speaker: str | None = None, via: str | None = None
) -> Claim:
    made = claim(f"a-{name}", name, "kind", Kind(name="arrest", words="arrested"))
    return replace(made, attribution=Attribution(speaker_kind=kind, speaker=speaker, via=via))


def count(*claims: Claim, origins: Origins | None = None) -> int:
    return (origins or Origins(REPORTS, {})).count(claims)


@pytest.mark.parametrize(
    "claims",
    [
        [said("r1", "lawyer", "Ana Ruiz"), said("r2", "lawyer", "Ruiz")],
        [said("r1", "lawyer", "Ana Ruiz"), said("r2", "lawyer", "Ana Ruiz", "Reuters")],
        [said("r1", "police", "police"), said("r2", "police", "Lena Ford", "AP")],
        [said("r1", "witness", "witness", "AP"), said("r2", "witness", "man", "Associated Press")],
        [said("r1", "other_outlet", "AFP"), said("r2", "other_outlet", "Agence France-Presse")],
        [said("r1"), said("r2")],
    ],
    ids=["full and short name", "told to an agency", "one body", "agency's witness", "agency", "?"],
)
def test_one_statement_counts_once(claims: list[Claim]) -> None:
    assert count(*claims) == 1


@pytest.mark.parametrize(
    "claims",
    [
        [said("r1", "lawyer", "Ana Ruiz"), said("r2", "police", "police")],
        [said("r1", "witness", "witness"), said("r2", "witness", "witness")],
        [said("r1", "other_outlet", "AFP"), said("r2", "other_outlet", "Reuters")],
        [said("r1", "police", "police", "Ruth Calder"), said("r2", "medic", "doctors")],
    ],
    ids=["speakers", "witnesses of two texts", "agencies", "through a governor"],
)
def test_two_bases_count_twice(claims: list[Claim]) -> None:
    assert count(*claims) == 2


def test_an_agency_s_own_words_and_a_report_that_names_it_are_one() -> None:
    reports = {**REPORTS, "r1": replace(REPORTS["r1"], agency="Reuters")}
    origins = Origins(reports, {})
    assert count(said("r1"), said("r2", "other_outlet", "Reuters"), origins=origins) == 1


def test_a_copied_witness_is_one_witness() -> None:
    origins = Origins(REPORTS, {"r2": "r1"})
    assert count(said("r1", "witness", "man"), said("r2", "witness", "man"), origins=origins) == 1


def test_own_reporting_counts_and_an_unknown_basis_adds_nothing() -> None:
    outlet = Outlet(id="o", name="Dayton Ledger")
    reports = {**REPORTS, "r1": replace(REPORTS["r1"], outlet=outlet, byline="Ana Ruiz")}
    origins = Origins(reports, {})
    assert count(said("r1"), said("r2"), origins=origins) == 1
    assert count(said("r1"), said("r2", "police", "police"), origins=origins) == 2
