"""Mood and tense: what modals and conditions make of a clause."""

from __future__ import annotations

import re

from spacy.tokens import Token

from tocsin.coding.roles import SUBJECTS
from tocsin.coding.stance_words import words
from tocsin.terms import Certainty

SUBJECT_LIKE = (*SUBJECTS, "expl", "csubj")
# "..., should talks fail, ..." where the parse sees no clause.
_SHOULD = re.compile(
    r"(?:^|[,“\"]|\bthat,?)\s?(?:should|were|had) (?:[\w'’]+ ){1,5}?\w+,", re.IGNORECASE
)
_OPENING = re.compile(r"^\W*(?:if|unless|provided|as long as|once)\b[^,]*,", re.IGNORECASE)


def of_modals(head: Token, children: list[Token]) -> set[Certainty]:
    """What "will", "may" and "would have" make of a clause, with the condition it hangs on."""
    modals = {c.lower_ for c in children if c.dep_ == "aux"}
    perfect = any(c.lower_ in ("have", "'ve", "’ve") and c.dep_ == "aux" for c in children)
    conditional = any(c.dep_ == "advcl" and _is_condition(c) for c in children)
    ordered = [c for c in children if c.dep_ == "aux"]
    if len(ordered) > 1 and ordered[0].lemma_ == "be" and ordered[1].lower_ == "to":
        return {"planned"}
    if conditional and modals & {"can", "could"}:
        return {"hypothetical"}
    if modals & words("hedging_modals") and head.lemma_.lower() not in words("perceiving"):
        return {"alleged"} if perfect else {"hypothetical"}
    if modals & words("future_modals"):
        if conditional or ("would" in modals and perfect) or _hangs_on_condition(head):
            return {"hypothetical"}
        return {"planned"}
    return set()


def _hangs_on_condition(head: Token) -> bool:
    """Whether the sentence opens with a condition and a clause stands behind its comma."""
    text = head.sent.text
    opening = _OPENING.match(text)
    behind = opening is not None and head.idx - head.sent.start_char > opening.end()
    return behind or _SHOULD.search(text) is not None


def _is_condition(clause: Token) -> bool:
    children = list(clause.children)
    marked = any(c.dep_ == "mark" and c.lower_ in words("conditionals") for c in children)
    return marked or is_inverted(clause, children)


def is_inverted(head: Token, children: list[Token]) -> bool:
    """Whether a clause begins with "should", "had" or "were" before its subject."""
    subject = next((c for c in children if c.dep_ in SUBJECT_LIKE), None)
    first = next((c for c in children if c.dep_ in ("aux", "auxpass")), head)
    if subject is None or first.lower_ not in words("inverted_conditionals"):
        return False
    ends = head.sent[-1].text
    return first.i < subject.i and ends != "?" and head.sent.text.find("?") < 0
