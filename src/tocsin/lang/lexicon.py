"""Language data: word lists and maps in TOML files, one folder a language."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

SUPPORTED = ("en",)


@cache
def word_lists(lang: str, name: str) -> Mapping[str, tuple[str, ...]]:
    """Return the lists of `lang/<lang>/<name>.toml`: keys whose values are arrays of words."""
    return {
        key: tuple(str(word) for word in words)
        for key, words in _file(lang, name).items()
        if isinstance(words, list)
    }


@cache
def word_maps(lang: str, name: str) -> Mapping[str, Mapping[str, str]]:
    """Return the tables of `lang/<lang>/<name>.toml`: words mapped to a code."""
    return {
        key: {str(word): str(code) for word, code in table.items()}
        for key, table in _file(lang, name).items()
        if isinstance(table, dict)
    }


@cache
def word_pattern(lang: str, name: str, key: str) -> re.Pattern[str]:
    """Return a list whose entries are expressions as one pattern."""
    return re.compile("|".join(word_lists(lang, name)[key]), re.IGNORECASE)


@cache
def _file(lang: str, name: str) -> dict[str, object]:
    path = files("tocsin.lang").joinpath(lang, f"{name}.toml")
    return tomllib.loads(path.read_text("utf-8"))
