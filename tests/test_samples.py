"""The sample reports and their truth file agree with each other and with the calendar."""

from __future__ import annotations

import calendar
import datetime
import html
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples"
TRUTH = [
    json.loads(line)
    for line in (ROOT / "tests" / "samples_truth.jsonl").read_text("utf-8").splitlines()
]
WEEKDAYS = calendar.day_name[:]
MONTHS = calendar.month_name[:]
_MONTH = "|".join(MONTHS[1:])
_FULL_DATE = re.compile(
    rf"\b({'|'.join(WEEKDAYS)}),? (?:({_MONTH}) (\d+)|(\d+) ({_MONTH})),? (\d{{4}})"
)


def _page_text(raw: bytes) -> str:
    page = raw.decode("iso-8859-1" if b"charset=iso-8859-1" in raw else "utf-8")
    return html.unescape(re.sub(r"<[^>]+>", "", page))


def _texts() -> dict[str, str]:
    found = {}
    for path in sorted(SAMPLES.rglob("*")):
        name = path.relative_to(SAMPLES).as_posix()
        if path.suffix == ".jsonl":
            for line in path.read_text("utf-8").splitlines():
                record = json.loads(line)
                found[f"{name}#{record['id']}"] = record["text"]
        elif path.suffix in {".txt", ".html"}:
            found[name] = _page_text(path.read_bytes())
    return found


TEXTS = _texts()


def _lines(kind: str) -> list[dict[str, Any]]:
    return [line for line in TRUTH if line["line"] == kind]


def _sentences(text: str) -> set[str]:
    return {part.strip(" .") for part in re.split(r"\n|(?<=[a-z])\. ", text) if len(part) > 40}


def test_there_are_enough_reports_in_every_form() -> None:
    forms = Counter(re.split(r"[.#]", name)[1] for name in TEXTS)
    assert len(TEXTS) >= 34
    assert forms["txt"] >= 12
    assert forms["html"] >= 8
    assert forms["jsonl"] >= 14


def test_every_report_is_in_the_truth_and_every_truth_report_exists() -> None:
    told = {report for line in _lines("incident") for report in line["reports"] + line["also_in"]}
    nothing_new = {line["report"] for line in _lines("no_new_incident")}
    assert told | nothing_new == set(TEXTS)
    assert not told & nothing_new


def test_other_truth_lines_name_existing_reports() -> None:
    named = {line["report"] for line in _lines("undated")}
    for line in _lines("copies"):
        named |= {line["original"], *line["copies"]}
    for line in _lines("versions"):
        named |= set(line["reports"])
    for line in _lines("disagreement"):
        named |= set(line["values"])
    assert named <= set(TEXTS)


def test_incident_keys_are_unique_and_links_lead_to_them() -> None:
    keys = [line["key"] for line in _lines("incident")]
    assert len(keys) == len(set(keys))
    named = {key for line in _lines("incident") for key in line["caused_by"]}
    named |= {line["part_of"] for line in _lines("incident") if "part_of" in line}
    named |= {key for line in _lines("no_new_incident") for key in line["mentions"]}
    named |= {line["incident"] for line in _lines("disagreement") if line["incident"]}
    assert named <= set(keys)


def test_at_least_six_reports_hold_nothing_new() -> None:
    reasons = {line["why"] for line in _lines("no_new_incident")}
    assert reasons >= {"anniversary", "trial", "opinion", "film review", "planned march", "sport"}


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_weekdays_agree_with_their_dates(name: str) -> None:
    for weekday, month, day, day_first, month_after, year in _FULL_DATE.findall(TEXTS[name]):
        number = MONTHS.index(month or month_after)
        date = datetime.date(int(year), number, int(day or day_first))
        assert WEEKDAYS[date.weekday()] == weekday


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_no_line_is_longer_than_a_reader_would_write(name: str) -> None:
    assert max(len(line) for line in TEXTS[name].splitlines()) <= 2000


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_reports_are_short(name: str) -> None:
    assert 55 <= len(TEXTS[name].split()) <= 450


@pytest.mark.parametrize("line", _lines("incident"), ids=lambda line: line["key"])
def test_victims_and_towns_stand_in_the_reports(line: dict[str, Any]) -> None:
    told = "\n".join(TEXTS[name] for name in line["reports"])
    assert all(victim in told for victim in line["victims"])
    assert line["city"] is None or line["city"].replace("ÿ", "y") in told.replace("ÿ", "y")


@pytest.mark.parametrize("line", _lines("copies"), ids=lambda line: line["original"])
def test_copies_share_most_sentences(line: dict[str, Any]) -> None:
    original = _sentences(TEXTS[line["original"]])
    for copy in line["copies"]:
        shared = original & _sentences(TEXTS[copy])
        assert len(shared) / len(original) >= 0.6


def test_versions_have_one_address() -> None:
    records = [
        json.loads(line) for line in (SAMPLES / "reports.jsonl").read_text("utf-8").splitlines()
    ]
    urls = {f"reports.jsonl#{record['id']}": record["url"] for record in records}
    for line in _lines("versions"):
        assert len({urls[report] for report in line["reports"]}) == 1
