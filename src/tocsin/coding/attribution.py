"""Who said what in one report: sources, cues and contents, with the speaker resolved."""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.coding.attribution_rules import Found, find_by_rule
from tocsin.coding.document import Document
from tocsin.coding.mentions import ActorMention, Attributed
from tocsin.coding.who_lexicon import speakers
from tocsin.lang.lexicon import word_lists
from tocsin.models import Tagger
from tocsin.terms import Certainty, SpeakerKind

_QUOTES = '"“”«»„'


def find_attributions(
    document: Document, actors: Sequence[ActorMention], tagger: Tagger | None = None
) -> tuple[Attributed, ...]:
    """Find every attribution of a report; without a tagger by cue words and the parse."""
    del tagger
    return tuple(_resolved(document, actors, found) for found in find_by_rule(document))


def _resolved(document: Document, actors: Sequence[ActorMention], found: Found) -> Attributed:
    speaker, kind, position = _speaker(document, actors, found)
    start, end = found.content[0][0], found.content[-1][1]
    direct = document.text[start : start + 1] in _QUOTES or document.text[end - 1 : end] in _QUOTES
    return Attributed(
        source=found.source,
        cue=found.cue,
        content=found.content,
        speaker=speaker,
        speaker_kind=kind,
        certainty=_certainty(document, found),
        position=position,
        direct=direct,
    )


def _speaker(
    document: Document, actors: Sequence[ActorMention], found: Found
) -> tuple[str | None, SpeakerKind, str | None]:
    if not found.source:
        return None, "unnamed", None
    start, end = found.source[0]
    words = document.text[start:end]
    mention = next((a for a in actors if start <= a.head < end), None)
    if mention is None:
        return words, "unnamed", None
    lexicon = speakers()
    described = [w.lower().strip(".,") for w in (mention.actor.position or words).split()]
    kind = lexicon.kind(described) or lexicon.by_sector.get(mention.actor.group or "", "unnamed")
    return mention.name or mention.actor.words, kind, mention.actor.position


def _certainty(document: Document, found: Found) -> Certainty:
    lists = word_lists("en", "stance")
    start, end = found.cue[0]
    span = document.char_span(start, end)
    lemmas = {t.lemma_.lower() for t in span} if span is not None else set()
    if lemmas & set(lists["denied"]):
        return "denied"
    if lemmas & set(lists["alleged"]):
        return "alleged"
    return "asserted"
