"""Certainty of a clause from the words that govern it: hedges, negation, mood, tense, verbs.

The clause's own words are looked at first, then each word above it in the parse until a border
that no hedge crosses. Nothing here knows who speaks.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span, Token

from tocsin.coding.roles import SUBJECTS
from tocsin.coding.stance_modals import SUBJECT_LIKE, is_inverted, of_modals
from tocsin.coding.stance_words import pattern, phrase_at, stems, words
from tocsin.terms import Certainty

_DENIABLE = (*SUBJECTS, "dobj", "attr")  # what "no" before it denies the verb with
_NEGATORS = ("neg", *SUBJECTS, "dobj", "preconj")
_NOMINAL = (*SUBJECTS, "dobj", "attr", "pobj", "oprd", "appos", "dative")
# Persons, places and times are not made doubtful by a hedge on the verb beside them.
_FIRM = ("PERSON", "GPE", "LOC", "FAC", "DATE", "TIME")
# "went on to say" says it.
_MOVING = ("go", "come", "take", "continue")
_THINGS = ("NOUN", "PROPN", "ADP")
_BORDERS = ("relcl", "advcl", "parataxis")
_DOUBTFUL: tuple[Certainty, ...] = ("alleged", "denied", "hypothetical", "planned")


def certainties(span: Span, *, by_word: bool = False) -> set[Certainty]:
    """Everything that the words in and above a span say of its certainty.

    Words by which a thing is done, as in "was charged", do not make it less sure themselves.
    """
    head = clause_head(span)
    if _is_to_come(span):
        return {"planned"}
    found = _of_noun(span.root) if span.root.pos_ in ("NOUN", "PROPN", "NUM") else set()
    if is_firm(span):
        return found
    above = _of_governors(head, by_word=by_word)
    own = _of_clause(head, span, lent=not by_word)
    if "planned" in above and any(c.lower_ == "whether" for c in head.children):
        own.discard("hypothetical")
    return found | own | above


def is_firm(span: Span) -> bool:
    """Whether words name somebody, a place or a time rather than tell of anything."""
    head = clause_head(span)
    return head.pos_ not in ("VERB", "AUX") and head.ent_type_ in _FIRM


def _is_to_come(span: Span) -> bool:
    """Whether words are somebody and "to" with a verb, no tense: "shops to close on Monday"."""
    if any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in span):
        return False
    first = next((t for t in span if t.lower_ == "to" and t.dep_ == "aux"), None)
    if first is None or first.i == span.start or first.head not in span:
        return False
    verb = first.head
    return any(c.dep_ in SUBJECT_LIKE and c in span for c in verb.children) or (
        verb.dep_ in ("relcl", "acl") and verb.head == span.root and span.root.dep_ != "dobj"
    )


def clause_head(span: Span) -> Token:
    """The verb of a span, or the noun that carries it."""
    root = span.root
    if root.pos_ in ("VERB", "AUX"):
        return _said_in(root, span) or root
    tops = [t for t in span if t.pos_ in ("VERB", "AUX") and t.head not in span]
    if tops:
        return tops[0]
    verbs = [
        t
        for t in span
        if t.pos_ in ("VERB", "AUX") and t.dep_ not in ("aux", "auxpass", "relcl", "acl")
    ]
    return verbs[0] if verbs and root.dep_ not in _NOMINAL else root


def _said_in(cue: Token, span: Span) -> Token | None:
    """The clause that a verb of saying interrupts: "the doors, the dean assured us, were open"."""
    if cue.lemma_.lower() not in words("speech") | words("utterances"):
        return None
    clauses = (c for c in cue.children if c.dep_ == "ccomp" and c in span and c.left_edge.i < cue.i)
    return next(clauses, None)


def _of_noun(noun: Token) -> set[Certainty]:
    found: set[Certainty] = set()
    for child in noun.children:
        if child.lower_ in words("hedges"):
            found.add("alleged")
        elif child.lower_ in words("negators") and not _denies_nothing(child):
            found.add("denied")
    return found


def _of_clause(head: Token, span: Span | None = None, *, lent: bool = True) -> set[Certainty]:
    """Marks, negators, hedges and modals of one clause, and what its verb lends to it."""
    found: set[Certainty] = set()
    children = list(head.children)
    marks = [c for c in children if c.dep_ == "mark" or c.lower_ in ("though", "if")]
    if any(m.i and m.nbor(-1).lower_ == "as" for m in marks):
        found.add("alleged")
    elif any(m.dep_ == "mark" and m.lower_ in words("conditionals") for m in marks):
        found.add("hypothetical")
    if is_inverted(head, children):
        found.add("hypothetical")
    if is_negated(head):
        found.add("denied")
    if any(_is_hedge(c) for c in children):
        found.add("alleged")
    found |= of_modals(head, children)
    if lent:
        found |= _lent_by(head)
    able = any(c.dep_ == "acomp" and c.lower_ in words("able") for c in children)
    if head.lemma_ == "be" and not able and _has_infinitive(head):
        found.add("planned")
    for child in children:
        within = span is None or child in span
        judged = child.dep_ in ("acomp", "oprd", "xcomp") and child.lower_ in words("hedges")
        if within and judged:
            found.add("alleged")
    return found


def _lent_by(head: Token) -> set[Certainty]:
    """What a passive or raising verb makes of its own clause: "was foiled", "appears to ..."."""
    found: set[Certainty] = set()
    if _is_passive(head):
        own = _of_word(head, infinitive=_has_infinitive(head), alone=True)
        if head.lemma_.lower() in words("deeds"):
            own.discard("denied")
        found |= _settled(own)
    if head.lemma_.lower() in words("raising") and _has_infinitive(head):
        found |= _of_word(head, infinitive=True) & {"alleged", "planned", "denied"}
    return found


def _has_infinitive(head: Token) -> bool:
    """Whether a verb, or the adjective under it, takes a clause with "to"."""
    below = [c for c in head.children if c.dep_ in ("xcomp", "acomp", "oprd", "prep", "advcl")]
    below += [g for c in below for g in c.children if g.dep_ in ("xcomp", "pcomp", "ccomp")]
    return any(g.lower_ == "to" and g.dep_ == "aux" for c in below for g in c.children)


def _settled(found: set[Certainty]) -> set[Certainty]:
    """A fear that is told in the passive is a guess: "are feared dead"."""
    return (found - {"hypothetical"}) | {"alleged"} if "hypothetical" in found else found


def _is_hedge(token: Token) -> bool:
    if token.lower_ not in words("hedges"):
        return False
    return token.dep_ in (
        "advmod",
        "amod",
        "acomp",
        "npadvmod",
        "advcl",
        "dep",
        "intj",
        "parataxis",
        "oprd",
    )


def is_negated(head: Token) -> bool:
    """Whether a clause denies what it tells: a negator on the verb, its subject or its object."""
    for child in head.children:
        if (
            child.lower_ in words("negators")
            and child.dep_ in _NEGATORS
            and not _denies_nothing(child)
        ):
            return True
        if child.dep_ in _DENIABLE and any(
            g.lower_ in ("no", "neither", "none")
            and g.dep_ in ("det", "neg")
            and not _denies_nothing(g)
            for g in child.children
        ):
            return True
        if child.dep_ == "advmod" and child.lower_ == "never":
            return True
    below = [g for c in head.children if c.dep_ in ("prep", "agent") for g in c.children]
    if any(g.lower_ in ("nobody", "none") and g.dep_ == "pobj" for g in below):
        return True
    return head.dep_ == "pcomp" and head.head.lower_ == "without"


def _denies_nothing(token: Token) -> bool:
    after = token.doc[token.i : token.i + 4].text
    return pattern("not_negating").match(after) is not None


def _is_passive(head: Token) -> bool:
    return head.tag_ == "VBN" and any(c.dep_ in ("auxpass", "nsubjpass") for c in head.children)


def _of_governors(head: Token, *, by_word: bool = False) -> set[Certainty]:
    """What the words above a clause make of it; a ruling that is asked for is to come."""
    found: set[Certainty] = set()
    for child, above in _upwards(head):
        infinitive = _is_open(child)
        if above.lemma_ in _MOVING and child.lemma_.lower() in words("speech"):
            continue
        own = _of_word(above, infinitive=infinitive)
        asked = above.lemma_.lower() in words("requests") and child.pos_ in _THINGS
        if (asked and not by_word) or _is_doer(child, above):
            own.discard("planned")
        if "hypothetical" in own and _is_past(child):
            own = _settled(own)
        if above.pos_ in ("VERB", "AUX", "ADJ", "NOUN"):
            own |= {c for t in _between(above, child) for c in _of_word(t, infinitive=infinitive)}
        if is_negated(above):
            own = _negated(own, above)
        elif above.lemma_.lower() in words("confirming") and child.pos_ == "NOUN":
            found.discard("alleged")
        found |= own
        if above.pos_ in ("VERB", "AUX") and above.lemma_.lower() not in words("speech"):
            found |= _of_clause(above) - ({"planned", "alleged"} if own else set())
    return found


def _is_doer(child: Token, above: Token) -> bool:
    """Whether a noun does what a verb tells, and is no plan itself: "the shots set off alarms"."""
    return child.dep_ == "nsubj" and above.pos_ == "VERB" and not _has_infinitive(above)


def _negated(own: set[Certainty], above: Token) -> set[Certainty]:
    """What a negated governor makes of its clause: "not deny" asserts, "not plan" denies."""
    if "denied" in own:
        return {"hypothetical"} if pattern("excluding").match(phrase_at(above)) else set()
    if own & {"alleged", "planned"}:
        return {"denied"}
    if above.lemma_.lower() in words("admitting"):
        return {"denied"}
    return own if above.lemma_.lower() in words("speech") else {"denied"}


def _between(above: Token, child: Token) -> Iterator[Token]:
    """Adjectives and nouns that a governor says of the clause: "branded as baseless that ..."."""
    judging = ("acomp", "attr", "oprd", "xcomp") if child.dep_ in SUBJECT_LIKE else ()
    for token in above.children:
        before = token.dep_ in ("acomp", "attr", "oprd", "prep", "dobj") and token.i < child.i
        if token != child and (before or (token.dep_ in judging and token.i > child.i)):
            inside = (g for g in token.children if g.i < child.i or token.dep_ in judging)
            yield from (t for t in (token, *inside) if t.lemma_ not in words("nouns_only"))


def _upwards(head: Token) -> Iterator[tuple[Token, Token]]:
    """Pairs of a word and the word above it, up to a border that no hedge crosses."""
    token = head
    while token.head != token:
        above = token.head
        judged = token.dep_ == "relcl" and _is_judged(above)
        if token.dep_ in _BORDERS and not judged and not _is_for_to(token):
            return
        if token.dep_ == "conj":
            token = above
            continue
        if token.dep_ == "acl" and not _is_complement(token):
            return
        if token.dep_ in SUBJECTS and above.lemma_.lower() in words("speech"):
            return
        if token.dep_ == "prep" and token.lower_ in words("presupposing"):
            return
        if above.pos_ != "ADP":
            yield token, above
        token = above


def _is_for_to(token: Token) -> bool:
    """Whether a clause is what a verb asks for: "called for the statue to be removed"."""
    marks = {c.lower_ for c in token.lefts if c.dep_ in ("mark", "aux")}
    return {"for", "to"} <= marks


def _is_judged(noun: Token) -> bool:
    """Whether a clause that looks relative says what a noun is: "the risk that ..."."""
    lemma = noun.lemma_.lower()
    return lemma in words("dated") or any(lemma in words(c) for c in _DOUBTFUL)


def _is_complement(token: Token) -> bool:
    """Whether a clause on a noun says what the noun is: "the theory that ..."."""
    return any(c.dep_ == "mark" and c.lower_ == "that" for c in token.children) or _is_judged(
        token.head
    )


def _is_past(child: Token) -> bool:
    """Whether a clause tells what has been: a past tense without a modal."""
    if any(c.dep_ == "aux" and c.tag_ == "MD" for c in child.children):
        return False
    return child.tag_ == "VBD" or any(
        c.dep_ in ("aux", "auxpass") and c.tag_ == "VBD" for c in child.children
    )


def _is_open(child: Token) -> bool:
    """Whether a clause has "to" or "-ing", stands in the future or is a bare noun."""
    if child.pos_ in ("NOUN", "PROPN", "NUM") or child.tag_ in ("VBG", "VB"):
        return True
    if any(
        c.dep_ in ("aux", "auxpass") and c.tag_ == "VB" and c.lower_ == "be" for c in child.lefts
    ):
        return True
    auxiliaries = {c.lower_ for c in child.children if c.dep_ == "aux"}
    return "to" in auxiliaries or bool(auxiliaries & words("future_modals"))


def _of_word(token: Token, *, infinitive: bool, alone: bool = False) -> set[Certainty]:
    """What a governing word, or the phrase it opens, makes of what stands under it."""
    lemma = token.lemma_.lower()
    found = set() if alone else _of_phrase(token)
    if lemma in words("nouns_only") and token.pos_ != "NOUN":
        return found
    if lemma in words("needs_of") and not any(c.lower_ == "of" for c in token.children):
        return found
    for certainty in _DOUBTFUL:
        if lemma in words(certainty) or token.lower_ in words(certainty):
            if lemma in words("needs_infinitive") and not infinitive:
                continue
            found.add(certainty)
    return found


def _of_phrase(token: Token) -> set[Certainty]:
    """What a verb makes of its clause together with the words after it: "brush aside"."""
    text = phrase_at(token)
    return {c for c in _DOUBTFUL if pattern(f"{c}_governors").match(text)}


def is_agentless(cue: Span) -> bool:
    """Whether a cue is a bare passive, which nobody speaks: "thought to be", "is considered"."""
    verbs = [t for t in cue if t.pos_ == "VERB"]
    if len(verbs) != 1 or verbs[0].tag_ != "VBN":
        return False
    verb = verbs[0]
    if verb.lemma_.lower() not in words("hedging_cues"):
        return False
    if any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children):
        return any(c.dep_ == "auxpass" for c in verb.children)
    return verb.dep_ in ("acl", "ROOT", "relcl", "ccomp", "conj", "advcl") and (
        verb.dep_ == "acl" or any(c.dep_ == "auxpass" for c in verb.children)
    )


def cue_certainty(cue: Span) -> Certainty:
    """What a cue makes of its content: denied, alleged, or as sure as it is told."""
    lemmas = {t.lemma_.lower() for t in cue} | {t.lower_ for t in cue}
    lemmas |= {stem for t in cue if t.pos_ == "PROPN" for stem in stems(t)}
    negated = any(t.lower_ in words("negators") for t in cue)
    if pattern("asserted_phrases").search(cue.text):
        return "asserted"
    if negated and any(pattern("excluding").match(phrase_at(t)) for t in cue):
        return "hypothetical"
    denying = any("denied" in _of_phrase(t) for t in cue)
    if denying or lemmas & words("denying_cues") or pattern("denied_phrases").search(cue.text):
        return "asserted" if negated else "denied"
    if lemmas & words("hedging_cues") or pattern("hedging_forms").search(cue.text):
        return "denied" if negated else "alleged"
    return "asserted"
