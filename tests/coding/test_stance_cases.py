"""The stance probe set is well formed; its accuracy is tested beside the attribution reader.

A case asks who says `content`, and how sure the wording is. Certainty is that of the event in
`content` taken without negator or hedge, so that "no arrests were made" denies arrests. Names
stand without titles and articles; `speaker` is null where the outlet itself tells it; `via` is
who passed the speaker's words on. The half of a group follows from its name: "frozen" cases are
for the final figure only and are not looked at while tuning.
"""

from __future__ import annotations

from collections import Counter
from hashlib import sha1
from pathlib import Path
from typing import get_args

import msgspec
import pytest

from tocsin.terms import Certainty, SpeakerKind

CASES_FILE = Path(__file__).with_name("stance_cases.jsonl")
TUNING_FILE = Path(__file__).with_name("stance_tuning.jsonl")
LEAST_CASES = 300


class StanceCase(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    group: str
    half: str
    text: str
    content: str
    certainty: Certainty
    speaker: str | None
    speaker_kind: SpeakerKind
    via: str | None = None


def load_cases(file: Path) -> list[StanceCase]:
    lines = file.read_text(encoding="utf-8").splitlines()
    return [msgspec.json.decode(line, type=StanceCase) for line in lines]


CASES = load_cases(CASES_FILE)
UNSEEN_FILE = Path(__file__).with_name("stance_unseen.jsonl")
# Word lists and rules are tuned on these beside the dev half; each word of a class stands twice.
TUNING = load_cases(TUNING_FILE)
# Labels, plans and two people in one sentence: rules are tuned on these, no weights.
UNSEEN = load_cases(UNSEEN_FILE)


def half_of(group: str) -> str:
    return "frozen" if int(sha1(group.encode()).hexdigest(), 16) % 2 else "dev"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_case_is_well_formed(case: StanceCase) -> None:
    assert case.text.count(case.content) == 1
    assert (case.speaker is None) == (case.speaker_kind == "outlet")
    for name in (case.speaker, case.via):
        assert name is None or name.casefold() in case.text.casefold()
    assert case.half == half_of(case.group)


@pytest.mark.parametrize("case", [*TUNING, *UNSEEN], ids=lambda case: case.id)
def test_tuning_case_is_well_formed(case: StanceCase) -> None:
    assert case.text.count(case.content) == 1
    assert (case.speaker is None) == (case.speaker_kind == "outlet")
    assert case.half == "dev"


def test_tuning_cases_are_none_of_the_frozen_ones() -> None:
    frozen = {case.text for case in CASES if case.half == "frozen"}
    shared = len(frozen & {case.text for case in TUNING})
    assert shared == 0, "a failure names no frozen case on purpose"


def test_set_is_large_and_has_no_copies() -> None:
    assert len(CASES) >= LEAST_CASES
    assert len({case.id for case in CASES}) == len(CASES)
    assert len({(case.text, case.content) for case in CASES}) == len(CASES)


def test_every_group_varies_stance_or_speaker() -> None:
    for group in {case.group for case in CASES}:
        members = [case for case in CASES if case.group == group]
        assert len({(case.certainty, case.speaker_kind) for case in members}) >= 2, group


@pytest.mark.parametrize("half", ["dev", "frozen"])
def test_both_halves_hold_every_certainty(half: str) -> None:
    found = Counter(case.certainty for case in CASES if case.half == half)
    assert set(found) == set(get_args(Certainty))
    assert min(found.values()) >= 10
