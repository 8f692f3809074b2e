"""What a figure counts, by the noun it stands with and the verb that governs it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from tocsin.coding.roles import SUBJECTS
from tocsin.lang.lexicon import word_lists
from tocsin.terms import Side

# Words between the persons counted and what befell them: "12 people were later found dead".
_REACH = 6
_NOUN_REACH = 5
_FOUND_REACH = 11  # "found a 16-year-old girl dead"
_DEPTH = 8
# From this many on, "200 protesters" were there even where the verb says nothing of it.
_CROWD_LEAST = 10
_HARMS = ("killed", "injured", "struck", "detained", "abducted")
_PATIENT = frozenset({"dobj", "obj", "nsubjpass", "oprd"})


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted, and the word that names it."""

    what: str
    head: Token


@cache
def named(key: str) -> frozenset[str]:
    """One word list of the counts."""
    return frozenset(word_lists("en", "numbers")[key])


def counted(number: Token, last: Token, *, low: int, vague: bool) -> Counted | None:
    """What the figure counts that ends with a token; None when that is not said."""
    noun, top = _noun_of(number, last)
    if noun is not None and noun.lower_ == "shot" and low != 1:
        noun, top = None, number
    if noun is not None:
        lemma = noun.lemma_.lower()
        by_noun = None if _is_authority(noun) else _noun_what(lemma)
        if by_noun is not None:
            return Counted(by_noun, noun)
        if lemma in named("vehicles_nouns") or lemma in named("buildings_nouns"):
            return _damaged(noun, top)
        if lemma in named("things") or lemma in named("crowd_nouns"):
            return None
    head = noun if noun is not None else number
    harm = _before_noun(last, noun) or _after(head) or _governed(top)
    if harm is not None:
        return Counted(harm, head)
    if _is_crowd(top, noun, low=low, vague=vague):
        return Counted("present", head)
    if noun is not None and noun.lemma_.lower() in named("police") and _is_sent(top):
        return Counted("officers", noun)
    return None


def _is_authority(noun: Token) -> bool:
    """Tell whether "two bodies" do something, so that they are no dead."""
    if noun.lemma_.lower() != "body" or noun.dep_ != "nsubj":
        return False
    return any(child.dep_ in ("dobj", "ccomp", "xcomp") for child in noun.head.children)


def _noun_what(lemma: str) -> str | None:
    """What a noun counts by itself: deaths, arrests, shots."""
    for what in ("killed", "injured", "detained", "shots"):
        if lemma in named(f"{what}_nouns"):
            return what
    return None


def _noun_of(number: Token, last: Token) -> tuple[Token | None, Token]:
    """The noun a number stands with, and the word of the phrase that the verb governs."""
    node = number
    for _ in range(_DEPTH):
        if node.dep_ in ("nummod", "quantmod", "compound", "amod", "advmod", "det"):
            node = node.head
        else:
            break
    if node.i != number.i and node.pos_ in ("NOUN", "PROPN") and node.i > last.i:
        return node, node
    for child in last.children:
        if child.lower_ == "of" and child.i == last.i + 1:
            inner = [word for word in child.children if word.dep_ == "pobj"]
            if inner:
                return inner[0], last if last.dep_ not in ("nummod", "quantmod") else last.head
    return _next_noun(last), node


def _next_noun(last: Token) -> Token | None:
    """The noun that follows a figure where the parse does not tie them."""
    doc, found = last.doc, None
    for token in doc[last.i + 1 : min(last.i + 1 + _NOUN_REACH, last.sent.end)]:
        if token.pos_ in ("NOUN", "PROPN"):
            found = token
        elif (
            found is not None
            or token.pos_ not in ("ADJ", "ADP", "DET", "NUM")
            or (token.pos_ == "ADP" and token.lower_ != "of")
        ):
            break
    return found


def _before_noun(last: Token, noun: Token | None) -> str | None:
    """What the words between a number and its noun say: "three injured protesters"."""
    if noun is None:
        return None
    for token in last.doc[last.i + 1 : noun.i]:
        for what in _HARMS:
            if token.lower_ in named(f"after_{what}") and token.lower_ != "critical":
                return what
    return None


def _after(head: Token) -> str | None:
    """What the words right after the persons say: "17 people were found dead"."""
    sentence = head.sent
    start = head.i + 1
    start = _past_aside(head, start)
    for token in head.doc[start : min(start + _REACH, sentence.end)]:
        word = token.lower_
        if _has_object(token):
            return None
        if word in named("after_killed") or _ends_fatally(token):
            return "killed"
        if word in named("after_injured"):
            return "injured"
        if word in named("after_struck"):
            return _shot_or_dead(token)
        if word in named("after_detained"):
            return "detained"
        if word in named("after_abducted"):
            return "abducted"
        if word in named("custody_words"):
            return "detained"
        if word not in named("between_words"):
            break
    return None


def _ends_fatally(token: Token) -> bool:
    """Tell whether a clause says no more: "nine people were shot, one fatally"."""
    ended = token.i + 1 == token.sent.end or token.nbor(1).is_punct
    return bool(token.lower_ == "fatally" and ended)


