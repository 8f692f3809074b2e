"""What a regular expression can start with, so that most of them need not be tried on a line."""

from __future__ import annotations

Letters = frozenset[str] | None  # None: it may start with anything


def starts_of(pattern: str) -> Letters:
    """Return the lower-case letters that a match of a pattern can start with, if that is plain."""
    found: set[str] = set()
    for branch in _branches(pattern):
        letters = _starts_of_branch(branch)
        if letters is None:
            return None
        found |= letters
    return frozenset(found)


def _starts_of_branch(branch: str) -> Letters:
    if branch.startswith("(?:"):
        end = _closing(branch)
        inner, rest = starts_of(branch[3:end]), branch[end + 1 :]
        if inner is None or not rest.startswith(("?", "*")):
            return None if rest.startswith("{") else inner
        following = _starts_of_branch(rest.lstrip("?*+"))
        return None if following is None else inner | following
    if not branch[:1].isalpha() or branch[1:2] in ("?", "*", "{"):
        return None
    return frozenset(branch[0].lower())


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
