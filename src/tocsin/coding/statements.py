"""Public statements and demands: who said what, in which words, with which position."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec.structs import replace
from spacy.tokens import Span

from tocsin.coding.attribution_kinds import lemma_of
from tocsin.coding.context import Context
from tocsin.coding.findings import Finding, actor_finding, leading
from tocsin.coding.groups import Group
from tocsin.coding.kind import Telling
from tocsin.coding.mentions import Attributed
from tocsin.coding.who_lexicon import speakers
from tocsin.lang.lexicon import word_lists
from tocsin.model import Actor, Statement

KINDS = frozenset({"statement", "demand", "responsibility_claim"})
_REACH = 3  # sentences between a telling and what somebody says of it
_SHORTEST = 15  # characters: "he said so" says nothing of its own
_POSITIONS = {"appeal": "appeal", "demand": "demand", "condemn": "condemn"}
_FINITE = ("VBD", "VBZ", "VBP", "MD")
_PROMISES = frozenset({"vow", "pledge", "promise"})


def statement_findings(context: Context, group: Group) -> Iterator[Finding]:
    """The statement of a group: its speaker and its words, quoted or paraphrased."""
    if group.kind not in KINDS:
        return
    best = leading(group)
    start, end, form = _words(context, best)
    speaker = actor_finding(context, best.agent, "speaker")
    value = Statement(
        words=context.document.text[start:end],
        cue=_cue(context, _attributed(context, best)),
        speaker=speaker.value if speaker and isinstance(speaker.value, Actor) else None,
        form=form,
        position=_position(best),
    )
    yield Finding("statement", value, start, end, best.confidence)
    if form == "direct":
        yield from _announced(context, value, start, end)


def _announced(context: Context, said: Statement, start: int, end: int) -> Iterator[Finding]:
    """What a speaker says of their own next steps: a sentence in "we will"."""
    for sentence in context.document.sentences:
        if not start < sentence.start < end or not _is_promise(sentence.span):
            continue
        last = min(end, sentence.end)
        words = context.document.text[sentence.start : last].strip(' ”"\n')
        value = replace(said, words=words, position="promise")
        yield Finding("statement", value, sentence.start, sentence.start + len(words), 0.7)


def _is_promise(span: Span) -> bool:
    future = word_lists("en", "status")["future_auxiliaries"]
    return any(
        token.lower_ in future
        and any(c.dep_ == "nsubj" and c.lower_ in ("we", "i") for c in token.head.children)
        and not any(c.dep_ == "neg" for c in token.head.children)
        for token in span
    )


def told_by_others(
    context: Context, groups: tuple[Group, ...], fresh: frozenset[int]
) -> dict[int, tuple[Finding, ...]]:
    """What speakers are quoted with, for the nearest incident; `fresh` ones before those of old."""
    found: dict[int, list[Finding]] = {index: [] for index in range(len(groups))}
    own = {_place_of(context, t) for g in groups if g.kind in KINDS for t in g.tellings}
    for said in context.readings.attributions:
        start, end = _trimmed(context, said.content[0][0], said.content[-1][1])
        if said.speaker is None or start in own or end - start < _SHORTEST:
            continue
        if _passes_on(context, said):
            continue
        index = _own_statement(context, groups, said.speaker)
        told = [n for n, g in enumerate(groups) if g.kind not in KINDS and not g.past]
        asked = [n for n, g in enumerate(groups) if g.kind in KINDS and not g.past]
        for near in (told, asked):  # "the letter says": of the demand, where nothing else is told
            index = _nearest(context, groups, start, near, fresh) if index is None else index
        if index is None:
            continue
        value = Statement(
            words=context.document.text[start:end],
            cue=_cue(context, said),
            speaker=Actor(words=said.speaker, role="speaker", name=said.speaker),
            form="direct" if said.direct else "paraphrased",
            position=_position_at(context, groups[index], start),
        )
        found[index].append(Finding("statement", value, start, end, 0.7))
    return {index: tuple(findings) for index, findings in found.items()}


def _passes_on(context: Context, said: Attributed) -> bool:
    """Whether somebody's words are no more than another's saying, which stands by itself.

    Of "Investigators believe it was stolen, he said" the investigators' belief is told; that
    evidence from witnesses shows it stays with whoever says so.
    """
    start, end = said.content[0][0], said.content[-1][1]
    for inner in context.readings.attributions:
        first, last = inner.content[0][0], inner.content[-1][1]
        is_inside = start < first and last <= end and inner.via == said.speaker
        if not is_inside or not inner.source or not _speaks(context, *inner.source[0]):
            continue
        if inner.source[0][0] - start < _SHORTEST and end - last < _SHORTEST:
            return True
    return False


def _speaks(context: Context, start: int, end: int) -> bool:
    """Whether a source is somebody, where evidence and documents only show something."""
    root = context.document.root(start, end)
    if root is None:
        return False
    kind = speakers().kind([lemma_of(root)])
    return root.pos_ in ("PROPN", "PRON") or kind not in (None, "document", "footage")


def _position_at(context: Context, group: Group, start: int) -> str | None:
    """The position of a statement's own sentence: what else its speakers say has none."""
    sentence = context.document.sentence_at(start)
    told = [t for t in group.tellings if sentence is not None and t.sentence == sentence.index]
    return _position(told[0]) if told and group.kind in KINDS else None


