"""Who said what in one report: sources, cues and contents, with the speaker resolved."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from tocsin.coding.attribution_back import find_back
from tocsin.coding.attribution_forms import find_labelled, openings, with_forms
from tocsin.coding.attribution_idioms import find_by_setting
from tocsin.coding.attribution_passed import cited, passed_on_by, through
from tocsin.coding.attribution_pronouns import with_speakers
from tocsin.coding.attribution_rules import Found, clause_of, extent, find_by_rule
from tocsin.coding.attribution_speakers import (
    OUTLET,
    said_by,
    speaker_in,
    speaker_of,
    speaks_by,
)
from tocsin.coding.attribution_tags import found_in
from tocsin.coding.document import Document
from tocsin.coding.mentions import ActorMention, Attributed, Segments, touches
from tocsin.coding.roles import SUBJECTS, agent_of, child_of
from tocsin.coding.stance_scope import cue_certainty, is_agentless
from tocsin.coding.stance_words import words
from tocsin.coding.who_lexicon import speakers
from tocsin.lang.lexicon import word_lists
from tocsin.models import Tagged
from tocsin.terms import SpeakerKind

# An unquoted content in another sentence than its cue is believed from this many characters on.
_STRAY = 20
_MODIFIERS = frozenset({"amod", "compound", "nummod", "nmod", "quantmod", "npadvmod", "advmod"})
# The tagger's content is scraps below this part of what the parse gives the same cue.
_SCRAPS = 0.5
_QUOTES = '"“”«»„'


def find_attributions(
    document: Document, actors: Sequence[ActorMention], windows: Sequence[Tagged] = ()
) -> tuple[Attributed, ...]:
    """Find every attribution of a report; without tagged windows by cue words and parse alone."""
    opened = openings(document, actors)
    labels = [(opening.start, opening.end) for opening in opened]
    tagged = [f for window in windows for f in found_in(window) if not _is_silent(document, f)]
    tagged = [f for f in tagged if not touches((*f.source, *f.cue), labels)]
    labelled = list(find_labelled(document, opened))
    ruled = _once([*labelled, *find_by_rule(document), *find_by_setting(document)])
    mended = [repaired(document, _sourced(document, found, ruled)) for found in tagged]
    formed = [f for f in ruled if not f.plain]
    mended = [f for f in mended if not _is_crossed(f, mended, formed)]
    tagged = with_forms(document, mended)
    silent = _silent(document, tagged)
    added = [
        f
        for f in ruled
        if f in labelled
        or (not _is_known(f, tagged) and (not tagged or _adds(f, tagged) or silent(f)))
    ]
    added = [f for f in added if not _is_crossed(f, added, ())]
    direct = [_resolved(document, actors, found) for found in (*tagged, *added) if found.content]
    direct = [through(document, actors, cited(document, actors, a), ruled) for a in direct]
    direct = with_speakers(document, actors, direct)
    everything = [*direct, *find_back(document, actors, direct)]
    return tuple(sorted(_nested(everything), key=lambda a: (a.content, a.cue)))


def _is_silent(document: Document, found: Found) -> bool:
    """Whether a cue is a verb that nobody speaks by: "dozens watched"."""
    span = document.char_span(found.cue[0][0], found.cue[-1][1]) if found.cue else None
    verbs = [t for t in span if t.pos_ == "VERB"] if span is not None else []
    active = not any(c.dep_ == "auxpass" for t in verbs for c in t.children)
    return bool(verbs) and active and all(t.lemma_ in words("silent") for t in verbs)


def _is_crossed(found: Found, others: Sequence[Found], formed: Sequence[Found]) -> bool:
    """Whether a find takes a speaker for a cue, or its speaker or an earlier find for content."""
    if touches(found.content, found.source):
        return True
    if any(touches(found.cue, f.source) and touches(f.content, found.content) for f in formed):
        return True
    return any(
        other.cue < found.cue
        and touches(found.content, other.cue)
        and touches(other.content, found.cue)
        for other in others
    )


def _sourced(document: Document, found: Found, ruled: Sequence[Found]) -> Found:
    """What the tagger found, with the source that a passive names, or that it took for content."""
    same = [f for f in ruled if touches(found.cue, f.cue)]
    for other in same:
        formed = not other.plain and bool(found.source) and bool(other.source)
        longer = formed and _is_within(other.source, found.source)
        pointing = not other.plain and _points(document, found.content)
        if _is_torn(found, other) or pointing or longer:
            return replace(other, cue=found.cue)
        if not other.plain and any(document.text[s:e] == "it" for s, e in found.content):
            return other
    found = next((_fuller(found, f) for f in same if f.plain), found)
    if not found.source:
        named = next((f.source for f in same if f.source), ())
        return replace(found, source=named or _doer(document, found))
    if _is_heard_by(document, found.source):
        agents = (f.source for f in same if not f.plain)
        return replace(found, source=next(agents, found.source))
    cues = [f.cue for f in ruled if touches(f.cue, found.source) and not touches(f.cue, found.cue)]
    mixed = touches(found.source, found.cue)
    inner = (
        f.source
        for f in same
        if f.plain and (mixed or (cues and _is_within(f.source, found.source)))
    )
    return _from_it(document, replace(found, source=next(inner, found.source)), ruled)


def _doer(document: Document, found: Found) -> Segments:
    """The doer of a cue without a speaker of its own: "the union left, saying it was tired"."""
    cue = document.char_span(found.cue[0][0], found.cue[-1][1]) if found.cue else None
    word = next((t for t in cue or () if t.pos_ in ("VERB", "NOUN")), None)
    doer = _doer_of(word) if word is not None else None
    if doer is None:
        return ()
    span = extent(document, doer)
    taken = touches((span,), found.cue) or touches((span,), found.content)
    return () if taken else (span,)


def _doer_of(word: Token) -> Token | None:
    """Whose saying it is: the subject above a participle or "after saying", a noun's owner."""
    if word.pos_ == "NOUN":
        return child_of(word, "poss")
    if word.tag_ != "VBG":
        return None
    above = word.head.head
    if word.dep_ == "pcomp" and above.pos_ == "VERB":
        return child_of(above, *SUBJECTS)
    return agent_of(word)


