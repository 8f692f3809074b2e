"""Who says the words of a claim and how surely: what the rules read, weighed with the encoder.

The rules resolve names, titles and chains of who told whom; the encoder knows more ways of saying.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Token

from tocsin.coding.attribution_forms import opening_of
from tocsin.coding.attribution_kinds import ARTICLES, may_speak
from tocsin.coding.attribution_passed import is_cited
from tocsin.coding.attribution_phrases import joined_name
from tocsin.coding.attribution_speakers import OUTLET, Speaker, speaker_in, speaker_of
from tocsin.coding.document import Document
from tocsin.coding.encoded import Encoded
from tocsin.coding.mentions import ActorMention, Attributed
from tocsin.coding.roles import subject_of
from tocsin.coding.stance_scope import clause_head
from tocsin.coding.stance_words import pattern, words
from tocsin.terms import Certainty, SpeakerKind

# How many times likelier a reading becomes where the rules say the same; from cases that the
# encoder had not learnt (docs/model-card.md).
_RULED_CERTAINTY = 3.0
_RULED_KIND = 6.0
# Kinds that the rules fall back on where nothing tells: they weigh less.
_FALLBACK: tuple[SpeakerKind, ...] = ("unnamed", "witness")
_RULED_FALLBACK = 1.0

# The encoder is followed to another speaker, or to none, from this likelihood on.
_CLEAR = 0.5
# Between who plans and what is planned at most these words stand beside "will" or "means to".
_FEW = re.compile(r"(?: [\w’'-]+){0,2} ")

Words = tuple[int, int]
Likely = tuple[int, int, float]


def certainty_of(ruled: Certainty, learnt: Mapping[Certainty, float]) -> Certainty:
    """The likelier certainty, given what the rules say; theirs where nothing is learnt of it."""
    if ruled not in learnt:
        return ruled
    return max(learnt, key=lambda c: learnt[c] * (_RULED_CERTAINTY if c == ruled else 1.0))


def speaker_at(
    document: Document,
    actors: Sequence[ActorMention],
    encoded: Encoded,
    said: Attributed | None,
    claim: Words,
    *,
    by_word: bool = False,
) -> Speaker:
    """Who says a claim: the rules' speaker unless the encoder points to somebody else.

    Who does, means or orders what is claimed does not say it by that.
    """
    if by_word and said is not None and said.source:
        said = None if _is_doer(document, said.source[0], claim, by_word=True) else said
    ruled = speaker_in(said)
    if said is not None and (_has_label(document, said) or is_cited(document, said)):
        return ruled
    nobody, pointed = encoded.pointed(*claim)
    if nobody >= _CLEAR:
        return OUTLET if ruled.name is not None else ruled
    likeliest = _likeliest(actors, pointed)
    if not likeliest:
        return ruled
    start, end, _ = max(likeliest, key=lambda word: word[2])
    word = _nearer(document, (start, end), claim) or (start, end)
    if _is_label(document, actors, word[0]):
        return ruled
    clear = sum(share for _, _, share in likeliest) >= _CLEAR
    if clear and not _is_said_by(document, said, word):
        if _plans(document, word, claim) or _is_doer(document, word, claim, by_word=by_word):
            return ruled
        ruled = speaker_of(document, actors, (word,))
    name = _whole(document.text, ruled.name, word, pointed)
    return replace(ruled, name=name, kind=_kind_of(ruled.kind, encoded.kind(*claim, word)))


def _has_label(document: Document, said: Attributed) -> bool:
    """Whether a line tells by its form who speaks: a name and a colon before the words."""
    return bool(said.cue) and document.text[slice(*said.cue[0])] == ":"


def _nearer(document: Document, word: Words, claim: Words) -> Words | None:
    """Who says a claim by the parse, where a word is for somebody before them or who only hears.

    "Questioned by Judge Ruiz, the pilot said ...": of two people the subject of the verb speaks;
    "Ruiz learned from the pilot that ...": who it is learned from.
    """
    span = document.char_span(*claim)
    clause = clause_head(span) if span is not None and len(span) else None
    while clause is not None and clause.dep_ != "ccomp" and clause.head != clause:
        clause = clause.head
    if clause is None or clause.dep_ != "ccomp" or not _speaks(clause.head):
        return None
    verb = clause.head
    held = [c for c in verb.children if c.dep_ in ("nsubj", "aux") and c.i < verb.i]
    finite = verb.tag_ != "VB" or any(c.dep_ == "aux" for c in held)
    if not finite or not any(c.dep_ == "nsubj" for c in held):
        return None
    told = (g for c in verb.children if c.lower_ == "from" for g in c.children)
    teller = next((t for t in told if t.dep_ == "pobj" and may_speak(t)), None)
    if teller is not None and teller.i < clause.i and verb.lemma_ in words("learning"):
        return document.token_span(teller)
    noun = subject_of(verb)
    if noun is None or noun.i > verb.i or not may_speak(noun):
        return None
    before = word[1] <= document.token_span(noun.left_edge)[0]
    return document.token_span(noun) if before else None


def _is_label(document: Document, actors: Sequence[ActorMention], at: int) -> bool:
    """Whether a word stands in what its line opens with, which the rules read."""
    own = document.sentence_at(at)
    opening = opening_of(document, actors, document.paragraphs[own.paragraph]) if own else None
    return opening is not None and at < opening.end


def _likeliest(actors: Sequence[ActorMention], pointed: Sequence[Likely]) -> list[Likely]:
    """The words of the one who is likeliest pointed to: all that name one actor count together."""
    found: dict[int | Words, list[Likely]] = {}
    for start, end, share in pointed:
        named = (actor.entity for actor in actors if actor.start <= start < actor.end)
        found.setdefault(next(named, (start, end)), []).append((start, end, share))
    return max(found.values(), key=lambda words: sum(w[2] for w in words), default=[])


def _is_said_by(document: Document, said: Attributed | None, word: Words) -> bool:
    """Whether a word is one of those for the speaker whom the rules found."""
    name = said.speaker if said is not None else None
    return name is not None and document.text[slice(*word)].casefold() in name.casefold()


def _is_doer(document: Document, word: Words, claim: Words, *, by_word: bool) -> bool:
    """Whether a word is for who does what is claimed.

    Who declares a curfew does so by that word; who declares that something is so says it.
    """
    who, span = document.root(*word), document.char_span(*claim)
    if who is None or span is None or who.doc is not span.doc:
        return False
    head = clause_head(span)
    verb = next((t for t in (head, *head.ancestors) if t.pos_ in ("VERB", "AUX")), head)
    doer = subject_of(verb)
    if doer is None or not (doer == who or doer.is_ancestor(who)):
        return False
    if any(_speaks(t) and _has_pronoun(t) for t in span.sent):
        return False
    over = [t for t in (verb, *verb.ancestors) if doer in t.children]
    if by_word:
        return not any(c.dep_ == "ccomp" for t in over for c in t.children)
    if any(_speaks(t) for t in over):
        return False
    return claim[0] <= word[0] < claim[1]


def _plans(document: Document, word: Words, claim: Words) -> bool:
    """Whether somebody only will or means to do what is claimed: "the council will vote to ..."."""
    between = document.text[word[1] : max(word[1], claim[0])]
    return any(
        _FEW.fullmatch(between, 0, lead.start()) and _FEW.fullmatch(between, lead.end())
        for lead in pattern("planning_leads").finditer(between)
    )


def _speaks(verb: Token) -> bool:
    """Whether a verb tells what its subject says or holds."""
    lists = ("speech", "utterances", "hedging_cues", "denying_cues", "feelings", "held")
    return any(verb.lemma_.lower() in words(name) for name in lists)


def _has_pronoun(verb: Token) -> bool:
    """Whether the subject of a verb stands for somebody named before: "it announced"."""
    return any(c.dep_ == "nsubj" and c.pos_ == "PRON" for c in verb.children)


def _whole(text: str, name: str | None, word: Words, pointed: Sequence[Likely]) -> str | None:
    """A name with the parts that belong to it, without what the parse took into its phrase."""
    joined = joined_name(text, *word)
    if joined is not None and (name is None or name in joined):
        return joined
    start = text.find(name, max(0, word[1] - len(name)), word[0] + len(name)) if name else -1
    if name is None or start < 0:
        return name
    end = start + len(name)
    meant = [last for first, last, _ in pointed if word[0] < first <= end + 1]
    last = max((word[1], *meant))
    if text[end:last].istitle() or (text[last : last + 1] == " " and text[last:end].islower()):
        end = last
    comma = text.rfind(", ", start, word[0])
    start = start if comma < 0 else comma + 2
    if text[start - 1 : start] == "-":
        start = text.rfind(" ", 0, start) + 1
    return ARTICLES.sub("", text[start:end])


def _kind_of(ruled: SpeakerKind, learnt: Mapping[SpeakerKind, float]) -> SpeakerKind:
    if not learnt or ruled == "outlet":
        return ruled
    weight = _RULED_FALLBACK if ruled in _FALLBACK else _RULED_KIND
    people = {kind: share for kind, share in learnt.items() if kind != "outlet"}
    return max(people, key=lambda kind: people[kind] * (weight if kind == ruled else 1.0))
