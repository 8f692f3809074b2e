"""Every page answers, keeps to itself, shows hostile text harmlessly and no masked name."""

from __future__ import annotations

import gzip
import html
import re
from pathlib import Path

import msgspec
import pytest
from benchmarks.made_up import HOSTILE
from starlette.testclient import TestClient

from tests.desk.workspace import make_desk
from tocsin import linking, shown
from tocsin.desk.app import create_app
from tocsin.desk.pages.incident import told
from tocsin.desk.state import Desk
from tocsin.model import Text

PAGES = ["/", "/list?after=5", "/review", "/sources", "/sources/reports", "/export", "/about"]


def incident_pages(desk: Desk) -> list[str]:
    return [f"/incident/{incident.id}" for incident in desk.store.incidents()]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_answers_and_asks_no_other_host(reader: TestClient, path: str) -> None:
    answer = reader.get(path)
    assert answer.status_code == 200
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    loaded = re.findall(r'(?:src|<link[^>]*href)="([^"]+)"', answer.text)
    assert all(address.startswith("/static/") for address in loaded)
    assert not re.search(r"<script(?![^>]*\bsrc=)", answer.text)
    assert not re.search(r'\sstyle="', answer.text)


def test_every_incident_and_report_has_its_page(reader: TestClient, kept_desk: Desk) -> None:
    for path in incident_pages(kept_desk)[:25]:
        answer = reader.get(path)
        assert answer.status_code == 200, path
        for report in set(re.findall(r"/report/r-[0-9a-f]+", answer.text)):
            assert reader.get(report).status_code == 200, report


def test_hostile_text_is_shown_and_does_nothing(reader: TestClient, kept_desk: Desk) -> None:
    hostile = [r for r in kept_desk.store.reports() if HOSTILE in r.text]
    assert hostile
    for report in hostile:
        page = reader.get(f"/report/{report.id}").text
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
        assert "<script>alert" not in page
        assert "<b onmouseover" not in page
        assert "\x00" not in page
        assert "\u202e" not in page


def test_names_of_minors_stand_on_no_page(reader: TestClient, kept_desk: Desk) -> None:
    checked = 0
    for incident in kept_desk.store.incidents():
        telling = told(kept_desk, incident)
        names = [name for name, _ in telling.mask.people]
        for victim in shown.victims(incident):
            if victim.age == 9 and victim.name:
                checked += 1
                assert victim.name in names
        paths = [f"/incident/{incident.id}", f"/review?incident={incident.id}"]
        paths += [f"{paths[0]}/record.json", *(f"/report/{r}" for r in telling.reports)]
        for path in paths if names else []:
            text = reader.get(path).text
            assert not [name for name in names if re.search(rf"\b{name}\b", text)], path
    assert checked


@pytest.mark.parametrize("path", ["/incident/i-none", "/report/r-none", "/nothing", "/export/no"])
def test_what_is_not_there_is_said_calmly(reader: TestClient, path: str) -> None:
    answer = reader.get(path)
    assert answer.status_code == 404
    assert "Back to the overview" in answer.text


@pytest.mark.parametrize(
    "query",
    [
        "q=%00%22*",
        "box=1,2,x",
        "first=2020-13-45",
        "kind=%3Cscript%3E",
        "after=99999",
        "origins=-1",
    ],
)
def test_odd_filters_break_nothing(reader: TestClient, query: str) -> None:
    for path in ("/", "/list", "/map.json", "/timeline.json"):
        answer = reader.get(f"{path}?{query}")
        assert answer.status_code == 200
        assert "<script>" not in answer.text


def test_an_empty_workspace_says_what_to_do(tmp_path: Path) -> None:
    desk = make_desk(tmp_path / "empty", size=0)
    client = TestClient(create_app(desk))
    assert "tocsin run" in client.get("/").text
    for path in PAGES:
        assert client.get(path).status_code == 200
    desk.store.engine.dispose()


def test_a_page_is_light(reader: TestClient) -> None:
    page = reader.get("/").text
    parts = re.findall(r'(?:src|href)="(/static/[^"]+)"', page)
    texts = [page.encode(), *(reader.get(part).content for part in set(parts))]
    assert sum(len(gzip.compress(text)) for text in texts) < 600_000


def test_a_denied_or_alleged_figure_never_stands_without_its_hedge(
    reader: TestClient, kept_desk: Desk
) -> None:
    page = reader.get("/list").text
    checked = 0
    for row in re.findall(r'<li class="row .*?</li>', page, re.S):
        identifier = re.findall(r"/incident/(i-\w+)", row)[0]
        card = kept_desk.catalogue.rows_of([identifier])[identifier].card
        for figure in card.figures:
            if figure.certainty != "asserted":
                checked += 1
                after = row.split(f"{figure.text} {figure.slot}")[1]
                assert figure.certainty in after.split("·")[0]
    assert checked


def test_about_shows_how_well_reports_are_read(reader: TestClient) -> None:
    assert "who said it" in reader.get("/about").text


def test_a_word_of_a_million_letters_makes_no_heavy_page(tmp_path: Path) -> None:
    desk = make_desk(tmp_path / "long", size=1)
    word = "W" * 900_000
    reports, accounts = list(desk.store.reports()), list(desk.store.accounts())
    long_reports = [
        msgspec.structs.replace(r, title=word, byline=word, text=r.text + word) for r in reports
    ]
    long_accounts = []
    for account in accounts:
        first, *rest = account.claims
        start = len(next(r.text for r in reports if r.id == account.report))
        end = start + len(word)
        evidence = msgspec.structs.replace(first.evidence[0], start=start, end=end, quote=word)
        claim = msgspec.structs.replace(
            first, id="c-long", slot="cause", value=Text(words=word), evidence=(evidence,)
        )
        long_accounts.append(msgspec.structs.replace(account, claims=(first, claim, *rest)))
    linked = linking.link(long_accounts, {r.id: r for r in long_reports}, ontology=desk.ontology)
    desk.store.save(
        reports=long_reports,
        accounts=long_accounts,
        incidents=linked.incidents,
        ontology=desk.ontology,
    )
    client = TestClient(create_app(desk))
    identifier = linked.incidents[0].id
    assert "cause" in linked.incidents[0].slots
    for path in (
        "/",
        "/sources/reports",
        f"/incident/{identifier}",
        f"/review?incident={identifier}",
    ):
        assert len(client.get(path).content) < 100_000, path
    assert len(client.get(f"/report/{reports[0].id}").content) < 300_000
    desk.store.engine.dispose()


def test_quotes_stand_once_with_their_places_and_what_the_document_lacks(
    reader: TestClient, kept_desk: Desk
) -> None:
    against = 0
    for path in incident_pages(kept_desk):
        page = html.unescape(reader.get(path).text)
        section = page.partition('id="quotes"')[2].partition("</section>")[0]
        plain = re.sub(r"<[^>]+>", "", section)
        assert "until the last family is home" in plain, path
        for report in set(re.findall(r"/report/(r-[0-9a-f]+)", section)):
            assert kept_desk.store.report(report) is not None
        marked = re.findall(r'<mark class="lacking"><bdi>([^<]+)', section)
        against += len(marked)
        assert bool(marked) == ("Underlined words do not stand in" in plain), path
        own = re.search(r'/report/(r-[0-9a-f]+)">what', section)
        document = kept_desk.store.report(own.group(1)) if own else None
        assert not [w for w in marked if document is None or w in document.text], path
    assert against
