"""Whom "he said" and "she added" mean: whoever spoke last, where nobody new came in between."""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.coding.attribution_speakers import said_by, speaker_in
from tocsin.coding.document import Document
from tocsin.coding.mentions import ActorMention, Attributed
from tocsin.coding.who_lexicon import speakers

_GENDER = {"he": "m", "she": "f"}
# A speaker stays in mind this many sentences.
_REACH = 3


def with_speakers(
    document: Document, actors: Sequence[ActorMention], found: Sequence[Attributed]
) -> list[Attributed]:
    """Give sources that are pronouns the last speaker, in text order."""
    settled: list[Attributed] = []
    for said in sorted(found, key=lambda a: a.cue or a.content):
        before = _last(document, actors, said, settled)
        settled.append(said_by(said, speaker_in(before), said.via) if before else said)
    return settled


def _last(
    document: Document,
    actors: Sequence[ActorMention],
    said: Attributed,
    settled: Sequence[Attributed],
) -> Attributed | None:
    if not said.source:
        return None
    start, end = said.source[0]
    gender = _GENDER.get(document.text[start:end].strip(" ,").casefold())
    own = document.sentence_at(start)
    if gender is None or own is None:
        return None
    newest = max((a.start for a in actors if _is_rival(a, gender, start)), default=-1)
    for before in reversed(settled):
        at = before.cue[0][0] if before.cue else -1
        sentence = document.sentence_at(at)
        if at >= start or sentence is None or not _is_person(before, gender):
            continue
        if own.index - sentence.index > _REACH or newest > sentence.end:
            return None
        return before
    return None


def _is_person(said: Attributed, gender: str) -> bool:
    """Whether a speaker is one named person whom the pronoun may mean."""
    name = said.speaker or ""
    words = [w.casefold() for w in (said.position or "").split()]
    lexicon = speakers()
    known = lexicon.gender_of_name(name) or lexicon.gender(words)
    spoken = said.position or len(name.split()) > 1 or known
    return bool(name[:1].isupper() and spoken) and known in (None, gender)


def _is_rival(actor: ActorMention, gender: str, start: int) -> bool:
    """Whether a person came in who may be meant as well."""
    if actor.pronoun or not actor.actor.person or actor.end > start:
        return False
    known = speakers().gender_of_name(actor.name)
    return known in (None, gender)
