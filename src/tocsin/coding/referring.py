"""Words that go back to what was told: a bare "the shooting", forces that add to others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from spacy.tokens import Token

from tocsin.coding.document import Document
from tocsin.coding.kind import Telling
from tocsin.coding.mentions import CountMention
from tocsin.coding.status import patterns
from tocsin.lang.lexicon import word_lists

WEAK = 0.5  # at most this: the telling needs a firm one beside it
CROWD = "demonstration"
HARM_CUES = frozenset({"shoot", "kill", "gunfire", "attack", "police_shooting", "death_of"})
# Words of shots: with somebody hurt beside them they tell an incident.
SHOTS = frozenset({"shoot", "gunfire"})
_HURT = frozenset({"killed", "injured"})
OPENING = 2  # sentences in which a report says what it is about
_AFTER_SHOTS = 3  # sentences after a word of a shooting in which somebody is hurt in it
_REFERRED = frozenset(
    {"police_shooting", CROWD, "armed_attack", "police_use_of_force", "mob_violence"}
)
_FULL_CUES = HARM_CUES | {"clash"}
_PLAIN = 0.75  # a clash that people were killed in
_POLICE = frozenset({"police", "security", "guard", "military"})
_OTHERS = frozenset({"person", "armed"})
_INSIDE = frozenset({"in", "during", "amid"})


def referred(tellings: Iterable[Telling]) -> list[Telling]:
    """Give bare words of harm ("the shooting", "was shot") the kind of the full telling."""
    found = list(tellings)
    found = [replace(t, confidence=_PLAIN) if _is_deadly(t, found) else t for t in found]
    firm = [t for t in found if _is_full(t)]
    out = []
    for telling in found:
        bare = telling.cue in HARM_CUES and telling.confidence <= WEAK
        meant = [t for t in firm if t.start < telling.start or not t.background] or firm
        if bare and not _is_other(telling, firm):
            same = [
                other
                for other in meant
                if not _is_of_one(other, telling) and not _is_by_another(other, telling)
            ]
            nearest = min(same, key=lambda other: _distance(other, telling), default=None)
            if nearest is not None and nearest.kind in _REFERRED:
                telling = replace(telling, kind=nearest.kind, act=nearest.act)
        out.append(telling)
    return out


def is_hurt_beside(telling: Telling, others: Iterable[Telling]) -> bool:
    """Tell whether the sentence of a shot says as news who was hurt: "two dead in a shooting"."""
    return telling.cue in SHOTS and any(
        other.outcome and other.status == "new" and not (other.background and telling.background)
        for other in others
        if other.sentence == telling.sentence
    )


def hurt_sentences(told: Iterable[Telling], others: Iterable[Telling]) -> set[int]:
    """Return where harm is told; of shots also where somebody was hurt or shots are told again."""
    told = tuple(told)
    found = {telling.sentence for telling in told}
    if any(telling.cue in SHOTS for telling in told):
        again = (t for t in others if t.outcome or t.cue in SHOTS)
        found |= {telling.sentence for telling in again if telling.status == "new"}
    return found


def opening_shots(
    document: Document, left: Iterable[Telling], counts: Iterable[CountMention]
) -> list[Telling]:
    """Return the bare words of a shooting that a report opens with and somebody was hurt in.

    Whoever did it to themselves makes no incident.
    """
    shots = [t for t in left if t.cue in SHOTS and t.status == "new"]
    first = min((t.sentence for t in shots), default=None)
    if first is None or first > OPENING or patterns("own_hand_patterns").search(document.text):
        return []
    hurt = {m.sentence for m in counts if m.count.what in _HURT and m.count.low}
    near = any(t.sentence - 1 <= at <= t.sentence + _AFTER_SHOTS for t in shots for at in hurt)
    return shots if near else []


def is_announced(telling: Telling) -> bool:
    """Tell whether a report opens with a bare shooting, whose telling follows: "a shooting"."""
    is_first = telling.sentence <= OPENING and not telling.background
    return telling.cue in SHOTS and is_first and _is_new(telling.token)


def is_counted(patient: Token | None) -> bool:
    """Tell whether somebody hit is told as a figure: "the killing of two protesters"."""
    return patient is not None and any(child.dep_ == "nummod" for child in patient.children)


def adds_forces(telling: Telling) -> bool:
    """Tell whether forces are sent beside those that are there: "500 more", "doubled to 250"."""
    if telling.kind != "deployment":
        return False
    words = word_lists("en", "measures")
    nouns = [noun for noun in (telling.token, telling.patient) if noun is not None]
    nouns += [noun.head for noun in nouns if noun.dep_ == "compound"]
    near = (word for noun in nouns for word in noun.doc[noun.left_edge.i : noun.i + 1])
    if any(word.lower_ in words["adding"] and not _is_figure(word) for word in near):
        return True
    return any(noun.lemma_.lower() in words["raising"] for noun in (telling.token, *nouns))


def _is_figure(more: Token) -> bool:
    """Tell whether "more" only says that a figure is a lower bound: "more than 100"."""
    return more.i + 1 < len(more.doc) and more.nbor(1).lower_ == "than"


def are_victims(telling: Telling, others: Iterable[Telling]) -> bool:
    """Tell whether a crowd is named only as whom an attack hit: "the killing of two marchers"."""
    return (
        telling.kind == CROWD
        and telling.background
        and any(
            other.patient is not None
            and other.patient.i == telling.token.i
            and other.sentence == telling.sentence
            and other.kind != CROWD
            and other.cue in HARM_CUES
            for other in others
        )
    )


def _is_deadly(clash: Telling, others: Iterable[Telling]) -> bool:
    """Tell whether people were killed in it: "18 people were killed in clashes" tells of these."""
    if clash.cue != "clash" or clash.confidence > WEAK or clash.token.dep_ != "pobj":
        return False
    preposition = clash.token.head
    return preposition.lower_ in _INSIDE and any(
        other.cue == "kill" and other.token.i == preposition.head.i
        for other in others
        if other.sentence == clash.sentence and other.confidence <= WEAK
    )


def _is_full(telling: Telling) -> bool:
    """Tell whether a telling of harm says who did it, so that bare words can refer to it."""
    if telling.cue not in _FULL_CUES or telling.confidence <= WEAK or telling.status == "denied":
        return False
    return telling.kind != CROWD or telling.act in ("live_fire", "fighting")


def _is_other(telling: Telling, firm: list[Telling]) -> bool:
    """Tell whether a bare telling brings in something new: "a shooting", "a girl was hit"."""
    before = [t for t in firm if t.start < telling.start]
    if before and any(_is_new(noun) for noun in (telling.token, telling.agent) if noun):
        return True
    behind = all(t.background for t in firm)
    beside = any(t.sentence == telling.sentence for t in firm)
    if firm and behind and not (before or beside or telling.background):
        return telling.patient is None or telling.patient.pos_ not in ("PROPN", "PRON")
    if not firm or telling.patient is None:
        return not firm
    if not before and not behind:
        return False
    return _is_new(telling.patient)


def _is_new(noun: Token) -> bool:
    return any(child.lower_ in ("a", "an") for child in noun.children)


def _is_of_one(other: Telling, telling: Telling) -> bool:
    """Tell whether the full telling names one person hit, and the bare one counts several."""
    patient, named = telling.patient, other.patient
    if patient is None or named is None or named.tag_ != "NNP":
        return False
    if any(child.dep_ == "conj" for child in named.children):
        return False
    return patient.tag_ in ("NNS", "CD") and any(c.dep_ == "nummod" for c in patient.children)


def _is_by_another(other: Telling, telling: Telling) -> bool:
    """Tell whether police did the one, and somebody who is no police the other."""
    return bool(other.agents & _POLICE and telling.agents & _OTHERS) and not (
        telling.agents & _POLICE
    )


def _distance(other: Telling, telling: Telling) -> tuple[bool, int]:
    same = _name(other) is not None and _name(other) == _name(telling)
    return not same, abs(other.start - telling.start)


def _name(telling: Telling) -> str | None:
    patient = telling.patient
    return patient.lower_ if patient is not None and patient.pos_ == "PROPN" else None
