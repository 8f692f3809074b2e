"""Weights that travel with the package, and their one loader."""

from tocsin.models.loader import Tagger, load_tagger

__all__ = ["Tagger", "load_tagger"]
