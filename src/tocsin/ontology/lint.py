"""Finds what is wrong in an ontology: the checks that its tests and `tocsin doctor` run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tocsin.ontology.crosswalk import ANY_KIND, NOT_REPRESENTABLE, Crosswalk
from tocsin.ontology.kinds import FAMILIES, KindDef, Ontology, codes

MIN_EXAMPLES = 2  # one example tells what a kind is, two tell what varies in it
MIN_DEFINITION = 20  # characters: shorter ones only repeat the name


def lint(ontology: Ontology) -> tuple[str, ...]:
    """Return every fault of an ontology as a line of text; none means that it is sound."""
    lists = codes()
    faults: list[str] = []
    for kind in ontology.kinds.values():
        faults += _kind_faults(kind)
    for walk in ontology.crosswalks.values():
        faults += _walk_faults(walk, ontology, lists)
    return tuple(faults)


def _kind_faults(kind: KindDef) -> Iterator[str]:
    if len(kind.examples) < MIN_EXAMPLES or len(set(kind.examples)) < len(kind.examples):
        yield f"{kind.name}: needs {MIN_EXAMPLES} different examples"
    if len(kind.definition) < MIN_DEFINITION:
        yield f"{kind.name}: its definition says too little"
    if not {"kind", "when", "where"} <= kind.slots:
        yield f"{kind.name}: lacks the slots kind, when or where"
    if kind.family not in FAMILIES:
        yield f"{kind.name}: unknown family {kind.family!r}"


def _walk_faults(
    walk: Crosswalk, ontology: Ontology, lists: Mapping[str, tuple[str, ...]]
) -> Iterator[str]:
    known = {*lists[walk.target], NOT_REPRESENTABLE}
    total = set[str]()
    for rule in walk.rules:
        if rule.to not in known:
            yield f"{walk.target}: unknown code {rule.to!r}"
        for kind in rule.kinds - {ANY_KIND} - set(ontology.kinds):
            yield f"{walk.target}: unknown kind {kind!r}"
        for act in rule.when.get("act", frozenset()) - set(ontology.acts):
            yield f"{walk.target}: unknown act {act!r}"
        if rule.kinds & total and not walk.many:
            yield f"{walk.target}: the rule to {rule.to!r} can never hold"
        if not rule.when:
            total |= rule.kinds
    if not walk.many and ANY_KIND not in total and set(ontology.kinds) - total:
        yield f"{walk.target}: no rule for {', '.join(sorted(set(ontology.kinds) - total))}"
