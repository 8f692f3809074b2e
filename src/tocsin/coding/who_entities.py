"""Which phrases of one report stand for the same person, group or body."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from tocsin.coding.document import Document
from tocsin.coding.who_phrases import Phrase
from tocsin.lang.lexicon import word_lists, word_maps

_THINGS = ("footage", "document")
# A pronoun reaches back three sentences at most: further back it is a guess.
_REACH = 3
_DEFINITE_GROUP = ("department", "agency", "group", "office", "union", "company", "party")
_NAMING = ("identified as", "named as", "identified him as", "identified her as", "named")


@dataclass
class Entity:
    """One actor of a report, filled while phrases are read in order."""

    number: int
    phrases: list[Phrase] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    lemmas: set[str] = field(default_factory=set)
    gender: str | None = None
    person: bool = False
    plural: bool = False
    age: int | None = None
    age_groups: set[str | None] = field(default_factory=set)
    sector: str | None = None

    @property
    def name(self) -> str | None:
        """The fullest name."""
        return max(self.names, key=lambda n: (len(n.split()), len(n)), default=None)

    def add(self, phrase: Phrase) -> None:
        """Take a phrase in; nouns and names of it describe the entity from now on."""
        self.phrases.append(phrase)
        if phrase.pronoun:
            self.gender = self.gender or phrase.gender
            self.person = self.person or phrase.gender is not None
            return
        if phrase.name:
            self.names.append(phrase.name)
        self.lemmas.update(phrase.lemmas)
        plain = (w.rstrip(".") for w in phrase.lemmas if phrase.kind != "prosecutor")
        self.lemmas.update(_spelt_out()[w] for w in plain if w in _spelt_out())
        self.gender = self.gender or phrase.gender
        self.person = self.person or phrase.person
        self.plural = phrase.plural if len(self.phrases) == 1 else self.plural
        self.age = self.age or phrase.age
        self.age_groups.add(phrase.age_group)
        self.sector = self.sector or phrase.sector


@cache
def _spelt_out() -> Mapping[str, str]:
    return word_maps("en", "speakers")["abbreviation"]


def resolve(document: Document, phrases: Sequence[Phrase]) -> list[tuple[Phrase, Entity]]:
    """Give every phrase its entity; a pronoun that fits nothing is left out."""
    entities: list[Entity] = []
    placed: list[tuple[Phrase, Entity]] = []
    named = {p.apposed: p for p in phrases if p.name and p.person and p.apposed is not None}
    for phrase in phrases:
        entity = _find(phrase, placed, entities, named)
        if entity is None:
            if phrase.pronoun:
                continue
            entity = Entity(len(entities))
            entities.append(entity)
        entity.add(phrase)
        placed.append((phrase, entity))
    _merge_named(document, placed)
    return placed


def _find(
    phrase: Phrase,
    placed: list[tuple[Phrase, Entity]],
    entities: list[Entity],
    named: Mapping[int, Phrase],
) -> Entity | None:
    if phrase.pronoun:
        return _of_pronoun(phrase, placed)
    if phrase.apposed is not None:
        for before, entity in placed:
            if before.head == phrase.apposed and before.plural == phrase.plural:
                return entity
    if phrase.name:
        return _of_name(phrase, entities)
    if phrase.head in named:  # "the city's chief, Ann Poe" is no chief named before her
        return _of_name(named[phrase.head], entities)
    if phrase.definite or phrase.plural:
        return _of_noun(phrase, placed)
    return None


def _of_name(phrase: Phrase, entities: list[Entity]) -> Entity | None:
    """The entity of this name, or whose fullest name holds all its words or the other way round.

    A brother's full name holds the surname that stands for somebody else already.
    """
    words = _words(phrase.name or "")
    for entity in reversed(entities):
        if any(words == _words(name) for name in entity.names):
            return entity
        if entity.name is None or not (phrase.person or entity.person):
            continue
        small, large = sorted((words, _words(entity.name)), key=len)
        if small and small[-1] == large[-1] and set(small) <= set(large):
            return entity
    return None


def _words(name: str) -> list[str]:
    plain = name.replace("’s", "").replace("'s", "").replace(".", " ")
    return [w.casefold() for w in plain.split()]


def _of_pronoun(phrase: Phrase, placed: list[tuple[Phrase, Entity]]) -> Entity | None:
    """The latest fitting entity: subjects, then objects, sentence by sentence backwards.

    Who stands only in a phrase ("arrested a man over the death of Ann Poe") comes last.
    """
    near = [
        (p, e) for p, e in placed
        if phrase.sentence - p.sentence <= _REACH and _fits(phrase, e) and p.end <= phrase.start
    ]  # fmt: skip
    if not near:
        return None

    def rank(pair: tuple[Phrase, Entity]) -> tuple[int, bool, bool, bool, int]:
        phrase = pair[0]
        return (phrase.sentence, phrase.main, phrase.subject, phrase.object, phrase.start)

    same = [pair for pair in near if pair[0].sentence == phrase.sentence]
    earlier = [pair for pair in near if pair[0].sentence != phrase.sentence]
    return max(same or earlier, key=rank)[1]


def _fits(phrase: Phrase, entity: Entity) -> bool:
    if phrase.plural:  # "an autopsy was planned; they were still looking into it"
        is_thing = entity.phrases[0].kind in _THINGS
        return entity.plural or not (entity.person or is_thing)
    named = entity.name is not None and len(entity.name.split()) > 1 and entity.sector is None
    named = named and not any(p.name and p.definite for p in entity.phrases)  # "the Land Bill"
    single = entity.person or entity.gender or named or _is_single_person(entity)
    if entity.plural or not single:
        return False
    return entity.gender in (None, phrase.gender)


def _is_single_person(entity: Entity) -> bool:
    first = entity.phrases[0]
    if first.lemmas and first.lemmas[-1] in word_lists("en", "speakers")["bodies"]:
        return False
    return first.kind not in (None, "other_outlet", *_THINGS) and first.name is None


def _of_noun(phrase: Phrase, placed: list[tuple[Phrase, Entity]]) -> Entity | None:
    """The entity called by the same noun before, or a body or person that the noun describes."""
    head = phrase.lemmas[-1] if phrase.lemmas else ""
    for before, entity in reversed(placed):
        if phrase.age and entity.age == phrase.age:
            return entity
        if before.pronoun:
            continue
        if before.name is None and before.lemmas and before.lemmas[-1] == head:
            if before.plural == phrase.plural:
                return entity
        elif phrase.definite and not phrase.plural and head in entity.lemmas:
            return entity
    if phrase.definite and len(phrase.lemmas) == 1 and head in _DEFINITE_GROUP:
        bodies = [(b, e) for b, e in placed if b.name and not e.person and b.subject]
        for before, entity in reversed(bodies):
            if phrase.sector in (None, before.sector) and before.sector not in ("GOV", "JRN"):
                return entity
    return None


def _merge_named(document: Document, placed: list[tuple[Phrase, Entity]]) -> None:
    """Join "the victim is identified as NAME" into one entity."""
    for i, (left, first) in enumerate(placed[:-1]):
        right, second = placed[i + 1]
        if first is second or not right.name or left.sentence != right.sentence:
            continue
        between = document.text[left.end : right.start].casefold()
        if not between.strip().endswith(_NAMING) or len(between) > 40:
            continue
        first.names.extend(second.names)
        first.lemmas |= second.lemmas
        first.age = first.age or second.age
        first.age_groups |= second.age_groups
        first.person = True
        for j, (phrase, entity) in enumerate(placed):
            if entity is second:
                placed[j] = (phrase, first)