def _past_aside(head: Token, start: int) -> int:
    """Where the clause goes on after "- including two children -"."""
    after = head.doc[start : head.sent.end]
    if len(after) < 3 or not after[0].is_punct or after[1].lower_ not in ("including", "among"):
        return start
    for token in after[2:]:
        if token.lower_ == after[0].lower_:
            return int(token.i) + 1
    return start


def _has_object(token: Token) -> bool:
    """Whether a word is an active verb: "the four suspects killed two men"."""
    active = token.tag_ in ("VBD", "VBP", "VBN") and token.pos_ == "VERB"
    helped = any(child.dep_ == "auxpass" for child in token.children)
    return (
        active
        and not helped
        and any(child.dep_ == "dobj" and 0 < child.i - token.i < _REACH for child in token.children)
    )


def _shot_or_dead(token: Token) -> str | None:
    """Killed where "shot" goes on "dead" or "and killed"; nothing where the word has an object."""
    return "killed" if is_fatal(token) else "struck"


def is_fatal(verb: Token) -> bool:
    """Whether a verb of force is said to have killed: shot dead, fatally shot, shot and killed."""
    words = {child.lower_ for child in verb.children}
    words |= {token.lower_ for token in verb.doc[max(0, verb.i - 1) : verb.i + 3]}
    if words & named("fatal_words") or _is_to_death(verb):
        return True
    return any(
        child.dep_ == "conj" and child.lemma_.lower() in named("killed_verbs")
        and not any(grand.dep_ in ("dobj", "nsubj", "nsubjpass") for grand in child.children)
        for child in verb.children
    )  # fmt: skip


def _is_to_death(verb: Token) -> bool:
    """Whether a verb is one "to death", however far behind it: "shot herself to death"."""
    to = next((child for child in verb.children if child.lower_ == "to"), None)
    return to is not None and any(child.lower_ == "death" for child in to.children)


def is_dying(verb: Token) -> bool:
    """Whether the subject of a verb loses their life: "died", "passed away"."""
    lemma = verb.lemma_.lower()
    away = lemma == "pass" and any(child.lower_ == "away" for child in verb.children)
    return away or lemma in named("die_verbs")


def _governed(top: Token) -> str | None:
    """What the verb or noun above says befell those counted."""
    node = top
    for _ in range(_DEPTH):
        if node.dep_ in ("conj", "appos") and node.head.pos_ in ("NOUN", "NUM", "PROPN", "ADJ"):
            node = node.head
        else:
            break
    head = node.head
    if node.dep_ == "pobj" and head.lower_ in ("of", "to"):
        return loss_of(head)
    if node.dep_ == "nsubj":
        return _subject_harm(head)
    if node.dep_ in _PATIENT or (node.dep_ == "dep" and head.pos_ == "VERB"):
        return patient_harm(head, passive=node.dep_ == "nsubjpass")
    if node.dep_ in ("ccomp", "ROOT") and head.lemma_ == "leave":
        return None
    return None


def loss_of(preposition: Token) -> str | None:
    """ "The killing of two", "a toll of 12", "the toll rose to 39"."""
    owner = preposition.head
    lemma = owner.lemma_.lower()
    if lemma in named("shooting_nouns"):
        words = {child.lower_ for child in owner.children}
        return "killed" if words & named("fatal_words") else "struck"
    if lemma in named("toll_nouns"):
        return "killed"
    what = _noun_what(lemma)
    if what is not None and what != "shots":
        return what
    subjects = [child for child in owner.children if child.dep_ == "nsubj"]
    tolls = any(child.lemma_.lower() in named("toll_nouns") for child in subjects)
    return "killed" if tolls and owner.pos_ == "VERB" else None


def _subject_harm(verb: Token) -> str | None:
    """What the subject of a verb suffered: those who died, or are in custody."""
    lemma = verb.lemma_.lower()
    if is_dying(verb):
        return "killed" if is_real(verb) else None
    objects = [child for child in verb.children if child.dep_ in ("dobj", "obj")]
    if verb.tag_ == "VBN" and not objects:
        return patient_harm(verb, passive=True)
    words = {token.lower_ for token in verb.doc[verb.i + 1 : min(verb.i + 7, verb.sent.end)]}
    if verb.pos_ == "AUX" or lemma in ("be", "remain"):
        if "dead" in words:
            return "killed"
        if words & named("custody_words"):
            return "detained"
        if words & named("condition_words"):
            return "struck"
    if lemma == "lose" and any(child.lemma_ == "life" for child in objects):
        return "killed"
    if lemma in named("suffer_verbs"):
        return suffered(verb)
    return None


def suffered(verb: Token) -> str | None:
    """Return injured where a verb of suffering has injuries after it."""
    for token in verb.doc[verb.i + 1 : min(verb.i + 10, verb.sent.end)]:
        if token.lemma_.lower() in ("injury", "wound", "burn", "bruise", "fracture"):
            return "injured"
    return None


