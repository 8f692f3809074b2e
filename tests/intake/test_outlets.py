"""Outlets: by registry, by the page, by domain; a user's own come on top."""

from __future__ import annotations

from pathlib import Path

import pytest

from tocsin.errors import ConfigError
from tocsin.intake.outlets import domain_of, read_outlets, registry

CASES = [
    ("https://www.reuters.com/x", "U.S.", "Reuters", "agency"),
    ("https://kenoshanews.com/x", None, "Kenosha News", "local"),
    ("https://www.courier.example/x", "Associated Press", "courier.example", None),
    ("https://www.courier.example/x", "The Inland Courier", "The Inland Courier", None),
    (None, "AP", "Associated Press", "agency"),
    (None, "LKTV", "LKTV", None),
]


@pytest.mark.parametrize(("url", "name", "shown", "kind"), CASES)
def test_outlet(url: str | None, name: str | None, shown: str, kind: str | None) -> None:
    found = registry().outlet(url=url, name=name)
    assert found is not None
    assert (found.name, found.kind) == (shown, kind)


def test_nothing_known_is_no_outlet() -> None:
    assert registry().outlet(url=None, name=None) is None


def test_both_domains_of_an_outlet_are_one() -> None:
    ids = {
        outlet.id
        for url in ("https://www.bbc.com/x", "https://www.bbc.co.uk/y")
        if (outlet := registry().outlet(url=url, name=None))
    }
    assert len(ids) == 1


OWN = {
    "outlets.toml": '[[outlet]]\nname = "Valley Post"\ndomain = "valley.example"\nkind = "local"\n',
    "outlets.csv": "name,domain,kind,country\nValley Post,valley.example,local,\n",
}


@pytest.mark.parametrize("name", OWN)
def test_own_outlets_come_on_top(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(OWN[name])
    found = registry(read_outlets(path)).outlet(url="https://m.valley.example/1", name=None)
    assert found is not None
    assert found.kind == "local"


def test_wrong_file_says_what_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "outlets.toml"
    path.write_text('[[outlet]]\nname = "x"\nkind = "paper"\n')
    with pytest.raises(ConfigError, match="kind"):
        read_outlets(path)


def test_domain_ignores_the_usual_prefixes() -> None:
    assert domain_of("https://www.paper.example/a") == "paper.example"
    assert domain_of("http://[broken") is None
