"""Places by name, compiled once from GeoNames data (CC BY 4.0) and tables of our own."""

from tocsin.gazetteer.compiled import build, cache_path, ensure
from tocsin.gazetteer.index import Gazetteer
from tocsin.gazetteer.names import key
from tocsin.gazetteer.place import Place, PlaceKind, distance_km

__all__ = [
    "Gazetteer",
    "Place",
    "PlaceKind",
    "build",
    "cache_path",
    "distance_km",
    "ensure",
    "key",
]