def patient_harm(verb: Token, *, passive: bool) -> str | None:
    """What a verb does to its object or passive subject; `struck` may have been deadly."""
    if not is_real(verb):
        return None
    lemma = verb.lemma_.lower()
    near = {token.lower_ for token in verb.doc[verb.i + 1 : min(verb.i + 5, verb.sent.end)]}
    if lemma in named("killed_verbs") and lemma not in named("die_verbs"):
        return "killed"
    if lemma in named("injured_verbs"):
        return "killed" if is_fatal(verb) else "injured"
    if lemma in named("shooting_verbs") or (passive and lemma in named("struck_verbs")):
        return "killed" if is_fatal(verb) else "struck"
    if lemma in named("detained_verbs") and (lemma != "round" or "up" in near):
        return "detained"
    if lemma in named("abducted_verbs"):
        return "abducted"
    if lemma in ("take", "place", "put", "have") and near & named("custody_words"):
        return "detained"
    if passive and lemma in named("carried_verbs") and near & {"hospital", "hospitals"}:
        return "killed" if is_fatal(verb) else "injured"
    last = min(verb.i + _FOUND_REACH, verb.sent.end)
    far = {token.lower_ for token in verb.doc[verb.i + 1 : last]}
    if not passive and lemma == "send" and far & {"hospital", "hospitals"}:
        return "struck"
    if passive and lemma in named("held_verbs"):
        return "detained"
    if lemma in named("found_verbs"):
        if far & {"dead", "deceased"} or {"shot", "death"} <= far or {"stabbed", "death"} <= far:
            return "killed"
        return "struck" if near & named("after_struck") else None
    if passive and lemma in named("suffer_verbs"):
        return suffered(verb)
    return None


def is_real(verb: Token) -> bool:
    """Whether a verb tells what happened, not what did not, will or could."""
    for child in verb.children:
        if child.dep_ == "advmod" and child.lower_ in ("nearly", "almost"):
            return False
        if child.dep_ == "neg" or (
            child.dep_ == "aux" and child.lower_ in ("will", "would", "could", "can", "to")
        ):
            return False
    return True


def _damaged(noun: Token, top: Token) -> Counted | None:
    """Vehicles or buildings, where something was done to them."""
    what = "vehicles" if noun.lemma_.lower() in named("vehicles_nouns") else "buildings"
    for token in noun.doc[noun.i + 1 : min(noun.i + 4, noun.sent.end)]:
        if token.lower_ in named("after_damaged"):
            return Counted(what, noun)
        if token.lower_ not in named("between_words"):
            break
    for child in noun.children:
        if child.i < noun.i and child.lower_ in named("after_damaged"):
            return Counted(what, noun)
    node = top
    while node.dep_ == "conj" and node.head.pos_ in ("NOUN", "PROPN"):
        node = node.head
    verb = node.head
    if node.dep_ in _PATIENT and verb.lemma_.lower() in named("damaged_verbs") and is_real(verb):
        return Counted(what, noun)
    fires = node.dep_ == "pobj" and verb.head.lemma_.lower() in ("fire", "arson", "blaze", "damage")
    return Counted(what, noun) if fires else None


def _is_crowd(top: Token, noun: Token | None, *, low: int, vague: bool) -> bool:
    """Whether those counted are people who were there together."""
    lemma = noun.lemma_.lower() if noun is not None else ""
    known = lemma in named("persons") or lemma in named("participants") or not lemma
    if not (known or lemma in named("bystanders")):
        return False
    node = top
    for _ in range(_DEPTH):
        if node.dep_ in ("conj", "appos") and node.head.pos_ in ("NOUN", "NUM", "PROPN"):
            node = node.head
        else:
            break
    verb = node.head
    of_crowd = node.dep_ == "pobj" and verb.lower_ == "of"
    if of_crowd and verb.head.lemma_.lower() in named("crowd_nouns"):
        return True
    if low < _CROWD_LEAST:
        return False
    if node.dep_ in SUBJECTS and verb.lemma_.lower() in named("present_verbs"):
        return is_real(verb)
    if node.dep_ in ("dobj", "pobj") and _drawing(node):
        return True
    if lemma in named("crowders"):
        return True
    return vague and known and bool(lemma) and node.dep_ == "pobj"


def _drawing(node: Token) -> bool:
    """Whether a verb draws or is joined by those counted."""
    verb = node.head.head if node.dep_ == "pobj" else node.head
    by = node.dep_ != "pobj" or node.head.lower_ == "by"
    return by and verb.lemma_.lower() in named("drawn_verbs")


def _is_sent(top: Token) -> bool:
    """Whether officers or troops are deployed."""
    verb = top.head
    return top.dep_ in ("dobj", "nsubjpass") and verb.lemma_.lower() in named("deployed_verbs")


def side_of(noun: Token | None) -> Side:
    """Whose side those counted are on, as far as the noun says."""
    lemma = noun.lemma_.lower() if noun is not None else ""
    sides: tuple[Side, ...] = ("participants", "police", "suspects", "bystanders")
    for side in sides:
        if lemma in named(side):
            return side
    return "unknown"
