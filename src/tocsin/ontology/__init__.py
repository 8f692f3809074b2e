"""What incidents can be: kinds, acts and crosswalks as data files, with their linter."""

from tocsin.ontology.crosswalk import NOT_REPRESENTABLE, Crosswalk, Facts, facts_from
from tocsin.ontology.kinds import ActDef, KindDef, Ontology, codes, load
from tocsin.ontology.lint import lint

__all__ = [
    "NOT_REPRESENTABLE",
    "ActDef",
    "Crosswalk",
    "Facts",
    "KindDef",
    "Ontology",
    "codes",
    "facts_from",
    "lint",
    "load",
]
