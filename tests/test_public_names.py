"""The front door: every public name is there, sorted, and importing it costs nothing."""

from __future__ import annotations

import subprocess
import sys

import tocsin


def test_public_names_are_sorted_and_there() -> None:
    assert sorted(tocsin.__all__) == tocsin.__all__
    assert all(getattr(tocsin, name) is not None for name in tocsin.__all__)


def test_importing_loads_no_parser_and_no_web_framework() -> None:
    probe = "import sys, tocsin, tocsin.cli; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", probe], capture_output=True, text=True, check=True
    )
    assert not {"spacy", "fastapi", "onnxruntime", "sqlalchemy"} & set(loaded.stdout.split())
