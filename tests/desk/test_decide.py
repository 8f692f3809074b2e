"""Decisions: written once, carried out, undone, and never over somebody else's."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from tocsin import describe, journal, shown
from tocsin.desk.state import Desk
from tocsin.model import Incident


def first(desk: Desk, *, reports: int = 1) -> Incident:
    return next(i for i in desk.store.incidents() if i.reports >= reports)


def send(client: TestClient, incident: Incident, verb: str, **fields: object):  # type: ignore[no-untyped-def]
    form = {"incident": incident.id, "verb": verb, "seen": "0", **fields}
    return client.post("/decide", data=form, follow_redirects=False)


@pytest.mark.parametrize(
    ("verb", "fields", "review", "verification"),
    [
        ("accept", {}, "accepted", "unverified"),
        ("reject", {"reason": "a drill"}, "rejected", "unverified"),
        ("verify", {"value": "verified", "reason": "was there"}, "unreviewed", "verified"),
    ],
)
def test_a_decision_is_kept_and_carried_out(
    client: TestClient,
    desk: Desk,
    verb: str,
    fields: dict[str, str],
    review: str,
    verification: str,
) -> None:
    incident = first(desk)
    assert send(client, incident, verb, **fields).status_code == 303
    after = desk.store.incident(incident.id)
    assert after is not None
    assert (after.review, after.verification) == (review, verification)
    written = journal.read(desk.workspace.journal)
    assert [(d.seq, d.verb, d.by) for d in written] == [(1, verb, "Ada")]
    _, found = desk.catalogue.find(_query(review=review))
    assert len(found) >= 1


def _query(**fields: str):  # type: ignore[no-untyped-def]
    from tocsin.store.query import Query

    return Query(**fields)  # type: ignore[arg-type]


def test_an_undone_decision_leaves_the_incident_as_it_was(client: TestClient, desk: Desk) -> None:
    incident = first(desk)
    send(client, incident, "accept")
    assert client.post("/undo", data={"seq": "1"}, follow_redirects=False).status_code == 303
    assert desk.store.incident(incident.id) == incident
    assert [d.verb for d in desk.decisions()] == ["accept", "withdraw"]


def test_the_second_of_two_people_sees_the_first_before_writing(
    client: TestClient, desk: Desk
) -> None:
    incident = first(desk)
    send(client, incident, "accept")
    answer = send(client, incident, "reject", reason="no")
    assert answer.status_code == 409
    assert "Ada decided about this incident meanwhile" in answer.text
    assert len(desk.decisions()) == 1
    again = send(client, incident, "reject", reason="no", seen="1")
    assert again.status_code == 303


def test_a_rejection_needs_a_reason(client: TestClient, desk: Desk) -> None:
    assert send(client, first(desk), "reject").status_code == 422
    assert desk.decisions() == ()


def test_a_merge_is_previewed_carried_out_and_undone(client: TestClient, desk: Desk) -> None:
    one, other = desk.store.incidents()[:2]
    before = len(desk.store.incidents())
    fields = {"other": other.id, "reason": "one night"}
    shown = send(client, one, "same", show="1", **fields)
    assert shown.status_code == 200
    assert "would be one incident" in shown.text
    assert desk.decisions() == ()
    assert send(client, one, "same", **fields).status_code == 303
    assert len(desk.store.incidents()) == before - 1
    ids = {one.id, other.id}
    kept = [i for i in desk.store.incidents() if i.id in ids]
    assert len(kept) == 1
    assert set(kept[0].accounts) == {*one.accounts, *other.accounts}
    gone = (ids - {kept[0].id}).pop()
    assert client.get(f"/incident/{gone}").status_code == 200, "the old address leads to the heir"
    client.post("/undo", data={"seq": "1"})
    assert {i.id: i.accounts for i in desk.store.incidents() if i.id in ids} == {
        one.id: one.accounts,
        other.id: other.accounts,
    }


def test_a_split_takes_reports_out_and_keeps_the_id(client: TestClient, desk: Desk) -> None:
    incident = first(desk, reports=3)
    leaving = incident.accounts[-1]
    answer = send(client, incident, "different", accounts=leaving, reason="another street")
    assert answer.status_code == 303
    owners = desk.store.owners(incident.accounts)
    assert owners[leaving] != owners[incident.accounts[0]]


def first_masked(desk: Desk) -> tuple[Incident, str]:
    """Return an incident that names a minor as its victim, and the name."""
    for incident in desk.store.incidents():
        for victim in shown.victims(incident):
            if victim.age == 9 and victim.name:
                return incident, victim.name
    raise AssertionError("the made-up world has no minor")


def test_unmasking_one_person_needs_a_reason_and_stands_in_the_journal(
    client: TestClient, desk: Desk
) -> None:
    incident, name = first_masked(desk)
    fields = {"slot": "unmask", "value": "0", "back": "1"}
    assert send(client, incident, "note", **fields).status_code == 422
    assert send(client, incident, "note", reason="family agreed", **fields).status_code == 303
    assert desk.decisions()[0].reason == "family agreed"
    assert name in client.get(f"/incident/{incident.id}").text
    listed = client.get("/list", params={"q": name.split()[-1]}).text
    assert name in listed, "the list's title and the search follow"
    client.post("/undo", data={"seq": "1"})
    assert name not in client.get(f"/incident/{incident.id}").text
    assert incident.id not in client.get("/list", params={"q": name.split()[-1]}).text


def test_a_correction_is_shown_first_and_the_reports_stay_beside_it(
    client: TestClient, desk: Desk
) -> None:
    incident = next(i for i in desk.store.incidents() if "killed" in i.slots)
    send(client, incident, "set", slot="killed", value="41", reason="the coroner's list")
    after = desk.store.incident(incident.id)
    assert after is not None
    entry = after.slots["killed"][0]
    assert describe.figure(entry.shown.value) == "41"  # type: ignore[arg-type]
    assert entry.others
    page = client.get(f"/incident/{incident.id}").text
    assert "the coroner" in page
