"""The whole phrase that a source was cut from, where tagger or parse are wrong about its edges."""

from __future__ import annotations

import re
from functools import cache

from spacy.tokens import Doc, Span, Token

from tocsin.coding.attribution_kinds import DESCRIBING, lemma_of
from tocsin.coding.document import Document
from tocsin.coding.mentions import ActorMention
from tocsin.coding.roles import child_of
from tocsin.coding.who_lexicon import speakers
from tocsin.lang.lexicon import word_lists
from tocsin.terms import SpeakerKind

# What a line opens with before what it tells: "14:05 GMT – ", "LIMA (RTV) — ", "Mombasa: ".
CLOCK = re.compile(
    r"\d{1,2}[:.h]\d{2}\s*(?:[ap]\.?m\b\.?)?\s*(?:(?:GMT|UTC|BST|[ECMP][SD]T)\b)?\s*[-–—:|]?\s*",
    re.IGNORECASE,
)
PLACE_LINE = re.compile(r"[A-Z][\w.,’' ]{1,30}(?: ?\([A-Z]{2,6}\))?\s?[-–—|]{1,2}\s+(?=[A-Z])")
_TOWN = re.compile(r"[A-Z][\w’' ]{1,30}: (?=\S)")
# "the Constabulary's Simon Thackeray", "beekeeper Eleni Kotsi": who somebody is, and their name.
_OWNER = re.compile(r"^.+['’]s? (?=[A-Z][\w.’'-]+ (?:[A-Z][\w.’'-]+ ?)+$)")
_CALLED = re.compile(r"^([A-Z][a-z]+) (?=[A-Z][\w.’'-]+ (?:[A-Z][\w.’'-]+ ?)+$)")
_CAPITAL = r"[^\W\d_a-zß-öø-ÿ][\w’'-]*"
# "one" and "of the wounded" stand this near to each other.
_NEAR = 14


def noun_phrase(doc: Doc, start: int, end: int) -> Span | None:
    """The plain noun phrase that begins at a token: no clause and no "in ..." belongs to it."""
    at = start
    while at < end and _is_inside(doc, at, start):
        at += 1
    while at > start and doc[at - 1].pos_ in ("PUNCT", "PART"):
        at -= 1
    held = doc[start:at]
    return held if any(t.pos_ in ("NOUN", "PROPN") for t in held) else None


def _is_inside(doc: Doc, at: int, start: int) -> bool:
    token = doc[at]
    if token.pos_ in ("DET", "ADJ", "NOUN", "PROPN", "NUM") or token.tag_ in (
        "PRP$",
        "POS",
        "HYPH",
    ):
        return at == start or token.tag_ not in ("DT", "PRP$", "WDT")
    if token.text == "." and at > start:
        return doc[at - 1].text[:1].isupper() and len(doc[at - 1].text) < 5 and at + 1 < len(doc)
    return (
        token.tag_ in ("VBN", "VBG") and at + 1 < len(doc) and doc[at + 1].pos_ in ("NOUN", "ADJ")
    )


def grown(document: Document, start: int, end: int) -> tuple[int, int]:
    """A source grown to the phrase it was cut from: compounds, possessors, "of" a name."""
    span = document.char_span(start, end)
    if span is None or not len(span):
        return start, end
    root = span.root
    if root.lower_ in word_lists("en", "speakers")["partitive"]:
        return _parted(document, span)
    if root.pos_ not in ("NOUN", "PROPN", "DET", "ADJ"):
        return start, end
    head = root
    while head.dep_ in ("compound", "det", "amod", "nmod") or _is_in_name(head):
        head = head.head
    left, right = span.start, span.end
    for token in (head, *(c for c in head.lefts if c.dep_ in DESCRIBING)):
        left, right = min(left, token.left_edge.i), max(right, token.i + 1)
    named = head.pos_ == "PROPN" or (head.text[:1].isupper() and head.i > head.sent.start + 1)
    while named and right < len(span.doc) - 1 and span.doc[right].lower_ == "of":
        follows = child_of(span.doc[right], "pobj")
        if follows is None or not any(t.text[:1].isupper() for t in (follows, *follows.lefts)):
            break
        right = follows.i + 1
    return document.span_of(span.doc[left:right])


def led(document: Document, start: int, end: int) -> tuple[int, int]:
    """A source with the words right before it that belong to its phrase: "charge" of "sheet"."""
    span = document.char_span(start, end)
    if span is None or not len(span) or span[0].pos_ not in ("NOUN", "PROPN"):
        return start, end
    left = span.start
    while left > span.sent.start and span.doc[left - 1].pos_ in ("NOUN", "PROPN", "ADJ"):
        left -= 1
    return document.span_of(span.doc[left : span.end])


def without_opening(words: str) -> str:
    """Words without the clock time, the dateline or the town that their line opens with."""
    for form in (PLACE_LINE, CLOCK, _TOWN):
        opening = form.match(words)
        if opening is not None and opening.end() < len(words):
            return words[opening.end() :]
    return words


def bare_name(name: str, *, person: bool) -> str:
    """A name without the line's opening, a possessive ending or, of a person, what they are."""
    name = re.sub(r"['’]s?$", "", without_opening(name))
    name = re.sub(r"^(?:In|On|Own) (?=[a-z])", "", name, flags=re.IGNORECASE)
    if not person:
        return name
    name = _OWNER.sub("", name)
    called = _CALLED.match(name)
    if called is not None and speakers().kind([called[1].lower()]) is not None:
        return name[called.end() :]
    return name


