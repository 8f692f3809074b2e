"""Counts without a figure: "a man was killed" is one, "no arrests were made" is none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span, Token

from tocsin.coding.counts_what import is_dying, is_real, loss_of, named, patient_harm, suffered
from tocsin.coding.roles import SUBJECTS, child_of
from tocsin.lang.lexicon import word_maps

_MAIN = frozenset({"ROOT", "conj", "ccomp", "advcl", "parataxis"})
_SINGULAR = frozenset({"NN", "NNP"})
_ONE = frozenset({"a", "an", "another", "one"})
_BY_ARMS = frozenset({"gunshot", "stab", "bullet", "shotgun", "gun"})
_PRONOUNS = frozenset({"he", "she", "him", "her"})
_DEPTH = 6
_DIES = "dies"
_SUFFER = frozenset({"suffer", "sustain"})
_DEAD = frozenset({"dead", "deceased"})
_DATELINE = 4  # letters of the shortest town in capitals


@dataclass(frozen=True, slots=True)
class Told:
    """A count without a figure: the words from `first` to `last`, what befell how many."""

    first: Token
    last: Token
    what: str
    number: int


def singles(sentence: Span) -> Iterator[Told]:
    """Single persons (or two and more joined by "and") to whom something was done."""
    for verb in sentence:
        if verb.pos_ not in ("VERB", "AUX", "ADJ") and verb.lower_ != _DIES:
            continue
        if verb.dep_ == "acl" and verb.tag_ in ("VBN", "VBD") and _is_new(verb.head):
            yield from _told_of(verb.head, patient_harm(verb, passive=True))
        for child in verb.children:
            yield from _told_of(child, _befell(verb, child))
        subject = _shared_subject(verb)
        if subject is not None:
            yield from _told_of(subject, _befell(verb, subject))
    for wound in sentence:
        if wound.lemma_.lower() == "wound" and any(c.lower_ in _BY_ARMS for c in wound.children):
            yield from _told_of(_wounded(wound), "struck")
    for token in sentence:
        yield from _multiple(token)
        if token.dep_ == "pobj" and token.head.lower_ == "of" and _is_lost(token):
            what = loss_of(token.head)
            yield from _told_of(token, None if what == "shots" else what)


def _multiple(noun: Token) -> Iterator[Told]:
    """How many a "triple shooting" hit, or a "double murder" killed."""
    lemma = noun.lemma_.lower()
    what = "struck" if lemma in named("shooting_nouns") else None
    if lemma in named("killed_nouns"):
        what = "killed"
    multiple = next(
        (c for c in noun.children if c.lower_ in word_maps("en", "numbers")["multiple"]), None
    )
    fatal = any(child.lower_ in named("fatal_words") for child in noun.children)
    if what is None or multiple is None or (fatal and what == "struck"):
        return
    number = int(word_maps("en", "numbers")["multiple"][multiple.lower_])
    yield Told(multiple, noun, what, number)


def _shared_subject(verb: Token) -> Token | None:
    """Whom a verb without a subject tells of: "he was flown out and died", "after being shot"."""
    if child_of(verb, *SUBJECTS, "dobj") is not None:
        return None
    being = any(c.dep_ == "auxpass" and c.lower_ == "being" for c in verb.children)
    above = verb.head.head if verb.dep_ == "pcomp" and being else verb.head
    died = verb.dep_ == "conj" and is_dying(verb)
    if not (died or (being and verb.dep_ in ("pcomp", "advcl"))) or above.i == verb.i:
        return None
    return child_of(above, *SUBJECTS)


def _wounded(wound: Token) -> Token | None:
    """Who has a wound: "he suffered a gunshot wound", "a man with a gunshot wound"."""
    token = wound
    if token.dep_ == "pobj" and token.head.lower_ in ("with", "from", "of", "for"):
        token = token.head
    elif token.dep_ != "dobj":
        return None
    above = token.head
    if above.pos_ not in ("VERB", "AUX"):
        return above if token.dep_ == "prep" else None
    if not _told(above):
        return None
    if above.dep_ in ("acl", "relcl"):
        return above.head
    return child_of(above, *SUBJECTS)


def _told_of(token: Token | None, what: str | None) -> Iterator[Told]:
    """The count of a person and of those joined to it."""
    person = _person(token, what) if token is not None and what else None
    if what is None or person is None:
        return
    joined = [child for child in person.children if child.dep_ == "conj"]
    others = [one for one in joined if _is_single(one) or one.ent_type_ == "PERSON"]
    if len(others) < len(joined):
        others = []
    last = max([person, *others], key=lambda one: one.i)
    yield Told(_first(person), last, what, 1 + len(others))


def _befell(verb: Token, child: Token) -> str | None:
    """What a verb tells of its subject or object."""
    if verb.lower_ == _DIES and child.lower_ == "old":  # "16-year-old dies", read as a noun
        return "killed"
    if child.dep_ == "nsubj":
        if is_dying(verb) or _is_found(verb, _DEAD):
            return "killed" if _told(verb) else None
        if _is_found(verb, named("after_injured")):
            return "struck"
        if verb.lemma_.lower() in _SUFFER and _told(verb) and suffered(verb):
            return "struck"
        return _condition(verb)
    if child.dep_ in ("nsubjpass", "dobj"):
        passive = child.dep_ == "nsubjpass"
        harm = patient_harm(verb, passive=passive) or (_condition(verb) if passive else None)
        carried = harm == "injured" and verb.lemma_.lower() in named("carried_verbs")
        return "struck" if carried else harm  # who was rushed to a hospital may have died there
    return None


def _is_found(word: Token, words: frozenset[str]) -> bool:
    """Whether somebody was found or left so: "found the man dead", "left a boy wounded"."""
    found = word.head.lemma_.lower() in named("found_verbs") and is_real(word.head)
    return word.lower_ in words and word.dep_ == "ccomp" and found


def _told(verb: Token) -> bool:
    """Whether a verb tells what happened."""
    return not any(
        child.dep_ == "neg" or (child.dep_ == "aux" and child.tag_ in ("MD", "TO"))
        for child in verb.children
    )


def _condition(verb: Token) -> str | None:
    """ "Is in critical condition", "is dead", "is in custody"."""
    if not _told(verb):
        return None
    if verb.lemma_ in ("be", "remain"):
        if any(child.dep_ == "acomp" and child.lower_ in _DEAD for child in verb.children):
            return "killed"
        if any(_is_in(child, "custody") for child in verb.children):
            return "detained"
    hurt = any(_is_in(child, "condition") for child in verb.subtree if child.i > verb.i)
    return "struck" if hurt and verb.lemma_ in named("patient_verbs") else None


def _is_in(preposition: Token, place: str) -> bool:
    """ "In custody", "in serious condition"."""
    if preposition.dep_ != "prep" or preposition.lower_ not in ("in", "into"):
        return False
    return any(child.lower_ == place for child in preposition.children)


def _person(token: Token, what: str) -> Token | None:
    """The one person a subject or object names, when it is one and a person."""
    if token.lower_ in (*named("reflexives"), "another"):
        return token
    if token.lower_ in ("who", "that"):
        owner = token.head.head
        known = what != "killed" and not _is_indefinite(owner)
        if token.head.dep_ != "relcl" or known or owner.lower_ in ("who", "that"):
            return None
        return _person(owner, what)
    if any(child.dep_ == "nummod" for child in token.children) or _is_town(token):
        return None
    if token.tag_ == "NNP" and token.ent_type_ == "PERSON":
        return token if _is_main(token.head) else None
    if token.lower_ in _PRONOUNS:
        ended = what == "killed" and _is_where_it_ended(token.head)
        told = ended or _is_main(token.head) or _stands_for_new(token)
        return token if told else None
    aged = token.lower_ == "old" and token.i > 0 and token.nbor(-1).lower_ in ("-", "year")
    if not (aged or token.tag_ in _SINGULAR) or token.lemma_.lower() in named("plural_persons"):
        return None
    lists = ("persons", "participants", "police", "suspects", "bystanders")
    lemma = token.lemma_.lower()
    if not any(lemma in named(key) for key in lists) and not _is_worker(lemma):
        return None
    if _is_indefinite(token) or is_dying(token.head):
        return token
    return token if _is_main(token.head) else None


def _is_town(token: Token) -> bool:
    """Whether a word in capitals opens its sentence as a dateline does: "DENVER (AP) - Four"."""
    return token.i == token.sent.start and token.is_upper and len(token) >= _DATELINE


def joined_singles(noun: Token) -> int:
    """How many single persons "and" joins to a noun: "three men and a woman"."""
    behind = sum(child.dep_ == "conj" and _is_single(child) for child in noun.children)
    person = noun.dep_ == "conj" and noun.head.lemma_.lower() in named("persons")
    return behind + (person and _is_single(noun.head))


def _is_single(noun: Token) -> bool:
    """Whether a noun names one person: "a woman", "her son", a headline's "man"."""
    if _is_indefinite(noun) or _is_new(noun):
        return True
    owned = any(child.dep_ == "poss" for child in noun.children)
    return owned and noun.tag_ == "NN" and noun.lemma_.lower() in named("persons")


