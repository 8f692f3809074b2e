"""Whether a word really tells of an incident: `attacked` in a debate tells of none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from math import log

from spacy.tokens import Span, Token

from tocsin.coding.document import Document
from tocsin.coding.groups import SAID, line_of
from tocsin.coding.kind import Telling
from tocsin.models.kinds import blocks_of, load_kinds

# Of the words that tell no incident, three in four are above it over the folds, and one in
# twenty of those that do (`python -m training.senses`); most incidents are told by several words.
_NO_INCIDENT = 0.7
_INCIDENT = 0.5  # a word from which on a report tells of an incident
_SURE = {"told": 1.0, "past": 0.0, "not": 0.0}
_NEAR = 5  # words on each side whose place is kept
_COMMON = 400  # words of a report that say what it is about; the rest repeats them


def believed(document: Document, tellings: tuple[Telling, ...]) -> tuple[Telling, ...]:
    """Return the tellings that may be meant as such, each with its chance to tell a new incident.

    What people say is believed where the report tells of an incident, else judged like the rest:
    candidates for office urge and vow all day. Without a trained head, all are kept as they are.
    """
    head = load_kinds().get("sense")
    if head is None:
        return tellings
    topic = topic_of(document)
    chances = [
        head.chances(blocks_of("", signs_of_telling(document, telling, topic, tellings)))
        if telling.kind
        else _SURE
        for telling in tellings
    ]
    pairs = list(zip(tellings, chances, strict=True))
    if any(c["told"] >= _INCIDENT for t, c in pairs if t.kind and line_of(t.kind) != SAID):
        pairs = [(t, _SURE if t.kind and line_of(t.kind) == SAID else c) for t, c in pairs]
    return tuple(replace(t, told=c["told"]) for t, c in pairs if c["not"] < _NO_INCIDENT)


def signs_of_telling(
    document: Document, telling: Telling, topic: dict[str, float], others: Iterable[Telling]
) -> dict[str, float]:
    """Return what speaks for or against a telling, as named weights.

    Names start with `w=` for words of its sentence and of the report, else they are signs of the
    parse. Names of people and places are left out: they say whose report it is, not what it tells.
    """
    sentence = document.sentences[telling.sentence].span
    found = dict(topic)
    found |= {f"w={word}": 1.0 for word in _plain(sentence)}
    found |= {f"s:{sign}": 1.0 for sign in _shape(telling)}
    found |= {f"s:{sign}": 1.0 for sign in _neighbours(sentence, telling.token)}
    found |= {f"s:{sign}": 1.0 for sign in _company(telling, others)}
    return found


def topic_of(document: Document) -> dict[str, float]:
    """Return the common words of a report, each weighted by the logarithm of its number."""
    counts: Counter[str] = Counter()
    for sentence in document.sentences:
        counts.update(_plain(sentence.span))
    top = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:_COMMON]
    return {f"d={word}": 0.3 * (1.0 + log(count)) for word, count in top}


def _plain(span: Span) -> Iterator[str]:
    """Lemmas of the words that are no names, numbers or function words."""
    for token in span:
        if token.is_alpha and token.text[0].islower() and not token.is_stop:
            yield token.lemma_.lower()


def _word(token: Token | None) -> str:
    if token is None:
        return "-"
    if token.ent_type_ and token.pos_ == "PROPN":
        return token.ent_type_
    return "NAME" if token.pos_ == "PROPN" else token.lemma_.lower()


def _shape(telling: Telling) -> Iterator[str]:
    """The word itself, its place in the parse, and who does it to whom."""
    head = telling.token
    word = head.lemma_.lower()
    yield from (f"kind={telling.kind}", f"cue={telling.cue}", f"word={word}")
    yield from (f"tag={head.tag_}", f"dep={head.dep_}", f"name={head.ent_type_}")
    yield f"word,tag={word},{head.tag_}"
    yield f"head={_word(head.head)}"
    yield f"word,head={word},{_word(head.head)}"
    yield f"status={telling.status}"
    yield f"behind={telling.background}"
    for role, token in (("agent", telling.agent), ("patient", telling.patient)):
        yield f"{role}={_word(token)}"
        yield f"word,{role}={word},{_word(token)}"
    for role, classes in (("agent", telling.agents), ("patient", telling.patients)):
        for name in sorted(classes):
            yield f"{role}:{name}"
            yield f"cue,{role}:{telling.cue},{name}"


def _neighbours(sentence: Span, head: Token) -> Iterator[str]:
    """The words around, near ones with their side."""
    at = head.i - sentence.start
    for step in range(1, _NEAR + 1):
        for side, index in (("left", at - step), ("right", at + step)):
            token = sentence[index] if 0 <= index < len(sentence) else None
            yield f"{side}={_word(token)}"
            if step == 1:
                yield f"{side}1={head.lemma_.lower()},{_word(token)}"
    for child in head.children:
        yield f"child={child.dep_},{_word(child)}"


def _company(telling: Telling, others: Iterable[Telling]) -> Iterator[str]:
    """What else the report tells, in the same sentence or anywhere."""
    kinds: Counter[str] = Counter()
    for other in others:
        if other is telling:
            continue
        kinds[other.kind or "harm"] += 1
        if other.sentence == telling.sentence:
            yield f"beside={other.kind or 'harm'}"
    yield from (f"also={kind}" for kind in kinds)
    yield f"sole={kinds[telling.kind] == 0}"
    yield f"first={telling.sentence == 0}"
