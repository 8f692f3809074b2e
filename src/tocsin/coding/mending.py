"""A report as it was meant: damage, capitals and slips mended for reading, never for citing.

The readers see one mended copy. Evidence is led back to the report's own letters; the words of a
value keep their slips, but not broken letters or a text's capitals.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace
from spacy.language import Language

from tocsin.coding.capitals import function_words, in_usual_case
from tocsin.coding.spelling import Place, Words, Writing, meant, words_of
from tocsin.gazetteer import Gazetteer
from tocsin.lang.words import BREAK, FIGURE, OPENING, word_table
from tocsin.model import Report
from tocsin.text.repair import Edit, Repaired, edited, repair

# Words, figures and marks in their order; parts of an address, a handle or a joined name are none.
_PIECE = re.compile(
    r"(?P<other>\S*[@/#_]\S*|\w+\.\w[\w.]*|[\w'’]+(?:-\w+)*-[A-ZÀ-Þ][\w'’-]*|\w+['’]\w{3,})"
    r"|(?P<word>[^\W\d_]+)(?P<tail>['’][^\W\d_]{1,2}\b)?"
    r"|(?P<figure>\d[\d.,:]*)|(?P<ends>[.!?:\n\"“”])|(?P<mark>[,;()])"
)
# Fields that hold words of the report; codes, states and resolved names are ours.
_CITED = ("words", "actor", "target", "area", "reason", "exceptions", "addressee", "legal_basis")
# Slips per letter that any text may have, words of any text that no list has, letters of a word.
_FEW, _UNLISTED, _LETTERS = 0.0005, 0.004, 4.5
_CHANCE = 2  # words that no list has which any text may hold, however short
_BLOCK = re.compile(r"[^\n]+")
_STOP = re.compile(r"[.!?](?=\s|[\"”)]|$)")
_LONG = 100  # letters: so long a paragraph without a full stop has lost them
_OPENER = 3  # times that news writes a word small for once with a capital: else it may be a name
_READABLE = 4  # letters of a word whose being no word tells of a slip
Value = TypeVar("Value", bound=Struct)


@dataclass(frozen=True)
class Mended:
    """The report as it came, and how its mended text leads back to it."""

    source: Report
    repaired: Repaired
    legible: str  # without damage and capitals, slips as they are
    slips: Repaired

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the report that a span of the mended text stands for."""
        return self.repaired.span(*self.slips.span(start, end))

    def letters(self, words: str, near: int) -> str:
        """Return words of the mended text with the slips of the report, the nearest ones."""
        text = self.slips.text
        places = [match.start() for match in re.finditer(re.escape(words), text)]
        if not places:
            return words
        start = min(places, key=lambda place: abs(place - near))
        first, last = self.slips.span(start, start + len(words))
        return self.legible[first:last]


def restored(value: Value, mended: Mended, near: int) -> Value:
    """Return a record with the report's slips in its cited fields, and in the records inside."""
    changes: dict[str, object] = {}
    for name in value.__struct_fields__:
        held = getattr(value, name)
        if isinstance(held, str) and name in _CITED:
            changes[name] = mended.letters(held, near)
        elif isinstance(held, Struct):
            changes[name] = restored(held, mended, near)
        elif isinstance(held, tuple) and any(isinstance(part, Struct) for part in held):
            changes[name] = tuple(
                restored(part, mended, near) if isinstance(part, Struct) else part for part in held
            )
    return replace(value, **changes) if changes else value


def mend(
    report: Report, nlp: Language, gazetteer: Gazetteer | None = None
) -> tuple[Report, Mended | None]:
    """Return a report for reading and the way back; the report itself where nothing is wrong."""
    repaired = repair(report.text)
    legible = in_usual_case(repaired.text, gazetteer)
    cuts = [(repaired.mended(cut.start), repaired.mended(cut.end)) for cut in report.cuts]
    slips = edited(legible, _edits(legible, cuts, words_of(nlp)))
    if slips.text == report.text:
        return report, None
    moved = tuple(
        replace(cut, start=slips.mended(start), end=slips.mended(end))
        for cut, (start, end) in zip(report.cuts, cuts, strict=True)
    )
    copy = replace(report, text=slips.text, cuts=moved)
    return copy, Mended(report, repaired, legible, slips)


def _edits(text: str, cuts: list[tuple[int, int]], words: Words) -> list[Edit]:
    """What to read in place of what, outside the cuts."""
    pieces = [
        piece
        for piece in _PIECE.finditer(text)
        if not any(start <= piece.start() < end for start, end in cuts)
    ]
    writing = _writing(pieces, words)
    unmarked = [b.span() for b in _BLOCK.finditer(text) if _has_lost_stops(b.group())]
    found: list[Edit] = []
    before, opens = OPENING, True
    for index, piece in enumerate(pieces):
        word = piece["word"]
        if word is None:
            before = _stand_in(piece)
            opens = before == OPENING
            continue
        at = piece.start()
        if any(start < at < end for start, end in unmarked) and _must_open(pieces, index):
            found.append((pieces[index - 1].end(), pieces[index - 1].end(), "."))
            before, opens = OPENING, True
        place = Place(before, _next(pieces, index), opens)
        read = meant(word, place, writing, words)
        if read is not None:
            found.append((piece.start("word"), piece.end("word"), read))
        before, opens = (read or word).lower().split()[-1] + _tail(piece), False
    return found


def _has_lost_stops(block: str) -> bool:
    return len(block) >= _LONG and not _STOP.search(block)


def _must_open(pieces: list[re.Match[str]], index: int) -> bool:
    """Tell whether a word has a capital between small ones that it has only to open a sentence."""
    word, last = pieces[index]["word"], pieces[index - 1]
    after = pieces[index + 1]["word"] if index + 1 < len(pieces) else None
    if not word[:1].isupper() or word[1:].isupper() or last["mark"] or last["ends"]:
        return False
    if after is None or not after.islower() or not last["word"] or not last["word"].islower():
        return False
    if last["word"] in function_words():
        return False
    small = word_table().lower.get(word.lower(), 0)
    return small > _OPENER * word_table().capital.get(word.lower(), 0)


def _stand_in(piece: re.Match[str]) -> str:
    if piece["ends"] is not None:
        return OPENING
    return FIGURE if piece["figure"] is not None else BREAK


def _next(pieces: list[re.Match[str]], index: int) -> str | None:
    """What comes behind a word, if it is something that news has."""
    if index + 1 == len(pieces):
        return None
    piece = pieces[index + 1]
    if piece["word"] is None:
        return FIGURE if piece["figure"] is not None else None
    lower = piece["word"].lower() + _tail(piece)
    return lower if lower in word_table().lower else None


def _tail(piece: re.Match[str]) -> str:
    return (piece["tail"] or "").lower().replace("’", "'")


def _writing(pieces: list[re.Match[str]], words: Words) -> Writing:
    """A report's own words, and how many slips its words that do not exist tell of."""
    own = Counter(piece["word"] for piece in pieces if piece["word"] is not None)
    small = [w for w in own if w.islower() and len(w) >= _READABLE]
    unlisted = sum(own[w] for w in small if not words.has(w))
    share = max(unlisted - _CHANCE, 0) / max(sum(own[w] for w in small), 1)
    slips = max(_FEW, (share - _UNLISTED) / _LETTERS)
    return Writing(own, sum(own.values()), slips)