def _is_within(inner: Segments, outer: Segments) -> bool:
    """Whether a source is the end of a longer one that the tagger ran together."""
    return inner[-1][1] >= outer[-1][1] and outer[0][0] < inner[0][0] < outer[-1][1]


def _fuller(found: Found, other: Found) -> Found:
    """A find with what the parse has of its content, where the tagger has but scraps of it."""
    inverted = bool(other.source) and other.source[0][0] > other.cue[0][0]
    if not found.source or not inverted or not touches(found.source, other.source):
        return found
    held = sum(
        max(0, min(e, end) - max(s, start))
        for s, e in found.content
        for start, end in other.content
    )
    if held >= _SCRAPS * sum(e - s for s, e in other.content):
        return found
    within = other.source[0][0] <= found.source[0][0] and found.source[-1][1] <= other.source[-1][1]
    return replace(found, content=other.content, source=other.source if within else found.source)


def _points(document: Document, content: Segments) -> bool:
    """Whether a content is no more than "it", "that" or "what", or opens with "it,"."""
    told = document.text[content[0][0] : content[-1][1]].strip(' ,"').casefold()
    return told in ("it", "that", "this", "what") or told.startswith("it,")


def _is_torn(found: Found, other: Found) -> bool:
    """Whether the tagger took the speaker for what is said, or has nothing of what is said."""
    taken = touches(found.content, other.source)
    if not found.source:
        return taken
    first, last = other.source[0][0], other.source[-1][1]
    if (
        other.plain
        and touches(found.source, other.content)
        and _is_within(other.source, found.source)
    ):
        return True
    swallowed = touches(found.content, found.cue) and touches(found.source, other.content)
    if other.plain and swallowed:
        return True
    return taken and other.plain and first <= found.content[0][0] < last


