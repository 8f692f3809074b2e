"""PLOVER events of single sentences: what, by whom, to whom, in the names of 2018."""

from __future__ import annotations

from spacy.tokens import Token

from tocsin.coding import Coder
from tocsin.coding.document import Document, parse
from tocsin.coding.kind import Telling, clause_verb, find_tellings
from tocsin.coding.roles import (
    QUANTITIES,
    agent_of,
    child_of,
    classes_of,
    is_passive,
    patient_of,
    subject_of,
    word_classes,
)
from tocsin.coding.who_lexicon import speakers
from tocsin.evaluate.tasks import Fields
from tocsin.model import Report
from tocsin.ontology import Ontology, facts_from

_NAMES = {"REQUEST": "DEMAND", "ACCUSE": "DISAPPROVE"}
_WORDS_OF_COOPERATION = frozenset(
    {"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT"}
)
_KEPT = frozenset({"DEMAND", "DISAPPROVE", "REJECT", "THREATEN", "INVESTIGATE"})
_NOTHING = "CONSULT"  # the commonest thing that sides do when no cue is found
_SIDES = frozenset({"GPE", "NORP", "ORG", "PERSON"})
_ACTORS = frozenset(
    {"police", "military", "official", "court", "armed", "protest", "crowd", "state", "guard"}
)
_MEASURES = frozenset({"hundred", "thousand", "group", "member", "number", "score", "dozen"})
# What may stand inside the tagged name of a side without naming it, and before its name.
_UNNAMED = frozenset({"DET", "PUNCT", "PART", "ADP", "NUM"})
_LOOSE = frozenset({"DET", "PUNCT", "NUM", "ADV", "ADP", "SCONJ"})
_OF = frozenset({"of", "in", "from"})
_WHERE = frozenset({"in", "at", "near", "outside", "inside", "around", "throughout"})
# Passives whose subject acts, and words after which the sentence tells of something else.
_ACTING = frozenset({"engaged", "involved", "opposed", "prepared", "committed", "determined"})
_OTHER_MATTER = frozenset({"after", "following", "as", "while", "since", "because", "before"})
_REPORTING = frozenset({"say", "report", "tell", "announce", "quote", "add", "state"})


def predict(record: Fields, coder: Coder) -> Fields:
    """Code one sentence: the leading event, then others of the same sentence."""
    text = str(record["text"])
    document = parse(_report(str(record["id"]), text), coder.nlp)
    tellings = [*find_tellings(document), *find_tellings(document, "posture")]
    told = sorted((t for t in tellings if t.kind), key=lambda t: _rank(t))
    events: list[Fields] = []
    for telling in told:
        event = _event(telling, coder.ontology)
        if event is not None and event not in [known["event"] for known in events]:
            source = _source(telling)
            target = _target(telling, source)
            events.append({"event": event, "source": _side(source), "target": _side(target)})
    return {"id": record["id"], "events": events[:1] or [_default(document)]}


def _report(name: str, text: str) -> Report:
    return Report(id=name, text=text, text_digest="", raw_digest="")


def _rank(telling: Telling) -> tuple[bool, bool, int, int]:
    """The main clause first, firm before weak."""
    return telling.background, telling.confidence <= 0.5, _depth(telling.token), telling.start


def _depth(token: Token) -> int:
    """Steps to the main verb; what "said" governs is no deeper than the main clause."""
    steps = 0
    while token.head.i != token.i:
        if not (token.dep_ == "ccomp" and token.head.lemma_ in _REPORTING):
            steps += 1
        token = token.head
    return steps


def _event(telling: Telling, ontology: Ontology) -> str | None:
    """The code of a telling: planned help is agreed on, planned harm is threatened."""
    code = ontology.crosswalks["plover"].code(telling.kind, facts_from(()))
    if code is None:
        return None
    event, _, mode = code.partition("/")
    name = "INVESTIGATE" if mode == "investigate" else _NAMES.get(event, event)
    if telling.status in ("planned", "feared") and name not in _KEPT:
        return "AGREE" if name in _WORDS_OF_COOPERATION else "THREATEN"
    return "REJECT" if telling.status == "denied" and name != "THREATEN" else name


def _source(telling: Telling) -> Token | None:
    """Who does it; a pronoun stands for the subject of the whole sentence."""
    verb = clause_verb(telling.token)
    doer = telling.agent or agent_of(verb)
    if doer is None and (not is_passive(verb) or verb.lower_ in _ACTING):
        doer = subject_of(verb)
    if doer is not None and doer.pos_ == "PRON":
        return subject_of(verb.sent.root) or doer
    return doer


