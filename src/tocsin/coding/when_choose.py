"""Which of the times of a report belongs to something told in it, and a measure's window."""

from __future__ import annotations

import re

from msgspec.structs import replace
from spacy.tokens import Span, Token

from tocsin.coding.document import Document, Sentence
from tocsin.coding.mentions import TimeMention
from tocsin.coding.roles import SUBJECTS
from tocsin.coding.when_clause import (
    ends,
    is_aside,
    is_perfect,
    is_saying,
    names_measure,
    takes_effect,
    verb_of,
)
from tocsin.coding.when_news import after_that, of_breaking, of_tense
from tocsin.coding.when_words import words
from tocsin.model import When

# How loosely a time may hang together with what is told: its own clause, a joined one, a
# clause beside it; further off it belongs to something else.
_OWN, _JOINED, _BESIDE, _OTHER = 0, 1, 2, 3
_FINE = ("minute", "hour", "daypart", "day", "weekend")
_IT = re.compile(r"\b(?:it|this|curfew|order|ban|enforce\w*|measure)\b", re.IGNORECASE)
_UPDATE = re.compile(r"\W{0,4}updated?\W{1,4}(?:at\s+)?", re.IGNORECASE)
_WIDE = re.compile(r"\b(?:weeks|months?|seasons?|years?|decades?)\b", re.IGNORECASE)
_DEPTH = 12
# What is told this near behind "a day after" is what the day is counted from.
_BEHIND = 60


def time_for(
    document: Document, times: tuple[TimeMention, ...], start: int, end: int
) -> TimeMention | None:
    """The time of what is told at start..end: its clause, its sentence, what came before."""
    sentence = document.sentence_at(start)
    if sentence is None:
        return None
    focus = _focus(document, start, end, sentence)
    own = _best(document, times, sentence, focus)
    if own is None and _aloof(focus) == _OWN:
        own = of_tense(document, times, sentence, focus)
    own = own or after_that(document, sentence, focus)
    if own is not None:
        return own
    for earlier in reversed(document.sentences[: sentence.index]):
        if earlier.paragraph != sentence.paragraph:
            break
        told = _best(document, times, earlier, _content(earlier.span.root))
        if told is not None and told.when.start is not None:
            return told
    lead = _lead_time(document, times, sentence)
    return lead or of_breaking(document, times, sentence, focus)


def _lead_time(
    document: Document, times: tuple[TimeMention, ...], sentence: Sentence
) -> TimeMention | None:
    """The time of the report's first sentences that tell one; a resolved one if there is any."""
    unresolved = not any(mention.when.start for mention in times)
    for lead in document.sentences[: sentence.index]:
        told = _best(document, times, lead, _content(lead.span.root))
        if told is None or _of_update(document, told) or _is_wide(told):
            continue
        if _is_of_order(document, told):
            continue
        if unresolved or told.when.start is not None:
            return told
    return None


def _is_of_order(document: Document, mention: TimeMention) -> bool:
    """Whether hours are an order's own: "an 8 p.m. curfew" dates nothing told elsewhere."""
    span = document.char_span(mention.start, mention.end)
    if span is None or not len(span) or mention.when.precision not in ("minute", "hour"):
        return False
    if mention.use in ("window", "daily", "from"):
        return any(names_measure(token) for token in document.sentences[mention.sentence].span)
    head = _hook(span).head
    behind = span.doc[span.end : span.end + 1]
    return any(names_measure(noun) for noun in (*behind, *([head] if span.end <= head.i else [])))


def _is_wide(mention: TimeMention) -> bool:
    """Whether a time is a stretch that dates nothing told elsewhere: "a few weeks ago"."""
    known = mention.when.precision
    return _WIDE.search(mention.when.words) is not None if known is None else known not in _FINE


def _of_update(document: Document, mention: TimeMention) -> bool:
    """Whether a time is that of an update of the report."""
    start = document.text.rfind("\n", 0, mention.start) + 1
    return _UPDATE.fullmatch(document.text[start : mention.start]) is not None


def _focus(document: Document, start: int, end: int, sentence: Sentence) -> Token:
    """The word that what is told at start..end hangs on."""
    root = document.root(max(start, sentence.start), min(end, sentence.end))
    return sentence.span.root if root is None else _content(root)


def _content(token: Token) -> Token:
    """What is said, where the verb only says that it is said."""
    for _ in range(_DEPTH):
        said = [child for child in token.children if child.dep_ == "ccomp"]
        if not is_saying(token) or not said:
            break
        token = said[0]
    return token


def _best(
    document: Document, times: tuple[TimeMention, ...], sentence: Sentence, focus: Token
) -> TimeMention | None:
    """The time of a sentence that hangs closest together with a word of it."""
    place = document.token_span(focus)[0]
    ranked = []
    for mention in times:
        if mention.sentence != sentence.index or mention.use in ("since", "until"):
            continue
        tie = _tie(document, mention, focus)
        if mention.use == "event":
            tie = _OWN if 0 <= place - mention.end <= _BEHIND else _OTHER
        if tie >= _OTHER:
            continue
        edge = mention.use in ("daily", "from")
        coarse = mention.when.precision not in _FINE
        ranked.append(((coarse, tie, edge, abs(mention.start - place)), mention))
    return min(ranked, key=lambda pair: pair[0])[1] if ranked else None


