"""Who does what to whom: the agent and the patient of a word, from the parse."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from spacy.tokens import Token

from tocsin.lang.lexicon import word_lists, word_maps

SUBJECTS = ("nsubj", "nsubjpass")  # of an active verb, and of a passive one
NOBODY = frozenset({"-"})
_THINGS = frozenset({"property", "vehicle", "objects", "animal", "firearm"})
QUANTITIES = frozenset(
    {"hundred", "thousand", "dozen", "group", "number", "member", "score", "ten", "million"}
    | {"some", "many", "several", "most", "one", "two", "three", "four", "part", "handful"}
)
_TARGET_PREPOSITIONS = frozenset({"on", "at", "into", "against", "toward", "towards", "upon"})
# Verbs whose bare past form in a headline is a passive: "Man shot in Leeds".
_HEADLINE_PASSIVES = frozenset({"shoot", "kill", "stab", "arrest", "injure", "wound", "hurt"})
_TALLY_WORDS = frozenset({"time", "times"})  # "shot several times" hits nobody called times
_BY_REACH = 14  # words from a deed to its doer after "by"
_DATELINE, _SHORTEST_DATELINE = 14, 4  # words that a dateline may run to; letters of its town
_DEAD_REACH = 9  # words from "shot" to the end of whom it killed
_DEAD_VERBS = frozenset({"shoot", "gun", "strike", "stab"})
_AT = frozenset({"in", "at", "near", "from", "outside"})
_BY_MEANS = frozenset({"shot", "bullet", "fire", "gunfire", "hand", "blow", "shell", "round"})
_AUXILIARIES = frozenset({"aux", "auxpass", "nsubj", "nsubjpass"})
_FOUND_REACH = 3  # words from "found" to what had happened to somebody
_JOINTS = frozenset({"as", "after", "before", "until", "since"})  # prepositions or conjunctions
_PROTESTING = frozenset({"protest", "demonstrate", "march", "rally"})
_RELATIVE = frozenset({"who", "which", "that", "whom"})


def child_of(token: Token | None, *relations: str) -> Token | None:
    """Return the first word that hangs on another by one of these relations."""
    if token is not None:
        for child in token.children:
            if child.dep_ in relations:
                return child
    return None


@cache
def _classes_by_word() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for name, words in word_lists("en", "roles").items():
        for word in words:
            found.setdefault(word, set()).add(name)
    return {word: frozenset(names) for word, names in found.items()}


@cache
def _classes_by_name() -> dict[str, str]:
    return dict(word_maps("en", "roles")["names"])


@cache
def _object_control() -> frozenset[str]:
    return frozenset(word_lists("en", "roles")["object_control"])


def word_classes(token: Token) -> frozenset[str]:
    """Return the classes of one word by its own form."""
    table = _classes_by_word()
    singular = token.lower_.removesuffix("s") if token.pos_ == "PROPN" else token.lower_
    forms = {token.lower_, token.lemma_.lower(), singular}
    return frozenset().union(*(table.get(form, frozenset()) for form in forms))


def classes_of(head: Token | None) -> frozenset[str]:
    """Return what the somebody or something of a noun phrase is; `-` if nobody is named."""
    if head is None:
        return NOBODY
    found: set[str] = set()
    for token in (head, *head.conjuncts):
        found |= _phrase_classes(token)
    return frozenset(found) or frozenset({"other"})


def _phrase_classes(head: Token) -> set[str]:
    own = set(word_classes(head))
    if own & _THINGS and not own - _THINGS:
        return own
    for child in head.children:
        if child.dep_ in ("compound", "amod", "nmod", "appos"):
            own |= word_classes(child) - _THINGS
            own |= _name_classes(child)
        if child.dep_ in ("acl", "relcl") and child.lemma_.lower() in _PROTESTING:
            own.add("protest")
    own |= _name_classes(head)
    if head.lemma_.lower() in QUANTITIES or head.pos_ in ("NUM", "DET"):
        for inner in _objects(head, frozenset({"of"})):
            own |= _phrase_classes(inner)
        if len(own) == 0 and head.pos_ == "NUM":
            own.add("person")
    if head.ent_type_ == "PERSON" and not own & {"police", "military", "armed"}:
        own.add("person")
    if head.ent_type_ in ("GPE", "NORP") and not own:
        own |= {"official", "state"} if head.ent_type_ == "GPE" else {"person", "crowd"}
    if head.lower_ in ("he", "she", "him", "her"):
        own.add("person")
    return own


def _name_classes(token: Token) -> set[str]:
    code = _classes_by_name().get(token.lower_)
    return {code} if code else set()


def _objects(token: Token, prepositions: frozenset[str]) -> Iterator[Token]:
    for child in token.children:
        if child.dep_ in ("prep", "agent", "dative") and child.lower_ in prepositions:
            yield from (inner for inner in child.children if inner.dep_ == "pobj")


def is_passive(verb: Token) -> bool:
    """Tell whether a verb stands in the passive or as a past participle after its noun."""
    if _dead_object(verb) is not None:
        return False
    if any(child.dep_ in ("nsubjpass", "auxpass") for child in verb.children):
        return True
    if (verb.dep_ in ("acl", "amod") and verb.tag_ == "VBN") or _finding(verb) is not None:
        return True
    return verb.lemma_.lower() in _HEADLINE_PASSIVES and _is_bare(verb)


def _dead_object(verb: Token) -> Token | None:
    """The one killed in "shot dead a boy at the wheel": the noun behind "dead"."""
    after = verb.doc[verb.i + 1 : min(verb.i + _DEAD_REACH, verb.sent.end)]
    if len(after) < 2 or after[0].lower_ != "dead" or verb.lemma_.lower() not in _DEAD_VERBS:
        return None
    if any(child.dep_ == "auxpass" for child in verb.children):
        return None
    if after[1].pos_ not in ("DET", "NUM", "PROPN", "ADJ", "NOUN", "PRON"):
        return None
    last = None
    for token in after[1:]:
        if token.pos_ in ("ADP", "VERB", "AUX", "CCONJ", "SCONJ") or token.text in ",;:.":
            break
        if token.pos_ in ("NOUN", "PROPN", "NUM", "PRON", "ADJ"):
            last = token
    return last


def _finding(verb: Token) -> Token | None:
    """The verb of "was found fatally shot": who was found suffered it, nobody is said to do it."""
    if verb.tag_ != "VBN" or any(child.dep_ in _AUXILIARIES for child in verb.children):
        return None
    before = verb.doc[max(verb.sent.start, verb.i - _FOUND_REACH) : verb.i]
    for token in reversed(before):
        if token.pos_ != "ADV":
            is_passive_find = token.lemma_ == "find" and token.tag_ == "VBN"
            return token if is_passive_find else None
    return None


def _is_bare(verb: Token) -> bool:
    """A past form without object or target: in a headline the subject suffered it."""
    if _shared_object(verb) is not None:
        return False
    if verb.tag_ not in ("VBD", "VBN") or any(c.dep_ in ("aux", "dobj") for c in verb.children):
        return _late_by(verb) is not None and verb.tag_ in ("VBD", "VBN")
    targets = [c for c in verb.children if c.dep_ == "prep" and c.lower_ in ("at", "on", "into")]
    return not any(c.dep_ == "pobj" for target in targets for c in target.children)


def subject_of(verb: Token) -> Token | None:
    """Return the grammatical subject of a verb, its own or the one it shares."""
    seen = verb
    for _ in range(5):
        for child in seen.children:
            if child.dep_ in SUBJECTS and child.i != verb.i and not _is_label(child):
                return _antecedent(child, seen)
        if (told := _told_before(seen)) is not None or _is_told(seen):
            return told
        if seen.dep_ in ("conj", "xcomp", "advcl", "pcomp", "ccomp") and seen.head.i != seen.i:
            governed = seen
            seen = seen.head.head if seen.head.pos_ == "ADP" else seen.head
            controller = _controller(seen, governed)
            if controller is not None:
                return controller
            continue
        if seen.dep_ in ("acl", "relcl"):
            return seen.head
        return None
    return None


def _is_label(subject: Token) -> bool:
    """Tell whether a line only names its source: in "Police: man shoots girl" the man shoots."""
    return subject.i + 1 < len(subject.doc) and subject.nbor().text == ":"


def _told_before(verb: Token) -> Token | None:
    """Of whom the same saying tells: in "police say he reached up, fell" police did not fall."""
    if verb.dep_ != "ccomp":
        return None
    earlier = (c for c in verb.head.children if c.dep_ == "ccomp" and c.i < verb.i)
    return next((c for e in earlier for c in e.children if c.dep_ == "nsubj"), None)


def _is_told(verb: Token) -> bool:
    """Whether a saying tells of a deed whose doer the parse lost: whoever says it is not that."""
    said = verb.head.lemma_.lower() in word_lists("en", "time")["saying"]
    return verb.dep_ == "ccomp" and verb.tag_ in ("VBD", "VBZ", "VBP") and said


def _controller(verb: Token, governed: Token) -> Token | None:
    """Whom a governing verb makes the doer: "accuse the army of", "ask people to"."""
    if governed.dep_ not in ("xcomp", "pcomp") or verb.lemma_.lower() not in _object_control():
        return None
    for child in verb.children:
        if child.dep_ in ("dobj", "obj") and child.i < governed.i:
            return child
    return None


def _antecedent(subject: Token, verb: Token) -> Token:
    after = _after_dateline(subject)
    if after is not None:
        return after
    if subject.lower_ in _RELATIVE and verb.dep_ == "relcl":
        return _someone_at(verb.head) if subject.lower_ == "who" else verb.head
    return subject


def _someone_at(noun: Token) -> Token:
    """Whom "who" means behind a place: "a boy in nearby Leeds, who was shot" is the boy."""
    if noun.dep_ != "pobj" or noun.head.lower_ not in _AT or _phrase_classes(noun) & {"police"}:
        return noun
    above = noun.head.head
    return above if above.pos_ != "VERB" and "person" in _phrase_classes(above) else noun


def _after_dateline(subject: Token) -> Token | None:
    """The doer that stands after a dateline which the parse took for the subject."""
    if not subject.is_upper or len(subject) < _SHORTEST_DATELINE:
        return None
    opening = subject.sent[:_DATELINE]
    dash = next((t for t in opening if t.i > subject.i and t.text in ("-", "--", "–", "—")), None)
    if dash is None:
        return None
    nouns = (t for t in opening if t.i > dash.i and t.pos_ in ("NOUN", "PROPN"))
    return next((t for t in nouns if t.dep_ != "compound"), None)


def agent_of(token: Token) -> Token | None:
    """Return who does it: the subject of an active verb, the by-phrase, a noun's doer."""
    by = _wielder_of(next(_objects(token, frozenset({"by"})), None)) or _late_by(token)
    if token.pos_ in ("VERB", "AUX"):
        if is_passive(token):
            return by
        if token.dep_ == "acl" and (token.tag_ == "VBG" or _dead_object(token) is not None):
            return token.head
        return subject_of(token)
    if by is not None:
        return by
    for child in token.children:
        if child.dep_ in ("compound", "poss", "amod") and _can_act(child):
            return child
    return None


