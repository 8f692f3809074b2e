"""Every page in a real browser: light, dark, phone, 200 % zoom; no serious axe finding."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Served, watch
from tocsin import shown
from tocsin.store.jobs import alone

pytestmark = pytest.mark.browser

AXE = (Path(__file__).parent / "axe" / "axe.min.js").read_text("utf-8")
PAGES = [
    "/",
    "/review",
    "/sources",
    "/sources/reports",
    "/add",
    "/export",
    "/about",
    "/nothing-here",
]
LOOKS = {
    "light": {"viewport": {"width": 1280, "height": 800}, "color_scheme": "light"},
    "dark": {"viewport": {"width": 1280, "height": 800}, "color_scheme": "dark"},
    "phone": {"viewport": {"width": 390, "height": 844}, "color_scheme": "light"},
    "zoomed": {"viewport": {"width": 640, "height": 400}, "device_scale_factor": 2},
}


def paths(served: Served) -> list[str]:
    incident = max(served.desk.store.incidents(), key=lambda i: (i.reports, len(i.slots)))
    report = served.desk.store.accounts_of(incident.id)[0].report
    return [*PAGES, f"/incident/{incident.id}", f"/report/{report}"]


@pytest.mark.parametrize("look", LOOKS)
def test_every_page_is_accessible_and_fits(browser: Browser, served: Served, look: str) -> None:
    context = browser.new_context(bypass_csp=True, **LOOKS[look])  # type: ignore[arg-type]
    page = context.new_page()
    wrong = watch(page)
    findings = []
    for path in paths(served):
        page.goto(served.address + path)
        if path == "/":
            page.wait_for_selector("body[data-ready]")
        page.add_script_tag(content=AXE)
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        findings += [
            (path, v["id"], v["nodes"][0]["html"][:160])
            for v in found["violations"]
            if v["impact"] in ("serious", "critical")
        ]
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if wide > 1:
            findings.append((path, "wider than the window", str(wide)))
    context.close()
    assert not findings
    assert not [line for line in wrong if "404" not in line]


def test_filters_move_list_map_and_address_together(page: Page, served: Served) -> None:
    page.goto(served.address)
    page.wait_for_selector("body[data-ready]")
    everything = page.locator(".summary strong").inner_text()
    page.select_option("select[name=kind]", "crowd")
    expect(page.locator(".summary strong")).not_to_have_text(everything)
    assert "kind=crowd" in page.url
    assert all("crowd" in (c or "") for c in _classes(page))
    page.fill("#q", "tear gas")
    expect(page.locator(".chip").first).to_contain_text("tear gas")
    assert "q=tear+gas" in page.url
    page.reload()
    page.wait_for_selector("body[data-ready]")
    assert page.input_value("#q") == "tear gas"
    page.locator("[data-clears=q]").click()
    expect(page.locator("[data-clears=q]")).to_have_count(0)
    assert "q=" not in page.url


def _classes(page: Page) -> list[str | None]:
    return [row.get_attribute("class") for row in page.locator(".row").all()]


def test_the_brush_on_the_timeline_chooses_days(page: Page, served: Served) -> None:
    page.goto(served.address)
    page.wait_for_selector("body[data-ready]")
    box = page.locator(".u-over").bounding_box()
    assert box is not None
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * 0.3, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.6, middle, steps=5)
    page.mouse.up()
    expect(page.locator("[data-clears=first]")).to_have_count(1)
    assert page.input_value("input[name=first]") < page.input_value("input[name=last]")
    page.locator(".u-over").dblclick()
    expect(page.locator("[data-clears=first]")).to_have_count(0)


def test_the_map_shows_cells_and_the_list_can_follow_it(page: Page, served: Served) -> None:
    page.goto(served.address)
    page.wait_for_selector("body[data-ready]")
    assert int(page.locator("#map").get_attribute("data-ready") or 0) > 3
    page.check("#follow")
    expect(page.locator("[data-clears=box]")).to_have_count(1)
    assert "box=" in page.url


def test_words_open_behind_a_value(page: Page, served: Served) -> None:
    incident = max(served.desk.store.incidents(), key=lambda i: i.reports)
    page.goto(f"{served.address}/incident/{incident.id}")
    first = page.locator("details.slot").first
    expect(first.locator(".words").first).to_be_hidden()
    first.locator("summary").click()
    expect(first.locator(".words mark").first).to_be_visible()
    first.locator(".words a").first.click()
    page.wait_for_url("**/report/**")
    assert page.locator(".text mark").count() > 0


def test_a_long_list_goes_on_by_itself(page: Page, served: Served) -> None:
    page.goto(served.address)
    page.wait_for_selector("body[data-ready]")
    page.mouse.wheel(0, 20000)
    expect(page.locator(".row")).to_have_count(len(served.desk.catalogue.columns()))


def test_pages_work_without_script(browser: Browser, served: Served) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served.address}/?kind=crowd")
    assert page.locator(".row").count() > 0
    page.locator(".row h3 a").first.click()
    assert page.locator("h1").inner_text()
    context.close()


def test_a_printed_incident_shows_the_words_behind_every_value(page: Page, served: Served) -> None:
    incident = max(served.desk.store.incidents(), key=lambda i: i.reports)
    page.goto(f"{served.address}/incident/{incident.id}")
    page.emulate_media(media="print")
    expect(page.locator(".top")).to_be_hidden()
    expect(page.locator(".slot .words blockquote").first).to_be_visible()
    assert page.locator(".acting:visible").count() == 0


def test_what_became_of_a_victim_is_a_line_over_days(page: Page, served: Served) -> None:
    incident = next(
        i
        for i in served.desk.store.incidents()
        if any(len(victim.conditions) > 1 for victim in shown.victims(i))
    )
    page.goto(f"{served.address}/incident/{incident.id}")
    line = page.locator(".course-line").first
    expect(line).to_be_visible()
    places = [float(c.get_attribute("cx") or 0) for c in line.locator("circle").all()]
    assert len(places) > 1
    assert places == sorted(places)


def test_a_job_shows_its_progress_and_can_be_stopped(own: Served, page: Page) -> None:
    page.goto(f"{own.address}/add")
    turn = own.desk.starter.jobs.folder / "turn.lock"
    turn.parent.mkdir(exist_ok=True)
    with alone(turn):
        page.get_by_role("button", name="Rebuild the store").click()
        job = page.locator(".job").first
        expect(job).to_contain_text("Waits for another job", timeout=60_000)
        expect(page.locator("#working")).to_contain_text("Waits for another job")
        job.get_by_role("button", name="Stop").click()
        expect(job).to_contain_text("Stopped", timeout=60_000)
    expect(page.locator("#working")).to_be_hidden()
    job.get_by_role("button", name="Go on").click()
    expect(page.locator(".job").first).to_contain_text("Done", timeout=60_000)


def test_dropped_files_are_taken_by_the_form(own: Served, page: Page) -> None:
    page.goto(f"{own.address}/add")
    page.evaluate(
        """() => {
            const moved = new DataTransfer();
            moved.items.add(new File(["Two hurt in Leeds"], "leeds.txt"));
            const how = { dataTransfer: moved, bubbles: true, cancelable: true };
            document.getElementById("adding").dispatchEvent(new DragEvent("drop", how));
        }"""
    )
    expect(page.locator("#chosen")).to_have_text("leeds.txt")
    assert page.evaluate("document.getElementById('adding').elements.files.files.length") == 1