def _tie(document: Document, mention: TimeMention, focus: Token) -> int:
    """How closely a time hangs together with a word of its sentence."""
    span = document.char_span(mention.start, mention.end)
    if span is None or not len(span):
        return _BESIDE
    node = _hook(span)
    for _ in range(_DEPTH):
        if node.i == focus.i:
            return _OWN
        if node.pos_ in ("VERB", "AUX") or node.head.i == node.i:
            break
        if node.dep_ == "poss" or (node.dep_ in ("prep", "npadvmod") and _is_event(node.head)):
            return _noun_tie(node.head, focus)
        if node.pos_ == "NOUN" and _strays(node, span):
            return _OTHER
        node = node.head
    verb = verb_of(node)
    mine = verb_of(focus)
    if verb is None or mine is None:
        return _BESIDE
    happened = mention.use == "at" and verb.dep_ in ("relcl", "acl")
    if happened and verb.head.i == focus.i:
        return _OWN  # "a shooting that took place on Friday"
    if is_saying(verb) and focus.i < span.start and span.end <= verb.i:
        return _JOINED  # "was shot at a bar, late on Friday, police said"
    if is_perfect(verb) and (reason := _reason(verb, span)) is not None:
        return _OWN if reason.i < focus.i < span.start else _OTHER
    return max(_verb_tie(verb, mine), _aloof(focus))


def _reason(verb: Token, time: Span) -> Token | None:
    """What a verb gives as its reason before a time: "have held a man over the riot on Monday"."""
    between = verb.doc[verb.i + 1 : time.start] if verb.i < time.start else ()
    found = (token for token in between if token.lower_ in words("reasons"))
    whose = (verb.i, *(child.i for child in verb.children if child.dep_ == "dobj"))
    return next((token for token in found if token.head.i in whose), None)


def _hook(span: Span) -> Token:
    """The first word of a time that hangs on a word outside it."""
    for token in span:
        if not span.start <= token.head.i < span.end:
            return token
    return span.root


def _strays(noun: Token, time: Span) -> bool:
    """Whether the parse ties a time to a noun across an aside that it follows."""
    between = noun.doc[noun.i + 1 : time.start]
    verbs = [token for token in between if token.pos_ == "VERB" and token.tag_ != "VBG"]
    return bool(verbs) and is_aside(verbs[-1])


def _aloof(focus: Token) -> int:
    """How far a noun stands from the time of its verb: "marched on Monday over the killing"."""
    node = focus
    for _ in range(_DEPTH):
        if node.pos_ in ("VERB", "AUX") or node.head.i == node.i:
            break
        if node.dep_ == "prep" and node.lower_ in words("reasons"):
            return _OTHER
        if node.dep_ == "prep" and node.lower_ == "in" and _is_legal(node.head):
            return _OTHER
        if node.dep_ == "nsubj" and node.head.lemma_.lower() in words("causing"):
            return _OTHER
        if node.i != focus.i and node.lemma_.lower() in words("legal_nouns"):
            return _OTHER
        node = node.head
    return _OWN


def _is_legal(verb: Token) -> bool:
    """Whether a verb is one of the courts: "charged on Monday in the killing"."""
    return verb.lemma_.lower() in words("legal")


def _is_event(token: Token) -> bool:
    """Whether a noun tells something that happened, by its form."""
    lemma = token.lemma_.lower()
    if lemma in words("standing"):
        return False
    formed = lemma.endswith(("ing", "tion", "ment", "death", "attack", "protest", "riot", "fire"))
    return token.pos_ == "NOUN" and (formed or lemma in ("killing", "march", "rally", "clash"))


def _noun_tie(noun: Token, focus: Token) -> int:
    """A time inside a noun phrase is that noun's: "Sunday's shooting"."""
    if noun.i == focus.i or (focus.head.i == noun.i and focus.dep_ == "compound"):
        return _OWN
    if noun.dep_ == "conj" and noun.head.i == focus.i:
        return _OWN  # "the killing of two men and the wounding of a third on Tuesday"
    if noun.dep_ in SUBJECTS and focus.i == noun.head.i:
        return _BESIDE
    setting = noun.dep_ == "pobj" and noun.head.lower_ in words("settings")
    if setting and noun.head.head.i in (focus.i, focus.head.i):
        return _JOINED  # "were shot during a protest on Tuesday"
    return _OTHER


def _verb_tie(verb: Token, mine: Token) -> int:
    """How a time's verb and the verb of what is told stand to each other."""
    if verb.i == mine.i:
        return _OWN
    if is_aside(verb) and not _path(mine, verb):
        return _OTHER
    down = _path(mine, verb)
    if down is not None and _is_since(mine):
        return _OTHER
    if down is not None:
        if is_saying(verb) and "ccomp" in down:
            return _OTHER
        return max(_STEPS.get(dep, _BESIDE) for dep in down)
    up = _path(verb, mine)
    if up is not None:
        if is_saying(mine) and "ccomp" in up:
            return _JOINED
        return max(_STEPS.get(dep, _BESIDE) for dep in up)
    return _OTHER if is_saying(verb) or is_aside(verb) else _BESIDE