def _wielder_of(by: Token | None) -> Token | None:
    """Who stands behind a means: "by the shot of a policeman", "by the hands of soldiers"."""
    if by is None or by.lemma_.lower() not in _BY_MEANS:
        return by
    return next(_objects(by, frozenset({"of", "from"})), None) or by


def _late_by(token: Token) -> Token | None:
    """A by-phrase that the parse hung on another word: "shot several times by police"."""
    for word in token.doc[token.i + 1 : min(token.i + _BY_REACH, token.sent.end)]:
        if word.pos_ == "VERB" or word.text in ";:":
            return None
        if word.lower_ == "by" and word.dep_ in ("prep", "agent"):
            doer = child_of(word, "pobj")
            return doer if doer is not None and _can_act(doer) else None
    return None


def _can_act(token: Token) -> bool:
    return bool(word_classes(token) & {"police", "military", "guard", "armed", "security"})


def patient_of(token: Token) -> Token | None:
    """Return whom it is done to: object, passive subject, target of a preposition, of-phrase."""
    if token.pos_ in ("VERB", "AUX"):
        return _verb_patient(token)
    if token.dep_ == "acomp":
        return subject_of(token.head)
    of = next(_objects(token, frozenset({"of"})), None)
    if of is not None:
        return of
    for child in token.children:
        if child.dep_ == "poss" and not _can_act(child):
            return child
    return next(_objects(token, _TARGET_PREPOSITIONS), None)


