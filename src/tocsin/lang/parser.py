"""The parser of English, told the abbreviated ranks that news of police is full of."""

from __future__ import annotations

from functools import cache

import spacy
from spacy.attrs import ORTH
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc

from tocsin.lang.lexicon import word_lists


def load_parser(name: str) -> Language:
    """Load a spaCy model by its name; "Sgt." ends no sentence in it."""
    nlp = spacy.load(name)
    tokenizer = nlp.tokenizer
    assert isinstance(tokenizer, Tokenizer)
    for rank in _ranks():
        tokenizer.add_special_case(rank, [{ORTH: rank}])
    nlp.add_pipe("ranks", before="parser")
    return nlp


@Language.component("ranks")
def _keep_whole(doc: Doc) -> Doc:
    """Forbid a sentence to start behind a rank, which the parser then respects."""
    for token in doc[:-1]:
        if token.text in _ranks():
            token.nbor().is_sent_start = False
    return doc


@cache
def _ranks() -> frozenset[str]:
    return frozenset(word_lists("en", "speakers")["abbreviated"])
