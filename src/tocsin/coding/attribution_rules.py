"""Attributions that words and the parse make plain, whatever the tagger sees.

They stand in where no tagger is at hand, and add the forms that running news seldom shows it:
tallies, footage.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from tocsin.coding.document import Document, Sentence
from tocsin.coding.mentions import Segments
from tocsin.coding.roles import SUBJECTS, child_of
from tocsin.coding.who_lexicon import speakers
from tocsin.lang.lexicon import word_lists

_ACCORDING = re.compile(
    r"\b(?:according to|in the (?:words|opinion|view|eyes|judge?ment|estimation|account) of"
    r"|by the account of|on the word of"
    r"|as (?:told|reported|described|recounted|confirmed) by|as per)\s+",
    re.IGNORECASE,
)
_VIEW = re.compile(
    r"\b(?:in|by|on) (his|her|their) "
    r"(view|opinion|reading|telling|account|words|version|understanding|estimate)\b",
    re.IGNORECASE,
)
_HELD = ("dobj", "pobj", "attr", "acomp", "oprd", "ccomp")
_SHOWING = ("show", "appear", "seem", "purport", "depict", "capture", "suggest", "reveal")
_STATED = ("ccomp", "acl", "advcl", "relcl", "appos")
# A clause behind these is the setting, not what the subject says.
_ASIDES = (
    "after",
    "over",
    "amid",
    "despite",
    "following",
    "since",
    "because",
    "on",
    "by",
    "before",
)
_PERCEIVED = ("see", "hear", "film", "spot", "watch", "observe")


@dataclass(frozen=True, slots=True)
class Found:
    """Segments of one attribution before its speaker is resolved."""

    source: Segments
    cue: Segments
    content: Segments
    plain: bool = False


def find_by_rule(document: Document) -> list[Found]:
    """All attributions that a rule finds, one for a cue."""
    found: list[Found] = []
    for sentence in document.sentences:
        for rule in _RULES:
            found.extend(rule(document, sentence))
    return found


def _cues() -> frozenset[str]:
    lists = word_lists("en", "stance")
    return frozenset((*lists["speech"], *lists["hedging_cues"], *lists["denying_cues"]))


def _verbs(document: Document, sentence: Sentence) -> Iterator[Found]:
    """A cue verb with its subject and a clause: "police said that ...", "..., police said"."""
    for token in sentence.span:
        if token.pos_ != "VERB" or token.lemma_.lower() not in _cues():
            continue
        subject = child_of(token, *SUBJECTS)
        clause = child_of(token, "ccomp") or _gerund(token)
        if clause is None and token.dep_ in ("parataxis", "appos", "advcl"):
            clause = _interrupted(token)
        if subject is None or clause is None or (clause.i < token.i and token.tag_ == "VBG"):
            continue
        cue = document.token_span(token)
        content = _clause_extent(document, clause, token)
        if content is not None:
            yield Found((extent(document, subject),), (cue,), content, plain=True)


def _stating(document: Document, sentence: Sentence) -> Iterator[Found]:
    """A clause with "that" under whatever its subject does: "gave an undertaking that ..."."""
    lexicon = speakers()
    for clause in sentence.span:
        if clause.dep_ not in _STATED or not any(c.lower_ == "that" for c in clause.lefts):
            continue
        if any(c.lower_ == "that" and c.dep_ not in ("mark", "advmod") for c in clause.lefts):
            continue
        verb, subject = _holder(clause)
        if subject is None or subject.pos_ not in ("NOUN", "PROPN") or subject.i > clause.i:
            continue
        known = lexicon.kind([t.lemma_.lower() for t in (*subject.lefts, subject)])
        if known is None and subject.ent_type_ not in ("PERSON", "ORG"):
            continue
        cue = (document.token_span(verb)[0], document.token_span(clause.head)[1])
        content = _clause_extent(document, clause, verb)
        if content is not None and cue[0] < cue[1] <= content[0][0]:
            yield Found((extent(document, subject),), (cue,), content, plain=True)


def _holder(clause: Token) -> tuple[Token, Token | None]:
    """The verb above a clause that has a subject, and that subject; none past "after", "over"."""
    verb, subject = clause.head, None
    while subject is None:
        subject = next((c for c in verb.children if c.dep_ in SUBJECTS and c.i < verb.i), None)
        if subject is not None or verb.head == verb or verb.lower_ in _ASIDES:
            return verb, subject
        verb = verb.head
    return verb, subject


def _gerund(verb: Token) -> Token | None:
    """What somebody speaks of in "-ing": "denied using dogs", "boasted of burning the fort"."""
    if any(c.dep_ == "nsubjpass" for c in verb.children):
        return None
    below = [c for c in verb.children if c.dep_ in ("xcomp", "prep")]
    below += [g for c in below if c.lower_ in ("of", "to", "about") for g in c.children]
    return next((c for c in below if c.tag_ == "VBG" and c.i > verb.i), None)


def clause_of(document: Document, start: int, end: int) -> Segments:
    """The clause that a cue governs, with the subject of a passive: "X was seen Y-ing"."""
    span = document.char_span(start, end)
    verb = next((t for t in span if t.pos_ == "VERB"), None) if span is not None else None
    if verb is None:
        return ()
    parts = [c for c in verb.children if c.dep_ in ("nsubjpass", "ccomp", "xcomp", "advcl")]
    if not any(c.dep_ != "nsubjpass" for c in parts):
        return ()
    return tuple(extent(document, c) for c in parts if c.i < verb.i or c.dep_ != "nsubjpass")


def _interrupted(cue: Token) -> Token | None:
    """The clause that a bare "police said" between commas stands in."""
    if any(c.dep_ in ("mark", "dobj", "prep", "xcomp") for c in cue.children):
        return None
    above = cue.head
    while above.pos_ not in ("VERB", "AUX") and above.head != above:
        above = above.head
    return above


def _agents(document: Document, sentence: Sentence) -> Iterator[Found]:
    """A passive cue with its agent: "... was seen by residents", "accused by X of ..."."""
    for token in sentence.span:
        if token.tag_ != "VBN" or token.lemma_.lower() not in _cues() | {"accused"}:
            continue
        below = list(token.children)
        if token.lemma_ in _PERCEIVED:
            below += [g for c in token.children if c.dep_ == "xcomp" for g in c.children]
        agent = next((c for c in below if c.dep_ in ("agent", "prep") and c.lower_ == "by"), None)
        speaker = child_of(agent, "pobj")
        if speaker is None or speaker.pos_ not in ("NOUN", "PROPN"):
            continue
        cue = document.token_span(token)
        source = extent(document, speaker)
        yield Found((source,), (cue,), around(sentence, (source, cue)))


def _according(document: Document, sentence: Sentence) -> Iterator[Found]:
    """ "According to SOURCE": the rest of the sentence is the content."""
    for match in _ACCORDING.finditer(sentence.text):
        at = sentence.start + match.end()
        span = document.char_span(at, at + 1)
        if span is None:
            continue
        chunk = next((c for c in sentence.span.noun_chunks if c.start <= span[0].i < c.end), span)
        source = document.span_of(chunk)
        cue = (sentence.start + match.start(), at)
        yield Found((source,), (cue,), around(sentence, (source, cue)))


def _tallies(document: Document, sentence: Sentence) -> Iterator[Found]:
    """Figures with their giver: "X's tally is N", "X put the toll at N", "X counted N"."""
    lists = word_lists("en", "stance")
    for token in sentence.span:
        lemma = token.lemma_.lower()
        subject = child_of(token, *SUBJECTS)
        if lemma in lists["tallying"] and subject is not None:
            things = [c for c in token.children if c.dep_ in ("dobj", "prep", "ccomp")]
            if things and (lemma != "put" or len(things) > 1):
                first, last = things[0].left_edge, things[-1].right_edge
                content = (document.token_span(first)[0], document.token_span(last)[1])
                yield Found((extent(document, subject),), (document.token_span(token),), (content,))
        elif lemma == "be" and subject is not None and subject.lemma_.lower() in lists["figures"]:
            owner = child_of(subject, "poss")
            told = child_of(token, "attr", "ccomp")
            if owner is not None and told is not None and subject.i < token.i:
                cue = (document.token_span(subject)[0], document.token_span(token)[1])
                told_at = extent(document, told)
                yield Found((extent(document, owner),), (cue,), (told_at,))


def _footage(document: Document, sentence: Sentence) -> Iterator[Found]:
    """What is seen or heard on footage: "... is seen in drone video", "on the recording ..."."""
    lexicon = speakers()
    for token in sentence.span:
        if token.dep_ == "nsubj" and lexicon.kinds.get(token.lemma_.lower()) == "footage":
            yield from _shown(document, token)
        if token.dep_ != "prep" or token.lower_ not in ("in", "on"):
            continue
        medium = child_of(token, "pobj")
        if medium is None or lexicon.kinds.get(medium.lemma_.lower()) != "footage":
            continue
        leads = token.left_edge.i == sentence.span.start
        shown = (token.head, token.head.head)
        seen = next((t for t in shown if t.lemma_ in ("see", "hear", "show", "visible")), None)
        if leads or seen is not None:
            source = extent(document, medium)
            cue = document.token_span(seen or token)
            yield Found((source,), (cue,), around(sentence, (source, document.token_span(token))))


def _shown(document: Document, medium: Token) -> Iterator[Found]:
    """What footage shows, or seems to show: its clause or thing."""
    verb = medium.head
    inner = child_of(verb, "xcomp")
    last = inner if inner is not None and inner.lemma_ in _SHOWING else verb
    things = [c for c in last.children if c.dep_ in ("ccomp", "dobj") and c.i > last.i]
    if verb.lemma_ in _SHOWING and things:
        cue = (document.token_span(verb)[0], document.token_span(last)[1])
        yield Found((extent(document, medium),), (cue,), (extent(document, things[0]),))


def _judgements(document: Document, sentence: Sentence) -> Iterator[Found]:
    """A clause on a noun or adjective that its subject holds: "raised the possibility that ..."."""
    lists = word_lists("en", "stance")
    for token in sentence.span:
        if token.lemma_.lower() not in lists["held"] or token.dep_ not in _HELD:
            continue
        clause = next((c for c in token.children if _is_that_clause(c)), None)
        verb = token.head
        while verb.dep_ in ("prep", "pobj", "acomp") and verb.pos_ not in ("VERB", "AUX"):
            verb = verb.head
        subject = child_of(verb, "nsubj")
        if clause is None or subject is None or subject.pos_ not in ("NOUN", "PROPN", "PRON"):
            continue
        if subject.lower_ in ("it", "there", "this", "that") or not subject.i < token.i < clause.i:
            continue
        cue = (document.token_span(verb)[0], document.token_span(token)[1])
        content = _clause_extent(document, clause, token)
        if content is not None:
            yield Found((extent(document, subject),), (cue,), content)


def _owned(document: Document, sentence: Sentence) -> Iterator[Found]:
    """A clause on a noun that somebody's name stands before: "the mayor's claim that ..."."""
    lists = word_lists("en", "stance")
    for token in sentence.span:
        if token.lemma_.lower() not in (*lists["held"], *lists["figures"]) or token.pos_ != "NOUN":
            continue
        owner = child_of(token, "poss")
        by = next((c for c in token.children if c.lower_ in ("by", "from") and c.i > token.i), None)
        agent = child_of(by, "pobj")
        source = owner or agent
        clause = next((c for c in token.children if _is_that_clause(c)), None)
        if clause is None and token.dep_ == "nsubj" and token.head.lemma_ == "be":
            clause = child_of(token.head, "ccomp")
        if source is None or clause is None or source.pos_ not in ("NOUN", "PROPN"):
            continue
        if token.dep_ in SUBJECTS and any(t.lemma_ in lists["denied"] for t in token.head.rights):
            continue
        content = _clause_extent(document, clause, token)
        if content is not None:
            yield Found((extent(document, source),), (document.token_span(token),), content)


