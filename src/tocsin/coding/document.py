"""A parsed report: paragraphs and sentences over `Report.text` minus its cuts.

Each paragraph is parsed alone, so a missing full stop never joins two, and every offset is one
of `Report.text`: evidence is always a slice of the original.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from tocsin.coding.mending import Mended, Value, mend, restored
from tocsin.gazetteer import Gazetteer
from tocsin.model import Evidence, Report

# A sentence on what an earlier version said; a title's full stop does not end it.
_WITHDRAWN = re.compile(
    r"(?:(?<=[.!?] )|^)(?:(?![.!?]\s)[^\n])*?"
    r"\b(?:earlier|previous|original|first) version of (?:this|our|the) "
    r"(?:story|article|report|post|item)\b"
    r"[^\n]*?(?:(?<!\bM[rs])(?<!\bMrs)(?<!\b[DS][rt])(?<!\bLt)(?<!\bSgt)(?<!\bGov)(?<!\bSen)"
    r"[.!?](?=\s|$)|$)",
    re.IGNORECASE | re.MULTILINE,
)
_BLOCK = re.compile(r"[^\n]*[^\s][^\n]*")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One block of kept text; `start` and `end` are the offsets of `parse` in the report."""

    index: int
    start: int
    end: int
    parse: Doc


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence with its offsets in the report and its parse."""

    index: int
    paragraph: int
    start: int
    end: int
    span: Span

    @property
    def text(self) -> str:
        """The words as they stand in the report."""
        return str(self.span.text)


@dataclass(frozen=True)
class Document:
    """A report with its parse, shared by all readers of one report.

    Where slips were mended for reading, `report` holds the mended text and `mended` the way back.
    """

    report: Report
    paragraphs: tuple[Paragraph, ...]
    sentences: tuple[Sentence, ...]
    mended: Mended | None = None
    _starts: dict[int, int] = field(default_factory=dict, repr=False)

    @property
    def source(self) -> Report:
        """The report as it came."""
        return self.report if self.mended is None else self.mended.source

    @property
    def text(self) -> str:
        """The report's text; all offsets point into it."""
        return self.report.text

    def base(self, doc: Doc) -> int:
        """Offset in the report of a paragraph's parse."""
        return self._starts[id(doc)]

    def span_of(self, span: Span) -> tuple[int, int]:
        """Offsets in the report of a spaCy span."""
        base = self.base(span.doc)
        return base + span.start_char, base + span.end_char

    def token_span(self, token: Token) -> tuple[int, int]:
        """Offsets in the report of a token."""
        start = self.base(token.doc) + token.idx
        return start, start + len(token.text)

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that holds an offset, if any."""
        at = bisect_right(self.sentences, offset, key=lambda sentence: sentence.start) - 1
        return self.sentences[at] if at >= 0 and offset < self.sentences[at].end else None

    def char_span(self, start: int, end: int) -> Span | None:
        """The smallest spaCy span that covers report offsets, inside one paragraph."""
        at = bisect_right(self.paragraphs, start, key=lambda paragraph: paragraph.start) - 1
        if at < 0 or end > self.paragraphs[at].end:
            return None
        paragraph = self.paragraphs[at]
        return paragraph.parse.char_span(
            start - paragraph.start, end - paragraph.start, alignment_mode="expand"
        )

    def root(self, start: int, end: int) -> Token | None:
        """The word that those at report offsets hang on."""
        span = self.char_span(start, end)
        return span.root if span is not None and len(span) else None

    def evidence(self, start: int, end: int) -> Evidence:
        """Evidence for a slice of the report, in the letters in which it came."""
        source = self.source
        if self.mended is not None:
            start, end = self.mended.original(start, end)
        return Evidence(
            report=source.id,
            text_digest=source.text_digest,
            start=start,
            end=end,
            quote=source.text[start:end],
        )

    def cited(self, value: Value, near: int) -> Value:
        """A value with the report's own letters where it quotes the report."""
        return value if self.mended is None else restored(value, self.mended, near)


def kept_blocks(report: Report) -> list[tuple[int, str]]:
    """Return (offset, text) of each paragraph that no cut touches, cuts blanked out.

    What an earlier version said is blanked out too: the report takes it back.
    """
    kept = list(report.text)
    for cut in report.cuts:
        kept[cut.start : cut.end] = "\n" * (cut.end - cut.start)
    masked = _WITHDRAWN.sub(lambda note: "\n" * len(note.group()), "".join(kept))
    blocks = []
    for match in _BLOCK.finditer(masked):
        block = match.group()
        lead = len(block) - len(block.lstrip())
        blocks.append((match.start() + lead, block.strip()))
    return blocks


def parse(report: Report, nlp: Language, mended: Mended | None = None) -> Document:
    """Parse a report's kept paragraphs; the result depends on this report alone."""
    blocks = kept_blocks(report)
    docs = list(nlp.pipe(text for _, text in blocks))
    paragraphs = tuple(
        Paragraph(index, start, start + len(text), doc)
        for index, ((start, text), doc) in enumerate(zip(blocks, docs, strict=True))
    )
    sentences: list[Sentence] = []
    for paragraph in paragraphs:
        for span in paragraph.parse.sents:
            start = paragraph.start + span.start_char
            end = paragraph.start + span.end_char
            sentences.append(Sentence(len(sentences), paragraph.index, start, end, span))
    starts = {id(p.parse): p.start for p in paragraphs}
    return Document(report, paragraphs, tuple(sentences), mended, starts)


def parse_meant(report: Report, nlp: Language, gazetteer: Gazetteer | None = None) -> Document:
    """Parse a report as it was meant, what is wrong in it mended, with the way back."""
    legible, mended = mend(report, nlp, gazetteer)
    return parse(legible, nlp, mended)
