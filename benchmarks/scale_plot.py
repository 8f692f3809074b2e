"""Draw what linking costs as the pile grows, from docs/linking_scale.json.

Usage: python -m benchmarks.scale_plot

`python -m benchmarks.linking_scale SIZE ...` keeps what it measured in the JSON file.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
STATE = ROOT / "docs" / "linking_scale.json"
PICTURE = ROOT / "docs" / "img" / "linking-scale.svg"

_WIDTH, _HEIGHT = 300, 180
_LEFT, _TOP, _GAP = 50, 36, 80
_STYLE = (
    "text{font:12px sans-serif;fill:#333}.axis{stroke:#888;fill:none}"
    ".line{stroke:#0b6;stroke-width:2;fill:none}.dot{fill:#0b6}"
    ".limit{stroke:#c33;stroke-dasharray:5 4;fill:none}.red{fill:#c33}"
)

Row = dict[str, float]


@dataclass(frozen=True)
class Panel:
    """One chart: a measured value over the number of accounts, and the most that it may be."""

    title: str
    key: str
    limit: float
    limit_words: str


def main() -> None:
    """Draw the picture from what was measured."""
    rows = sorted(json.loads(STATE.read_text("utf-8")), key=lambda row: row["accounts"])
    PICTURE.write_text(picture(rows), "utf-8")


def keep(row: Row) -> None:
    """Note a measurement in place of the former one of its size."""
    rows = json.loads(STATE.read_text("utf-8")) if STATE.exists() else []
    rows = [other for other in rows if other["accounts"] != row["accounts"]]
    rows = sorted([*rows, row], key=lambda other: other["accounts"])
    STATE.write_text(json.dumps(rows, indent=1) + "\n", "utf-8")


def picture(rows: Sequence[Row]) -> str:
    """Return both charts side by side as SVG."""
    base = rows[0]["ms_per_account"]
    panels = (
        Panel("CPU time per account, ms", "ms_per_account", 1.5 * base, "1.5 times the smallest"),
        Panel("one more account, p95 in ms", "one_more_p95_ms", 50.0, "50 ms"),
    )
    width = _LEFT + len(panels) * (_WIDTH + _GAP)
    charts = "".join(
        f'<g transform="translate({_LEFT + n * (_WIDTH + _GAP)} {_TOP})">{_chart(panel, rows)}</g>'
        for n, panel in enumerate(panels)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{_HEIGHT + 90}">'
        f'<style>{_STYLE}</style><rect width="100%" height="100%" fill="#fff"/>{charts}</svg>\n'
    )


def _chart(panel: Panel, rows: Sequence[Row]) -> str:
    top = 1.15 * max(panel.limit, *(row[panel.key] for row in rows))
    first, last = (math.log10(rows[n]["accounts"]) for n in (0, -1))

    def x(row: Row) -> float:
        return _WIDTH * (math.log10(row["accounts"]) - first) / max(1e-9, last - first)

    def y(value: float) -> float:
        return _HEIGHT * (1 - value / top)

    points = [(x(row), y(row[panel.key]), row) for row in rows]
    path = " ".join(f"{a:.1f},{b:.1f}" for a, b, _ in points)
    limit = y(panel.limit)
    dots = "".join(
        f'<circle class="dot" cx="{a:.1f}" cy="{b:.1f}" r="4"/>'
        f'<text x="{a:.1f}" y="{b - 9:.1f}" text-anchor="middle">{row[panel.key]:g}</text>'
        f'<text x="{a:.1f}" y="{_HEIGHT + 18}" text-anchor="middle">{row["accounts"]:,.0f}</text>'
        for a, b, row in points
    )
    return (
        f'<text x="0" y="-16">{panel.title}</text>'
        f'<path class="axis" d="M0 0V{_HEIGHT}H{_WIDTH}"/>'
        f'<path class="limit" d="M0 {limit:.1f}H{_WIDTH}"/>'
        f'<text class="red" x="4" y="{limit - 6:.1f}">{panel.limit_words}</text>'
        f'<polyline class="line" points="{path}"/>{dots}'
        f'<text x="{_WIDTH / 2}" y="{_HEIGHT + 38}" text-anchor="middle">accounts</text>'
    )


if __name__ == "__main__":
    main()
