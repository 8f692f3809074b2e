"""The API: paging, marks, one error shape, masking, decisions with optimistic locking."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from tocsin.desk.pages.incident import told
from tocsin.desk.state import Desk

GETS = [
    "/api/incidents",
    "/api/incidents.geojson",
    "/api/reports",
    "/api/decisions",
    "/api/search?q=curfew",
]


@pytest.mark.parametrize("path", GETS)
def test_an_unchanged_answer_is_not_sent_twice(reader: TestClient, path: str) -> None:
    answer = reader.get(path)
    assert answer.status_code == 200
    again = reader.get(path, headers={"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304


def test_cursors_walk_over_everything_once(reader: TestClient, kept_desk: Desk) -> None:
    for path, name in (("/api/incidents", "incidents"), ("/api/reports", "reports")):
        seen: list[str] = []
        cursor = ""
        while True:
            page = reader.get(path, params={"limit": 17, "cursor": cursor}).json()
            seen += [record["id"] for record in page[name]]
            if page["next"] is None:
                break
            cursor = page["next"]
        assert len(seen) == len(set(seen)) == kept_desk.store.counts()[name]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/incidents/none", 404),
        ("/api/reports/none", 404),
        ("/api/nothing", 404),
        ("/api/incidents?limit=0", 422),
        ("/api/incidents?cursor=zz", 422),
        ("/api/incidents?cursor=99.0", 410),
    ],
)
def test_errors_have_one_shape(reader: TestClient, path: str, status: int) -> None:
    answer = reader.get(path)
    assert answer.status_code == status
    assert set(answer.json()["error"]) == {"code", "message", "advice", "status"}


def test_no_text_and_no_masked_name_leaves(reader: TestClient, kept_desk: Desk) -> None:
    for incident in kept_desk.store.incidents():
        telling = told(kept_desk, incident)
        names = [name for name, _ in telling.mask.people]
        paths = [f"/api/incidents/{incident.id}", f"/api/incidents/{incident.id}/accounts"]
        paths += [f"/api/reports/{report}" for report in telling.reports]
        for path in paths if names else []:
            text = reader.get(path).text
            assert not [name for name in names if name in text], path


def test_a_decision_over_the_api_keeps_to_what_was_seen(client: TestClient, desk: Desk) -> None:
    incident = desk.store.incidents()[0]
    seen = client.get(f"/api/incidents/{incident.id}").json()["seen"]
    wanted = {"incident": incident.id, "verb": "accept", "seen": seen}
    answer = client.post("/api/decisions", json=wanted)
    assert answer.status_code == 201
    assert answer.json()["decision"]["seq"] == 1
    assert client.post("/api/decisions", json=wanted).status_code == 409
    assert client.get(f"/api/incidents/{incident.id}").json()["seen"] == 1


def test_the_description_names_every_path(reader: TestClient) -> None:
    paths = reader.get("/api/openapi.json").json()["paths"]
    assert {"/api/incidents", "/api/decisions", "/api/reports/{identifier}"} <= set(paths)


def test_a_saved_view_tells_what_changed_since(client: TestClient, desk: Desk) -> None:
    client.post("/views", data={"name": "Reviewed", "query": "review=accepted"})
    assert "nothing new" in client.get("/views").text
    incident = desk.store.incidents()[0]
    client.post("/decide", data={"incident": incident.id, "verb": "accept", "seen": "0"})
    page = client.get("/views").text
    assert "<strong>0</strong> new, 1 changed" in page
    identifier = page.split("/views/")[1].split("/")[0]
    client.post(f"/views/{identifier}/seen")
    assert "nothing new" in client.get("/views").text
    client.post(f"/views/{identifier}/remove")
    assert "No view is saved" in client.get("/views").text
