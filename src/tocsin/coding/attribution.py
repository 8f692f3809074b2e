"""Who said what in one report: sources, cues and contents, with the speaker resolved."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from tocsin.coding.attribution_back import find_back
from tocsin.coding.attribution_forms import with_forms
from tocsin.coding.attribution_pronouns import with_speakers
from tocsin.coding.attribution_rules import Found, clause_of, find_by_rule
from tocsin.coding.attribution_speakers import OUTLET, speaker_of, speaks_by
from tocsin.coding.attribution_tags import found_in
from tocsin.coding.document import Document
from tocsin.coding.mentions import ActorMention, Attributed, Segments
from tocsin.coding.stance_scope import cue_certainty, is_agentless
from tocsin.models import Tagger

# Where a sentence names who heard it: the outlet follows within a few characters.
_TOLD = re.compile(r"\b(?:told|tells|quoted by|reported by|cited by|interview with)\s+", re.I)
_NEAR = 12
# An unquoted content in another sentence than its cue is believed from this many characters on.
_STRAY = 20
_MODIFIERS = frozenset({"amod", "compound", "nummod", "nmod", "quantmod", "npadvmod", "advmod"})
_BREAK = re.compile(r"\n\s*\n\s*")
_QUOTES = '"“”«»„'


def find_attributions(
    document: Document, actors: Sequence[ActorMention], tagger: Tagger | None = None
) -> tuple[Attributed, ...]:
    """Find every attribution of a report; without a tagger by cue words and the parse alone."""
    tagged = found_by_tagger(document, tagger) if tagger is not None else []
    ruled = find_by_rule(document)
    mended = [repaired(document, _sourced(found, ruled)) for found in tagged]
    tagged = with_forms(document, mended)
    silent = _silent(document, tagged)
    added = [
        f
        for f in ruled
        if not _is_known(f, tagged) and (not tagged or _adds(f, tagged) or silent(f))
    ]
    direct = [_resolved(document, actors, found) for found in (*tagged, *added) if found.content]
    direct = with_speakers(document, actors, direct)
    everything = [*direct, *find_back(document, actors, direct)]
    return tuple(sorted(_nested(everything), key=lambda a: (a.content, a.cue)))


def _sourced(found: Found, ruled: Sequence[Found]) -> Found:
    """What the tagger found, with the source that a passive names, or that it took for content."""
    if found.source:
        return found
    torn = (f for f in ruled if touches(found.cue, f.cue) and touches(found.content, f.source))
    for other in torn:
        return replace(other, cue=found.cue)
    agents = (f.source for f in ruled if not f.plain and touches(found.cue, f.cue))
    return replace(found, source=next(agents, ()))


def repaired(document: Document, found: Found) -> Found:
    """A find with its content clipped to its sentence, a scrap replaced, a false source gone."""
    found = replace(found, source=_beside_cue(document, found))
    cue = document.char_span(found.cue[0][0], found.cue[-1][1]) if found.cue else None
    if cue is None:
        return found
    content = _clipped(document, found)
    if not any(_tells(document, start, end) for start, end in content):
        content = clause_of(document, *found.cue[0]) or content
    source = () if is_agentless(cue) and not _is_agent(document, found.source) else found.source
    return Found(source, found.cue, _with_modifiers(document, found, content or found.content))


def _with_modifiers(document: Document, found: Found, content: Segments) -> Segments:
    """The content from the first modifier of its first noun on: "24-hour shops", not "shops"."""
    if not content:
        return content
    span = document.char_span(*content[0])
    if span is None or not len(span):
        return content
    taken = max((end for _, end in (*found.cue, *found.source) if end <= content[0][0]), default=0)
    doc, first = span.doc, span.start
    while first > span.sent.start:
        before = doc[first - 1]
        is_word = before.text[-1:].isalnum()
        joins = (before.dep_ in _MODIFIERS and is_word) or before.text in ("-", "‐", "–")
        if not joins or before.head.i < first or document.token_span(before)[0] < taken:
            break
        first -= 1
    if first < span.end and doc[first].text in ("-", "‐", "–"):
        return content
    return ((document.token_span(doc[first])[0], content[0][1]), *content[1:])


def _beside_cue(document: Document, found: Found) -> Segments:
    """The source without other paragraphs: nobody's name runs from one into the next."""
    kept = []
    for start, end in found.source:
        breaks = list(_BREAK.finditer(document.text, start, end))
        if breaks and found.cue and found.cue[0][0] >= end:
            start = breaks[-1].end()
        elif breaks:
            end = breaks[0].start()
        kept.append((start, end))
    return tuple(kept)


def _tells(document: Document, start: int, end: int) -> bool:
    """Whether a stretch holds more than function words: "that" alone is a scrap of a content."""
    span = document.char_span(start, end)
    return span is None or any(not t.is_stop and not t.is_punct for t in span)