def target_of(token: Token) -> Token | None:
    """At whom or what something is aimed: "driven at the officers"."""
    return next(_objects(token, _TARGET_PREPOSITIONS), None)


def _mistaken_subject(verb: Token) -> Token | None:
    """The subject that the parse hung on a joint before it: "troops sent as a man is charged"."""
    first = child_of(verb, "aux", "auxpass")
    if first is None or first.i == verb.sent.start or verb.dep_ not in ("relcl", "acl"):
        return None
    before = first.nbor(-1)
    is_joined = before.dep_ == "pobj" and before.head.lower_ in _JOINTS
    return before if is_joined else None


def _shared_object(verb: Token) -> Token | None:
    """The object that a verb has in common with the verb joined to it: "shot and wounded her"."""
    joined = next((c for c in verb.children if c.dep_ == "conj" and c.pos_ == "VERB"), None)
    return child_of(joined, "dobj", "obj")


def _verb_patient(verb: Token) -> Token | None:
    dead = _dead_object(verb)
    if dead is not None:
        return dead
    if is_passive(verb):
        for child in verb.children:
            if child.dep_ in SUBJECTS:
                return _antecedent(child, verb)
        if (subject := _mistaken_subject(verb)) is not None:
            return subject
        if (finding := _finding(verb)) is not None:
            return _verb_patient(finding)
        return subject_of(verb) if verb.dep_ in ("conj", "xcomp") else verb.head
    for child in verb.children:
        if child.dep_ in ("dobj", "obj") and child.lower_ not in _TALLY_WORDS:
            target = next(_objects(verb, _TARGET_PREPOSITIONS), None)
            return target if child.lower_ in ("fire", "shot", "shots") else child
    shared = _shared_object(verb)
    if shared is not None:
        return shared
    if verb.dep_ == "relcl":
        for child in verb.children:
            if child.lower_ in ("whom", "who", "that") and child.dep_ != "nsubj":
                return verb.head
    if (
        verb.dep_ == "xcomp"
        and verb.tag_ != "VBG"
        and any(child.dep_ == "auxpass" for child in verb.children)
    ):
        return subject_of(verb)
    return next(_objects(verb, _TARGET_PREPOSITIONS), None)
