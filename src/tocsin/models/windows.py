"""Windows of word pieces over one report: the same cut in training and in use.

A window holds whole paragraphs, is cut from one report alone and is run alone, so that what the
encoder says of a report cannot depend on its neighbours in a batch.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tokenizers import Tokenizer

# 254 pieces and the two marks: long enough for several paragraphs, and attention stays cheap.
MAX_PIECES = 254
CLS, SEP = 101, 102
SHAPES = 6
_OPENING = "“«„"
_CLOSING = "”»"
_BLOCK = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces with their offsets in the report, their shape (case, and whether quoted), and whether
    they go on with the word of the piece before.
    """

    pieces: tuple[int, ...]
    shapes: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]
    inner: tuple[bool, ...]


def blocks_of(text: str) -> list[tuple[int, str]]:
    """Offsets and texts of the lines of a plain text."""
    return [(m.start(), m.group()) for m in _BLOCK.finditer(text) if m.group().strip()]


def windows(tokenizer: Tokenizer, blocks: Sequence[tuple[int, str]]) -> list[Window]:
    """Cut paragraphs, given as (offset, text), into windows; long ones are split."""
    found: list[Window] = []
    pieces: list[int] = []
    shapes: list[int] = []
    spans: list[tuple[int, int]] = []
    inner: list[bool] = []

    def close() -> None:
        if pieces:
            found.append(Window(tuple(pieces), tuple(shapes), tuple(spans), tuple(inner)))
        pieces.clear()
        shapes.clear()
        spans.clear()
        inner.clear()

    for start, text in blocks:
        encoding = tokenizer.encode(text, add_special_tokens=False)
        marks = _shapes(text, encoding.offsets)
        if len(pieces) + len(encoding.ids) > MAX_PIECES:
            close()
        numbers = encoding.word_ids
        for i, (piece, mark) in enumerate(zip(encoding.ids, marks, strict=True)):
            if len(pieces) == MAX_PIECES:
                close()
            left, right = encoding.offsets[i]
            pieces.append(piece)
            shapes.append(mark)
            spans.append((start + left, start + right))
            inner.append(i > 0 and numbers[i] == numbers[i - 1])
    close()
    return found


def _shapes(text: str, offsets: Sequence[tuple[int, int]]) -> list[int]:
    """Case of each piece (0 lower, 1 capital first, 2 capitals), plus 3 inside quotation marks."""
    quoted = _quoted(text)
    marks = []
    for left, right in offsets:
        words = text[left:right]
        case = 0
        if words[:1].isupper():
            case = 2 if len(words) > 1 and words.isupper() else 1
        marks.append(case + (3 if quoted[left] else 0))
    return marks


def _quoted(text: str) -> list[bool]:
    """For each character, whether double quotation marks are open there."""
    inside = False
    flags = []
    for sign in text:
        if sign in _OPENING:
            inside = True
        elif sign in _CLOSING:
            inside = False
        elif sign == '"':
            inside = not inside
        flags.append(inside)
    return flags
