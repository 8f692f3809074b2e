from __future__ import annotations

import pytest
from spacy.language import Language

from tocsin import ontology
from tocsin.coding.classify import scores_of, signs_of
from tocsin.coding.document import parse
from tocsin.coding.kind import find_tellings
from tocsin.model import Report

CASES = [
    pytest.param("A roadside bomb killed two soldiers at a market.", "REM_EXPLOS", id="bomb"),
    pytest.param("An earthquake flattened homes.", "NATURAL_DISASTER", id="quake"),
    pytest.param("The air strike on a village killed six.", "AIR_STRIKE", id="air"),
]


@pytest.mark.parametrize(("text", "label"), CASES)
def test_plain_texts_get_their_event_type(nlp: Language, text: str, label: str) -> None:
    document = parse(Report(id="x", text=text, text_digest="", raw_digest=""), nlp)
    tellings, postures = find_tellings(document), find_tellings(document, "posture")
    chances = scores_of("event_type", text, signs_of(text, tellings, postures, ontology.load()))
    assert max(chances, key=lambda name: chances[name]) == label


def test_a_task_without_a_head_says_nothing() -> None:
    assert scores_of("no_such_task", "A crowd marched.", {}) == {}
