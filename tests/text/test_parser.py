"""The parser keeps sentences of news whole."""

from __future__ import annotations

import pytest

from tocsin.lang.parser import load_parser
from tocsin.settings import Settings


@pytest.mark.parametrize("rank", ["Sgt.", "Capt.", "Det.", "Cpl.", "Supt.", "Insp."])
def test_rank_before_a_name_ends_no_sentence(rank: str) -> None:
    pytest.importorskip("spacy")
    text = f"The driver fled, said police {rank} Ann Lee. Nobody was hurt."
    sentences = [span.text for span in load_parser(Settings().spacy_model)(text).sents]
    assert sentences == [f"The driver fled, said police {rank} Ann Lee.", "Nobody was hurt."]
