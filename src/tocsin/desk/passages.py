"""Text in pieces: what is marked, what is cut, and names no page shows, replaced as a whole.

Masking looks at the whole text before it is cut into pieces, so that a mark that begins inside a
name cannot let half of it out.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tocsin.masking import Mask

_BEFORE, _AFTER = 160, 160  # characters of context at most on each side of the words
_LONGEST = 1_500  # characters of one value or one title on a page
_STOPS = re.compile(r"(?<=[.!?”\"])\s+|\n+")
_UNSEEN = {ord(c): "\ufffd" for c in map(chr, range(32)) if c not in "\n\t"} | {0x7F: "\ufffd"}
# Marks that turn the direction of what follows are shown as what they are.
_TURNS = {code: f"[U+{code:04X}]" for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}


@dataclass(frozen=True)
class Stretch:
    """A span of a text with what is to be said of it."""

    start: int
    end: int
    name: str
    note: str = ""
    ref: str = ""


@dataclass(frozen=True)
class Piece:
    """Words with everything that holds for them."""

    words: str
    names: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    refs: tuple[str, ...] = field(default=())


def pieces(text: str, stretches: Iterable[Stretch], mask: Mask) -> list[Piece]:
    """Cut a text at every edge, and tell of each piece what holds for it."""
    hidden = list(mask.spans(text))
    marks = [_widened(mark, hidden) for mark in stretches if mark.end > mark.start]
    edges = {0, len(text), *(edge for mark in marks for edge in (mark.start, mark.end))}
    edges |= {edge for start, end, _ in hidden for edge in (start, end)}
    label_at = {start: label for start, _, label in hidden}
    cuts = sorted(edge for edge in edges if 0 <= edge <= len(text))
    found = []
    for start, end in itertools.pairwise(cuts):
        over = [mark for mark in marks if mark.start <= start and mark.end >= end]
        words = f"[{label_at[start]}]" if start in label_at else text[start:end]
        found.append(
            Piece(
                harmless(words),
                tuple(dict.fromkeys(mark.name for mark in over)),
                tuple(dict.fromkeys(mark.note for mark in over if mark.note)),
                tuple(mark.ref for mark in over if mark.ref and mark.start == start),
            )
        )
    return found


def around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the sentence around a span, bounded to some context."""
    low, high = max(0, start - _BEFORE), min(len(text), end + _AFTER)
    before = [m.end() for m in _STOPS.finditer(text, low, start) if m.end() <= start]
    after = _STOPS.search(text, end, high)
    if not before and low:
        low = min(start, text.find(" ", low, start) + 1 or low)
    if not after and high < len(text):
        high = max(end, text.rfind(" ", end, high))
    return (before[-1] if before else low), (after.start() if after else high)


def sentence(text: str, start: int, end: int, mask: Mask) -> list[Piece]:
    """Return the sentence around a span in pieces, the span marked."""
    end = min(end, start + _LONGEST)
    low, high = mask.whole(text, *around(text, start, end))
    found = pieces(text[low:high], [Stretch(start - low, end - low, "words")], mask)
    is_whole_before = not text[:low].strip() or _STOPS.search(text[max(0, low - 2) : low])
    is_whole_after = not text[high:].strip() or _STOPS.match(text, high)
    return [
        *([] if is_whole_before else [Piece("… ")]),
        *found,
        *([] if is_whole_after else [Piece(" …")]),
    ]


def shortened(words: str) -> str:
    """Return words that a page can hold: nobody reads a word of a million letters."""
    return words if len(words) <= _LONGEST else words[:_LONGEST] + "…"


def harmless(words: str) -> str:
    """Return words without characters that do something unseen on a page."""
    return words.translate(_UNSEEN).translate(_TURNS)


def _widened(mark: Stretch, hidden: Sequence[tuple[int, int, str]]) -> Stretch:
    """Move the edges of a mark out of masked names."""
    start = min([mark.start, *(s for s, e, _ in hidden if s < mark.start < e)])
    end = max([mark.end, *(e for s, e, _ in hidden if s < mark.end < e)])
    return Stretch(start, end, mark.name, mark.note, mark.ref)
