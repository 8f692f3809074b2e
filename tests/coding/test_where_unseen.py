"""Place names in contexts that were written before the rules were tuned to them: our own sentences.

Of the 90 contexts 75 were right at first (45 of the first 56, 30 of the last 34). `wanted` is an
area's code, a city, or empty where the words name no place.
"""

from __future__ import annotations

from pathlib import Path

import msgspec
from spacy.language import Language

from tests.coding.reading import reading_of
from tocsin.coding.where import find_places
from tocsin.gazetteer import Gazetteer

LEAST_RIGHT = 82


class Case(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    words: str
    text: str
    wanted: str


LINES = Path(__file__).with_name("where_unseen.jsonl").read_text("utf-8").splitlines()
CASES = [msgspec.json.decode(line, type=Case) for line in LINES]


def is_right(case: Case, nlp: Language, gazetteer: Gazetteer) -> bool:
    start = case.text.index(case.words)
    end = start + len(case.words)
    over = [
        m.where
        for m in find_places(reading_of(case.text, nlp), gazetteer)
        if m.where.lat is not None and m.start <= start and end <= m.end
    ]
    if not case.wanted or not over:
        return not case.wanted and not any(where.words == case.words for where in over)
    if case.wanted.startswith("city:"):
        return over[0].city == case.wanted.removeprefix("city:")
    area = gazetteer.area(case.wanted)
    assert area is not None
    country, _, admin1 = case.wanted.partition(".")
    return over[0].country == country and (not admin1 or over[0].admin1 == area.name)


def test_contexts_written_beforehand_are_read(nlp: Language, gazetteer: Gazetteer) -> None:
    wrong = [case.text for case in CASES if not is_right(case, nlp, gazetteer)]
    assert len(CASES) - len(wrong) >= LEAST_RIGHT, wrong
