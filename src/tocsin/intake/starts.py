"""What a regular expression can start with, so that most of them need not be tried on a line."""

from __future__ import annotations

import re

DIGIT, SIGN = "0", "."  # what stands for any digit, and for any sign that is no letter or digit
Starts = frozenset[str] | None  # None: it may start with anything

_EMPTY: frozenset[str] = frozenset()
_QUANTIFIER = re.compile(r"(?:[?*+]|\{\d*,?\d*\})[+?]?")
_CLASSES: dict[str, Starts] = {"d": frozenset(DIGIT), "W": frozenset(SIGN)}
_ANYTHING = frozenset("wDsS")


def start_of(line: str) -> str:
    """Return what a line starts with: a lower-case letter, `DIGIT` or `SIGN`."""
    first = line[:1].lower()
    return first if first.isalpha() else DIGIT if first.isdecimal() else SIGN


def starts_of(pattern: str) -> Starts:
    """Return what a match of a pattern can start with, if that is plain."""
    found, is_empty = _starts(pattern)
    return None if is_empty else found


def _starts(pattern: str) -> tuple[Starts, bool]:
    """Return what a pattern can start with and whether it matches nothing at all too."""
    every = [_starts_of_branch(branch) for branch in _branches(pattern)]
    return _joined([starts for starts, _ in every]), any(is_empty for _, is_empty in every)


def _joined(every: list[Starts]) -> Starts:
    found = _EMPTY
    for starts in every:
        if starts is None:
            return None
        found |= starts
    return found


def _starts_of_branch(branch: str) -> tuple[Starts, bool]:
    """Return the same of one alternative: it starts with nothing after the first part it needs."""
    found: list[Starts] = []
    while branch:
        starts, may_lack, end = _starts_of_part(branch)
        branch = branch[end:]
        if quantifier := _QUANTIFIER.match(branch):
            may_lack = may_lack or quantifier.group().startswith(("?", "*", "{0", "{,"))
            branch = branch[quantifier.end() :]
        found.append(starts)
        if not may_lack:
            return _joined(found), False
    return _joined(found), True


def _starts_of_part(branch: str) -> tuple[Starts, bool, int]:
    """Return the starts of a pattern's first part, whether that may be empty, and its end."""
    if branch[0] == "(":
        end = _closing(branch)
        if branch.startswith(("(?=", "(?!", "(?<")):
            return _EMPTY, True, end + 1
        inner = branch[3:end] if branch.startswith("(?:") else branch[1:end]
        return *_starts(inner), end + 1
    if branch[0] == "[":
        end = branch.index("]", 2)
        return _starts_of_class(branch[1:end]), False, end + 1
    if branch[0] == "\\":
        if branch[1] in "bB":
            return _EMPTY, True, 2
        return _starts_of_escape(branch[1]), False, 2
    if branch[0] in "^$":
        return _EMPTY, True, 1
    return None if branch[0] == "." else frozenset(start_of(branch)), False, 1


def _starts_of_escape(letter: str) -> Starts:
    return None if letter in _ANYTHING else _CLASSES.get(letter, frozenset(start_of(letter)))


def _starts_of_class(inside: str) -> Starts:
    """Return the starts of what stands in square brackets."""
    if inside.startswith("^"):
        return None
    found: list[Starts] = []
    index = 0
    while index < len(inside):
        if inside[index] == "\\":
            found.append(_starts_of_escape(inside[index + 1]))
            index += 2
        elif inside[index + 1 : index + 2] == "-" and index + 2 < len(inside):
            codes = range(ord(inside[index]), ord(inside[index + 2]) + 1)
            found.append(frozenset(start_of(chr(code)) for code in codes))
            index += 3
        else:
            found.append(frozenset(start_of(inside[index])))
            index += 1
    return _joined(found)


def _branches(pattern: str) -> list[str]:
    """Return the alternatives of a pattern outside any bracket."""
    found, depth, last, index = [], 0, 0, 0
    while index < len(pattern):
        char = pattern[index]
        if char == "\\":
            index += 1
        elif char == "[":
            index = pattern.index("]", index + 2)
        elif char in "()":
            depth += 1 if char == "(" else -1
        elif char == "|" and not depth:
            found.append(pattern[last:index])
            last = index + 1
        index += 1
    return [*found, pattern[last:]]


def _closing(pattern: str) -> int:
    """Return where the bracket that a pattern opens with is closed."""
    depth = index = 0
    while True:
        char = pattern[index]
        if char == "\\":
            index += 1
        elif char == "[":
            index = pattern.index("]", index + 2)
        elif char in "()":
            depth += 1 if char == "(" else -1
            if not depth:
                return index
        index += 1
