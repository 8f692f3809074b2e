"""How sure the wording is, and who says it, for given words of a report.

Certainty is the wording's, never the speaker's rank: nothing here looks at who speaks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

import msgspec
from spacy.tokens import Span

from tocsin.coding.attribution_back import is_taken_back
from tocsin.coding.attribution_speakers import is_same
from tocsin.coding.document import Document, Sentence
from tocsin.coding.mentions import Attributed, Readings, Segments
from tocsin.coding.stance_scope import certainties, clause_head, is_firm
from tocsin.coding.stance_words import pattern, words
from tocsin.coding.voice import certainty_of, speaker_at
from tocsin.model import Attribution
from tocsin.terms import Certainty

# What a claim is: that something happened, that somebody said something, that something was done
# by words (an order, a charge), or a name.
Claimed = Literal["told", "said", "ordered", "named"]

# The words of a claim belong to an attribution that holds at least this part of them.
_HELD = 0.5
# ... its source and cue counted in, of which the content alone holds this part.
_CORE = 0.25
# Set phrases count this many characters before and after the words, in their sentence.
_BEFORE = 60
_AFTER = 30
_CONDITION = re.compile(r"\b(?:if|unless|in case|had|should)\b", re.IGNORECASE)
# Several readings of one clause: the one that says least of what happened comes first.
_LED: tuple[Certainty, ...] = ("denied", "planned")
_ORDER: tuple[Certainty, ...] = ("hypothetical", "denied", "alleged", "planned")


def attribution_of(
    document: Document, readings: Readings, start: int, end: int, *, claimed: Claimed = "told"
) -> Attribution:
    """Who says the words at start..end, and how surely; the outlet where nobody else does.

    Where the saying is claimed, a negation is part of its words and denies nothing. The encoder has
    a say in what is told to have happened, and in who tells of an order: names and sayings are
    their own.
    """
    said = attributed_at(readings.attributions, start, end)
    ruled = _ruled(document, said, start, end, claimed)
    span = document.char_span(start, end)
    if readings.encoded is None or claimed in ("said", "named"):
        return ruled
    if span is None or not len(span) or is_firm(span):
        return ruled
    certainty, by_word = ruled.certainty, claimed == "ordered"
    if not by_word and not readings.encoded.agrees(certainty, start, end):
        certainty = certainty_of(certainty, readings.encoded.certainty(start, end))
    speaker = speaker_at(
        document, readings.actors, readings.encoded, said, (start, end), by_word=by_word
    )
    if speaker.kind == "outlet":
        return Attribution(certainty=certainty)
    if is_same(ruled.speaker, speaker.name):
        return msgspec.structs.replace(
            ruled, certainty=certainty, speaker=speaker.name, speaker_kind=speaker.kind
        )
    return Attribution(
        speaker_kind=speaker.kind,
        certainty=certainty,
        speaker=speaker.name,
        position=speaker.position,
        via=_outer(document, said, speaker.name),
        content=document.evidence(start, end),
    )


def _outer(document: Document, said: Attributed | None, name: str | None) -> str | None:
    """Who passes on what somebody says whom the rules have in an outer speaker's words."""
    if said is None or said.speaker is None or name is None:
        return None
    inside = any(name in document.text[s:e] for s, e in said.content)
    return said.speaker if inside else None


def _ruled(
    document: Document, said: Attributed | None, start: int, end: int, claimed: Claimed
) -> Attribution:
    theirs = _is_told_there(document, said, start)
    found = _wordings(document, start, end, theirs=theirs, by_word=claimed == "ordered")
    if said is None:
        return Attribution(certainty=_weakest(found))
    found = (found - {"denied"} if claimed == "said" else found) | {said.certainty}
    own = document.sentence_at(start)
    if own is not None and pattern("undecided_phrases").search(own.text):
        found -= {"denied"}
    return Attribution(
        speaker_kind=said.speaker_kind,
        certainty=_weakest(found),
        speaker=said.speaker,
        position=said.position,
        via=said.via,
        cue=document.evidence(said.cue[0][0], said.cue[-1][1]) if said.cue else None,
        content=document.evidence(said.content[0][0], said.content[-1][1]),
    )


def _is_told_there(document: Document, said: Attributed | None, start: int) -> bool:
    """Whether the speaker stands in the same sentence: a later denial is then another's."""
    own = document.sentence_at(start)
    return bool(said and said.cue and own and own.start <= said.cue[0][0] < own.end)