def _target(telling: Telling, source: Token | None) -> Token | None:
    """Whom it is done to: the patient if it can act, else the first side named after the cue."""
    taken = {t.i for t in source.subtree} if source is not None else set()
    verb = clause_verb(telling.token)
    patients = [p for p in (telling.patient, patient_of(verb)) if p is not None]
    patients = [_counted(p) for p in patients if p.i not in taken]
    for patient in patients:
        if patient.pos_ != "PRON" and _is_somebody(patient):
            return patient
    inside = [t for patient in patients for t in patient.subtree]
    after = [t for t in telling.token.sent if t.i > telling.token.i]
    named = [t for t in (*inside, *after) if _is_named(t) and t.i not in taken]
    if not named:
        return None
    other = next((t.i for t in after if t.lower_ in _OTHER_MATTER), len(verb.doc))
    return _phrase_head(min(named, key=lambda t: (t.i > other, _is_setting(t))))


def _is_named(token: Token) -> bool:
    """Tell whether a word names a side that does more here than to report."""
    return token.ent_type_ in _SIDES and token.pos_ not in _UNNAMED and not _is_reporter(token)


def _is_setting(token: Token) -> bool:
    """Tell whether a name says only where it happens: "in Montenegro"."""
    while token.dep_ in ("compound", "amod", "nmod", "poss", "conj"):
        token = token.head
    return token.ent_type_ == "GPE" and token.dep_ == "pobj" and token.head.lower_ in _WHERE


def _counted(head: Token) -> Token:
    """What a quantity is a quantity of: "part of a stronghold", "scores of refugees"."""
    if head.lemma_.lower() not in QUANTITIES:
        return head
    inner = (t for c in head.children if c.lower_ == "of" for t in c.children if t.dep_ == "pobj")
    return next(inner, head)


def _is_somebody(head: Token) -> bool:
    """Tell whether a phrase is a side by its own noun: "official contact" is none."""
    return head.ent_type_ in _SIDES or bool(word_classes(head) & _ACTORS)


def _is_side(head: Token) -> bool:
    return head.ent_type_ in _SIDES or bool(classes_of(head) & _ACTORS)


def _is_reporter(token: Token) -> bool:
    """Tell whether a name belongs to who reports it: "..., an official of the ministry said"."""
    while token.head.i != token.i:
        if token.dep_ == "nsubj" and token.head.lemma_ in _REPORTING:
            return True
        token = token.head
    return False


def _phrase_head(token: Token) -> Token:
    """From a name to the noun that it describes, if that noun is a side: "Serbian forces"."""
    head = token
    while head.dep_ in ("compound", "amod", "nmod") and head.head.i > head.i:
        head = head.head
    known = _is_side(head) or speakers().knows(head.lemma_.lower())
    return head if known or token.ent_type_ == "NORP" else token


def _side(head: Token | None) -> list[Fields]:
    """The words of an actor, and of those joined to it."""
    if head is None:
        return []
    joined = [token for token in head.conjuncts if token.i > head.i and _is_side(token)]
    return [{"text": _words(token)} for token in (head, *joined)]


def _words(head: Token) -> str:
    """The noun phrase of a head without articles, figures and what follows it."""
    if not _is_side(head) or head.lemma_.lower() in _MEASURES:
        named = next((t for t in head.subtree if t.ent_type_ in _SIDES), None)
        if named is not None:
            head = _phrase_head(named)
    start = head.left_edge.i
    while start < head.i and _is_loose(head.doc[start], head):
        start += 1
    return str(head.doc[start : _end(head)].text)


def _end(head: Token) -> int:
    """Where the words of a side end: with the state or body that it is of."""
    after = head.nbor() if head.i + 1 < len(head.doc) else head
    if after.lower_ not in _OF or after.head.i != head.i:
        return head.i + 1
    inner = child_of(after, "pobj")
    if inner is None or inner.ent_type_ not in ("GPE", "ORG"):
        return head.i + 1
    return inner.i + 1


def _is_loose(token: Token, head: Token) -> bool:
    """Tell whether a leading word is no part of a name: articles, figures, plain adjectives."""
    if token.pos_ in _LOOSE or token.head.pos_ == "NUM":
        return True
    return token.is_lower and head.pos_ == "PROPN"


def _default(document: Document) -> Fields:
    root = document.sentences[0].span.root
    return {
        "event": _NOTHING,
        "source": _side(subject_of(root)),
        "target": _side(patient_of(root)),
    }
