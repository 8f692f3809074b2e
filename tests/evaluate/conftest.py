"""The parser and the gazetteer of the readers' tests."""

from tests.coding.conftest import gazetteer, nlp

__all__ = ["gazetteer", "nlp"]
