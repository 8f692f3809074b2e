"""Furniture: no content line lost, nearly all furniture cut, on pieces in outlets' styles."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.intake.furniture import find_cuts
from tocsin.intake.patterns import can_match, cues, inline, letters_of, lowered, may_match, patterns
from tocsin.lang.lexicon import word_lists

HERE = Path(__file__).parent
# Share of furniture lines that must be cut. `furniture_more` was half cut (.51) when it was
# written and was then learned from; nothing is ever learned from `furniture_fresh`.
FLOORS = {"furniture": 0.95, "furniture_more": 0.92, "furniture_fresh": 0.56}
PIECES = sorted(HERE.glob("furniture*/*.txt"))
CUES = word_lists("en", "furniture")


@dataclass(frozen=True)
class Piece:
    text: str
    content: tuple[tuple[int, int], ...]
    furniture: tuple[tuple[int, int], ...]


def piece(path: Path, separator: str) -> Piece:
    """Read `+ content` and `- furniture` lines; ⟦…⟧ marks furniture inside a content line."""
    lines: list[str] = []
    content: list[tuple[int, int]] = []
    furniture: list[tuple[int, int]] = []
    offset = 0
    for marked in path.read_text("utf-8").splitlines():
        mark, line = marked[0], marked[2:]
        plain = ""
        for index, part in enumerate(line.replace("⟧", "⟦").split("⟦")):
            span = (offset + len(plain), offset + len(plain) + len(part))
            (furniture if mark == "-" or index % 2 else content).append(span)
            plain += part
        lines.append(plain)
        offset += len(plain) + len(separator)
    return Piece(separator.join(lines), tuple(content), tuple(furniture))


def words_cut(piece: Piece, span: tuple[int, int], cut: set[int]) -> tuple[int, int]:
    """Return how many letters of a span are cut, and how many there are."""
    letters = [i for i in range(*span) if piece.text[i].isalnum()]
    return sum(i in cut for i in letters), len(letters)


def positions(text: str) -> set[int]:
    return {i for cut in find_cuts(text) for i in range(cut.start, cut.end)}


def test_golden_set_is_large_enough() -> None:
    assert len(PIECES) >= 60


@pytest.mark.parametrize("separator", ["\n", "\n\n"], ids=["lines", "paragraphs"])
@pytest.mark.parametrize("path", PIECES, ids=lambda path: path.stem)
def test_no_content_is_lost(path: Path, separator: str) -> None:
    golden = piece(path, separator)
    cut = positions(golden.text)
    lost = [golden.text[s:e] for s, e in golden.content if words_cut(golden, (s, e), cut)[0]]
    assert lost == []


@pytest.mark.parametrize("folder", FLOORS)
def test_nearly_all_furniture_is_cut(folder: str) -> None:
    whole = total = 0
    for path in (HERE / folder).glob("*.txt"):
        golden = piece(path, "\n")
        cut = positions(golden.text)
        for span in golden.furniture:
            found, letters = words_cut(golden, span, cut)
            total += letters > 0
            whole += letters > 0 and found == letters
    assert whole / total >= FLOORS[folder]


@given(st.text(max_size=300), st.sampled_from(["\n", " ", "Read also: ", "(Photo: ", "-", "© "]))
def test_cuts_are_ordered_spans_of_the_text(text: str, mark: str) -> None:
    joined = mark.join([text, text[::-1], text])
    last = 0
    for cut in find_cuts(joined):
        assert last <= cut.start < cut.end <= len(joined)
        last = cut.end


@pytest.mark.parametrize("mark", ["-", "=", "_ ", "(", ". ", "Click to share ", "more ", "12:00 "])
def test_repeated_marks_take_no_long_time(mark: str) -> None:
    find_cuts(mark * 20_000)
    find_cuts((mark * 60)[:400])


@pytest.mark.parametrize("cue", [*CUES["cue_strong"], *CUES["cue_middle"]])
def test_every_cue_has_a_hint_without_which_it_is_not_looked_for(cue: str) -> None:
    for ending in ("", "s"):  # one and many
        words = re.split(r"[^a-z]+", cue.replace("s?", ending))
        assert not set(CUES["cue_hints"]).isdisjoint(words)


def golden_lines() -> list[str]:
    lines = {
        line[2:].strip().replace("⟦", "").replace("⟧", "").replace("’", "'")
        for path in PIECES
        for line in path.read_text("utf-8").splitlines()
    }
    return [lowered(line) for line in sorted(lines)]


def test_quick_looks_let_through_whatever_a_pattern_matches() -> None:
    matched = 0
    for line in golden_lines():
        words = letters_of(line).split()
        if any(pattern.fullmatch(line) for pattern in patterns().values()):
            matched += 1
            assert may_match(line, has_far=can_match("far", line, words)), line
        if inline().search(line):
            assert can_match("inline", line, words), line
        if cues()["strong"].search(line) or cues()["middle"].search(line):
            assert can_match("cue", line, words), line
    assert matched > 300
