"""Who may ask, who may change: hosts, tokens, forged forms."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from tocsin.desk.app import create_app
from tocsin.desk.state import Desk


def test_another_host_name_is_refused_without_a_token(kept_desk: Desk) -> None:
    client = TestClient(create_app(kept_desk), headers={"Host": "evil.example"})
    assert client.get("/").status_code == 421


@pytest.mark.parametrize(
    "headers", [{"Origin": "http://evil.example"}, {}], ids=["another origin", "no origin"]
)
def test_a_forged_form_changes_nothing(kept_desk: Desk, headers: dict[str, str]) -> None:
    client = TestClient(create_app(kept_desk))
    answer = client.post("/decide", data={"incident": "x", "verb": "accept"}, headers=headers)
    assert answer.status_code == 403
    assert kept_desk.decisions() == ()


def test_with_a_token_everybody_has_to_show_it(kept_desk: Desk) -> None:
    client = TestClient(create_app(kept_desk, token="secret"), base_url="http://desk.example")
    assert client.get("/").status_code == 401
    assert client.get("/api/incidents").status_code == 401
    assert client.get("/", headers={"Authorization": "Bearer wrong"}).status_code == 401
    assert client.get("/", headers={"Authorization": "Bearer secret"}).status_code == 200


def test_a_token_in_the_address_becomes_a_cookie(kept_desk: Desk) -> None:
    client = TestClient(create_app(kept_desk, token="secret"), base_url="http://desk.example")
    answer = client.get("/?token=secret&kind=crowd", follow_redirects=False)
    assert answer.headers["location"] == "/?kind=crowd"
    assert "httponly" in answer.headers["set-cookie"].lower()
    assert client.get("/").status_code == 200


def test_static_files_stay_inside_their_folder(kept_desk: Desk) -> None:
    client = TestClient(create_app(kept_desk))
    for path in ("/static/../app.py", "/static/%2e%2e/app.py", "/static//etc/passwd"):
        assert client.get(path).status_code == 404
