"""Sentences that say who stands behind, or takes back, the sentence before them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from tocsin.coding.attribution_speakers import Speaker, speaker_of
from tocsin.coding.document import Document, Sentence
from tocsin.coding.mentions import ActorMention, Attributed
from tocsin.coding.roles import SUBJECTS, child_of
from tocsin.coding.stance_scope import cue_certainty, is_negated
from tocsin.coding.stance_words import pattern, words
from tocsin.terms import Certainty

# A sentence that only judges the one before it is short.
_SHORT = 12
_MEANT = ("this", "that", "it")
_TOLD = ("claim", "report", "account", "story", "allegation", "accusation", "charge", "rumour",
         "rumor", "version", "statement", "suggestion", "description")  # fmt: skip
_LEAD = re.compile(r"^[\"“”'‘’\s]*(?:at least|but|and|yet)?[,\s]*", re.IGNORECASE)


def find_back(
    document: Document, actors: Sequence[ActorMention], direct: Sequence[Attributed]
) -> Iterator[Attributed]:
    """Attributions of a whole sentence by the one after it: "that is how his aunt tells it"."""
    for before, sentence in zip(document.sentences, document.sentences[1:], strict=False):
        lead = _LEAD.match(sentence.text)
        plain = sentence.text[lead.end() if lead else 0 :]
        denied = is_taken_back(sentence)
        if before.paragraph != sentence.paragraph:
            continue
        borne_out = _judges(sentence, "confirming")
        if (denied or borne_out) and _has_speaker(direct, before):
            continue
        if not denied and not borne_out and pattern("pointing_back").match(plain) is None:
            continue
        certainty: Certainty = "denied" if denied else cue_certainty(sentence.span)
        found = _speaker(document, actors, direct, sentence)
        if found is not None:
            yield Attributed(
                source=(),
                cue=((sentence.start, sentence.end),),
                content=((before.start, before.end),),
                speaker=found.name,
                speaker_kind=found.kind,
                certainty=certainty,
                position=found.position,
            )


def _has_speaker(direct: Sequence[Attributed], sentence: Sentence) -> bool:
    """Whether somebody is named who tells it: another's denial then leaves it theirs."""
    cues = [a.cue[0][0] for a in direct if a.cue and a.speaker is not None]
    return any(sentence.start <= cue < sentence.end for cue in cues)


def is_taken_back(sentence: Sentence) -> bool:
    """Whether a sentence denies the one before it: "Nonsense", "the court calls that a lie"."""
    lead = _LEAD.match(sentence.text)
    plain = sentence.text[lead.end() if lead else 0 :]
    return pattern("denying_back").match(plain) is not None or _judges(sentence, "denied")


def _judges(sentence: Sentence, kind: str) -> bool:
    """Whether a short sentence says of "that", or of "the claim", no more than a judgement."""
    root = sentence.span.root
    if len(sentence.span) > _SHORT or root.pos_ not in ("VERB", "AUX") or is_negated(root):
        return False
    subject = child_of(root, *SUBJECTS)
    below = [t for t in sentence.span if subject is None or not _is_in(t, subject)]
    meant = [t for t in below if t.lower_ in _MEANT and t.i > root.i]
    meant += [t for t in below if t.lemma_.lower() in _TOLD and _is_the(t) and t.i > root.i]
    if subject is None or not meant or any(c.dep_ == "mark" for t in below for c in t.children):
        return False
    judging = {t.lemma_.lower() for t in below if t not in meant} & words(kind)
    return bool(judging) and not any(t.lower_ in words("negators") for t in below)


def _is_in(token: Token, head: Token) -> bool:
    return token == head or head.is_ancestor(token)


def _is_the(token: Token) -> bool:
    return any(c.lower_ in ("the", "this", "that", "these", "those") for c in token.lefts)


def _speaker(
    document: Document,
    actors: Sequence[ActorMention],
    direct: Sequence[Attributed],
    sentence: Sentence,
) -> Speaker | None:
    """Who speaks in a sentence: its tagged speaker, else its last actor that is no pronoun."""
    for attributed in direct:
        if (
            attributed.cue
            and sentence.start <= attributed.cue[0][0] < sentence.end
            and attributed.speaker
        ):
            return Speaker(attributed.speaker, attributed.speaker_kind, attributed.position)
    inside = [a for a in actors if a.sentence == sentence.index and not a.pronoun]
    if not inside:
        return None
    return speaker_of(document, actors, ((inside[-1].start, inside[-1].end),))
