"""Windows of word pieces over one report: the same cut in training and in use.

A window holds whole paragraphs, is cut from one report alone and is run alone, so that what the
encoder says of a report cannot depend on its neighbours in a batch.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from tokenizers import Encoding, Tokenizer

# 254 pieces and the two marks: long enough for several paragraphs, and attention stays cheap.
MAX_PIECES = 254
CLS, SEP, SOMEONE = 101, 102, 2619
SHAPES = 6
_OPENING = "“«„"
_CLOSING = "”»"
_DETERMINERS = ("a", "an", "the", "some", "my", "our", "your", "his", "her", "its", "their")
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


def windows(
    tokenizer: Tokenizer, blocks: Sequence[tuple[int, str]], hidden: Collection[str] = ()
) -> list[Window]:
    """Cut paragraphs, given as (offset, text), into windows; long ones are split.

    Runs of `hidden` words are read as "someone", so that nothing can depend on which they were.
    """
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
        veiled = _veiled(text, encoding, hidden) if hidden else ()
        for i, (piece, mark) in enumerate(zip(encoding.ids, marks, strict=True)):
            left, right = encoding.offsets[i]
            if i in veiled and i - 1 in veiled and spans:
                spans[-1] = (spans[-1][0], start + right)
                continue
            if len(pieces) == MAX_PIECES:
                close()
            pieces.append(SOMEONE if i in veiled else piece)
            shapes.append(mark - mark % 3 if i in veiled else mark)
            spans.append((start + left, start + right))
            inner.append(i > 0 and numbers[i] == numbers[i - 1])
    close()
    return found


def _veiled(text: str, encoding: Encoding, hidden: Collection[str]) -> set[int]:
    """The pieces of hidden words, and of articles and owners right before them."""
    found: set[int] = set()
    for i in range(len(encoding.ids) - 1, -1, -1):
        number = encoding.word_ids[i]
        span = encoding.word_to_chars(number) if number is not None else None
        word = text[slice(*span)].lower() if span is not None else ""
        if word in hidden or (word in _DETERMINERS and i + 1 in found):
            found.add(i)
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