def _is_that_clause(token: Token) -> bool:
    return token.dep_ in ("acl", "ccomp", "relcl") and any(
        c.lower_ == "that" and c.dep_ in ("mark", "det", "dobj", "nsubj") for c in token.lefts
    )


def _views(document: Document, sentence: Sentence) -> Iterator[Found]:
    """ "In his view", "by her account": the rest of the sentence is the content."""
    for match in _VIEW.finditer(sentence.text):
        start = sentence.start
        source = (start + match.start(1), start + match.end(1))
        cue = (start + match.start(2), start + match.end(2))
        holes = ((start + match.start(), start + match.end()),)
        yield Found((source,), (cue,), around(sentence, holes))


_RULES: tuple[Callable[[Document, Sentence], Iterator[Found]], ...] = (
    _according,
    _verbs,
    _agents,
    _tallies,
    _footage,
    _views,
    _judgements,
    _owned,
    _stating,
)


def _clause_extent(document: Document, clause: Token, cue: Token) -> Segments | None:
    """The clause without the cue and its subject where these interrupt it."""
    inner = set(cue.subtree) if clause.is_ancestor(cue) else {cue}
    tokens = [t for t in clause.subtree if t not in inner]
    if not tokens:
        return None
    segments: list[tuple[int, int]] = []
    last = -2
    for token in tokens:
        start, end = document.token_span(token)
        if token.i == last + 1 and segments:
            segments[-1] = (segments[-1][0], end)
        else:
            segments.append((start, end))
        last = token.i
    return tuple(segments)


def around(sentence: Sentence, holes: Segments) -> Segments:
    """A sentence without some spans in it."""
    segments: list[tuple[int, int]] = []
    at = sentence.start
    for start, end in sorted(holes):
        segments.append((at, start))
        at = max(at, end)
    segments.append((at, sentence.end))
    text = sentence.text

    def bare(span: tuple[int, int]) -> bool:
        words = text[span[0] - sentence.start : span[1] - sentence.start]
        return len(re.findall(r"\w+", words)) > 1

    return tuple(s for s in segments if s[0] < s[1] and bare(s))


def extent(document: Document, token: Token) -> tuple[int, int]:
    """Everything that hangs on a word."""
    left, right = token.left_edge, token.right_edge
    return document.token_span(left)[0], document.token_span(right)[1]