def kills_self(sentence: Span) -> Token | None:
    """The word that tells that whoever killed others died by their own hand: "then himself"."""
    for token in sentence:
        verb = token.head
        if token.lower_ in named("reflexives") and token.dep_ in ("dobj", "conj", "appos"):
            while verb.dep_ == "conj" and verb.pos_ != "VERB":
                verb = verb.head
            above = verb if verb.pos_ == "VERB" else verb.head
            if above.lemma_.lower() in (*named("killed_verbs"), *named("shooting_verbs")):
                return token if is_real(above) else None
        if (
            token.lower_ in named("reflexives")
            and verb.lower_ == "on"
            and verb.head.lemma_ == "turn"
        ):
            return token if is_real(verb.head) else None
        own = any(child.lower_ == "own" for child in token.children)
        if token.lower_ == "life" and own and verb.lemma_ == "take" and is_real(verb):
            return token
        if token.lower_ == "suicide" and verb.lemma_ == "commit" and is_real(verb):
            return token
    return None


def _is_indefinite(token: Token) -> bool:
    """Whether a noun is told for the first time: a man, another officer."""
    return any(child.dep_ == "det" and child.lower_ in _ONE for child in token.children)


def _is_lost(person: Token) -> bool:
    """Whether "the death of" somebody is told here: somebody new, or what it all led to."""
    if _is_new(person):
        return True
    loss = person.head.head
    caused = loss.dep_ in ("pobj", "dobj") and person.ent_type_ == "PERSON"
    return caused and any(
        node.lemma_.lower() in named("causing_verbs") for node in (loss.head, loss.head.head)
    )


