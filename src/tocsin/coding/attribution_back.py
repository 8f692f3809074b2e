"""Sentences that say who stands behind, or takes back, the sentence before them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tocsin.coding.attribution_speakers import Speaker, speaker_of
from tocsin.coding.document import Document, Sentence
from tocsin.coding.mentions import ActorMention, Attributed
from tocsin.coding.stance_scope import cue_certainty, pattern
from tocsin.terms import Certainty

_LEAD = re.compile(r"^[\"“”'‘’\s]*(?:at least|but|and|yet)?[,\s]*", re.IGNORECASE)


def find_back(
    document: Document, actors: Sequence[ActorMention], direct: Sequence[Attributed]
) -> Iterator[Attributed]:
    """Attributions of a whole sentence by the one after it: "that is how his aunt tells it"."""
    for before, sentence in zip(document.sentences, document.sentences[1:], strict=False):
        lead = _LEAD.match(sentence.text)
        words = sentence.text[lead.end() if lead else 0 :]
        denied = pattern("denying_back").match(words) is not None
        if before.paragraph != sentence.paragraph:
            continue
        if not denied and pattern("pointing_back").match(words) is None:
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
