"""Text made readable for matching, with a map from each character back to the original.

Nothing that is shown or cited is repaired: evidence stays a slice of the report as it came.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from dataclasses import dataclass

import ftfy
from ftfy import TextFixerConfig

# What ftfy may mend: broken encodings only; the rest changes more than matching needs.
_MOJIBAKE = TextFixerConfig(
    unescape_html=False,
    remove_terminal_escapes=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    uncurl_quotes=False,
    fix_line_breaks=False,
    remove_control_chars=False,
    normalization=None,
    explain=False,
)
_ENTITY = re.compile(r"&(?:#\d{1,6}|#[xX][0-9a-fA-F]{1,5}|[A-Za-z]{2,8});")
_BROKEN = re.compile(
    r"[\u00c2-\u00f4\u0192][\u0080-\u00bf\u0152-\u0178\u2013-\u203a\u20ac\u2122]+[^\s\w]?"
)
# A small word of a few letters joined to a capitalised or all-capital one: "theUS", "ofKenosha".
_JOINED = re.compile(r"\b(the|of|in|at|by|to|and|from|with|for|on|that|after)(?=[A-Z][A-Za-z]*\b)")
_MISSED = re.compile(r"(?<=[a-z]{2}[.!?,;])(?=[A-Z][a-z])")
_STRAIGHT = str.maketrans("“”„«»‘’", '"""""\'\'')
_ODD_SPACE = re.compile("[\u00a0\u200b]")
_BLOCK = re.compile(r"[^\n]+")
# Where a quotation that is never closed must have ended: the speech verb stands after a comma.
_UNCLOSED = re.compile(
    r"[“\"][^“”\"\n]*?[,?!](?=\s(?:(?:he|she|they|\w+)\s)?(?:said|says|told|added|asked|shouted)\b)"
)

Edit = tuple[int, int, str]  # what to put in place of a span


@dataclass(frozen=True)
class Repaired:
    """A mended text; `original(i)` is where its character i came from."""

    text: str
    starts: tuple[int, ...]
    sources: tuple[int, ...]
    length: int

    def original(self, offset: int) -> int:
        """Return the offset in the original of an offset in the mended text."""
        piece = max(0, bisect_right(self.starts, offset) - 1)
        place = self.sources[piece] + offset - self.starts[piece]
        following = self.sources[piece + 1] if piece + 1 < len(self.sources) else self.length
        return min(place, following)

    def mended(self, offset: int) -> int:
        """Return the offset in the mended text of an offset in the original."""
        piece = max(0, bisect_right(self.sources, offset) - 1)
        place = self.starts[piece] + offset - self.sources[piece]
        following = self.starts[piece + 1] if piece + 1 < len(self.starts) else len(self.text)
        return min(place, following)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the original that a span of the mended text stands for."""
        return self.original(start), self.original(end)


def repair(text: str) -> Repaired:
    """Return a text with broken letters, entities, joined words and odd quotes mended."""
    return edited(text, _edits(text))


def edited(text: str, edits: list[Edit]) -> Repaired:
    """Return a text with words put in place of others, and the way back."""
    pieces: list[str] = []
    starts, sources = [0], [0]
    length = last = 0
    for start, end, words in edits:
        pieces += [text[last:start], words]
        starts += [length + start - last, length + start - last + len(words)]
        sources += [start, end]
        length, last = starts[-1], end
    pieces.append(text[last:])
    return Repaired("".join(pieces), tuple(starts), tuple(sources), len(text))


def is_shouted(text: str) -> bool:
    """Tell whether a text is written in capitals throughout, so that case tells nothing."""
    letters = [char for char in text if char.isalpha()]
    return len(letters) > 20 and sum(char.isupper() for char in letters) > 0.8 * len(letters)


def _edits(text: str) -> list[Edit]:
    """Return what to put in place of what, in order and without overlap."""
    found: list[Edit] = []
    for match in _BROKEN.finditer(text):
        mended = ftfy.fix_text(match.group(), _MOJIBAKE)
        if mended != match.group():
            found.append((match.start(), match.end(), mended))
    for match in _ENTITY.finditer(text):
        meant = html.unescape(match.group())
        if meant != match.group():
            found.append((match.start(), match.end(), meant))
    found += [(m.end(), m.end(), " ") for m in _JOINED.finditer(text)]
    found += [(m.start(), m.start(), " ") for m in _MISSED.finditer(text)]
    found += [(m.start(), m.end(), " ") for m in _ODD_SPACE.finditer(text)]
    for block in _BLOCK.finditer(text):
        found += _quotes(block.group(), block.start())
    return _apart(sorted(found))


def _quotes(block: str, offset: int) -> list[Edit]:
    """Return what mends the quotation marks of a paragraph, where they don't come in pairs."""
    curly = block.count("“"), block.count("”")
    if curly[0] == curly[1] and not block.count('"') % 2:
        return []
    found = [
        (offset + i, offset + i + 1, char.translate(_STRAIGHT))
        for i, char in enumerate(block)
        if char in "“”„«»"
    ]
    if (sum(curly) + block.count('"')) % 2 and (match := _UNCLOSED.search(block)):
        found.append((offset + match.end(), offset + match.end(), '"'))
    return found


def _apart(edits: list[Edit]) -> list[Edit]:
    kept: list[Edit] = []
    for edit in edits:
        if not kept or edit[0] >= kept[-1][1]:
            kept.append(edit)
    return kept
