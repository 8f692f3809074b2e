"""Who was harmed and how they are: victims with their conditions, for the incident of harm."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from spacy.tokens import Token

from tocsin.coding.context import Context
from tocsin.coding.counts_what import is_real
from tocsin.coding.document import Sentence
from tocsin.coding.findings import Finding
from tocsin.coding.groups import Group
from tocsin.coding.kind import Telling, is_generic
from tocsin.coding.mentions import ActorMention, TimeMention
from tocsin.coding.who_lexicon import speakers
from tocsin.lang.lexicon import word_lists, word_pattern
from tocsin.model import Condition, Count, Victim

CAPABLE = frozenset({"police_force", "attack", "crowd", "harm"})
SINGLE = frozenset({"police_shooting", "armed_attack", "death_in_custody", "police_use_of_force"})
_HARMED = frozenset({"person", "police", "crowd", "military", "official", "other", "court"})
_AGE = re.compile(
    r"\b(\d{1,3})-year-old\b|,\s(\d{1,3}),|\baged (\d{1,3})\b"
    r"|\b(?:boy|girl|man|woman|child|youth) of (\d{1,2})\b"
)
_THE_AGED = re.compile(r"\b[Tt]he (\d{1,3})-year-old\b")
# "is in a critical condition": the condition without its verb.
_AUXILIARY = re.compile(
    r"^(?:is|was|are|were|remains?|still|listed as|(?:before )?s?he|who|then) (?=\w)",
    re.IGNORECASE,
)
_OLDEST = 115
_BEFORE, _AFTER = 25, 8  # characters beside a name in which an age or a race is its own
_BEHIND = 20  # characters from a condition to its day: "stable on Thursday"
_OPENING = 4  # "On Thursday she was stable"
_NEXT_WORDS = 12  # characters after a verb without an object that can be read
_PRONOUN_REACH = 2
_PRONOUNS = frozenset({"he", "she", "his", "her", "him"})


@dataclass(frozen=True, slots=True)
class Harmed:
    """Somebody harmed: the mention, the telling that harms, and the sentences about them."""

    mention: ActorMention
    telling: Telling
    sentences: tuple[int, ...]
    told: tuple[Telling, ...] = ()


def victim_findings(context: Context, group: Group) -> Iterator[Finding]:
    """The victims of one incident, each with all that the report says of how they are."""
    for harmed in harmed_in(context, group):
        mention = harmed.mention
        start, end = mention.start, mention.end
        words = context.document.text[start:end]
        conditions = tuple(sorted(_conditions(context, harmed), key=_stage))
        value = Victim(
            words=words,
            name=mention.name,
            conditions=conditions,
            age=(age := _age(context, harmed)),
            age_group=_age_group(context, harmed) if age is None else None,
            race=_race(context, harmed),
            armed=_armed(context, harmed),
        )
        also = (
            *_places_of(context, harmed, [c.words for c in conditions]),
            *_told_arms(context, harmed),
        )
        yield Finding("victim", value, start, end, 0.8, also)


def _places_of(context: Context, harmed: Harmed, words: list[str]) -> Iterator[tuple[int, int]]:
    """Where the sentences about somebody say how they are."""
    for index in _about(context, harmed):
        sentence = context.document.sentences[index]
        for condition in words:
            at = sentence.text.find(condition)
            if at >= 0:
                yield sentence.start + at, sentence.start + at + len(condition)


def _told_arms(context: Context, harmed: Harmed) -> Iterator[tuple[int, int]]:
    """The words that say whether somebody was armed, and of which race."""
    sought = [*_words("unarmed"), *_words("armed"), *word_lists("en", "harm")["races"]]
    pattern = re.compile(rf"\b(?:{'|'.join(sorted(sought, key=len, reverse=True))})\b", re.I)
    seen: set[str] = set()
    for start, end in _near_spans(context, harmed):
        for match in pattern.finditer(context.document.text, start, end):
            if match.group().lower() not in seen:
                seen.add(match.group().lower())
                yield match.span()


def single_count(context: Context, group: Group) -> Iterator[Finding]:
    """One person shot is a count of one, where the report gives no figure."""
    if group.kind not in SINGLE:
        return
    harmed = harmed_in(context, group)
    people = {h.mention.name or h.mention.entity for h in harmed}
    if len(people) != 1 or not all(_is_one(h.telling.patient) for h in harmed):
        return
    telling = harmed[0].telling
    fatal = any(_is_fatal(context, h) for h in harmed)
    what = "killed" if fatal else "injured"
    mention = harmed[0].mention
    count = Count(
        what=what, words=context.document.text[mention.start : mention.end], low=1, high=1
    )
    start, end = mention.start, mention.end
    if mention.sentence == telling.sentence:
        start, end = min(start, telling.start), max(end, telling.end)
    yield Finding(what, count, start, end, 0.75)


def harmed_in(context: Context, group: Group) -> tuple[Harmed, ...]:
    """Everybody whom the tellings of an incident of harm name as hit, hurt or killed."""
    cues = _words("harm_cues")
    found: dict[int, Harmed] = {}
    for telling in group.tellings:
        if telling.cue not in cues or telling.status in ("planned", "feared"):
            continue
        if not telling.patients & _HARMED:
            continue
        mention = context.person_at(telling.patient)
        if mention is None or mention.entity in found or not _is_person(mention, telling):
            continue
        about = {m.sentence for m in context.readings.actors if m.entity == mention.entity}
        found[mention.entity] = Harmed(_fullest(context, mention), telling, tuple(sorted(about)))
    named = [h for h in found.values() if h.mention.name]
    if len(named) == 1 and group.kind in SINGLE:
        about = {s for h in found.values() for s in h.sentences}
        told = tuple(t for t in group.tellings if t.cue in cues and _is_one_or_unread(t))
        return (Harmed(named[0].mention, named[0].telling, tuple(sorted(about)), told),)
    return tuple(found.values())


def _fullest(context: Context, mention: ActorMention) -> ActorMention:
    """The mention of the same one that says most: a name before a description before "he"."""
    same = [m for m in context.readings.actors if m.entity == mention.entity]
    return min(same, key=lambda m: (m.pronoun, m.name is None, m.start), default=mention)


def _is_person(mention: ActorMention, telling: Telling) -> bool:
    return mention.actor.person or bool(telling.patients & {"person", "police"})


def _is_one(patient: Token | None) -> bool:
    if patient is None:
        return False
    plural = patient.tag_ in ("NNS", "NNPS") or patient.lower_ in ("they", "them", "people")
    return not plural and patient.pos_ != "NUM"


def _is_one_or_unread(telling: Telling) -> bool:
    return telling.token.pos_ == "VERB" and (telling.patient is None or _is_one(telling.patient))


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(word_lists("en", "harm")[name])


def _pattern(name: str) -> re.Pattern[str]:
    return word_pattern("en", "harm", name)


def _is_fatal(context: Context, harmed: Harmed) -> bool:
    if harmed.telling.cue in ("kill", "custody_death"):
        return True
    return any(_tells_death(context.document.sentences[i]) for i in _own(harmed))


def _tells_death(sentence: Sentence) -> bool:
    """Tell whether a sentence says of somebody that they died, not "not the first to be killed"."""
    for match in _pattern("fatal").finditer(sentence.text):
        start, end = (sentence.span.start_char + at for at in match.span())
        span = sentence.span.doc.char_span(start, end, alignment_mode="expand")
        if span is None or not any(is_generic(token) for token in span):
            return True
    return False


def deadly_words(
    context: Context, group: Group, *, named: bool = False
) -> tuple[tuple[int, int], ...]:
    """Where an incident itself is said to have killed, or is `named` so: "a fatal shooting"."""
    told = (t for t in group.tellings if t.status == "new" and t.token.tag_ != "NNS")
    told = (t for t in told if t.cue != "kill" or not named)
    return tuple(
        (min(t.start, context.document.token_span(word)[0]), t.end)
        for t in told
        if (word := _deadly_word(t)) is not None
    )


def _deadly_word(telling: Telling) -> Token | None:
    """The word that says of a deed that it killed; an attempted murder did not."""
    token = telling.token
    words = {child.lower_: child for child in token.children}
    if words.keys() & _words("not_deadly") or token.dep_ == "compound":
        return None  # "a homicide detective"
    if telling.cue == "kill":
        real = token.pos_ == "NOUN" or is_real(token)
        return token if real and token.lemma_.lower() in _words("deadly_deeds") else None
    if telling.cue not in _words("harm_cues") or token.pos_ != "NOUN":
        return None
    if token.lemma_.lower() == "death":
        return token
    fatal = next((words[word] for word in _words("deadly") if word in words), None)
    return fatal if fatal is not None and fatal.nbor(-1).lower_ != "-" else None


def _own(harmed: Harmed) -> tuple[int, ...]:
    return tuple(sorted({*harmed.sentences, harmed.telling.sentence}))


def _about(context: Context, harmed: Harmed) -> tuple[int, ...]:
    """The sentences about somebody; "he" or "she" just after the harm means them too."""
    told = harmed.telling.sentence
    after = context.document.sentences[told + 1 : told + 1 + _PRONOUN_REACH]
    meant = {s.index for s in after if any(t.lower_ in _PRONOUNS for t in s.span)}
    return tuple(sorted({*_own(harmed), *meant}))


def _conditions(context: Context, harmed: Harmed) -> Iterator[Condition]:
    seen: set[str] = set()
    for index in _about(context, harmed):
        sentence = context.document.sentences[index]
        for match in _pattern("conditions").finditer(sentence.text):
            words = _AUXILIARY.sub("", match.group())
            if words.lower() not in seen:
                seen.add(words.lower())
                when = _dated(context, sentence, sentence.start + match.end())
                yield Condition(state=words.lower(), words=words, when=when.when if when else None)


def _stage(condition: Condition) -> tuple[bool, str]:
    """Where a condition stands in the series: undated ones first, then by day, death last."""
    fatal = bool(_pattern("fatal").search(condition.words))
    return fatal, (condition.when.start if condition.when else None) or ""


def _dated(context: Context, sentence: Sentence, end: int) -> TimeMention | None:
    """The time of a condition: right behind its words, or opening its sentence."""
    times = [t for t in context.readings.times if t.sentence == sentence.index]
    behind = [t for t in times if 0 <= t.start - end <= _BEHIND]
    opening = [t for t in times if t.start - sentence.start <= _OPENING]
    return next(iter(behind or opening), None)


def _near(context: Context, harmed: Harmed) -> str:
    """The words around the mentions of somebody: where age, race and arms are told."""
    text = context.document.text
    return " | ".join(text[start:end] for start, end in _near_spans(context, harmed))


def _near_spans(context: Context, harmed: Harmed) -> Iterator[tuple[int, int]]:
    """Where somebody stands, their name first: "3-year-old shot" may be of another one."""
    mention = harmed.mention
    spans = {
        (m.start, m.end)
        for m in context.readings.actors
        if m.entity == mention.entity or (m.name and m.name == mention.name)
    }
    spans |= {(mention.start, mention.end), *_by_surname(context, mention)}
    spans |= {_object_of(context, t) for t in harmed.told}
    name, text = (mention.name or "").rpartition(" ")[2], context.document.text
    for start, end in sorted(spans, key=lambda span: (name not in text[slice(*span)], span)):
        sentence = context.document.sentence_at(start)
        yield max(sentence.start if sentence else 0, start - _BEFORE), end + _AFTER


def _by_surname(context: Context, mention: ActorMention) -> Iterator[tuple[int, int]]:
    """Every place where the last word of a full name stands alone."""
    names = (mention.name or "").split()
    if len(names) < 2:
        return
    pattern = re.compile(rf"\b{re.escape(names[-1])}\b")
    for sentence in context.document.sentences:
        for match in pattern.finditer(sentence.text):
            yield sentence.start + match.start(), sentence.start + match.end()


def _object_of(context: Context, telling: Telling) -> tuple[int, int]:
    """The words of the noun that a verb of harm is done to: "a black teenager"."""
    patient = telling.patient
    if patient is None:
        return telling.start, telling.end + _NEXT_WORDS
    start, _ = context.document.token_span(patient.doc[patient.left_edge.i])
    return start, context.document.token_span(patient)[1]


def _age(context: Context, harmed: Harmed) -> int | None:
    for groups in _AGE.findall(_near(context, harmed)):
        age = int(next(part for part in groups if part))
        if age <= _OLDEST:
            return age
    return _age_after(context, harmed)


def _age_after(context: Context, harmed: Harmed) -> int | None:
    """The age of "the 29-year-old" just after somebody was named, if no other one is told."""
    told = harmed.telling.sentence
    text = " ".join(s.text for s in context.document.sentences[told : told + 1 + _PRONOUN_REACH])
    ages = {int(found) for found in _THE_AGED.findall(text)}
    return ages.pop() if harmed.mention.name and len(ages) == 1 else None


def _age_group(context: Context, harmed: Harmed) -> str | None:
    """The age group that the nouns for somebody tell: "a teenager", "the toddler"."""
    same = (m for m in context.readings.actors if m.entity == harmed.mention.entity)
    return speakers().age_group(w for m in same for w in re.findall(r"\w+", m.actor.words.lower()))


def _race(context: Context, harmed: Harmed) -> str | None:
    near = f" {_near(context, harmed).lower()} "
    found = [race for race in word_lists("en", "harm")["races"] if f" {race} " in near]
    return found[0] if found else None


def _armed(context: Context, harmed: Harmed) -> Literal["yes", "no", "disputed"] | None:
    near = set(re.findall(r"\w+", _near(context, harmed).lower()))
    without, carrying = near & _words("unarmed"), near & _words("armed")
    if without and carrying:
        return "disputed"
    return "no" if without else "yes" if carrying else None