def joined_name(text: str, start: int, end: int) -> str | None:
    """The name around a word that has small foreign words or ends in a number, if it is in one."""
    left = max(0, start - 60)
    for match in _foreign().finditer(text, left, end + 60):
        if match.start() <= start and end <= match.end():
            first, _, rest = match.group().partition(" ")
            return rest if first in ("The", "A", "An") else match.group()
    return None


@cache
def _foreign() -> re.Pattern[str]:
    """Names with small words in them, or with a number at the end: "Gazeta do Tejo", "Kanal 9"."""
    small = "|".join(word_lists("en", "speakers")["particles"])
    return re.compile(
        rf"{_CAPITAL}(?: {_CAPITAL})*(?:(?: (?:{small}))+ {_CAPITAL}(?: {_CAPITAL})*)+"
        rf"|{_CAPITAL}(?: {_CAPITAL})* \d{{1,3}}\b"
    )


def author(document: Document, start: int, end: int) -> tuple[int, int] | None:
    """Who speaks in a "statement from" somebody; reports, logs and films speak for themselves."""
    span = document.char_span(start, end)
    if span is None or lemma_of(span.root) not in word_lists("en", "speakers")["voices"]:
        return None
    owner = next((c for c in span.root.children if c.dep_ == "poss" and c.pos_ != "PRON"), None)
    if owner is not None:
        return document.span_of(span.doc[owner.left_edge.i : owner.i + 1])
    by = next((c for c in span.root.children if c.lower_ in ("from", "by", "of")), None)
    named = child_of(by, "pobj")
    if named is None or (not speakers().kind([lemma_of(named)]) and not named.text[:1].isupper()):
        return None
    return document.span_of(span.doc[named.left_edge.i : named.right_edge.i + 1])


def unpassed(document: Document, start: int, end: int) -> tuple[int, int]:
    """Footage or a document without who has it: "footage" of "footage seen by the Star"."""
    span = document.char_span(start, end)
    if span is None or not len(span):
        return start, end
    root = span.root
    if speakers().kind([lemma_of(t) for t in (*root.lefts, root)]) not in ("footage", "document"):
        return start, end
    passed = next((c for c in root.children if c.dep_ == "acl" and c.tag_ == "VBN"), None)
    if passed is None or not span.start < passed.left_edge.i < span.end:
        return start, end
    return document.span_of(span.doc[span.start : passed.left_edge.i])


def counted(document: Document, start: int, end: int) -> tuple[int, int] | None:
    """A number of people that was cut: "one of the wounded", whatever the parse makes of it."""
    numbers = "|".join(word_lists("en", "speakers")["partitive"])
    form = re.compile(rf"\b(?:{numbers}) of (?:the |those |his |her |their )?[\w-]+", re.IGNORECASE)
    for match in form.finditer(document.text, max(0, start - _NEAR), end + _NEAR):
        cut = document.text[start:end].casefold().startswith(("of ", "one of"))
        if cut and match.start() < end and match.end() > start:
            return match.start(), match.end()
    return None


def whole_phrase(
    document: Document, mention: ActorMention, start: int, end: int
) -> tuple[int, int] | None:
    """The plain phrase that a mention was torn from: "police" of "police command"."""
    span = document.char_span(start, end)
    if span is None or mention.pronoun or not start <= mention.start < end:
        return None
    phrase = noun_phrase(span.doc, span.start, span.end)
    if phrase is None or phrase[-1].pos_ != "NOUN" or not phrase[-1].is_lower:
        return None
    first, last = document.span_of(phrase)
    return (first, last) if mention.start < last and mention.end < last else None


def torn_kind(
    document: Document, mention: ActorMention, start: int, end: int
) -> SpeakerKind | None:
    """What a nameless mention is with the words that the parse tore from its front."""
    span = document.char_span(start, end)
    if span is None or mention.pronoun:
        return None
    phrase = noun_phrase(span.doc, span.start, span.end)
    if phrase is None or document.span_of(phrase)[1] != mention.end:
        return None
    if mention.name:
        before = [t for t in phrase if document.token_span(t)[0] < mention.start]
        return speakers().kind([lemma_of(t) for t in before if t.pos_ in ("NOUN", "ADJ")])
    own = document.char_span(mention.start, mention.end)
    words = [lemma_of(t) for t in phrase if t.pos_ not in ("DET", "PUNCT", "PART")]
    if own is None or len(words) <= sum(t.pos_ not in ("DET", "PUNCT", "PART") for t in own):
        return None
    return speakers().kind(words)


def is_number_of(words: str) -> bool:
    """Whether words name a number of people: "hundreds of marchers"."""
    first, _, rest = words.strip().casefold().partition(" ")
    return rest.startswith("of ") and first in word_lists("en", "speakers")["partitive"]


def _parted(document: Document, span: Span) -> tuple[int, int]:
    """A number of people: "hundreds of marchers", "one of the wounded"."""
    of = next((c for c in span.root.children if c.lower_ == "of"), None)
    whole = child_of(of, "pobj")
    right = max(span.end, whole.i + 1) if whole is not None else span.end
    return document.span_of(span.doc[span.start : right])


def _is_in_name(token: Token) -> bool:
    """Whether a possessor is part of a name: "Dock Workers' Front"."""
    return token.dep_ == "poss" and token.text[:1].isupper() and token.head.text[:1].isupper()
