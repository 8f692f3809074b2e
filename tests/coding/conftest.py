"""The parser and the gazetteer, loaded once for all tests of the readers."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from spacy.language import Language

from tocsin.gazetteer import Gazetteer, ensure
from tocsin.lang.parser import load_parser
from tocsin.settings import Settings


@pytest.fixture(scope="session")
def nlp() -> Language:
    return load_parser(Settings().spacy_model)


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    """Compiled once a machine: its name is the digest of what it is made of."""
    return Gazetteer(ensure(Path(tempfile.gettempdir()) / "tocsin-test-gazetteer"))
