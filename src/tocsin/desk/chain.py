"""The chain around an incident laid out as a small graph: earlier left, later right."""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.model import ChainLink
from tocsin.store.catalogue import Row

WIDTH, ROW, BOX_WIDTH, BOX_HEIGHT, MARGIN = 720, 74, 190, 52, 8
_SWING = 60  # pixels a curve inside one column swings out at most
_MOST = 11  # boxes drawn; of a longer chain the nearest links: more is a knot nobody reads

_VERBS = {
    "set_off_by": "set off by",
    "part_of": "part of",
    "measure_against": "measure against",
    "about": "about",
    "counter_to": "counter to",
    "same_series": "same series",
    "follows": "follows",
}


@dataclass(frozen=True)
class Box:
    """One incident of the chain at its place."""

    row: Row
    x: float
    y: float
    here: bool


@dataclass(frozen=True)
class Arrow:
    """One typed link between two boxes, from the one that answers to what it answers."""

    path: str
    label: str
    inferred: bool


@dataclass(frozen=True)
class Tie:
    """One typed link in words."""

    source: Row
    target: Row
    label: str
    inferred: bool
    near: bool


@dataclass(frozen=True)
class Drawing:
    """A chain ready to be drawn."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    ties: tuple[Tie, ...]


def draw(here: str, rows: dict[str, Row], links: list[ChainLink]) -> Drawing | None:
    """Lay out the incidents that links tie to this one; None where there are none."""
    unique = {(k.source, k.target, k.relation): k for k in links}
    links = [k for k in unique.values() if k.source in rows and k.target in rows]
    near = [here, *dict.fromkeys(i for k in links for i in (k.source, k.target) if i != here)]
    near = near[:_MOST]
    if len(near) < 2 or here not in rows:
        return None
    columns = _columns(near, rows)
    boxes = {}
    gap = (WIDTH - 2 * MARGIN - BOX_WIDTH) / max(1, len(columns) - 1)
    tallest = max(len(column) for column in columns)
    for x, column in enumerate(columns):
        top = (tallest - len(column)) * ROW / 2
        for y, name in enumerate(column):
            left = MARGIN + (x * gap if len(columns) > 1 else (WIDTH - BOX_WIDTH) / 2)
            boxes[name] = Box(rows[name], left, MARGIN + top + y * ROW, name == here)
    arrows = [_arrow(boxes[k.source], boxes[k.target], k) for k in links if _both(k, boxes)]
    height = tallest * ROW - (ROW - BOX_HEIGHT) + 2 * MARGIN
    ties = [
        Tie(
            rows[k.source],
            rows[k.target],
            _VERBS[k.relation],
            inferred=k.basis != "stated",
            near=here in (k.source, k.target),
        )
        for k in links
    ]
    return Drawing(WIDTH, height, tuple(boxes.values()), tuple(arrows), tuple(ties))


def _both(link: ChainLink, boxes: dict[str, Box]) -> bool:
    return link.source in boxes and link.target in boxes


def _columns(names: list[str], rows: dict[str, Row]) -> list[list[str]]:
    """Group by day into at most three columns, in the order of time."""
    days = sorted({rows[name].day or "9999" for name in names})
    groups = min(3, len(days))
    if groups == 1:
        half = (len(names) + 1) // 2
        return [names[half:], names[:half]] if names[half:] else [names]
    slot = {day: min(groups - 1, i * groups // len(days)) for i, day in enumerate(days)}
    columns: list[list[str]] = [[] for _ in range(groups)]
    for name in sorted(names, key=lambda n: (rows[n].day or "9999", n)):
        columns[slot[rows[name].day or "9999"]].append(name)
    return columns


def _arrow(source: Box, target: Box, link: ChainLink) -> Arrow:
    """Draw a curve between facing sides; inside one column it swings out beside the boxes."""
    middle = BOX_HEIGHT / 2
    y1, y2 = source.y + middle, target.y + middle
    if source.x == target.x:
        outward = 1 if source.x + BOX_WIDTH + _SWING < WIDTH else -1
        edge = source.x + (BOX_WIDTH if outward > 0 else 0)
        swing = outward * min(_SWING, 14 + abs(y2 - y1) / 9)
        path = f"M{edge:.0f} {y1:.0f}C{edge + swing:.0f} {y1:.0f} {edge + swing:.0f} {y2:.0f}"
        return Arrow(f"{path} {edge:.0f} {y2:.0f}", _VERBS[link.relation], link.basis != "stated")
    leftward = source.x > target.x
    x1 = source.x if leftward else source.x + BOX_WIDTH
    x2 = target.x + BOX_WIDTH if leftward else target.x
    half = (x1 + x2) / 2
    path = f"M{x1:.0f} {y1:.0f}C{half:.0f} {y1:.0f} {half:.0f} {y2:.0f} {x2:.0f} {y2:.0f}"
    return Arrow(path, _VERBS[link.relation], link.basis != "stated")
