"""What the parse says of a time: the verb it belongs to, and whether that verb looks ahead."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Doc, Token

from tocsin.coding.when_day import Tense
from tocsin.coding.when_words import codes, words

# So many heads up a time may look for its verb; longer ways are mistakes of the parse.
_CLIMB = 12


@cache
def _lemmas(name: str) -> frozenset[str]:
    return frozenset(words(name))


def token_at(doc: Doc, offset: int) -> Token | None:
    """The token at an offset of the parse."""
    span = doc.char_span(offset, offset + 1, alignment_mode="expand")
    return span[0] if span is not None and len(span) else None


def verb_of(token: Token) -> Token | None:
    """The nearest verb above a token (or itself)."""
    node = token
    for _ in range(_CLIMB):
        if node.pos_ in ("VERB", "AUX") and node.dep_ not in ("aux", "auxpass"):
            return node
        if node.head.i == node.i:
            return None
        node = node.head
    return None


def is_of_reason(token: Token) -> bool:
    """Whether a time belongs to why something is done: "held over killings on a second night"."""
    node, own = token, True  # its own preposition, the first above it, gives no reason
    for _ in range(_CLIMB):
        node = node.head
        if node.pos_ in ("VERB", "AUX") or node.head.i == node.i:
            return False
        if node.dep_ == "prep":
            if not own and node.lower_ in _lemmas("reasons"):
                return True
            own = False
    return False


def is_saying(verb: Token | None) -> bool:
    """Whether a verb tells that something is said."""
    return verb is not None and verb.lemma_.lower() in _lemmas("saying")


def is_aside(verb: Token | None) -> bool:
    """Whether a verb stands in a relative clause or one of "since" and "before"."""
    if verb is None:
        return False
    if verb.dep_ in ("relcl", "acl"):
        return True
    for child in verb.children:
        relative = child.lower_ in ("who", "whom", "which", "where", "whose")
        if relative and child.i < verb.i and verb.dep_ != "ROOT":
            return True
        if child.dep_ == "mark" and child.lower_ in ("since", "before"):
            return True
    return False


def begins(verb: Token | None) -> bool:
    """Whether a verb tells the beginning of a series."""
    return verb is not None and verb.lemma_.lower() in _lemmas("begin")


def lasts(verb: Token | None) -> bool:
    """Whether a verb in the past tense tells how long something went on."""
    return verb is not None and verb.lemma_.lower() in _lemmas("lasting") and is_past(verb)


def is_past(verb: Token) -> bool:
    """Whether a verb is told in the past tense."""
    if verb.tag_ == "VBD":
        return True
    helpers = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    if any(child.lemma_ in ("will", "shall") or child.tag_ == "MD" for child in helpers):
        return False
    return verb.tag_ in ("VBN", "VBG") and any(child.tag_ == "VBD" for child in helpers)


def is_present(verb: Token | None) -> bool:
    """Whether a verb is told in the present tense, "is banned" included."""
    if verb is None:
        return False
    passive = (child for child in verb.children if child.dep_ == "auxpass")
    if verb.tag_ == "VBN" and any(child.tag_ in ("VBZ", "VBP") for child in passive):
        return True
    return verb.tag_ in ("VBZ", "VBP") and not is_past(verb)


def is_news(verb: Token) -> bool:
    """Whether a verb tells what has just happened, is going on or is in force."""
    helpers = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    present = [child for child in helpers if child.tag_ in ("VBZ", "VBP")]
    if any(child.dep_ == "neg" or _is_long(child) for child in verb.children):
        return False
    if not present:
        return is_present(verb) and any(_in_force(child) for child in verb.children)
    perfect = any(child.lemma_ == "have" for child in present)
    return verb.tag_ == "VBN" if perfect else verb.tag_ == "VBG"


def is_perfect(verb: Token) -> bool:
    """Tell whether a verb is in the present perfect, which takes no past day: "have arrested"."""
    helpers = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    return verb.tag_ == "VBN" and any(c.lemma_ == "have" and c.tag_ != "VBD" for c in helpers)


def _in_force(preposition: Token) -> bool:
    """ "In force", "in effect", "under curfew"."""
    return preposition.dep_ == "prep" and any(
        child.lower_ in words("in_force") for child in preposition.children
    )


def _is_long(child: Token) -> bool:
    """Whether a verb goes on for long or again and again: "for weeks", "repeatedly"."""
    if child.dep_ == "prep" and child.lower_ in ("for", "over", "since", "in", "during"):
        return any(word.lemma_.lower() in codes("unit") for word in child.children)
    return child.lower_ in words("lasting_words")


def tense_of(token: Token) -> Tense:
    """Whether the words around a time look ahead or back."""
    if _leads_on(token):
        return "ahead"
    node, seen = verb_of(token), 0
    first = node
    while node is not None and seen < _CLIMB:
        if is_pluperfect(node):
            return "past"
        if _looks_ahead(node):
            is_past_deed = _past_between(node, token) or _is_occasion(node, token)
            return "past" if is_past_deed else "ahead"
        if node.dep_ not in ("xcomp", "conj", "ccomp", "dep") or is_saying(node.head):
            break
        if node.dep_ == "conj" and is_past(node):
            break
        node, seen = node.head, seen + 1
    if first is None:
        return None
    return "past" if is_past(first) else None


def is_pluperfect(verb: Token) -> bool:
    """Tell whether what was meant for a day lies back: "had banned marches for Friday"."""
    return any(child.dep_ == "aux" and child.lower_ == "had" for child in verb.children)


def _past_between(verb: Token, time: Token) -> bool:
    """Whether a past verb stands between: "want him to fall left 12 dead on Monday"."""
    helped = any(child.lower_ in ("will", "shall", "wo") for child in verb.children)
    between = verb.doc[verb.i + 1 : time.i] if verb.i < time.i else ()
    return not helped and any(token.tag_ == "VBD" or token.lower_ == "left" for token in between)


def _is_occasion(verb: Token, time: Token) -> bool:
    """Whether a time is of what led here: "faces charges after a shooting over the weekend"."""
    between = verb.doc[verb.i + 1 : time.i] if verb.i < time.i else ()
    is_present = verb.tag_ in ("VBZ", "VBP")
    return is_present and any(token.lower_ in ("after", "following") for token in between)


def _leads_on(token: Token) -> bool:
    """Whether a time is that of something still waited for: "until a hearing on Friday"."""
    node = token
    for _ in range(_CLIMB):
        if node.lower_ in words("awaiting"):
            return True
        if node.pos_ in ("VERB", "AUX") or node.head.i == node.i:
            return False
        node = node.head
    return False


def _looks_ahead(verb: Token) -> bool:
    """Whether a verb is in the future, or plans, or follows a timetable."""
    aux = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    if any(child.lower_ in ("will", "shall", "'ll", "wo", "ll") for child in aux):
        return True
    lemma = verb.lemma_.lower()
    if lemma in _lemmas("timetable") and verb.tag_ in ("VBZ", "VBP"):
        return True
    infinitive = any(child.lower_ == "to" for child in aux)
    if infinitive and verb.head.i != verb.i:
        head = verb.head
        if head.lemma_ in ("be", "have") and head.tag_ in ("VBZ", "VBP"):
            return True
        if verb.dep_ in ("xcomp", "acl", "ccomp") and head.lemma_.lower() in _lemmas("planning"):
            return True
    if lemma in _lemmas("ahead") and verb.tag_ == "VBN":
        return any(child.dep_ == "auxpass" for child in verb.children)
    due = any(child.lower_ in ("due", "upcoming", "planned") for child in verb.children
              if child.dep_ in ("acomp", "attr"))  # fmt: skip
    return due


def moves(verb: Token | None) -> bool:
    """Whether a verb moves a time, so that the second of two is the one that holds."""
    return verb is not None and verb.lemma_.lower() in _lemmas("moving")


def ends(verb: Token | None) -> bool:
    """Whether a verb tells the end of a measure."""
    return verb is not None and verb.lemma_.lower() in _lemmas("ending")


def takes_effect(verb: Token | None) -> bool:
    """Whether a verb tells the beginning of a measure."""
    return verb is not None and verb.lemma_.lower() in _lemmas("effecting")


def names_measure(token: Token) -> bool:
    """Whether a noun is an order, ban or other measure with hours."""
    return token.lemma_.lower() in _lemmas("measures")
