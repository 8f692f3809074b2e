"""Commands, settings and kinds have sections; generated pages are current; links lead somewhere."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

from tocsin import ontology, terms
from tocsin.cli import COMMANDS
from tocsin.settings import Settings

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"


def test_the_readme_opens_with_the_two_commands() -> None:
    opening = (ROOT / "README.md").read_text("utf-8").splitlines()[:6]
    assert any("make demo" in line for line in opening)
    assert any("make test" in line for line in opening)


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_has_a_section(name: str) -> None:
    assert f"## tocsin {name}" in (DOCS / "commands.md").read_text("utf-8")


@pytest.mark.parametrize("name", Settings.__struct_fields__)
def test_every_setting_has_a_row(name: str) -> None:
    assert f"| `{name}` |" in (DOCS / "settings.md").read_text("utf-8")


def test_every_kind_has_a_section() -> None:
    page = (DOCS / "ontology.md").read_text("utf-8")
    missing = [kind for kind in ontology.load().kinds if f"### {kind}" not in page]
    assert not missing


def test_certainties_are_explained() -> None:
    page = (DOCS / "model.md").read_text("utf-8")
    assert all(word in page for word in get_args(terms.Certainty))


def test_links_between_pages_lead_somewhere() -> None:
    for page in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *DOCS.glob("*.md")]:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_generated_pages_and_the_figures_of_the_desk_are_current() -> None:
    command = [sys.executable, str(DOCS / "generate.py"), "--check"]
    told = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    assert told.returncode == 0, told.stderr