def _is_heard_by(document: Document, source: Segments) -> bool:
    """Whether a source is the one who is told something."""
    root = document.root(*source[0])
    if root is None or root.dep_ != "nsubjpass":
        return False
    return root.head.lemma_ in word_lists("en", "stance")["hearing"]


def _from_it(document: Document, found: Found, ruled: Sequence[Found]) -> Found:
    """A source "it" that stands for nothing gives way to what a rule names: "it says in X"."""
    if document.text[slice(*found.source[0])].strip().casefold() != "it":
        return found
    named = (f for f in ruled if touches(f.cue, found.cue) and f.source != found.source)
    return next((replace(f, cue=found.cue) for f in named if not f.plain), found)


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
    """The source without other sentences: nobody's name runs from one into the next."""
    kept = []
    for start, end in found.source:
        first, last = document.sentence_at(start), document.sentence_at(end - 1)
        if first is not None and last is not None and first.index != last.index:
            if found.cue and found.cue[0][0] >= end:
                start = last.start
            else:
                end = min(end, first.end)
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


def _once(ruled: Sequence[Found]) -> list[Found]:
    """The finds of rules, one for a cue; those that take most from their form go first."""
    kept: list[Found] = []
    for found in sorted(ruled, key=lambda f: f.plain):
        if not _is_known(found, kept):
            kept.append(found)
    return kept


def _is_known(found: Found, others: Sequence[Found]) -> bool:
    return any(touches(found.cue, other.cue) for other in others)


def _resolved(document: Document, actors: Sequence[ActorMention], found: Found) -> Attributed:
    cue = document.char_span(found.cue[0][0], found.cue[-1][1]) if found.cue else None
    speaks = cue is None or speaks_by(document, cue, found.source)
    speaker = speaker_of(document, actors, found.source, found.cue) if speaks else OUTLET
    direct = _is_direct(document, found)
    own = _speaks_of_own(document, found.content) if direct else None
    if own is not None and speaker.kind == "witness":
        speaker = replace(speaker, kind=own)
    return Attributed(
        source=found.source,
        cue=found.cue,
        content=found.content,
        speaker=speaker.name,
        speaker_kind=speaker.kind,
        certainty=cue_certainty(cue) if cue is not None else "asserted",
        position=speaker.position,
        via=passed_on_by(document, actors, found),
        direct=direct,
    )


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
            yield said_by(inner, speaker_in(nearest), nearest.via)
        else:
            yield replace(inner, via=nearest.speaker)


def _holds(outer: Attributed, inner: Attributed) -> bool:
    if not inner.cue or not outer.content:
        return False
    first, last = inner.cue[0][0], inner.cue[-1][1]
    return any(s <= first and last <= e for s, e in outer.content)


def _speaks_of_own(document: Document, content: Segments) -> SpeakerKind | None:
    """What a quotation says of its speaker: "they took my boy", "they kicked me"."""
    lists = word_lists("en", "speakers")
    harms = (*lists["harmed"], *lists["harms"])
    for token in (t for start, end in content for t in document.char_span(start, end) or ()):
        head, word = token.head, token.lower_
        thing = head.lemma_.lower()
        if word in ("my", "our") and token.dep_ == "poss":
            if thing in lists["young"] or speakers().kinds.get(thing) == "family":
                return "family"
        elif word in ("me", "i") and thing in harms and token.dep_ in ("dobj", "nsubjpass"):
            return "victim"
    return None


def _is_direct(document: Document, found: Found) -> bool:
    start, end = found.content[0][0], found.content[-1][1]
    edges = document.text[max(0, start - 1) : start + 1] + document.text[end - 1 : end + 1]
    return any(sign in _QUOTES for sign in edges)
