"""How smoothly the map moves: time between frames while a headless Chromium pans and zooms it.

python -m benchmarks.desk_scale build 50000 /tmp/fifty
python -m benchmarks.desk_frames /tmp/fifty
"""

from __future__ import annotations

import itertools
import shutil
import signal
import statistics
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from benchmarks.desk_scale import HOME, serve
from tocsin.store.store import Store
from tocsin.store.workspace import Workspace

DRAGS, TURNS = 6, 6
# Made-up incidents stand in 28 cities; strewn over the map they fill every cell of it.
STREW = """UPDATE incidents SET lat = abs(random() % 1200000) / 10000.0 - 50,
lon = abs(random() % 3400000) / 10000.0 - 170"""
# Notes when each frame is drawn, from now until it is asked for.
WATCH = """() => { window.frames_at = []; const note = (at) => { window.frames_at.push(at);
requestAnimationFrame(note); }; requestAnimationFrame(note); }"""


def frames(folder: Path) -> None:
    """Print the median and 95th percentile of the time between two frames."""
    with Store.open(Workspace(folder).store) as store, store.engine.begin() as connection:
        connection.exec_driver_sql(STREW)
    server = serve(folder)
    try:
        with sync_playwright() as playwright:
            found = shutil.which("chromium") or shutil.which("chromium-browser")
            browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
            page = browser.new_page(viewport={"width": 1280, "height": 800})
            page.goto(HOME)
            page.wait_for_selector("body[data-ready]")
            print("spots drawn", page.locator("#map").get_attribute("data-ready"))
            page.evaluate(WATCH)
            _move(page)
            at = page.evaluate("window.frames_at")
            browser.close()
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(20)
    gaps = [after - before for before, after in itertools.pairwise(at)]
    cuts = statistics.quantiles(gaps, n=20)
    print(f"{len(gaps)} frames: median {statistics.median(gaps):.0f} ms, p95 {cuts[-1]:.0f} ms")
    print(f"longest {max(gaps):.0f} ms, {sum(gap > 50 for gap in gaps)} over 50 ms")


def _move(page: Page) -> None:
    """Drag the map to and fro, then zoom in and out, as a reader does."""
    box = page.locator("#map").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    for turn in range(DRAGS):
        away = 150 if turn % 2 == 0 else -150
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + away, y + away / 3, steps=40)
        page.mouse.up()
        page.wait_for_timeout(500)
    page.mouse.move(x, y)
    for turn in range(TURNS):
        page.mouse.wheel(0, -240 if turn < TURNS / 2 else 240)
        page.wait_for_timeout(900)


if __name__ == "__main__":
    frames(Path(sys.argv[1]))
