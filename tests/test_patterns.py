"""Every pattern of the package answers at once on lines that are built to make it backtrack."""

from __future__ import annotations

import importlib
import pkgutil
import re
import signal
import string
import tomllib
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from types import FrameType
from typing import AnyStr

import pytest

import tocsin

LENGTH = 200
# Processor seconds for one line; the worst pattern takes a tenth of it, one that backtracks hours.
LIMIT = 0.5
UNITS = (
    *(
        "A",
        "Aa ",
        "A ",
        "AB, ",
        " ",
        "\t",
        "\n",
        "1",
        "1 ",
        "1,",
        "1:",
        "'",
        '"',
        "“",
        "”",
        "(",
        "[",
    ),
    *(
        "(A) ",
        "A.",
        "a.",
        "U.S. ",
        "a",
        "a ",
        "é",
        "-",
        "- ",
        "—",
        ".",
        ". ",
        "/",
        "/ ",
        "|",
        "_",
        "*",
    ),
    *(
        "&",
        "&a;",
        "<",
        "<a ",
        "http://a.",
        "a@",
        "$1,",
        "the ",
        "and ",
        "of the ",
        "Mr. A ",
        "#",
        "=",
    ),
    *("10 a.m. ", "Monday ", "June 1, ", "’s ", "police "),
)
# What a function that makes patterns may be asked for: a language, a file of words, a list in it,
# what a line starts with; and a yes or a no.
WORDS = Path(tocsin.__file__).parent / "lang" / "en"
LISTS = [tomllib.loads(path.read_text("utf-8")) for path in WORDS.glob("*.toml")]
NAMES = (
    "en",
    *(path.stem for path in WORDS.glob("*.toml")),
    *(name for lists in LISTS for name in lists),
    *string.ascii_lowercase,
    *("near", "far"),
)
# Modules that run something when they are imported.
LEFT_OUT = ("__main__", "tocsin.store.migrations")


def patterns_in(value: object, depth: int = 0) -> Iterator[re.Pattern[str] | re.Pattern[bytes]]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth < 5 and isinstance(value, tuple | list | set | frozenset):
        for part in value:
            yield from patterns_in(part, depth + 1)
    elif depth < 5 and isinstance(value, dict):
        for key, part in value.items():
            yield from patterns_in((key, part), depth + 1)


def made_by(value: object) -> object:
    """Return the patterns that a cached function of the module makes, or the value itself."""
    if not hasattr(value, "cache_info") or not callable(value):
        return value
    hints = dict(getattr(value, "__annotations__", {}))
    if "Pattern" not in hints.pop("return", ""):
        return None
    if not hints:
        return value()
    ways = list(product((False, True), repeat=len(hints) - 1))
    return [made for name in NAMES for way in ways if (made := called(value, name, *way))]


def called(function: Callable[..., object], name: str, *way: bool) -> object:
    try:
        return function(name, *way)
    except (KeyError, FileNotFoundError):  # there is no list of this name
        return None


def all_patterns() -> dict[re.Pattern[str] | re.Pattern[bytes], str]:
    found: dict[re.Pattern[str] | re.Pattern[bytes], str] = {}
    for module in pkgutil.walk_packages(tocsin.__path__, "tocsin."):
        if any(part in module.name for part in LEFT_OUT):
            continue
        names = vars(importlib.import_module(module.name))
        for name, value in list(names.items()):
            if not name.startswith("__"):
                for pattern in patterns_in(made_by(value)):
                    found.setdefault(pattern, f"{module.name}.{name}")
    return found


def stop(signum: int, frame: FrameType | None) -> None:
    raise TimeoutError


def is_slow(pattern: re.Pattern[AnyStr], line: AnyStr) -> bool:
    """Tell whether a pattern takes longer than the limit; `re` lets signals through."""
    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, LIMIT)
    try:
        pattern.match(line)
        pattern.search(line)
    except TimeoutError:
        return True
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
    return False


def slow_line(pattern: re.Pattern[str] | re.Pattern[bytes]) -> str | None:
    lines = [(unit * LENGTH)[:LENGTH] + "\0" for unit in UNITS]
    if isinstance(pattern.pattern, bytes):
        return next((line for line in lines if is_slow(pattern, line.encode())), None)
    return next((line for line in lines if is_slow(pattern, line)), None)


def test_no_pattern_backtracks_for_long() -> None:
    found = all_patterns()
    assert len(found) > 150
    slow = {
        name: (pattern.pattern, line[:20])
        for pattern, name in found.items()
        if (line := slow_line(pattern))
    }
    assert not slow


@pytest.mark.parametrize("words", ["(?:a+b?)+c", "(?:[A-Z]\\w*,?){1,7};"])
def test_the_check_sees_a_pattern_that_backtracks(words: str) -> None:
    assert slow_line(re.compile(words))
