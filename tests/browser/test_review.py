"""The whole review by keyboard, undo, merge with preview, and two people at one incident."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Served
from tocsin import shown

pytestmark = pytest.mark.browser


def verbs(own: Served) -> list[str]:
    return [decision.verb for decision in own.desk.decisions()]


def title(page: Page) -> str:
    return page.locator("h1").inner_text()


def test_the_queue_is_worked_through_by_keyboard_alone(own: Served, page: Page) -> None:
    page.goto(f"{own.address}/review")
    first = title(page)
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()

    page.keyboard.press("a")
    page.wait_for_url("**done=1")
    assert title(page) != first
    page.keyboard.press("u")
    page.wait_for_url("**done=2")
    assert title(page) == first
    assert verbs(own) == ["accept", "withdraw"]

    page.goto(f"{own.address}/review")
    page.keyboard.press("x")
    page.keyboard.type("a drill, not an attack")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**done=3")
    page.keyboard.press("k")
    page.wait_for_url("**done=4")
    page.keyboard.press("n")
    page.keyboard.type("call the clerk")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**done=5")
    page.keyboard.press("c")
    page.keyboard.press("Tab")
    page.keyboard.type("Main Street")
    page.keyboard.press("Enter")
    page.wait_for_url("**done=6")
    assert verbs(own) == ["accept", "withdraw", "reject", "note", "note", "set"]
    assert all(decision.by == "Ada" for decision in own.desk.decisions())


def test_numbers_open_fields_and_j_goes_on(own: Served, page: Page) -> None:
    page.goto(f"{own.address}/review")
    field = page.locator("[data-number='2']")
    before = field.get_attribute("open")
    page.keyboard.press("2")
    assert field.get_attribute("open") != before
    first = page.locator(".head h1 a").get_attribute("href")
    page.keyboard.press("j")
    page.wait_for_url("**incident=**")
    assert page.locator(".head h1 a").get_attribute("href") != first
    assert verbs(own) == []


def test_a_merge_is_previewed_then_decided_then_undone(own: Served, page: Page) -> None:
    incidents = {i.id for i in own.desk.store.incidents()}
    near = next(
        (one, other)
        for one in sorted(incidents)
        for other in own.desk.catalogue.alike(own.desk.catalogue.rows_of([one])[one], 1)
    )
    page.goto(f"{own.address}/review?incident={near[0]}")
    page.keyboard.press("m")
    expect(page.locator("#merge")).to_be_visible()
    page.locator("#merge textarea").fill("one night")
    page.locator("#merge button.main").click()
    expect(page.locator("h1")).to_contain_text("would be one incident")
    assert verbs(own) == []
    page.keyboard.press("Enter")
    page.wait_for_url("**done=1")
    assert len(own.desk.store.incidents()) == len(incidents) - 1
    page.keyboard.press("u")
    page.wait_for_url("**done=2")
    assert {i.id for i in own.desk.store.incidents()} == incidents


def test_the_second_person_sees_the_first_before_writing(browser: Browser, own: Served) -> None:
    incident = own.desk.store.incidents()[0].id
    contexts = [browser.new_context(), browser.new_context()]
    one, other = (context.new_page() for context in contexts)
    for page in (one, other):
        page.goto(f"{own.address}/review?incident={incident}")
    one.keyboard.press("a")
    one.wait_for_url("**done=1")
    expect(other.locator("#meanwhile")).to_contain_text("Ada decided about this incident")
    other.keyboard.press("a")
    expect(other.locator("[role=alert]")).to_contain_text("decided about this incident meanwhile")
    assert verbs(own) == ["accept"]
    for context in contexts:
        context.close()


def test_verification_is_a_separate_act_with_a_reason(own: Served, page: Page) -> None:
    incident = own.desk.store.incidents()[0].id
    page.goto(f"{own.address}/incident/{incident}")
    section = page.locator("section[aria-labelledby=verify]")
    section.locator("select").select_option("verified")
    section.locator("textarea").fill("read the court file")
    section.get_by_role("button").click()
    expect(page.locator(".head .state").nth(1)).to_have_text("verified")
    assert own.desk.decisions()[0].reason == "read the court file"


def test_a_decision_elsewhere_is_told_without_a_reload(own: Served, page: Page) -> None:
    page.goto(own.address)
    page.wait_for_selector("body[data-ready]")
    other = page.context.new_page()
    other.goto(f"{own.address}/review")
    other.keyboard.press("a")
    other.wait_for_url("**done=1")
    expect(page.locator("#fresh")).to_contain_text("1 changed", timeout=10_000)


def test_a_correction_is_offered_what_the_texts_say(own: Served, page: Page) -> None:
    incident = next(i for i in own.desk.store.incidents() if i.slots.get("killed", ())[:1])
    page.goto(f"{own.address}/review?incident={incident.id}")
    page.keyboard.press("c")
    page.locator("#correct select").select_option("killed")
    offered = page.locator("#suggested option").all()
    assert offered
    assert {option.get_attribute("data-slot") for option in offered} == {"killed"}
    page.locator("#correct select").select_option("kind")
    assert page.locator("#suggested option").count() > 30
    page.keyboard.press("Escape")
    expect(page.locator("#correct")).to_be_hidden()


def test_a_split_is_previewed_and_undone_by_keyboard(own: Served, page: Page) -> None:
    incident = next(i for i in own.desk.store.incidents() if i.reports >= 3)
    before = {i.id for i in own.desk.store.incidents()}
    page.goto(f"{own.address}/review?incident={incident.id}")
    page.keyboard.press("s")
    expect(page.locator("#split")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    page.locator("#split input[type=checkbox]").last.focus()
    page.keyboard.press("Space")
    page.locator("#split textarea").focus()
    page.keyboard.type("another street")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("This would become")
    assert verbs(own) == []
    page.keyboard.press("Enter")
    page.wait_for_url("**done=1")
    assert len(own.desk.store.incidents()) == len(before) + 1
    page.keyboard.press("u")
    page.wait_for_url("**done=2")
    assert {i.id for i in own.desk.store.incidents()} == before


def test_a_name_is_shown_again_with_a_reason_and_hidden_by_undo(own: Served, page: Page) -> None:
    incident, name = next(
        (i, victim.name)
        for i in own.desk.store.incidents()
        for victim in shown.victims(i)
        if victim.age == 9 and victim.name
    )
    page.goto(f"{own.address}/incident/{incident.id}")
    expect(page.locator("body")).not_to_contain_text(name)
    section = page.locator("section[aria-labelledby=masked]")
    section.locator("textarea").fill("the family asked for it")
    section.get_by_role("button").click()
    expect(page.locator("h1")).to_contain_text(name)
    page.goto(f"{own.address}/review?incident={incident.id}")
    page.get_by_role("button", name="Withdraw").click()
    page.wait_for_url("**done=2**")
    page.goto(f"{own.address}/incident/{incident.id}")
    expect(page.locator("body")).not_to_contain_text(name)