def _is_since(verb: Token) -> bool:
    """Whether a clause tells from when on: "the fourth night since he was shot" dates no shot."""
    return any(child.dep_ == "mark" and child.lower_ == "since" for child in verb.children)


# What kind of step down the parse keeps one time: joined verbs do, asides do not.
_STEPS = {
    **dict.fromkeys(("conj", "xcomp", "dep", "auxpass", "aux", "ROOT"), _JOINED),
    **dict.fromkeys(("advcl", "ccomp", "parataxis", "pcomp"), _BESIDE),
    **dict.fromkeys(("relcl", "acl", "csubj"), _OTHER),
}


def _path(low: Token, high: Token) -> list[str] | None:
    """The dependency labels from a verb up to a verb above it; None when it is not above."""
    labels: list[str] = []
    node = low
    for _ in range(_DEPTH):
        if node.i == high.i:
            return labels or ["ROOT"]
        if node.head.i == node.i:
            return None
        if node.pos_ in ("VERB", "AUX") or node.dep_ in ("relcl", "acl"):
            labels.append(node.dep_)
        node = node.head
    return None


def window_for(
    document: Document, times: tuple[TimeMention, ...], start: int
) -> tuple[When | None, When | None]:
    """When the measure told at start takes effect and from when it holds no more."""
    sentence = document.sentence_at(start)
    if sentence is None:
        return None, None
    effective: When | None = None
    closing: When | None = None
    for told in _telling(document, sentence):
        for mention in times:
            if mention.sentence != told.index:
                continue
            opens, closes = _edges(document, mention)
            effective = effective or opens
            if closing is None and closes is not None and _follows(effective, closes):
                closing = closes
    return effective, closing


def _telling(document: Document, sentence: Sentence) -> list[Sentence]:
    """The sentence of a measure, its neighbour that goes on about it, others that name it."""
    nouns = _measures(sentence)
    following = [
        other
        for other in document.sentences[sentence.index + 1 : sentence.index + 4]
        if other.paragraph == sentence.paragraph and _IT.search(other.text)
    ]
    others = [
        other
        for other in document.sentences
        if other is not sentence and other not in following
        if nouns & _measures(other)
    ]
    return [sentence, *following, *others]


def _measures(sentence: Sentence) -> set[str]:
    """The measures that a sentence names; "order" may be any of them and counts only alone."""
    nouns = {token.lemma_.lower() for token in sentence.span if names_measure(token)}
    return nouns - {"order"} or nouns


def _edges(document: Document, mention: TimeMention) -> tuple[When | None, When | None]:
    """The beginning and the end of a window as far as one time tells them."""
    when = mention.when
    if mention.use in ("window", "daily") and when.start and when.end:
        return replace(when, end=None, night_of=None), _moment(when, when.end)
    if mention.use == "until":
        return None, _moment(when, when.end) if when.end else None
    if mention.use in ("from", "since"):
        return (when, None) if when.start and when.precision != "year" else (None, None)
    if mention.use == "at" and when.start and when.precision in ("minute", "hour", "day"):
        return _told_edge(document, mention)
    return None, None


def _moment(when: When, at: str) -> When:
    """The end of a window as a time of its own."""
    return replace(when, start=at, end=None, night_of=None)


def _told_edge(document: Document, mention: TimeMention) -> tuple[When | None, When | None]:
    """The edge that a single clock time is, by its verb or the measure it stands before."""
    span = document.char_span(mention.start, mention.end)
    if span is None or not len(span):
        return None, None
    hook = _hook(span)
    verb = verb_of(hook)
    subject = verb is not None and any(
        names_measure(child)
        for node in verb.children
        for child in (node, *(node.children if node.lower_ == "under" else ()))
        if child.dep_ in ("nsubj", "nsubjpass", "pobj")
    )
    when = mention.when
    if (ends(verb) or any(ends(node) for node in hook.ancestors)) and (subject or _is_it(verb)):
        later = when.relation == "after" and when.end
        return None, _moment(when, later or when.start or "")
    if when.precision == "day":
        return None, None
    noun = span[-1].nbor(1) if span.end < len(span.doc) else hook.head
    noun = hook.head if not names_measure(noun) else noun
    if names_measure(noun) or (takes_effect(verb) and subject):
        return mention.when, None
    return None, None


def _is_it(verb: Token | None) -> bool:
    """Whether a verb, or the one that governs it, speaks of "it"."""
    if verb is None:
        return False
    heads = (verb, verb.head, verb.head.head)
    return any(child.lower_ == "it" for head in heads for child in head.children)


def _follows(effective: When | None, closes: When) -> bool:
    """Whether an end lies after the beginning."""
    if effective is None or effective.start is None or closes.start is None:
        return True
    return closes.start > effective.start