def _own_statement(context: Context, groups: tuple[Group, ...], speaker: str) -> int | None:
    """The statement in which somebody speaks already, if they are named."""
    for index, group in enumerate(groups):
        if group.kind not in KINDS or group.past:
            continue
        names = {m.name for t in group.tellings if (m := context.actor_at(t.agent)) and m.name}
        if speaker in names:
            return index
    return None


def _trimmed(context: Context, start: int, end: int) -> tuple[int, int]:
    words = context.document.text[start:end]
    return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())


def _place_of(context: Context, telling: Telling) -> int:
    return _words(context, telling)[0]


def _nearest(
    context: Context,
    groups: tuple[Group, ...],
    start: int,
    some: Sequence[int],
    fresh: frozenset[int],
) -> int | None:
    """The one of some incidents told nearest to some words, within a few sentences."""
    sentence = context.document.sentence_at(start)
    if sentence is None:
        return None
    best: tuple[bool, int, int] | None = None
    for index in some:
        for telling in groups[index].tellings:
            if abs(sentence.index - telling.sentence) > _REACH:
                continue
            apart = abs(telling.start - start)
            if best is None or (index not in fresh, apart) < best[:2]:
                best = (index not in fresh, apart, index)
    return best[2] if best else None


def _words(
    context: Context, telling: Telling
) -> tuple[int, int, Literal["direct", "paraphrased", "mixed"]]:
    """What was said: the content of an attribution at the cue, else what follows the cue."""
    said = _attributed(context, telling)
    if said is not None:
        start, end = said.content[0][0], said.content[-1][1]
        return start, end, "direct" if said.direct else "paraphrased"
    sentence = context.document.sentences[telling.sentence]
    end = sentence.end
    while end > telling.end and context.document.text[end - 1] in ".!? \n":
        end -= 1
    return telling.start, max(end, telling.end), "paraphrased"


def _attributed(context: Context, telling: Telling) -> Attributed | None:
    for said in context.readings.attributions:
        if any(start < telling.end and telling.start < end for start, end in said.cue):
            return said
    return None


def _cue(context: Context, said: Attributed | None) -> str | None:
    """What words are said by: "have not disclosed", "demanded", "according to"."""
    if said is None or len(said.cue) != 1:
        return None
    start, end = _trimmed(context, *said.cue[0])
    span = context.document.char_span(start, end)
    if span is None or span[0].lower_ == "to":
        return None
    if any(t.lemma_ == "be" for t in span) and any(t.tag_ == "VBN" for t in span):
        return None  # "it is not known": nobody does that
    is_verb = any(t.tag_ in _FINITE for t in span)
    return span.text if is_verb or span.text.lower() == "according to" else None


def _position(telling: Telling) -> str | None:
    if telling.cue == "warn":
        return "promise" if telling.token.lemma_.lower() in _PROMISES else "warn"
    return _POSITIONS.get(telling.cue)
