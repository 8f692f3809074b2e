"""Renews the desk's vendored files from pinned npm packages: `make assets`."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import tempfile
from pathlib import Path

from assets.basemap import Topology, land, lines

HERE = Path(__file__).parent
ROOT = HERE.parent
STATIC = ROOT / "src" / "tocsin" / "desk" / "static" / "vendor"
BROWSER = ROOT / "tests" / "browser" / "axe"

# Package file -> where it stands here.
COPIES = {
    "leaflet/dist/leaflet.js": STATIC / "leaflet.js",
    "leaflet/dist/leaflet.css": STATIC / "leaflet.css",
    "leaflet/LICENSE": STATIC / "leaflet.LICENSE",
    "htmx.org/dist/htmx.min.js": STATIC / "htmx.js",
    "htmx.org/LICENSE": STATIC / "htmx.LICENSE",
    "uplot/dist/uPlot.iife.min.js": STATIC / "uplot.js",
    "uplot/dist/uPlot.min.css": STATIC / "uplot.css",
    "uplot/LICENSE": STATIC / "uplot.LICENSE",
    "world-atlas/LICENSE": STATIC / "atlas.LICENSE",
    "axe-core/axe.min.js": BROWSER / "axe.min.js",
    "axe-core/LICENSE": BROWSER / "LICENSE",
    "axe-core/LICENSE-3RD-PARTY.txt": BROWSER / "LICENSE-3RD-PARTY.txt",
}


def main() -> None:
    """Install, copy, cut the maps, and note every digest."""
    STATIC.mkdir(parents=True, exist_ok=True)
    BROWSER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, work / name)
        command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
        subprocess.run(command, cwd=work, check=True)
        packages = work / "node_modules"
        for source, target in COPIES.items():
            _copy(packages / source, target)
        _write_maps(packages)
    _write_digests()


def _copy(source: Path, target: Path) -> None:
    text = source.read_text("utf-8")
    kept = [line for line in text.splitlines() if not line.startswith("//# sourceMappingURL")]
    target.write_text("\n".join(kept) + "\n", "utf-8")


def _write_maps(packages: Path) -> None:
    world = Topology(packages / "world-atlas" / "countries-50m.json")
    states = Topology(packages / "us-atlas" / "states-10m.json")
    counties = Topology(packages / "us-atlas" / "counties-10m.json")
    maps = {
        "world": {
            "land": land(world, "land", 2),
            "borders": lines(world.shared("countries"), 2),
        },
        "states": {"borders": lines(states.shared("states"), 2)},
        "counties": {"borders": lines(counties.shared("counties"), 2)},
    }
    for name, parts in maps.items():
        text = json.dumps(parts, separators=(",", ":"))
        (STATIC / f"{name}.json").write_text(text + "\n", "utf-8")


def _write_digests() -> None:
    files = sorted(p for p in [*STATIC.iterdir(), *BROWSER.iterdir()] if p.name != "digests.json")
    digests = {
        str(path.relative_to(ROOT)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files
    }
    (HERE / "digests.json").write_text(json.dumps(digests, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
