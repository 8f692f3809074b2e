"""Who passed words on: the outlet that heard them, and whom an outlet cites."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from tocsin.coding.attribution_phrases import noun_phrase
from tocsin.coding.attribution_rules import Found
from tocsin.coding.attribution_speakers import is_empty, said_by, speaker_of
from tocsin.coding.document import Document
from tocsin.coding.mentions import ActorMention, Attributed, touches
from tocsin.coding.who_lexicon import speakers

# Where a sentence names who heard or had it: the outlet follows at once.
_TOLD = re.compile(
    r"\b(?:(?:told|tells|telling) (?:(?:my|our|an?|the) colleagues? (?:at|of|from)|"
    r"(?:reporters?|journalists?|a correspondent|correspondents) (?:at|of|from|for|with))|"
    r"told|tells|telling|(?:quoted|reported|cited|seen|obtained|viewed|reviewed|verified|carried|"
    r"published|aired|broadcast|interviewed|reached) by|(?:interview|call|statement|comments?|"
    r"remarks|email|message) (?:with|to|for)|confirmed to|spoke to|speaking to|talking to|"
    r"shown to|sent to|given to|shared with|wrote in|writing in)\s+"
)
# Who has these is an outlet, whatever its name.
_WORKING = re.compile(r"\b(?:colleague|correspondent)s?\b")
_CITING = re.compile(r"\b(?:citing|quoting|quoted|quotes|on the authority of|cited)\s+")
# "citing" and an article stand this near before who is cited.
_NEAR = 20
_OUTLETS = ("other_outlet", "outlet")
_NO_PEOPLE = (*_OUTLETS, "document", "footage", "unnamed")


def passed_on_by(document: Document, actors: Sequence[ActorMention], found: Found) -> str | None:
    """The outlet that a source told it to, or that quotes the source."""
    sentence = document.sentence_at(found.cue[0][0]) if found.cue else None
    if sentence is None:
        return None
    for match in _TOLD.finditer(sentence.text):
        named = _phrase_at(document, sentence.start + match.end(), sentence.end)
        if named is None:
            continue
        outlet = speaker_of(document, actors, (named,))
        words = document.text[slice(*named)]
        kind = speakers().kind_of_name(words) or outlet.kind
        if outlet.named and (kind == "other_outlet" or _WORKING.search(match.group())):
            return outlet.name
        # The report's own outlet is no speaker, but it may be who has the footage.
        if outlet.kind == "outlet" and words[:1].isupper():
            return words
    return None


def through(
    document: Document, actors: Sequence[ActorMention], said: Attributed, ruled: Sequence[Found]
) -> Attributed:
    """Words with who passes them on: "the party says [Holm said ...]", "X, citing Holm"."""
    if said.via is not None or not said.source or not said.cue:
        return said
    cue, source = said.cue[0], said.source[0]
    citing = _CITING.search(document.text, max(0, source[0] - _NEAR), source[0])
    for found in ruled:
        if not found.plain or not found.source or touches(found.source, said.source):
            continue
        outer = not touches(found.cue, said.cue) and any(
            s <= min(cue[0], source[0]) and max(cue[1], source[1]) <= e for s, e in found.content
        )
        if outer or (citing is not None and touches(found.cue, said.cue)):
            speaker = speaker_of(document, actors, found.source, found.cue)
            if speaker.name not in (None, said.speaker):
                return replace(said, via=speaker.name)
    return said


def cited(document: Document, actors: Sequence[ActorMention], said: Attributed) -> Attributed:
    """What an outlet reports "citing" somebody is said by them and passed on by the outlet.

    So is what people say "quoting" others, where these stand between them and their cue.
    """
    sentence = document.sentence_at(said.cue[0][0]) if said.cue and said.source else None
    if sentence is None or said.speaker is None:
        return said
    outlet = said.speaker_kind in _OUTLETS
    start, end = (sentence.start, sentence.end) if outlet else (said.source[-1][0], said.cue[0][0])
    match = _CITING.search(document.text, start, max(start, end))
    named = _phrase_at(document, match.end(), sentence.end) if match else None
    if named is None or is_empty(document.text[slice(*named)]):
        return said
    source = speaker_of(document, actors, (named,))
    if source.name is None or source.kind in (_OUTLETS if outlet else _NO_PEOPLE):
        return said
    return said_by(said, source, said.speaker)


def is_cited(document: Document, said: Attributed) -> bool:
    """Whether somebody is quoted by who passes their words on, between that name and the cue."""
    if said.via is None or not said.cue or not said.source:
        return False
    between = document.text[said.source[0][0] : max(said.source[0][0], said.cue[0][0])]
    return said.via in between and _CITING.search(between) is not None


def _phrase_at(document: Document, start: int, end: int) -> tuple[int, int] | None:
    """The noun phrase that begins at an offset."""
    at = document.char_span(start, start + 1) if start < end else None
    sentence = document.sentence_at(start)
    if at is None or sentence is None:
        return None
    phrase = noun_phrase(at.doc, at.start, sentence.span.end)
    return document.span_of(phrase) if phrase is not None else None
