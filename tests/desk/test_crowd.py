"""Many at once: no decision is lost, none is written twice, and the chain of digests holds."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from starlette.testclient import TestClient

from tocsin import journal
from tocsin.desk.app import create_app
from tocsin.desk.state import Desk
from tocsin.ids import digest

WRITERS, ROUNDS = 5, 6


def test_writers_at_once_lose_nothing(desk: Desk) -> None:
    app = create_app(desk)
    incidents = [incident.id for incident in desk.store.incidents()][:3]

    def write(me: int) -> list[tuple[int, str]]:
        client = TestClient(app, headers={"Origin": "http://testserver"})
        answers = []
        for turn in range(ROUNDS):
            incident = incidents[(me + turn) % len(incidents)]
            seen = client.get(f"/api/incidents/{incident}").json()["seen"]
            note = f"{me}-{turn}"
            wanted = {"incident": incident, "verb": "note", "seen": seen, "reason": note}
            answers.append((client.post("/api/decisions", json=wanted).status_code, note))
            assert client.get("/list").status_code == 200
        return answers

    with ThreadPoolExecutor(WRITERS) as pool:
        answers = [answer for found in pool.map(write, range(WRITERS)) for answer in found]
    assert {status for status, _ in answers} <= {201, 409}
    written = journal.read(desk.workspace.journal)
    assert sorted(d.reason or "" for d in written) == sorted(n for s, n in answers if s == 201)
    assert [d.seq for d in written] == list(range(1, len(written) + 1))
    lines = desk.workspace.journal.read_bytes().splitlines()
    for line, following in zip(lines, written[1:], strict=False):
        assert digest(line).startswith(following.prev)
