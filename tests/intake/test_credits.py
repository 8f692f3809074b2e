"""Datelines and agency credits."""

from __future__ import annotations

import pytest

from tocsin.intake.credits import agency_of, dateline_of, outlet_of

REST = "Hundreds of people marched to the town hall on Sunday evening, the mayor said."

DATELINES = [
    (f"(LKTV)- {REST}", "(LKTV)", None, "LKTV"),
    (f"(LKTV)-{REST}", "(LKTV)", None, "LKTV"),
    (f"CARVER, Wis. (AP) — {REST}", "CARVER, Wis. (AP)", "AP", None),
    (f"CAIRO, Jan 28 (Reuters) - {REST}", "CAIRO, Jan 28 (Reuters)", "Reuters", None),
    (f"Guwahati, Dec 12 (PTI) {REST}", "Guwahati, Dec 12 (PTI)", "PTI", None),
    (f"YORK, PA — {REST}", "YORK, PA", None, None),
    (f"MARLOW, Ohio (WQRX) — {REST}", "MARLOW, Ohio (WQRX)", None, "WQRX"),
    (f"Bogota - {REST}", "Bogota", None, None),
    (f"A headline\n\nYANGON, Feb. 9 (Xinhua) -- {REST}", "YANGON, Feb. 9 (Xinhua)", "Xinhua", None),
    (f"PORT ELLIS (Pacific Cable) - {REST}", "PORT ELLIS (Pacific Cable)", None, "Pacific Cable"),
    (f"LIVERPOOL, England — {REST}", "LIVERPOOL, England", None, None),
    (f"UPDATE (10:20 a.m. ET) - {REST}", None, None, None),
    (f"ALSO READ: {REST}", None, None, None),
    (f"VIDEO - {REST}", None, None, None),
    (f"The man - a known troublemaker - left. {REST}", None, None, None),
    (REST, None, None, None),
    (f"{'A' * 100} {REST}", None, None, None),
    (f"{'Ab ' * 30}{REST}", None, None, None),
    (f"{'A.' * 50} {REST}", None, None, None),
    (f"WINTER HAVEN, Fla.-- {REST}", "WINTER HAVEN, Fla.", None, None),
    (
        f"STRATFORD-UPON-AVON, England (AP) — {REST}",
        "STRATFORD-UPON-AVON, England (AP)",
        "AP",
        None,
    ),
]


@pytest.mark.parametrize(("text", "dateline", "agency", "outlet"), DATELINES)
def test_dateline_and_whose_copy_it_is(
    text: str, dateline: str | None, agency: str | None, outlet: str | None
) -> None:
    found = dateline_of(text)
    assert found == dateline
    assert agency_of(text, found) == agency
    assert outlet_of(found) == outlet


CREDITS = [
    ("Copyright 2021 The Associated Press. All rights reserved.", "AP"),
    ("(Reporting by A. Writer for Reuters; Editing by B. Editor)", "Reuters"),
    ("Source: Xinhua", "Xinhua"),
    ("— AFP", "AFP"),
    ("Associated Press writer Tom Hale contributed to this report.", None),
    ("Ap", "AP"),
]


@pytest.mark.parametrize(("line", "agency"), CREDITS)
def test_closing_credit(line: str, agency: str | None) -> None:
    assert agency_of(f"{REST}\n{line}", None) == agency


def test_agency_as_a_source_makes_no_copy() -> None:
    text = f"{REST} Three were hurt, according to the Associated Press, and one died."
    assert agency_of(text, None) is None
