"""The vendored files are the ones that `make assets` wrote, each with its licence."""

from __future__ import annotations

import itertools
import json
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
DIGESTS: dict[str, str] = json.loads((ROOT / "assets" / "digests.json").read_text("utf-8"))
VENDOR = ROOT / "src" / "tocsin" / "desk" / "static" / "vendor"
HALF_TURN = 180


def test_every_vendored_file_has_the_digest_it_was_noted_with() -> None:
    for name, digest in DIGESTS.items():
        assert sha256((ROOT / name).read_bytes()).hexdigest() == digest, name


def test_no_file_stands_there_unnoted() -> None:
    here = {str(path.relative_to(ROOT)) for path in VENDOR.iterdir()}
    assert here <= set(DIGESTS)


def test_every_package_has_its_licence() -> None:
    for name in ("leaflet", "htmx", "uplot", "atlas"):
        assert "opyright" in (VENDOR / f"{name}.LICENSE").read_text() or name == "htmx"


def test_the_base_map_draws_no_line_across_the_world() -> None:
    world = json.loads((VENDOR / "world.json").read_text())
    rings = [ring for polygon in world["land"] for ring in polygon]
    for ring in [*rings, *world["borders"]]:
        for (west, south), (east, north) in itertools.pairwise(ring):
            along_the_edge = {abs(south), abs(north)} == {90} or south == north == -90
            assert abs(west - east) < HALF_TURN or along_the_edge
