"""The people, groups and bodies of one report, with their fullest names and positions."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tocsin.coding.document import Document
from tocsin.coding.mentions import ActorMention
from tocsin.coding.who_entities import Entity, resolve
from tocsin.coding.who_lexicon import Speakers, speakers
from tocsin.coding.who_phrases import Phrase, find_phrases
from tocsin.masking.ages import names as names_beside_age
from tocsin.model import Actor, Text
from tocsin.terms import is_minor

_WORD = re.compile(r"\w+")


def find_actors(document: Document) -> tuple[ActorMention, ...]:
    """Find every mention of an actor; mentions of one actor share `entity` and `name`."""
    lexicon = speakers()
    placed = resolve(document, find_phrases(document, lexicon))
    return tuple(_mention(phrase, entity, lexicon) for phrase, entity in placed)


def named_minors(document: Document, actors: Iterable[ActorMention]) -> tuple[str, ...]:
    """The names, as the report spells them, of all in it who are under 18.

    "Girl Shot" and "Year-Old Son" are of a line above a report and no names.
    """
    lexicon = speakers()
    text = document.source.text
    found = {text[start:end] for start, end in names_beside_age(text)}
    for mention in actors:
        name = mention.name if mention.actor.minor else None
        if name is None or name.startswith("Year-Old"):
            continue
        if not lexicon.age_group(_WORD.findall(name.lower())):
            found |= {name, document.cited(Text(words=name), mention.start).words}
    return tuple(sorted(found))


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
        minor=person and is_minor(entity.age, *entity.age_groups),
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
    if is_minor(entity.age, *entity.age_groups) or entity.lemmas & lexicon.private:
        return True
    return not any(p.sector not in (None, "CVL", "CRM") or p.position for p in entity.phrases)
