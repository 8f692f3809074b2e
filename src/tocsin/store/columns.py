"""The narrow rows of all incidents in memory, so that any filter is one walk over arrays.

A million incidents are 45 MB here, and a filter with its day counts and map cells takes some
milliseconds; grouping as many rows in SQLite takes more than a second.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, text

from tocsin import terms
from tocsin.ontology.kinds import FAMILIES

Mask = NDArray[np.bool_]
Numbers = NDArray[np.integer[Any]]
Floats = NDArray[np.floating[Any]]

NO_DAY = np.iinfo(np.int32).min
CERTAINTIES: tuple[str, ...] = get_args(terms.Certainty)
REVIEWS: tuple[str, ...] = get_args(terms.Review)
VERIFICATIONS: tuple[str, ...] = get_args(terms.Verification)

_BATCH = 50_000
_MAX_LAT = 85.05112878  # where the web's square map ends
_COLUMNS = (
    "n, kind, family, day, country, lat, lon, radius_km, reports, origins, certainty, review, "
    "verification, differs, priority, generation, appeared"
)
_DTYPES = {
    "n": np.int32,
    "kind": np.uint16,
    "family": np.uint8,
    "day": np.int32,
    "country": np.uint16,
    "lat": np.float32,
    "lon": np.float32,
    "radius_km": np.float32,
    "reports": np.int32,
    "origins": np.int32,
    "certainty": np.uint8,
    "review": np.uint8,
    "verification": np.uint8,
    "differs": np.bool_,
    "priority": np.float32,
    "generation": np.int32,
    "appeared": np.int32,
}


class Codes:
    """Numbers for words, in the order they are met."""

    def __init__(self, known: tuple[str, ...] = ()) -> None:
        self.words = list(known)
        self._numbers = {word: number for number, word in enumerate(known)}

    def number(self, word: str | None) -> int:
        """Return the number of a word, giving it the next one when it is new."""
        key = word or ""
        if key not in self._numbers:
            self._numbers[key] = len(self.words)
            self.words.append(key)
        return self._numbers[key]

    def known(self, word: str) -> int | None:
        """Return the number of a word that was met."""
        return self._numbers.get(word)


@dataclass(frozen=True)
class Columns:
    """Arrays of one generation of the store, newest day first, undated last."""

    generation: int
    arrays: dict[str, NDArray[Any]]
    kinds: Codes
    countries: Codes

    @cached_property
    def across(self) -> Floats:
        """Return how far east each incident stands on the web's square map, 0 to 1."""
        return across(self.arrays["lon"]).astype(np.float32)

    @cached_property
    def down(self) -> Floats:
        """Return how far south each incident stands on the web's square map, 0 to 1."""
        return down(self.arrays["lat"]).astype(np.float32)

    def __len__(self) -> int:
        """Return how many incidents there are."""
        return len(self.arrays["n"])

    def __getitem__(self, name: str) -> NDArray[Any]:
        """Return one column."""
        return self.arrays[name]


def load(connection: Connection, generation: int, levels: Sequence[str]) -> Columns:
    """Read the narrow rows that these handling levels show into arrays."""
    shown = _shown(levels)
    total = connection.scalar(text(f"SELECT count(*) FROM incidents WHERE {shown}")) or 0
    arrays = {name: np.zeros(total, dtype) for name, dtype in _DTYPES.items()}
    kinds, countries = Codes(), Codes(("",))
    coders = _coders(kinds, countries)
    rows = connection.execution_options(yield_per=_BATCH).execute(
        text(f"SELECT {_COLUMNS} FROM incidents WHERE {shown} ORDER BY n")
    )
    at = 0
    for batch in rows.partitions(_BATCH):
        end = at + len(batch)
        for name, values in zip(_DTYPES, zip(*batch, strict=True), strict=True):
            coder = coders.get(name)
            column = [coder(value) for value in values] if coder else values
            arrays[name][at:end] = np.array(column, _DTYPES[name])
        at = end
    order = np.lexsort((-arrays["n"], -arrays["day"].astype(np.int64)))
    return Columns(
        generation, {name: column[order] for name, column in arrays.items()}, kinds, countries
    )


def patched(
    columns: Columns,
    connection: Connection,
    generation: int,
    numbers: list[int],
    levels: Sequence[str],
) -> Columns:
    """Return columns in which the rows of some numbers are read anew, are new, or are gone."""
    arrays = dict(columns.arrays)
    keep = ~np.isin(arrays["n"], numbers)
    arrays = {name: column[keep] for name, column in arrays.items()}
    coders = _coders(columns.kinds, columns.countries)
    wanted = text(f"SELECT {_COLUMNS} FROM incidents WHERE n = :n AND {_shown(levels)}")
    for number in numbers:
        row = connection.execute(wanted, {"n": number}).first()
        if row is None:
            continue
        values = [
            coders[name](value) if name in coders else value
            for name, value in zip(_DTYPES, row, strict=True)
        ]
        day, n = int(values[3]), int(values[0])
        later = (arrays["day"] > day) | ((arrays["day"] == day) & (arrays["n"] > n))
        at = int(np.count_nonzero(later))
        arrays = {
            name: np.insert(arrays[name], at, np.array(value, dtype))
            for (name, dtype), value in zip(_DTYPES.items(), values, strict=True)
        }
    return Columns(generation, arrays, columns.kinds, columns.countries)


def _shown(levels: Sequence[str]) -> str:
    return f"handling IN ({', '.join(repr(str(level)) for level in levels)})"


def across(lon: Floats | float) -> Floats:
    """Return longitudes as parts of the width of the web's square map."""
    return (np.asarray(lon, float) + 180) / 360


def down(lat: Floats | float) -> Floats:
    """Return latitudes as parts of the height of the web's square map."""
    angle = np.radians(np.clip(np.asarray(lat, float), -_MAX_LAT, _MAX_LAT))
    found: Floats = (1 - np.log(np.tan(angle) + 1 / np.cos(angle)) / np.pi) / 2
    return found


def day_number(day: str | None) -> int:
    """Return a day as days since 1970, or the mark of an undated one."""
    if not day:
        return NO_DAY
    try:
        return date.fromisoformat(day[:10]).toordinal() - _EPOCH
    except ValueError:
        return NO_DAY


def day_of(number: int) -> str:
    """Return a day's ISO date."""
    return date.fromordinal(number + _EPOCH).isoformat()


def _coders(kinds: Codes, countries: Codes) -> dict[str, Any]:
    certainties, reviews = Codes(CERTAINTIES), Codes(REVIEWS)
    families, verifications = Codes(FAMILIES), Codes(VERIFICATIONS)
    days: dict[str | None, int] = {}

    def day(value: str | None) -> int:
        if value not in days:
            days[value] = day_number(value)
        return days[value]

    return {
        "kind": kinds.number,
        "family": families.number,
        "day": day,
        "country": countries.number,
        "lat": _float,
        "lon": _float,
        "radius_km": _float,
        "certainty": certainties.number,
        "review": reviews.number,
        "verification": verifications.number,
    }


def _float(value: float | None) -> float:
    return float("nan") if value is None else value


_EPOCH = date(1970, 1, 1).toordinal()
