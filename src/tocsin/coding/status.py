"""Whether a sentence tells of something as new, mentioned, planned, feared or denied."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise, takewhile

from spacy.tokens import Token

from tocsin.coding.document import Document, Sentence
from tocsin.coding.when_rules import YEAR
from tocsin.lang.lexicon import word_lists, word_pattern
from tocsin.terms import Status

_YEAR = re.compile(rf"\b{YEAR}\b")
_MAX_CLIMB = 8  # steps from a word to its main clause; deeper parses are noise
_WITHOUT = 2  # steps from a deed up to "without": "without making arrests"
_NEAR = 60  # characters: "last year" ages what stands beside it, not the whole sentence


def status_of(document: Document, sentence: Sentence, head: Token) -> tuple[Status, bool]:
    """Return the status of what a word tells, and whether it stands in the background."""
    path = tuple(_path(head))
    background = _is_background(path) or (sentence.index > 1 and _is_earlier(path))
    if _is_denied(path):
        return "denied", background
    if _is_looked_back_at(path) or _is_motive(path) or _is_old(document, sentence, head):
        return "mentioned", background
    unreal = _unreal(path)
    if unreal is not None:
        return unreal, background
    return "new", background


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(word_lists("en", "status")[name])


def patterns(name: str) -> re.Pattern[str]:
    """Return one list of the status words as a pattern."""
    return word_pattern("en", "status", name)


def _path(head: Token) -> Iterator[Token]:
    """The word and what governs it, up to the main verb."""
    token = head
    for _ in range(_MAX_CLIMB):
        yield token
        if token.head.i == token.i:
            return
        token = token.head


def _is_background(path: tuple[Token, ...]) -> bool:
    return any(_puts_behind(token, path[0]) for token in path) or _is_setting(path[0])


def _is_earlier(path: tuple[Token, ...]) -> bool:
    """Tell what a report goes back to in its own voice: "on Saturday police had shot a man"."""
    verb = next((token for token in path if token.pos_ in ("VERB", "AUX")), None)
    if verb is None or verb.dep_ not in ("ROOT", "conj"):
        return False
    return any(child.dep_ == "aux" and child.lower_ == "had" for child in verb.children)


def _puts_behind(token: Token, head: Token) -> bool:
    """Tell whether a word on the way up from a telling puts it behind something else."""
    if token.dep_ in ("relcl", "acl", "poss") and not _goes_on(token):
        return True
    if token.dep_ == "advcl" and _mark(token) in _words("background_marks"):
        return True
    if _is_cause(token) and not _is_ordered(token):
        return True
    if token.lemma_.lower() in _words("court_verbs") and token.i != head.i:
        return True
    return token.dep_ == "dobj" and token.head.lemma_.lower() in _words("recalling_verbs")


def is_reason(cause: Token, answer: Token) -> bool:
    """Tell whether a clause gives what stands behind the answer that governs it as its reason.

    "A curfew after the riots" does; "rioters defied the curfew", "a curfew was called, yet
    people who rioted stayed" and "man charged with murder; curfew in town" do not.
    """
    first, last = sorted((cause.i, answer.i))
    if any(token.text == ";" for token in cause.doc[first:last]):
        return False
    above = {answer.i, *(token.i for token in answer.ancestors)}
    steps = list(takewhile(lambda token: token.i not in above, (cause, *cause.ancestors)))
    if not steps or steps[-1].dep_ == "conj" or _is_told_behind(answer, cause):
        return False
    if any(_is_inside(token, answer) for token in steps):
        return False
    return any(_puts_behind(token, cause) for token in steps)


def _is_inside(clause: Token, answer: Token) -> bool:
    """Tell whether a clause tells what went on in it: "unrest, in which a man was shot"."""
    if clause.dep_ != "relcl":
        return False
    words = {token.lower_ for token in clause.subtree if token.i < clause.i}
    named = any(c.lower_ == "which" and c.dep_ == "pobj" for c in clause.subtree)
    return named or (clause.head.i == answer.i and bool(words & {"where", "when"}))


def _is_told_behind(answer: Token, cause: Token) -> bool:
    """Tell whether the answer itself came before: "shots were fired after a ban was ordered"."""
    above = {cause.i, *(token.i for token in cause.ancestors)}
    steps = takewhile(lambda token: token.i not in above, (answer, *answer.ancestors))
    return any(
        token.dep_ == "advcl" and _mark(token) in _words("background_marks") for token in steps
    )


def _goes_on(verb: Token) -> bool:
    """Tell whether a clause tells what is going on now: "the gate, where crowds are singing"."""
    return verb.tag_ == "VBG" and any(c.tag_ in ("VBP", "VBZ") for c in verb.children)


def _is_cause(token: Token) -> bool:
    above = token.head.lower_
    return token.dep_ in ("pcomp", "pobj") and above in _words("cause_prepositions")


def _is_ordered(token: Token) -> bool:
    """Tell whether "for" names what is ordered, no cause: "signed an order for a curfew"."""
    above = token.head.head
    return token.head.lower_ == "for" and above.lemma_.lower() in _words("ordering_nouns")


def _is_looked_back_at(path: tuple[Token, ...]) -> bool:
    """Tell what a report only refers back to: "the third night since he was killed"."""
    if _is_running_total(path[0]) or _is_trend(path[0]):
        return True
    for token in path:
        if token.dep_ == "advcl" and _mark(token) == "since":
            return True
        if token.dep_ == "pobj" and token.head.lower_ == "since":
            return True
    return False


def _is_motive(path: tuple[Token, ...]) -> bool:
    """Tell what somebody takes revenge for: "retaliation for air strikes"."""
    return any(
        token.dep_ == "pobj"
        and token.head.lower_ in ("for", "over")
        and token.head.head.lemma_.lower() in _words("motive_nouns")
        for token in path
    )


def _is_running_total(verb: Token) -> bool:
    """Tell whether a deed is summed up over many days: "have been killed since it began"."""
    if verb.tag_ != "VBN" or not any(c.lower_ in ("have", "has", "had") for c in verb.children):
        return False
    return any(
        child.lower_ == "since"
        if child.dep_ == "prep"
        else child.dep_ == "advcl" and _mark(child) == "since"
        for child in verb.children
    )


def _is_trend(noun: Token) -> bool:
    """Tell whether how often something happens is compared: "arrests fell by a quarter"."""
    verb = noun.head
    if noun.dep_ != "nsubj" or noun.tag_ not in ("NNS", "NNPS"):
        return False
    if verb.lemma_.lower() not in _words("trend_verbs"):
        return False
    after = {token.lower_ for token in verb.doc[verb.i + 1 : verb.right_edge.i + 1]}
    return bool(after & _words("trend_measures"))


def _is_setting(head: Token) -> bool:
    """Tell whether a noun only says at what else something happened: "at another protest"."""
    if head.dep_ != "pobj" or head.pos_ not in ("NOUN", "PROPN"):
        return False
    if head.head.lower_ == "of":
        return head.head.head.lower_ in ("night", "day", "nights", "days", "evening", "series")
    return head.head.lower_ in _words("setting_prepositions")


def _mark(verb: Token) -> str:
    for child in verb.children:
        if child.dep_ in ("mark", "advmod") and child.i < verb.i:
            return child.lower_
    return ""


def _is_denied(path: tuple[Token, ...]) -> bool:
    head = path[0]
    if any(token.head.lower_ == "without" for token in path[:_WITHOUT] if _is_object(token)):
        return True
    for token in path[:2]:
        negated = any(child.dep_ == "neg" for child in token.children)
        if negated and token.pos_ in ("VERB", "AUX"):
            return True
    if any(_is_nobody(child) for child in head.children):
        return True
    return any(
        token.lemma_.lower() in _words("denied_verbs")
        and below.dep_ in ("dobj", "ccomp", "xcomp", "pcomp")
        for below, token in pairwise(path)
    )


def _is_object(token: Token) -> bool:
    return token.dep_ in ("pcomp", "pobj")


def _is_nobody(token: Token) -> bool:
    """Tell whether a word is a negative one, or stands behind it: "nobody", "no one"."""
    words = _words("negative_determiners")
    if token.dep_ == "prep":  # "arrested him without firing" denies the shot alone
        return False
    if token.lower_ in words:
        return True
    subject = token.dep_ in ("nsubj", "nsubjpass", "dobj")
    return subject and any(child.lower_ in words for child in token.children)


def _is_old(document: Document, sentence: Sentence, head: Token) -> bool:
    """Tell whether the words beside it put it long before the report."""
    if patterns("labelled_patterns").match(document.paragraphs[sentence.paragraph].parse.text):
        return True
    text = sentence.text
    at = head.idx - sentence.span.start_char
    for match in patterns("since_patterns").finditer(text):
        if at >= match.start():
            return True
    near = text[max(0, at - _NEAR) : at + _NEAR]
    if patterns("ago_patterns").search(near):
        return True
    published = document.report.published
    if published is None:
        return False
    year = int(published.value[:4])
    return any(int(found) < year for found in _YEAR.findall(near))


def _unreal(path: tuple[Token, ...]) -> Status | None:
    head = path[0]
    for child in head.children:
        if child.lower_ in _words("feared_modifiers"):
            return "feared"
        if child.lower_ in _words("planned_modifiers"):
            return "planned"
    for below, token in zip((head, *path), path, strict=False):
        if below.lower_ == "of" and token.lemma_.lower() in _words("feared_nouns"):
            return "feared"
        if token.pos_ in ("VERB", "AUX"):
            found = _verb_unreal(token, below)
            if found is not None:
                return found
    return None


def _is_perceived(verb: Token) -> bool:
    """Tell whether what could be done is to see or hear: then it was there."""
    return verb.lemma_.lower() in _words("perceiving_verbs")


def _is_failed(verb: Token) -> bool:
    """Tell whether somebody failed at it: what police "failed to stop" happened."""
    above = verb.head
    failed = above.lemma_.lower() in _words("failing_words")
    return failed and verb.dep_ in ("xcomp", "acl", "ccomp")


def _verb_unreal(verb: Token, below: Token) -> Status | None:
    """What a verb on the way up says: its own auxiliaries, or its meaning for what it governs."""
    if below.dep_ in ("relcl", "advcl", "acl") and below.i != verb.i:
        return None
    for child in verb.children:
        if child.dep_ in ("aux", "auxpass") and child.i < verb.i:
            if child.lower_ in _words("future_auxiliaries"):
                return "planned"
            if child.lower_ in _words("conditional_auxiliaries") and not _is_perceived(verb):
                return "feared"
        if child.dep_ == "mark" and child.lower_ in _words("conditional_marks"):
            return "feared"
        if child.dep_ in ("acomp", "attr", "oprd") and child.lower_ in _words("due_words"):
            return "planned"
    if below.i == verb.i or below.dep_ not in ("xcomp", "ccomp", "dobj", "prep", "pcomp"):
        return None
    lemma = verb.lemma_.lower()
    if lemma in _words("expecting_verbs"):
        return "planned"
    if below.dep_ == "prep" and below.lower_ not in ("for", "to", "of"):
        return None
    if lemma in _words("feared_verbs"):
        return None if _is_failed(verb) else "feared"
    return "planned" if lemma in _words("planned_verbs") else None
