"""The people, groups and bodies of one report, with their fullest names and positions."""

from __future__ import annotations

from tocsin.coding.document import Document
from tocsin.coding.mentions import ActorMention
from tocsin.coding.who_entities import Entity, resolve
from tocsin.coding.who_lexicon import Speakers, speakers
from tocsin.coding.who_phrases import Phrase, find_phrases
from tocsin.model import Actor
from tocsin.terms import ADULT


def find_actors(document: Document) -> tuple[ActorMention, ...]:
    """Find every mention of an actor; mentions of one actor share `entity` and `name`."""
    lexicon = speakers()
    placed = resolve(document, find_phrases(document, lexicon))
    return tuple(_mention(phrase, entity, lexicon) for phrase, entity in placed)


def _mention(phrase: Phrase, entity: Entity, lexicon: Speakers) -> ActorMention:
    name = entity.name
    lead = next((p for p in entity.phrases if p.sector), entity.phrases[0])
    position = next((p.position for p in entity.phrases if p.position), None)
    person = entity.person or (lead.gender is not None and not entity.plural)
    actor = Actor(
        words=phrase.words,
        role="actor",
        name=name,
        group=lead.sector,
        position=position,
        person=person,
        private=person and _is_private(entity, lexicon),
        minor=person and _is_minor(entity, lexicon),
    )
    return ActorMention(
        start=phrase.start,
        end=phrase.end,
        sentence=phrase.sentence,
        entity=entity.number,
        head=phrase.head,
        actor=actor,
        name=name,
        pronoun=phrase.pronoun,
    )


def _is_private(entity: Entity, lexicon: Speakers) -> bool:
    if _is_minor(entity, lexicon) or entity.lemmas & lexicon.private:
        return True
    return not any(p.sector not in (None, "CVL", "CRM") or p.position for p in entity.phrases)


def _is_minor(entity: Entity, lexicon: Speakers) -> bool:
    if entity.age is not None:
        return entity.age < ADULT
    return bool(entity.lemmas & lexicon.minors)