def _is_worker(lemma: str) -> bool:
    """Whether a noun names a person by trade or origin: a welder, a florist, a Syrian."""
    form = lemma.endswith(tuple(named("person_endings")))
    return form and not any(lemma in named(key) for key in ("things", "vehicles_nouns"))


def _is_new(noun: Token) -> bool:
    """Whether a noun names somebody new, with "a" or, as headlines do, with nothing."""
    if _is_indefinite(noun):
        return True
    bound = any(child.dep_ in ("det", "poss", "nummod") for child in noun.children)
    opening = noun.tag_ == "NNP" and noun.i == noun.sent.start
    return (noun.tag_ == "NN" or opening) and not bound and noun.lemma_.lower() in named("persons")


def _stands_for_new(pronoun: Token) -> bool:
    """Whether it means somebody new: "a teen is recovering after he was shot"."""
    verb = pronoun.head
    subject = child_of(verb.head, *SUBJECTS) if verb.dep_ == "advcl" else None
    return subject is not None and _is_indefinite(subject) and _is_main(verb.head)


def _is_where_it_ended(verb: Token) -> bool:
    """Whether a verb tells what happened at a place just named: "a hospital, where he died"."""
    return verb.dep_ in ("relcl", "advcl") and any(c.lower_ == "where" for c in verb.children)


