"""A minor's, a suspect's and a witness's name, and a home, followed through every output."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from click.testing import CliRunner
from fastapi.routing import APIRoute
from starlette.testclient import TestClient

from tests.desk.conftest import ORIGIN
from tests.desk.people import MINOR, NEVER, SECRET, make_people
from tocsin.cli import cli
from tocsin.desk.app import create_app
from tocsin.desk.state import Desk
from tocsin.export import FORMATS

# Routes that are asked in another way, or that never end.
ELSEWHERE = {"/live", "/static/{name:path}", "/api/openapi.json"}


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = make_people(tmp_path_factory.mktemp("people") / "work")
    client = TestClient(create_app(desk), headers=ORIGIN)
    identifier = public_incident(desk)
    form = {"incident": identifier, "verb": "note", "seen": "0", "reason": f"call {MINOR}"}
    assert client.post("/decide", data=form, follow_redirects=False).status_code == 303
    form = {"incident": identifier, "verb": "set", "seen": "1", "slot": "victim", "value": MINOR}
    assert client.post("/decide", data=form, follow_redirects=False).status_code == 303
    yield desk
    desk.store.engine.dispose()


def public_incident(desk: Desk) -> str:
    return desk.store.owners([f"a-{'p' * 16}"])[f"a-{'p' * 16}"]


def leaks(words: str) -> list[str]:
    shown = html.unescape(unquote(words)).casefold()
    return [name for name in (*NEVER, SECRET.casefold()) if name in shown]


def addresses(desk: Desk, client: TestClient) -> Iterator[str]:
    """Yield an address for every route that answers a GET, for every record it can be asked for."""
    incidents = [incident.id for incident in desk.store.incidents()]
    reports = [report.id for report in desk.store.reports()]
    for route in _routes(client.app.routes):  # type: ignore[attr-defined]
        if "GET" not in (route.methods or ()) or route.path in ELSEWHERE:
            continue
        if route.path == "/export/{name}":
            yield from (f"/export/{name}" for name in FORMATS)
        elif "{identifier}" in route.path:
            known = reports if "report" in route.path else incidents
            yield from (route.path.replace("{identifier}", name) for name in known)
        elif route.path == "/api/search":
            yield from (f"{route.path}?q={word}" for word in ("shot", "morvan", "kestrel"))
        else:
            assert "{" not in route.path, f"say here how {route.path} is asked"
            yield route.path
    yield from (f"/report/r-{'p' * 16}?against=digest-{name}" for name in ("old", "oldest"))
    yield from ("/list?after=1", "/list?q=morvan")
    yield from (f"/review?incident={name}" for name in incidents)


def _routes(found: Iterable[object]) -> Iterator[APIRoute]:
    for route in found:
        if isinstance(route, APIRoute):
            yield route
        elif included := getattr(route, "original_router", None):
            yield from _routes(included.routes)


def test_no_page_and_no_answer_of_the_api_shows_them(people: Desk) -> None:
    client = TestClient(create_app(people), headers=ORIGIN)
    asked = 0
    for address in addresses(people, client):
        answer = client.get(address)
        assert answer.status_code in (200, 404), address
        found = [*leaks(answer.text), *leaks(str(answer.headers))]
        # What a visitor typed stands in the field of the search: it is not ours.
        typed = {word for word in NEVER if f"q={word}" in address}
        assert not set(found) - typed, address
        asked += answer.status_code == 200
    assert asked > 20


def test_a_preview_and_a_conflict_show_none(people: Desk) -> None:
    client = TestClient(create_app(people), headers=ORIGIN)
    incident = public_incident(people)
    form = {"incident": incident, "verb": "set", "slot": "victim", "value": "a girl", "show": "1"}
    shown = client.post("/decide", data={**form, "seen": "9"})
    assert shown.status_code == 200
    assert not leaks(shown.text)
    conflict = client.post("/decide", data={**form, "show": "", "seen": "0"})
    assert conflict.status_code == 409
    assert not leaks(conflict.text)


COMMANDS = [
    ("list",),
    ("list", "--json"),
    ("list", "--reports"),
    ("list", "--reports", "--json"),
    ("list", "--rejects"),
    ("show", "INCIDENT"),
    ("show", "INCIDENT", "--json"),
    ("show", "REPORT"),
    ("show", "REPORT", "--json"),
    ("show", "REPORT", "--cuts"),
    ("show", "REPORT", "--versions"),
    ("show", "INCIDENT", "--why", "REPORT"),
    ("journal", "list"),
    *(("export", name) for name in FORMATS),
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_command_prints_them(people: Desk, command: tuple[str, ...]) -> None:
    names = {"INCIDENT": public_incident(people), "REPORT": f"r-{'p' * 16}"}
    words = [names.get(word, word) for word in command]
    result = CliRunner().invoke(cli, [*words, "-w", str(people.workspace.folder)])
    assert result.exit_code == 0, result.output
    assert result.output.strip()
    assert not leaks(result.output)


def test_a_higher_level_shows_what_it_may_and_still_no_name(tmp_path: Path) -> None:
    desk = make_people(tmp_path / "work", level="sealed")
    client = TestClient(create_app(desk), headers=ORIGIN)
    page = client.get(f"/incident/{public_incident(desk)}").text
    assert SECRET in page
    assert not [name for name in NEVER if name in page.casefold()]
    assert client.get(f"/report/r-{'s' * 16}").status_code == 200
    assert len(desk.catalogue.columns()) == 2
    desk.store.engine.dispose()


def test_withheld_reports_are_counted_and_change_the_figures(people: Desk) -> None:
    client = TestClient(create_app(people), headers=ORIGIN)
    page = client.get(f"/incident/{public_incident(people)}").text
    assert "1 report is withheld" in page
    record = client.get(f"/api/incidents/{public_incident(people)}").json()["incident"]
    assert record["reports"] == 1
    assert client.get(f"/report/r-{'s' * 16}").status_code == 404
    other = people.store.owners([f"a-{'t' * 16}"])[f"a-{'t' * 16}"]
    assert client.get(f"/incident/{other}").status_code == 404
    assert client.get(f"/api/incidents/{other}/accounts").status_code == 404
    assert len(people.catalogue.columns()) == 1
    assert people.catalogue.sources().counts == {"incidents": 1, "reports": 1, "accounts": 1}


def test_a_quote_on_the_page_names_nobody_who_is_masked(people: Desk) -> None:
    client = TestClient(create_app(people), headers=ORIGIN)
    page = client.get(f"/incident/{public_incident(people)}").text
    section = page.partition('id="quotes"')[2].partition("</section>")[0]
    assert "I saw [" in section
    assert not leaks(section)