def attributed_at(attributions: Sequence[Attributed], start: int, end: int) -> Attributed | None:
    """The narrowest attribution whose content holds the words."""
    best: tuple[int, Attributed] | None = None
    for attributed in attributions:
        held = _shared(attributed.content, start, end)
        frame = _shared((*attributed.source, *attributed.cue), start, end)
        if not held or held + frame < _HELD * (end - start) or held < _CORE * (end - start):
            continue
        size = sum(e - s for s, e in attributed.content)
        if best is None or size < best[0]:
            best = (size, attributed)
    return best[1] if best else None


def _shared(segments: Segments, start: int, end: int) -> int:
    return sum(max(0, min(e, end) - max(s, start)) for s, e in segments)


def _weakest(found: set[Certainty]) -> Certainty:
    return next((c for c in _ORDER if c in found), "asserted")


def _wordings(
    document: Document, start: int, end: int, *, theirs: bool, by_word: bool
) -> set[Certainty]:
    """What hedges, negation, mood and tense around the words at start..end make of them."""
    span = document.char_span(start, end)
    sentence = document.sentence_at(start)
    if span is None or sentence is None or not len(span):
        return set()
    found = certainties(span, by_word=by_word)
    first = max(sentence.start, start - _BEFORE)
    found |= _of_phrases(document.text[first : min(sentence.end, end + _AFTER)])
    if pattern("onward_phrases").search(document.text[first:end]):
        found.add("alleged")
    found |= _of_lead(document.text[max(sentence.start, start - _BEFORE) : start])
    if pattern("doubting_phrases").search(sentence.text):
        found.add("alleged")
    if pattern("ahead_phrases").search(document.text[start : min(sentence.end, end + _AFTER)]):
        found.add("planned")
    found |= _of_question(sentence) | _of_future(sentence, span) | _of_end(sentence)
    back = set() if theirs else _of_next(document, sentence)
    if back:
        return back
    if "alleged" in found and not _CONDITION.search(sentence.text):
        found -= {"hypothetical"}
    if pattern("undecided_phrases").search(sentence.text):
        found = (found - {"denied", "hypothetical"}) | {"alleged"}
    if pattern("asserted_phrases").search(sentence.text):
        found -= {"denied", "alleged"}
    return found


def _of_phrases(text: str) -> set[Certainty]:
    return {
        certainty
        for certainty in _ORDER
        if certainty != "planned" and pattern(f"{certainty}_phrases").search(text)
    }


def _of_lead(before: str) -> set[Certainty]:
    """What the words right before make of them, however these are parsed: "refused to ..."."""
    plain = " ".join(before.split())
    return {c for c in _LED if _ends(c, plain)}


def _ends(certainty: Certainty, plain: str) -> bool:
    return any(match.end() == len(plain) for match in pattern(f"{certainty}_leads").finditer(plain))


def _of_question(sentence: Sentence) -> set[Certainty]:
    """What is asked is not told."""
    return {"hypothetical"} if sentence.text.rstrip("\"”’' ").endswith("?") else set()


def _of_end(sentence: Sentence) -> set[Certainty]:
    """A sentence on "that ..." that ends in a denial: "That he fired is, she says, nonsense"."""
    last = next((t for t in reversed(sentence.span) if t.is_alpha), None)
    opens = sentence.text.lstrip('"“‘ ').startswith("That ")
    denied = last is not None and last.lemma_.lower() in words("denied")
    return {"denied"} if opens and denied else set()


def _of_future(sentence: Sentence, span: Span) -> set[Certainty]:
    """A present tense with a time to come is a plan: "next week we come back"."""
    head = clause_head(span)
    present = head.tag_ in ("VBP", "VBZ") and not any(c.dep_ == "aux" for c in head.children)
    timetabled = head.lemma_.lower() in words("timetabled")
    ahead = pattern("future_times").search(sentence.text) or (
        timetabled and pattern("weekday_times").search(sentence.text)
    )
    return {"planned"} if present and ahead else set()


def _of_next(document: Document, sentence: Sentence) -> set[Certainty]:
    """A sentence right after that takes the words back, or doubts them."""
    if sentence.index + 1 >= len(document.sentences):
        return set()
    after = document.sentences[sentence.index + 1]
    if after.paragraph == sentence.paragraph and is_taken_back(after):
        return {"denied"}
    return set()
