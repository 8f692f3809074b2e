"""Weights that travel with the package, and their one loader."""

from tocsin.models.loader import Tagged, Tagger, Worded, load_tagger

__all__ = ["Tagged", "Tagger", "Worded", "load_tagger"]
