"""What the setting of a text tells of who speaks: transcripts, labels, quotations that go on.

The tagger sees windows of words; these forms run over whole lines and have no verb of saying.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Span

from tocsin.coding.attribution_phrases import CLOCK, PLACE_LINE
from tocsin.coding.attribution_rules import Found
from tocsin.coding.document import Document, Paragraph
from tocsin.coding.mentions import ActorMention, Segments
from tocsin.coding.who_lexicon import speakers
from tocsin.lang.lexicon import word_lists
from tocsin.lang.words import word_table

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
_LABEL = re.compile(r"(\w[\w.,'’& -]{1,40}): (?=\S)")
_LABEL_WORDS = 5
_MOST_LABELS = 3
# Quotation marks around less than this many words are a title or a single expression.
_LEAST_WORDS = 4


@dataclass(frozen=True, slots=True)
class Opening:
    """What a line opens with before a colon: a time, a place, a heading, and who speaks, if any."""

    start: int
    end: int
    source: tuple[int, int] | None


def with_forms(document: Document, found: Sequence[Found]) -> list[Found]:
    """The given attributions grown by the quotations that go on, and those that forms show."""
    turns = _turns(document)
    credits = [] if turns else list(_credits(document))
    whole = [*turns, *credits]
    kept = [f for f in found if not _inside(f, whole)] if whole else list(found)
    return [*_continued(document, kept), *whole]


def openings(document: Document, actors: Sequence[ActorMention]) -> list[Opening]:
    """What each line opens with that opens with labels."""
    found = (opening_of(document, actors, paragraph) for paragraph in document.paragraphs)
    return [opening for opening in found if opening is not None]


def find_labelled(document: Document, found: Sequence[Opening]) -> Iterator[Found]:
    """Lines that open with their speaker: "Doctors: two dead", "LIMA: Warden: two at large"."""
    for opening in found:
        sentence = document.sentence_at(opening.end)
        if opening.source is not None and sentence is not None:
            content = (opening.end, _close(document, opening.end, sentence.end))
            colon = (opening.end - 2, opening.end - 1)
            yield Found((opening.source,), (colon,), (content,))


def _close(document: Document, start: int, end: int) -> int:
    """Where what a label leads to ends: with its sentence, or with the quotation it opens."""
    if document.text[start] not in _OPEN:
        return end
    closing = (document.text.find(sign, start + 1) + 1 for sign in _CLOSE)
    return max(end, *closing)


def opening_of(
    document: Document, actors: Sequence[ActorMention], paragraph: Paragraph
) -> Opening | None:
    """The labels that a line opens with; none where its only one may be anybody's name."""
    text = _text(document, paragraph)
    clock = CLOCK.match(text)
    at = clock.end() if clock else 0
    line = PLACE_LINE.match(text, at)
    at = line.end() if line else at
    labels: list[Span] = []
    while len(labels) < _MOST_LABELS and (match := _LABEL.match(text, at)):
        first, last = (paragraph.start + place for place in match.span(1))
        span = document.char_span(first, last)
        if span is None or not _is_label(span):
            break
        labels.append(span)
        at = match.end()
    spoken = [span for span in labels if _is_speaking(document, actors, span)]
    if not labels or (not spoken and len(labels) == 1 and not line and _may_be_name(labels[0])):
        return None
    source = document.span_of(spoken[-1]) if spoken else None
    return Opening(paragraph.start, paragraph.start + at, source)


def _is_label(span: Span) -> bool:
    """Whether words before a colon are a name, a place or a heading and no clause."""
    verbs = (t for t in span if t.pos_ in ("AUX", "VERB") and t.is_lower)
    led = span[0].lower_ in ("according", "as", "in", "on", "for")
    return len(span.text.split()) <= _LABEL_WORDS and not led and not any(verbs)


def _is_speaking(document: Document, actors: Sequence[ActorMention], label: Span) -> bool:
    """Whether a label names a kind of people or a body, or a person of the report."""
    words = re.split(r" (?:of|for|from|at|in) |, ", label.text)[0].lower().split()
    words = [word.strip(".,") for word in words]
    if _is_heading(words):
        return False
    lexicon = speakers()
    if lexicon.kind([lexicon.singular(word) for word in words]) is not None:
        return True
    start, end = document.span_of(label)
    named = (a.name for a in actors if a.start < end and a.end > start and a.actor.person)
    return any(name is not None and len(name.split()) > len(words) for name in named)


def _is_heading(words: Sequence[str]) -> bool:
    """Whether words tell what a text is: "update", "live video"."""
    headings = word_lists("en", "speakers")["headings"]
    return words[0] in headings and words[-1] in headings


def _may_be_name(label: Span) -> bool:
    """Whether a label that is no known speaker may still be one's name: "Calder: ..."."""
    words, table = [t.lower_ for t in label], word_table()
    if _is_heading(words) or any(t.ent_type_ in ("GPE", "LOC") for t in label):
        return False
    common = all(table.lower.get(w, 0) > table.capital.get(w, 0) for w in words)
    return not common and all(t.is_title for t in label)


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
