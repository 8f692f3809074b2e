"""What a person asks of the incidents: one frozen query, answered over the columns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tocsin.ontology.kinds import FAMILIES
from tocsin.store.columns import (
    CERTAINTIES,
    NO_DAY,
    REVIEWS,
    VERIFICATIONS,
    Columns,
    Mask,
    Numbers,
    day_number,
)

Box = tuple[float, float, float, float]  # west, south, east, north


@dataclass(frozen=True)
class Query:
    """Filters that all have to hold; None or empty means: any."""

    words: str | None = None
    families: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    country: str | None = None
    outlet: str | None = None
    first: str | None = None
    last: str | None = None
    box: Box | None = None
    origins: int | None = None
    certainty: str | None = None
    review: str | None = None
    verification: str | None = None
    differs: bool = False
    since: int | None = None


def matching(
    query: Query, columns: Columns, *, words: list[int] | None, outlet: list[int] | None
) -> Numbers:
    """Return the positions of incidents that a query finds, newest day first.

    `words` and `outlet` are the numbers that the search and the outlet's list gave, if asked.
    """
    mask: Mask = np.ones(len(columns), np.bool_)
    for found in (words, outlet):
        if found is not None:
            mask &= _among(found, columns)
    _by_words(query, columns, mask)
    _by_days(query, columns, mask)
    if query.box is not None:
        mask &= _inside(query.box, columns)
    if query.origins is not None:
        mask &= columns["origins"] >= query.origins
    if query.differs:
        mask &= columns["differs"]
    if query.since is not None:
        mask &= columns["generation"] > query.since
    return np.flatnonzero(mask)


def _by_words(query: Query, columns: Columns, mask: Mask) -> None:
    """Keep what carries the words of closed lists that are asked for; an unknown one finds none."""
    if query.families:
        wanted = [FAMILIES.index(name) for name in query.families if name in FAMILIES]
        mask &= np.isin(columns["family"], wanted)
    if query.kinds:
        numbers = [columns.kinds.known(name) for name in query.kinds]
        mask &= np.isin(columns["kind"], [number for number in numbers if number is not None])
    if query.country:
        known = columns.countries.known(query.country)
        mask &= columns["country"] == known if known is not None else False
    closed = (
        ("certainty", query.certainty, CERTAINTIES),
        ("review", query.review, REVIEWS),
        ("verification", query.verification, VERIFICATIONS),
    )
    for name, word, known_words in closed:
        if word:
            mask &= columns[name] == known_words.index(word) if word in known_words else False


def _by_days(query: Query, columns: Columns, mask: Mask) -> None:
    if query.first:
        mask &= columns["day"] >= day_number(query.first)
        mask &= columns["day"] != NO_DAY
    if query.last:
        mask &= columns["day"] <= day_number(query.last)
        mask &= columns["day"] != NO_DAY


def _inside(box: Box, columns: Columns) -> Mask:
    west, south, east, north = box
    lat, lon = columns["lat"], columns["lon"]
    tall: Mask = (lat >= south) & (lat <= north)
    if west <= east:
        return tall & (lon >= west) & (lon <= east)
    return tall & ((lon >= west) | (lon <= east))


def _among(numbers: list[int], columns: Columns) -> Mask:
    top = int(columns["n"].max(initial=0))
    marks = np.zeros(top + 1, np.bool_)
    wanted = np.array(numbers, np.int64)
    marks[wanted[wanted <= top]] = True
    found: Mask = marks[columns["n"]]
    return found
