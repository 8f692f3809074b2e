"""What people are quoted with: by which verb, and once where one passes on what another said."""

from __future__ import annotations

import pytest

from tests.coding.parsing import report_of
from tocsin import code
from tocsin.model import Statement

SHOT = "Police shot two men in Leeds on Monday. "


def sayings(text: str) -> list[tuple[str | None, str | None]]:
    values = (claim.value for account in code(report_of(SHOT + text)) for claim in account.claims)
    return [(v.speaker.name, v.cue) for v in values if isinstance(v, Statement) and v.speaker]


def test_whoever_passes_on_a_saying_makes_no_second_statement() -> None:
    text = "Investigators believe the gun was stolen from a farm, Sgt. Tim Gault said."
    assert sayings(text) == [("Investigators", "believe")]


def test_whoever_cites_evidence_says_so_themselves() -> None:
    text = "Aid Watch said evidence from witnesses showed that the men were unarmed."
    assert ("Aid Watch", "said") in sayings(text)


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("Officers have not disclosed why the two men were stopped.", "have not disclosed"),
        ("The mayor demanded an inquiry into the shooting of the men.", "demanded"),
        ("It is not known to residents whether the two men were hurt.", None),
        ("According to officers, the two men had been drinking.", "According to"),
    ],
)
def test_a_statement_keeps_the_verb_it_is_said_by(text: str, cue: str | None) -> None:
    assert cue in {verb for _, verb in sayings(text)}
