"""Streets, and names that the gazetteer lacks: placed by the towns named near them, inexactly."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace

import msgspec

from tocsin.coding.mentions import PlaceMention
from tocsin.model import Where

# A town named within so many sentences says where an unknown name lies.
_REACH = 3

# An unknown name of a local report is somewhere around its towns, hardly in them.
AROUND_KM = 100.0


def placed(
    mentions: Sequence[PlaceMention], streets: Set[tuple[int, int]]
) -> tuple[PlaceMention, ...]:
    """Give streets the town they are told of in, unknown names its surroundings."""
    anchors = [m for m in mentions if _is_town(m)]
    found = []
    for mention in mentions:
        anchor = None
        if mention.where.lat is None:
            anchor = _anchor(mention, anchors)
        if anchor is None:
            found.append(mention)
        elif (mention.start, mention.end) in streets:
            found.append(replace(mention, where=_in_town(mention, anchor.where)))
        else:
            found.append(replace(mention, where=_around(mention, anchor.where)))
    return tuple(found)


def _is_town(mention: PlaceMention) -> bool:
    where = mention.where
    return where.lat is not None and where.city is not None and not mention.adjective


def _anchor(mention: PlaceMention, anchors: Sequence[PlaceMention]) -> PlaceMention | None:
    """The town named nearest, in this sentence or those before it, else the commonest one."""
    near = [a for a in anchors if 0 <= mention.sentence - a.sentence <= _REACH]
    if near:
        return min(
            near, key=lambda a: (mention.sentence - a.sentence, abs(a.start - mention.start))
        )
    counts: dict[str, int] = {}
    for anchor in anchors:
        counts[anchor.where.city or ""] = counts.get(anchor.where.city or "", 0) + 1
    return max(anchors, key=lambda a: (counts[a.where.city or ""], -a.start), default=None)


def _in_town(mention: PlaceMention, town: Where) -> Where:
    """A street: the town's point, with the street's own words."""
    return msgspec.structs.replace(
        town, words=mention.where.words, precision="city", basis="inferred", runners_up=()
    )


def _around(mention: PlaceMention, town: Where) -> Where:
    """A name that the gazetteer lacks: somewhere in the region of the town."""
    return Where(
        words=mention.where.words,
        lat=town.lat,
        lon=town.lon,
        admin1=town.admin1,
        country=town.country,
        precision="admin1",
        radius_km=AROUND_KM,
        zone=town.zone,
        basis="inferred",
    )
