"""Cuts the vendored atlases down to what the desk's map draws, split at 180 degrees.

The atlases close rings across the antimeridian, which a flat map draws as lines over the whole
world; here each ring is unrolled and clipped to one world's width, twice where it crosses.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

Point = tuple[float, float]
Ring = list[Point]

SMALLEST = 0.02  # square degrees: smaller islands are specks at the zooms where this map is shown
HALF, WHOLE = 180.0, 360.0


class Topology:
    """A TopoJSON file with its arcs decoded to degrees."""

    def __init__(self, path: Path) -> None:
        self._raw = json.loads(path.read_text("utf-8"))
        scale, shift = self._raw["transform"]["scale"], self._raw["transform"]["translate"]
        self.arcs = [_decoded(arc, scale, shift) for arc in self._raw["arcs"]]

    def rings(self, name: str) -> Iterator[list[Ring]]:
        """Yield the rings of each polygon of an object, the outer one first."""
        for shape in self._raw["objects"][name]["geometries"]:
            polygons = {"Polygon": [shape.get("arcs")], "MultiPolygon": shape.get("arcs")}
            for polygon in polygons.get(shape.get("type"), []):
                yield [self._ring(ring) for ring in polygon]

    def shared(self, name: str) -> Iterator[Ring]:
        """Yield the arcs that two shapes of an object have in common: the inner borders."""
        users: dict[int, set[int]] = {}
        for number, shape in enumerate(self._raw["objects"][name]["geometries"]):
            for arc in _flat(shape.get("arcs", [])):
                users.setdefault(arc if arc >= 0 else ~arc, set()).add(number)
        for arc, shapes in users.items():
            if len(shapes) > 1:
                yield self.arcs[arc]

    def _ring(self, arcs: list[int]) -> Ring:
        points: Ring = []
        for arc in arcs:
            line = self.arcs[arc] if arc >= 0 else self.arcs[~arc][::-1]
            points += line if not points else line[1:]
        return points


def land(topology: Topology, name: str, digits: int) -> list[list[list[list[float]]]]:
    """Return the polygons of an object, clipped to one world's width."""
    found = []
    for outer, *holes in topology.rings(name):
        for piece in _split(outer):
            if abs(_area(piece)) < SMALLEST:
                continue
            inner = [hole for hole in holes if abs(_area(hole)) >= SMALLEST]
            found.append([_rounded(ring, digits) for ring in [piece, *inner]])
    return found


def lines(arcs: Iterable[Ring], digits: int) -> list[list[list[float]]]:
    """Return border lines, broken where they cross 180 degrees."""
    found: list[Ring] = []
    for arc in arcs:
        piece: Ring = []
        for point in arc:
            if piece and abs(point[0] - piece[-1][0]) > HALF:
                found.append(piece)
                piece = []
            piece.append(point)
        found.append(piece)
    return [_rounded(line, digits) for line in found if len(line) > 1]


def _decoded(arc: list[list[int]], scale: Point, shift: Point) -> Ring:
    x = y = 0
    points = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        points.append((x * scale[0] + shift[0], y * scale[1] + shift[1]))
    return points


def _flat(arcs: object) -> Iterator[int]:
    if isinstance(arcs, int):
        yield arcs
    elif isinstance(arcs, list):
        for inner in arcs:
            yield from _flat(inner)


def _split(ring: Ring) -> Iterator[Ring]:
    unrolled = _unrolled(ring)
    turn = unrolled[-1][0] - unrolled[0][0]
    if abs(turn) > HALF:  # the ring goes round a pole: close it along the map's edge
        pole = -90.0 if unrolled[0][1] < 0 else 90.0
        unrolled += [(unrolled[-1][0], pole), (unrolled[0][0], pole)]
    west = min(x for x, _ in unrolled)
    east = max(x for x, _ in unrolled)
    for world in (-1, 0, 1):
        low, high = world * WHOLE - HALF, world * WHOLE + HALF
        if west < high and east > low:
            piece = _clipped(_clipped(unrolled, low, keep=_at_least), high, keep=_at_most)
            moved = [(x - world * WHOLE, y) for x, y in piece]
            if len(moved) > 2:
                yield moved


def _unrolled(ring: Ring) -> Ring:
    points = [ring[0]]
    for x, y in ring[1:]:
        last = points[-1][0]
        points.append((x - WHOLE * round((x - last) / WHOLE), y))
    return points


def _at_least(x: float, edge: float) -> bool:
    return x >= edge


def _at_most(x: float, edge: float) -> bool:
    return x <= edge


def _clipped(ring: Ring, edge: float, *, keep: Callable[[float, float], bool]) -> Ring:
    kept: Ring = []
    for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1], strict=True):
        if keep(ax, edge):
            kept.append((ax, ay))
        if keep(ax, edge) != keep(bx, edge):
            kept.append((edge, ay + (by - ay) * (edge - ax) / (bx - ax)))
    return kept


def _area(ring: Ring) -> float:
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairs) / 2


def _rounded(ring: Ring, digits: int) -> list[list[float]]:
    found: list[list[float]] = []
    for x, y in ring:
        point = [round(x, digits), round(y, digits)]
        if not found or point != found[-1]:
            found.append(point)
    return found
