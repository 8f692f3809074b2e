"""Attributions by their setting in the sentence, whatever verb carries them.

"..., growled the guard", "..., his driver let slip", "The abbot owned up: ...", "...: that is the
finding of the inquest": the place of the words tells who speaks, the list of verbs need not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Span, Token

from tocsin.coding.attribution_kinds import may_speak
from tocsin.coding.attribution_phrases import noun_phrase
from tocsin.coding.attribution_rules import Found, around, extent
from tocsin.coding.document import Document, Sentence
from tocsin.coding.roles import SUBJECTS, child_of
from tocsin.coding.stance_scope import is_negated
from tocsin.coding.stance_words import pattern, phrase_at, stems, words
from tocsin.lang.lexicon import word_lists

_CLOSING = (",", '"', "”", "’", "'", "?", "!", "–", "—")
_AFTER = (",", ".", ";", ":", "–", "—", '"', "“", "")
_SAYS_IT = re.compile(
    r"\bas ([^;:.]{3,60}?),? (?:(?:can|could|will|would) (attest|confirm|vouch)|"
    r"(puts?|tells?|told|has|had|have|sees?|saw|describes?|described|understands?|understood|"
    r"recalls?|recalled|remembers?|remembered|recounts?|phrased) (?:it|that))\b,?",
    re.IGNORECASE,
)
_BELIEVED = re.compile(
    r"\bif (?:one (?:believes|trusts)|you (?:believe|ask)|we (?:believe|trust)|we are to believe|"
    r"(?=[\w' ’]{3,40}? (?:(?:is|are) to be believed|(?:has|have) it right|(?:is|are) right)))\s*",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"^\W*it (?:has |had |has since |later )?(emerged|transpired|appeared|appears|emerges|"
    r"was learned|was learnt|is learnt|became known|was known|was heard|is heard|"
    r"was gathered) from ",
    re.IGNORECASE,
)
_SAYS_ON = re.compile(r"\bit (says|said|reads|is written|was written) (?:on|in) ", re.IGNORECASE)
# A sentence of fewer words has no room for what is said and by whom.
_LEAST = 5
# What leads up to a colon is short where it only says that somebody speaks.
_LEAD = 10
# Behind a comma these name a thing and tell nothing.
_NAMING = ("call", "name", "see", "show", "describe", "know", "cite")
_NOUNS = (
    "claim|account|version|charge|accusation|allegation|story|report|statement|view|suggestion|"
    "finding|assertion|figure|explanation|description|theory|line|reading|assessment|number|estimate"
)
# "..., a claim the mayor rejects", "..., which he denies", "..., or that is what she thinks".
_AFTERWARDS = re.compile(
    rf"[,;:–—]\s+(?:(?:an?|the) (?:\w+ )?({_NOUNS})(?: that| which)?|(which|something|as)|"
    r"(?:or |and |at least )?(?:that|this|so) (?:at least )?(?:is|was) (?:what|how)|"
    r"(?:or )?so at least)\s+",
    re.IGNORECASE,
)
_BY = re.compile(
    rf"[,;:–—]\s+(?:an?|the) (?:\w+ )?({_NOUNS}) (?:(?:later |since )?(given|made|put forward|"
    r"shared|backed|confirmed|denied|rejected|disputed|contested|repeated|levelled|supported|offered|"
    r"advanced|dismissed|refuted|contradicted) )?(?:by|from|of) ",
    re.IGNORECASE,
)
_OF = re.compile(
    r"[:;,–—]\s+(?:or )?(?:that|this|such|so)\b(?: at least|, at (?:any|least) \w+,| much)? "
    r"(?:is|was|remains|goes|ran|runs|reads) (?:the|a|an|at least the) (?:\w+ )?(\w+) "
    r"(?:of|by|from|given by|put forward by) ",
    re.IGNORECASE,
)
_VERSION = re.compile(
    r"[,:;–—]\s+(?:so |thus )?(?:runs?|ran|goes|went|reads?|is|was) (?:the|an?) (?:\w+ )?"
    r"(version|account|story|line|explanation|verdict|conclusion|finding|view|claim|accusation|"
    r"charge|charges|suspicion|theory|message|wording|reply|answer|complaint|promise|threat) "
    r"(?:of|from|by|put out by) ",
    re.IGNORECASE,
)


def find_by_setting(document: Document) -> Iterator[Found]:
    """All attributions that the setting of their words makes plain."""
    for sentence in document.sentences:
        yield from _inverted(document, sentence)
        yield from _behind(document, sentence)
        yield from _trailing(document, sentence)
        yield from _before_colon(document, sentence)
        yield from _has_it(document, sentence)
        yield from _put_it(document, sentence)
        yield from _of_somebody(document, sentence)
        yield from _clear_on(document, sentence)
        yield from _told_after(document, sentence)
        yield from _after_quote(document, sentence)
        yield from _governing(document, sentence)


def _utterances() -> frozenset[str]:
    lists = word_lists("en", "stance")
    return frozenset((*lists["utterances"], *lists["speech"]))


def _inverted(document: Document, sentence: Sentence) -> Iterator[Found]:
    """ "..., growled the guard": a verb of utterance right behind a comma, its speaker after it."""
    span, verbs = sentence.span, _utterances()
    for token in span[1:-1]:
        if span.doc[token.i - 1].text not in _CLOSING or not _is_form_of(token, verbs):
            continue
        if token.lemma_ in _NAMING or any(c.dep_ in SUBJECTS for c in token.lefts):
            continue
        phrase = noun_phrase(span.doc, token.i + 1, span.end)
        if phrase is None or (_follows(phrase) not in _AFTER and phrase.end < span.end):
            continue
        if not may_speak(phrase.root) and not may_speak(phrase[-1]):
            continue
        source = document.span_of(phrase)
        content = (sentence.start, document.token_span(token)[0])
        if re.search(r"\w+\W+\w+", document.text[slice(*content)]):
            yield Found((source,), (document.token_span(token),), (content,), plain=True)


def _is_form_of(token: Token, verbs: frozenset[str]) -> bool:
    """Whether a word may be a finite form of one of the verbs, however it was tagged."""
    if token.tag_ not in ("VBD", "VBN", "VBZ", "VBP", "NNS"):
        return False
    return any(stem in verbs for stem in stems(token))


def _follows(phrase: Span) -> str:
    """The sign after a phrase and what hangs on it; nothing where a clause or "in ..." follows."""
    after = phrase.doc[phrase.end] if phrase.end < len(phrase.doc) else None
    if (
        after is None
        or after.pos_ in ("ADP", "SPACE", "SCONJ")
        or after.tag_ in ("WP", "WDT", "WP$")
    ):
        return ""
    return str(after.text)


def _behind(document: Document, sentence: Sentence) -> Iterator[Found]:
    """ "..., his driver let slip": the clause comes first, its teller behind a comma."""
    for token in sentence.span:
        below = [g for c in token.children if c.dep_ == "auxpass" for g in c.children]
        subject = next((c for c in (*token.children, *below) if c.dep_ in SUBJECTS), None)
        if subject is None or (subject.dep_ == "nsubjpass" and not _is_held(token)):
            continue
        spoken = may_speak(subject) or subject.lower_ in ("he", "she", "they")
        if not spoken or (subject.pos_ == "PRON" and not _is_form_of(token, _utterances())):
            continue
        if token.pos_ != "VERB" and not any(_is_held(c) or c.i > token.i for c in token.children):
            continue
        spoken = token.lemma_ == "let" or _is_form_of(token, _utterances())
        if not spoken and not any(_is_held(t) for t in (token, *token.children)):
            continue
        clause = next((c for c in token.children if c.dep_ == "ccomp" and c.i < token.i), None)
        under = token.dep_ in ("ccomp", "parataxis", "conj") and token.head.i < subject.i
        if clause is None and under and not any(c.dep_ in ("mark", "cc") for c in token.children):
            clause = token.head if _is_form_of(token, _utterances()) or _is_held(token) else None
        if clause is None or not clause.i < subject.i:
            continue
        if subject.left_edge.i and subject.doc[subject.left_edge.i - 1].text in _CLOSING:
            first = document.token_span(clause.left_edge)[0]
            last = document.token_span(subject.left_edge)[0]
            cue = document.token_span(token)
            yield Found((extent(document, subject),), (cue,), ((first, last),), plain=True)


def _is_held(token: Token) -> bool:
    """Whether a word says that its subject holds something: "are convinced"."""
    return token.lemma_.lower() in words("held") or token.lower_ in words("held")


def _trailing(document: Document, sentence: Sentence) -> Iterator[Found]:
    """ "..., the group, which runs the kitchens, corrected": a verb of utterance ends it all."""
    tokens = [t for t in sentence.span if not t.is_space]
    while tokens and tokens[-1].is_punct:
        tokens.pop()
    if len(tokens) < _LEAST or not _is_form_of(tokens[-1], _utterances()):
        return
    doc, last = sentence.span.doc, tokens[-1].i
    signs = [t.i for t in tokens[:-1] if t.text == ","]
    verbal = tokens[-1].pos_ == "VERB"
    if not signs or (verbal and any(c.dep_ in SUBJECTS for c in tokens[-1].children)):
        return
    at = signs[-1] if signs[-1] < last - 1 else (signs[-3] if len(signs) > 2 else -1)
    phrase = noun_phrase(doc, at + 1, last) if at > 0 else None
    if phrase is not None and doc[phrase.end].i in (last, *signs):
        content = (sentence.start, document.token_span(doc[at])[0])
        cue = document.token_span(tokens[-1])
        yield Found((document.span_of(phrase),), (cue,), (content,), plain=True)


def _before_colon(document: Document, sentence: Sentence) -> Iterator[Found]:
    """ "The abbot has owned up: ...": a known speaker does something, a colon, a clause."""
    colon = next((t for t in sentence.span if t.text == ":"), None)
    if colon is None or colon.i + 2 >= sentence.span.end:
        return
    left = sentence.span.doc[sentence.span.start : colon.i]
    right = sentence.span.doc[colon.i + 1 : sentence.span.end]
    if not any(t.pos_ in ("VERB", "AUX") for t in right):
        return
    for subject in left:
        verb = subject.head
        if subject.dep_ != "nsubj" or verb not in left or verb.lemma_ in ("be", "have", "include"):
            continue
        if may_speak(subject) and colon.i - subject.i < _LEAD:
            cue = (document.token_span(verb)[0], document.token_span(colon)[1])
            content = document.span_of(right)
            yield Found((extent(document, subject),), (cue,), (content,), plain=True)
        return


def _has_it(document: Document, sentence: Sentence) -> Iterator[Found]:
    """ "..., or so the owner would have it": what somebody has to say of it."""
    for token in sentence.span:
        if token.lemma_ != "have" or not any(c.lower_ == "it" for c in token.rights):
            continue
        subject = child_of(token, "nsubj")
        if subject is None or subject.pos_ not in ("NOUN", "PROPN"):
            continue
        source = document.token_span(subject.left_edge)[0], document.token_span(subject)[1]
        content = ((sentence.start, source[0]),)
        if len(document.text[slice(*content[0])].split()) > 1:
            thing = next(c for c in token.rights if c.lower_ == "it")
            cue = (document.token_span(token)[0], document.token_span(thing)[1])
            yield Found((source,), (cue,), content)


def _put_it(document: Document, sentence: Sentence) -> Iterator[Found]:
    """ "As the clerk put it", "it says in the log": the rest of the sentence is the content."""
    start = sentence.start
    for match in _SAYS_IT.finditer(sentence.text):
        verb = 2 if match.group(2) else 3
        source = (start + match.start(1), start + match.end(1))
        cue = (start + match.start(verb), start + match.end(verb))
        hole = (start + match.start(), start + match.end())
        yield Found((source,), (cue,), around(sentence, (hole,)))
    spots = [m for form in (_SAYS_ON, _FROM, _BELIEVED) for m in form.finditer(sentence.text)]
    for match in spots:
        if match.re is _SAYS_ON and sentence.text[match.end() :].lower().startswith(("a ", "an ")):
            continue
        at = document.char_span(start + match.end(), start + match.end() + 1)
        phrase = noun_phrase(at.doc, at.start, sentence.span.end) if at is not None else None
        if phrase is not None:
            source = document.span_of(phrase)
            first, last = match.span(1) if match.re is not _BELIEVED else match.span()
            cue = (start + first, start + last)
            hole = (start + match.start(), source[1])
            yield Found((source,), (cue,), around(sentence, (hole,)))


def _of_somebody(document: Document, sentence: Sentence) -> Iterator[Found]:
    """ "...: that is the finding of the inquest", "..., runs the version of the guards"."""
    lists = word_lists("en", "stance")
    for form in (_OF, _VERSION):
        for match in form.finditer(sentence.text):
            noun = match.group(1).lower()
            at = document.char_span(sentence.start + match.end(), sentence.start + match.end() + 1)
            if at is None or (form is _OF and noun not in (*lists["held"], *lists["figures"])):
                continue
            phrase = noun_phrase(at.doc, at.start, sentence.span.end)
            if phrase is not None:
                cue = (sentence.start + match.start(1), sentence.start + match.end(1))
                content = (sentence.start, sentence.start + match.start())
                yield Found((document.span_of(phrase),), (cue,), (content,))


def _clear_on(document: Document, sentence: Sentence) -> Iterator[Found]:
    """ "...; the spokesman was clear on that": the clause before it is the content."""
    for token in sentence.span:
        if token.lower_ not in ("that", "this", "it") or token.dep_ != "pobj":
            continue
        judged = token.head.head
        verb = judged.head if judged.dep_ in ("acomp", "attr") else judged
        subject = child_of(verb, "nsubj")
        if judged.lemma_.lower() not in word_lists("en", "stance")["held"] or subject is None:
            continue
        source = extent(document, subject)
        if len(document.text[sentence.start : source[0]].split()) > 1:
            content = (sentence.start, source[0])
            yield Found((source,), (document.token_span(judged),), (content,))


def _governing(document: Document, sentence: Sentence) -> Iterator[Found]:
    """ "Residents dread the day when ...", "the rebels distanced themselves from ..."."""
    feelings = words("feelings")
    for token in sentence.span:
        subject = child_of(token, "nsubj")
        if token.pos_ != "VERB" or subject is None or subject.i > token.i:
            continue
        if not may_speak(subject):
            continue
        said = phrase_at(token)
        match = pattern("speaking_governors").match(said)
        open_ = is_negated(token) and pattern("excluding").match(said) is not None
        if match is None and not open_ and token.lemma_.lower() not in feelings:
            continue
        first = token.i + len(match.group().split()) if match else token.i + 1
        last = token.right_edge.i
        if first <= last:
            content = document.span_of(token.doc[first : last + 1])
            cue = document.span_of(token.doc[token.i : first])
            yield Found((extent(document, subject),), (cue,), (content,), plain=True)


def _told_after(document: Document, sentence: Sentence) -> Iterator[Found]:
    """ "..., a claim the mayor rejects", "..., an account given by two guards"."""
    for match in (*_AFTERWARDS.finditer(sentence.text), *_BY.finditer(sentence.text)):
        at = sentence.start + match.end()
        span = document.char_span(at, at + 1)
        phrase = noun_phrase(span.doc, span.start, sentence.span.end) if span is not None else None
        if phrase is None or len(sentence.text[: match.start()].split()) < 2:
            continue
        content = ((sentence.start, sentence.start + match.start()),)
        if match.re is _BY:
            group = 2 if match.group(2) and match.group(2) in _JUDGING else 1
            cue = (sentence.start + match.start(group), sentence.start + match.end(group))
            yield Found((document.span_of(phrase),), (cue,), content)
            continue
        verb, phrase = _verb_after(phrase)
        if verb is not None and phrase is not None:
            cue = document.token_span(verb)
            yield Found((document.span_of(phrase),), (cue,), content)


_JUDGING = ("denied", "rejected", "disputed", "contested", "dismissed", "refuted", "contradicted")


def _verb_after(phrase: Span) -> tuple[Token | None, Span | None]:
    """The verb of utterance behind a phrase, or at its end where the parse took it for a noun."""
    judging = _utterances() | words("denying_cues") | words("hedging_cues") | words("confirming")
    after = phrase.end
    while after < phrase.sent.end and phrase.doc[after].pos_ in ("AUX", "ADV"):
        after += 1
    if after < phrase.sent.end and phrase.doc[after].pos_ == "ADP":
        after = phrase.doc[after].right_edge.i + 1
    if after < phrase.sent.end and _is_form_of(phrase.doc[after], judging):
        return phrase.doc[after], phrase
    last = phrase[-1]
    if len(phrase) > 1 and last.i + 2 >= phrase.sent.end and _is_form_of(last, judging):
        return last, phrase[:-1]
    return None, None


def _after_quote(document: Document, sentence: Sentence) -> Iterator[Found]:
    """A quotation, then somebody, then whatever they do: "...", Captain Reis radioed."""
    text = sentence.text
    close = max((text.rfind(sign) for sign in (',"', ",”", '?"', "?”", '!"', "!”")), default=-1)
    if close < 1 or not any(sign in text[:close] for sign in '"“'):
        return
    after = document.char_span(sentence.start + close + 1, sentence.start + close + 2)
    if after is None:
        return
    doc = after.doc
    phrase = noun_phrase(doc, after.end, sentence.span.end)
    if phrase is None or not may_speak(phrase.root):
        return
    verb = next((t for t in doc[phrase.end : sentence.span.end] if _is_form(t)), None)
    if verb is not None:
        content = (sentence.start, sentence.start + close + 2)
        yield Found(
            (document.span_of(phrase),), (document.token_span(verb),), (content,), plain=True
        )


def _is_form(token: Token) -> bool:
    return token.tag_ in ("VBD", "VBZ", "VBP", "VBN") or _is_uttered(token)


def _is_uttered(token: Token) -> bool:
    return token.is_lower and any(stem in _utterances() for stem in stems(token))
