"""What the setting of a text tells of who speaks: transcripts, credited and continued quotations.

The tagger sees windows of words; these forms run over whole lines and have no verb of saying.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tocsin.coding.attribution_rules import Found
from tocsin.coding.document import Document, Paragraph
from tocsin.coding.mentions import Segments

_OPEN, _CLOSE = '"“', '"”'
# "MORGAN: ..." in a transcript: a name in capitals before a colon.
_TURN = re.compile(r"""["“]?([A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){0,3}):\s+(?=\S)""")
_STAGE = re.compile(r"""["“]?[(\[].*[)\].]["”]?$""")
_LEAST_TURNS = 3
# "... quoted words." - Name Surname, at the end of a line.
_CREDIT = re.compile(
    r"[\"”]\s*([―—–-]{1,2})\s*((?:[A-Z][\w.'’-]*)(?: (?:[a-z]{2,3} )?[A-Z][\w.'’-]*){0,5})"
    r"(?:, [^\"“”\n]{2,80})?\s*$"
)
# Quotation marks around less than this many words are a title or a single expression.
_LEAST_WORDS = 4


def with_forms(document: Document, found: Sequence[Found]) -> list[Found]:
    """The given attributions grown by the quotations that go on, and those that forms show."""
    turns = _turns(document)
    credits = [] if turns else list(_credits(document))
    whole = [*turns, *credits]
    kept = [f for f in found if not _inside(f, whole)] if whole else list(found)
    return [*_continued(document, kept), *whole]


def _turns(document: Document) -> list[Found]:
    """The turns of a transcript: a name in capitals and a colon, several times in one text."""
    heads = [(p, m) for p in document.paragraphs if (m := _TURN.match(_text(document, p)))]
    names = [match.group(1) for _, match in heads]
    if len(names) < _LEAST_TURNS or len(set(names)) == len(names):
        return []
    found = []
    for (paragraph, match), following in zip(heads, [*heads[1:], None], strict=True):
        last = following[0].index if following else paragraph.index + 1
        content = [(paragraph.start + match.end(), paragraph.end)]
        between = document.paragraphs[paragraph.index + 1 : last]
        content += [(p.start, p.end) for p in between if not _STAGE.match(_text(document, p))]
        name = (paragraph.start + match.start(1), paragraph.start + match.end(1))
        found.append(Found((name,), ((name[1], name[1] + 1),), tuple(content)))
    return found


def _credits(document: Document) -> Iterator[Found]:
    """Quotations with a dash and a name at the end of their line."""
    for paragraph in document.paragraphs:
        text = _text(document, paragraph)
        match = _CREDIT.search(text)
        first = min((text.find(sign) for sign in _OPEN + "”" if sign in text), default=-1)
        if match is None or not 0 <= first < match.start():
            continue
        at = paragraph.start
        yield Found(
            ((at + match.start(2), at + match.end(2)),),
            ((at + match.start(1), at + match.end(1)),),
            ((at + first, at + match.start() + 1),),
        )


def _continued(document: Document, found: Sequence[Found]) -> list[Found]:
    """Attributions whose speaker goes on in paragraphs that hold nothing but their quotation."""
    grown = list(found)
    speaking: int | None = None
    for paragraph in document.paragraphs:
        inside = [i for i, f in enumerate(grown) if f.cue and _starts_in(f.cue, paragraph)]
        if inside:
            speaking = max(inside, key=lambda i: grown[i].cue)
        elif not _is_quotation(_text(document, paragraph)):
            speaking = None
        elif speaking is not None and not _is_held(paragraph, grown):
            more = (paragraph.start, paragraph.end)
            grown[speaking] = replace(grown[speaking], content=(*grown[speaking].content, more))
    return grown


def _is_quotation(text: str) -> bool:
    """Whether a paragraph is one quotation, or a part of one that is not closed yet."""
    words = text.strip()
    if words[:1] not in _OPEN or len(words.split()) < _LEAST_WORDS:
        return False
    inner = words[1:]
    return not any(sign in inner[:-1] for sign in _CLOSE)


def _is_held(paragraph: Paragraph, found: Sequence[Found]) -> bool:
    return any(s < paragraph.end and e > paragraph.start for f in found for s, e in f.content)


def _inside(found: Found, whole: Sequence[Found]) -> bool:
    """Whether an attribution stands in a line whose form tells all of it."""
    at = found.cue[0][0] if found.cue else found.content[0][0]
    return any(_from(f)[0] <= at < _from(f)[1] for f in whole)


def _from(found: Found) -> tuple[int, int]:
    parts: Segments = (*found.source, *found.cue, *found.content)
    return min(s for s, _ in parts), max(e for _, e in parts)


def _starts_in(cue: Segments, paragraph: Paragraph) -> bool:
    return paragraph.start <= cue[0][0] < paragraph.end


def _text(document: Document, paragraph: Paragraph) -> str:
    return document.text[paragraph.start : paragraph.end]