def _is_main(verb: Token) -> bool:
    """Whether a verb tells the sentence's own news."""
    node = verb
    for _ in range(_DEPTH):
        if node.dep_ == "ROOT":
            return True
        if node.dep_ not in _MAIN:
            return False
        if node.dep_ == "advcl":
            return False
        node = node.head
    return False


def _first(person: Token) -> Token:
    """The first word of a person's phrase, up to its article."""
    for child in person.lefts:
        if child.dep_ == "det" or (child.dep_ == "poss" and child.pos_ == "PRON"):
            return child
    lefts = (child for child in person.lefts if child.dep_ in ("amod", "compound"))
    return min((person, *lefts), key=lambda token: token.i)


def nones(sentence: Span) -> Iterator[Told]:
    """What a sentence says there was none of."""
    for token in sentence:
        if token.lower_ in named("none_words") and token.dep_ in ("det", "nummod", "neg", "intj"):
            yield from _none_of(token)
        elif token.lower_ in named("nobody") or (
            token.lower_ == "one" and token.i > sentence.start and token.nbor(-1).lower_ == "no"
        ):
            yield from _nobody(token)
        elif token.lower_ in named("anybody") and _is_denied(token):
            what = _done_to(token.head)
            if what:
                yield Told(token, token, what, 0)


def _is_denied(anybody: Token) -> bool:
    """ "Did not arrest anyone"."""
    return anybody.dep_ == "dobj" and any(c.dep_ == "neg" for c in anybody.head.children)


def _none_of(none: Token) -> Iterator[Told]:
    """ "No arrests or injuries", "no officers were hurt"."""
    noun = none.head
    nouns = [noun, *(child for child in noun.children if child.dep_ == "conj")]
    for one in nouns:
        words = {child.lower_ for child in one.children}
        if words & named("unknown_before"):
            continue
        lemma = one.lemma_.lower()
        if lemma in named("both_nouns"):
            yield Told(none, one, "killed", 0)
            yield Told(none, one, "injured", 0)
            continue
        for what in ("killed", "injured", "detained"):
            if lemma in named(f"{what}_nouns"):
                yield Told(none, one, what, 0)
    lists = ("persons", "participants", "police", "suspects", "bystanders")
    if any(noun.lemma_.lower() in named(key) for key in lists):
        yield from _nobody(noun)


def _nobody(token: Token) -> Iterator[Told]:
    """ "Nobody was hurt"."""
    verb = token.head
    others = ("else", "other", "of")
    if any(word.lower_ in others for word in token.children) or _is_followed(token, others):
        return
    first = token.nbor(-1) if token.lower_ == "one" else token
    if token.dep_ == "nsubj" and is_dying(verb):
        yield Told(first, token, "killed", 0)
    elif token.dep_ in SUBJECTS:
        for one in (verb, *(child for child in verb.children if child.dep_ == "conj")):
            what = _done_to(one) if one.tag_ in ("VBN", "VBD", "JJ") else None
            if what:
                yield Told(first, token, what, 0)


def _is_followed(token: Token, words: tuple[str, ...]) -> bool:
    """Whether one of the words comes next."""
    return token.i + 1 < len(token.doc) and token.nbor(1).lower_ in words


def _done_to(verb: Token) -> str | None:
    """What a verb would have done, said that it did not."""
    word = verb.lower_
    for what in ("killed", "injured", "detained"):
        if word in named(f"after_{what}") or verb.lemma_.lower() in named(f"{what}_verbs"):
            return what
    return None