def _clipped(document: Document, found: Found) -> Segments:
    """The content without what stands in other sentences, quotations aside."""
    own = document.sentence_at(found.cue[0][0])
    if own is None:
        return found.content
    kept = []
    for start, end in found.content:
        if any(sign in _QUOTES for sign in document.text[max(0, start - 1) : end + 1]):
            kept.append((start, end))
            continue
        if own.start - _STRAY < start < own.start < end:
            start = own.start
        if start < own.end < end < own.end + _STRAY:
            end = own.end
        if (start < own.end and end > own.start) or end - start > _STRAY:
            kept.append((start, end))
    return tuple(kept)


def _is_agent(document: Document, source: Segments) -> bool:
    return bool(source) and document.text[: source[0][0]].rstrip().lower().endswith((" by", " to"))


def _adds(found: Found, tagged: Sequence[Found]) -> bool:
    """Whether a rule's find is worth having beside the tagger's: not plain speech, or nested."""
    if any(touches(found.content, other.cue) for other in tagged):
        return False
    return not found.plain or any(
        start <= found.cue[0][0] and found.content[-1][1] <= end
        for outer in tagged
        for start, end in outer.content
    )


def _silent(document: Document, tagged: Sequence[Found]) -> Callable[[Found], bool]:
    """Tell of a find whether the tagger is silent on its whole sentence."""
    spans = [s for f in tagged for s in (*f.source, *f.cue, *f.content)]

    def is_silent(found: Found) -> bool:
        sentence = document.sentence_at(found.cue[0][0])
        return sentence is not None and not touches(((sentence.start, sentence.end),), spans)

    return is_silent


def found_by_tagger(document: Document, tagger: Tagger) -> list[Found]:
    """What the tagger finds, window by window."""
    blocks = [(p.start, p.parse.text) for p in document.paragraphs]
    return [found for tagged in tagger.tag(blocks) for found in found_in(tagged)]


def _is_known(found: Found, others: Sequence[Found]) -> bool:
    return any(touches(found.cue, other.cue) for other in others)


def touches(left: Sequence[tuple[int, int]], right: Sequence[tuple[int, int]]) -> bool:
    """Whether two lists of segments share a character."""
    return any(s < end and e > start for s, e in left for start, end in right)


def _resolved(document: Document, actors: Sequence[ActorMention], found: Found) -> Attributed:
    cue = document.char_span(found.cue[0][0], found.cue[-1][1]) if found.cue else None
    speaks = cue is None or speaks_by(document, cue, found.source)
    speaker = speaker_of(document, actors, found.source, found.cue) if speaks else OUTLET
    return Attributed(
        source=found.source,
        cue=found.cue,
        content=found.content,
        speaker=speaker.name,
        speaker_kind=speaker.kind,
        certainty=cue_certainty(cue) if cue is not None else "asserted",
        position=speaker.position,
        via=_passed_on_by(document, actors, found),
        direct=_is_direct(document, found),
    )


def _passed_on_by(document: Document, actors: Sequence[ActorMention], found: Found) -> str | None:
    """The outlet that a source told it to, or that quotes the source."""
    if not found.cue:
        return None
    sentence = document.sentence_at(found.cue[0][0])
    if sentence is None:
        return None
    for match in _TOLD.finditer(sentence.text):
        start = sentence.start + match.end()
        heard = next((a for a in actors if start <= a.end and a.start - start < _NEAR), None)
        if heard is None or heard.start < start - 1:
            continue
        outlet = speaker_of(document, actors, ((heard.start, heard.end),))
        if outlet.kind == "other_outlet" and outlet.named:
            return outlet.name
    return None


def outermost(found: Sequence[Attributed]) -> list[Attributed]:
    """The attributions that stand in no other one's content."""
    return [a for a in found if not any(o is not a and _holds(o, a) for o in found)]


def _nested(everything: Sequence[Attributed]) -> Iterator[Attributed]:
    """Note on each attribution inside another one's content who passes it on."""
    for inner in everything:
        outer = [o for o in everything if o is not inner and _holds(o, inner)]
        if not outer or inner.via is not None:
            yield inner
            continue
        nearest = min(outer, key=lambda o: sum(e - s for s, e in o.content))
        if nearest.speaker is None or nearest.speaker == inner.speaker:
            yield inner
        elif inner.speaker is None:
            # "It appears", "I think" or a "they" that means nobody else is the speaker's own hedge.
            yield replace(
                inner,
                speaker=nearest.speaker,
                speaker_kind=nearest.speaker_kind,
                position=nearest.position,
                via=nearest.via,
            )
        else:
            yield replace(inner, via=nearest.speaker)


def _holds(outer: Attributed, inner: Attributed) -> bool:
    return bool(inner.cue) and any(
        s <= inner.cue[0][0] and inner.cue[-1][1] <= e for s, e in outer.content
    )


def _is_direct(document: Document, found: Found) -> bool:
    start, end = found.content[0][0], found.content[-1][1]
    edges = document.text[max(0, start - 1) : start + 1] + document.text[end - 1 : end + 1]
    return any(sign in _QUOTES for sign in edges)
