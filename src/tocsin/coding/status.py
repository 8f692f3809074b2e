"""Whether a sentence tells of something as new, mentioned, planned, feared or denied."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from spacy.tokens import Token

from tocsin.coding.document import Document, Sentence
from tocsin.lang.lexicon import word_lists
from tocsin.terms import Status

_YEAR = re.compile(r"\b(19\d\d|20\d\d)\b")
_MAX_CLIMB = 8  # steps from a word to its main clause; deeper parses are noise


def status_of(document: Document, sentence: Sentence, head: Token) -> tuple[Status, bool]:
    """Return the status of what a word tells, and whether it stands in the background."""
    path = tuple(_path(head))
    background = _is_background(path)
    if _is_denied(path):
        return "denied", background
    if _has_old_time(document, sentence):
        return "mentioned", background
    unreal = _unreal(path)
    if unreal is not None:
        return unreal, background
    return "new", background


def _path(head: Token) -> Iterator[Token]:
    """The word and what governs it, up to the main verb."""
    token = head
    for _ in range(_MAX_CLIMB):
        yield token
        if token.head.i == token.i:
            return
        token = token.head


def _is_background(path: tuple[Token, ...]) -> bool:
    words = word_lists("en", "status")
    for token in path:
        if token.dep_ in ("relcl", "acl", "poss"):
            return True
        if token.dep_ == "advcl" and _mark(token) in words["background_marks"]:
            return True
        if token.dep_ in ("pcomp", "pobj") and token.head.lower_ in words["cause_prepositions"]:
            return True
    return False


def _mark(verb: Token) -> str:
    for child in verb.children:
        if child.dep_ in ("mark", "advmod") and child.i < verb.i:
            return child.lower_
    return ""


def _is_denied(path: tuple[Token, ...]) -> bool:
    words = word_lists("en", "status")
    head = path[0]
    for token in path[:2]:
        if any(child.dep_ == "neg" for child in token.children) and token.pos_ in ("VERB", "AUX"):
            return True
    if any(child.lower_ in words["negative_determiners"] for child in head.children):
        return True
    for below, token in pairwise(path):
        if token.lemma_.lower() in words["denied_verbs"] and below.dep_ in (
            "dobj",
            "ccomp",
            "xcomp",
            "pcomp",
        ):
            return True
    return False


def _has_old_time(document: Document, sentence: Sentence) -> bool:
    words = word_lists("en", "status")
    text = f" {sentence.text.lower()} "
    if any(re.search(rf"\b{re.escape(phrase)}\b", text) for phrase in words["past_phrases"]):
        return True
    published = document.report.published
    if published is None:
        return False
    year = int(published.value[:4])
    return any(int(found) < year for found in _YEAR.findall(text))


def _unreal(path: tuple[Token, ...]) -> Status | None:
    words = word_lists("en", "status")
    head = path[0]
    for child in head.children:
        if child.lower_ in words["feared_modifiers"]:
            return "feared"
        if child.lower_ in words["planned_modifiers"]:
            return "planned"
    for below, token in zip((head, *path), path, strict=False):
        if token.pos_ in ("VERB", "AUX"):
            found = _verb_unreal(token, below)
            if found is not None:
                return found
    return None


def _verb_unreal(verb: Token, below: Token) -> Status | None:
    """What a verb on the way up says: its own auxiliaries, or its meaning for what it governs."""
    words = word_lists("en", "status")
    for child in verb.children:
        if child.dep_ in ("aux", "auxpass") and child.i < verb.i:
            if child.lower_ in words["future_auxiliaries"]:
                return "planned"
            if child.lower_ in words["conditional_auxiliaries"]:
                return "feared"
        if child.dep_ == "mark" and child.lower_ in words["conditional_marks"]:
            return "feared"
    if below.i == verb.i or below.dep_ not in ("xcomp", "ccomp", "dobj", "prep", "pcomp"):
        return None
    lemma = verb.lemma_.lower()
    if below.dep_ == "prep" and below.lower_ not in ("for", "to", "of"):
        return None
    if lemma in words["feared_verbs"]:
        return "feared"
    return "planned" if lemma in words["planned_verbs"] else None
