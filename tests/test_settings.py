"""Settings come from a file and the environment; a wrong one is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from tocsin import settings
from tocsin.errors import ConfigError


def test_without_a_file_all_defaults_hold(tmp_path: Path) -> None:
    found = settings.load(None, {"XDG_CACHE_HOME": str(tmp_path)})
    assert found.workspace == "tocsin-work"
    assert found.cache_folder == tmp_path / "tocsin"


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    path = tmp_path / "tocsin.toml"
    path.write_text('workspace = "from-file"\n')
    assert settings.load(path, {}).workspace == "from-file"
    assert settings.load(path, {"TOCSIN_WORKSPACE": "from-env"}).workspace == "from-env"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        pytest.param("workers = 'two'", "workers", id="wrong type"),
        pytest.param("colour = 'red'", "colour", id="unknown setting"),
        pytest.param("workers = [", "not valid TOML", id="broken file"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, text: str, named: str) -> None:
    path = tmp_path / "tocsin.toml"
    path.write_text(text)
    with pytest.raises(ConfigError, match=named):
        settings.load(path, {})


def test_the_digest_changes_with_a_setting() -> None:
    assert settings.Settings().digest() != settings.Settings(workers=2).digest()
