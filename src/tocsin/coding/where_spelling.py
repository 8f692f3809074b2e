"""Misspelt names: compared with the names of places that the report's other names lie among."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rapidfuzz.distance import DamerauLevenshtein

from tocsin.coding.where_choice import Floats, Name
from tocsin.gazetteer import Gazetteer, Place, key

# Shorter names are one letter away from too many others.
SHORTEST = 6
# From this length on two letters may be wrong: "Millwakee", "Minneaplois".
LONG = 9
# Towns of one state that a misspelt name is compared with; more would find hamlets by chance.
TOWNS = 150


def respelt(
    names: Sequence[Name], shares: Sequence[Floats], gazetteer: Gazetteer
) -> dict[int, Place]:
    """For names the gazetteer lacks, the one place around the report's others that is spelt so."""
    unknown = [n for n, name in enumerate(names) if not name.options and _is_long(name.words)]
    if not unknown:
        return {}
    meant = [
        name.options[int(share.argmax())]
        for name, share in zip(names, shares, strict=True)
        if name.options
    ]
    around = list(_around(meant, gazetteer))
    found = {}
    for number in unknown:
        place = _nearest(key(names[number].words), around)
        if place is not None:
            found[number] = place
    return found


def _is_long(words: str) -> bool:
    return len(key(words)) >= SHORTEST


def _around(meant: Iterable[Place], gazetteer: Gazetteer) -> Iterable[Place]:
    """The report's own places, the areas that hold them, and the larger towns of their states."""
    states: set[str] = set()
    for place in meant:
        yield place
        yield from gazetteer.containing(place)
        if place.admin1 is not None and place.admin1 not in states:
            states.add(place.admin1)
            yield from gazetteer.largest(place.admin1, TOWNS)


def _nearest(wanted: str, around: Iterable[Place]) -> Place | None:
    """The place whose name is within the bound; none where two are equally near."""
    bound = 2 if len(wanted) >= LONG else 1
    best: dict[str, tuple[int, Place]] = {}
    for place in around:
        name = key(place.name)
        if name[:1] != wanted[:1] or abs(len(name) - len(wanted)) > bound:
            continue
        apart = DamerauLevenshtein.distance(name, wanted, score_cutoff=bound)
        if 0 < apart <= bound:
            best.setdefault(place.id, (apart, place))
    ranked = sorted(best.values(), key=lambda pair: (pair[0], pair[1].id))
    if not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return None
    return ranked[0][1]
