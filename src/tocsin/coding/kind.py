"""What a sentence tells of: cues matched over the parse, decided by who does what to whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span, Token

from tocsin.coding.document import Document, Sentence
from tocsin.coding.roles import NOBODY, agent_of, classes_of, patient_of, subject_of, word_classes
from tocsin.coding.status import status_of
from tocsin.lang.cues import GAP, CueRule, Pattern, cue_patterns
from tocsin.terms import Status

_MAX_GAP = 5  # words between two parts of a cue: "set two of the cars nearby on fire"

# How sure a reading is before anything else is known: a verb with its doer, a bare noun, a word
# that is often used for other things. Calibrated later against what turned out right.
_FIRM, _PLAIN, _WEAK = 0.9, 0.75, 0.5


# Means that police use against crowds, and acts that those who enforce an order never do.
_MEANS = frozenset({"tear_gas", "pepper", "impact", "stun", "water_cannon", "baton"})
_AGAINST_ORDERS = frozenset({"defy"})
_ENFORCERS = frozenset({"police", "military", "guard", "security"})
# What a force is for, and what bodies with a deed in their name are.
_FORCES_FOR = frozenset({"riot"})
_BODIES = frozenset(
    {"commission", "board", "authority", "committee", "agency", "bureau", "directorate"}
    | {"office", "ombudsman", "tribunal", "foundation", "institute", "unit", "branch"}
)
# Steps of justice, and the verbs whose subject is the one they are taken against.
_OF_JUSTICE = frozenset({"charge", "verdict"})
_SUFFERED = frozenset({"face", "plead"})
# What deeds give their name to beside police: "homicide Lt.", "arson investigators".
_OFFICES = frozenset({"unit", "squad", "bureau", "division", "team", "lt", "sgt", "capt"})
# Cues of orders, and words before an order that was there before.
_ORDERS = frozenset({"curfew", "emergency"})
_UNTIL = frozenset({"before", "until", "till"})
_STANDING = frozenset({"during", "after", "despite", "under", "since"})
_RANKS = frozenset({"first", "last", "only", "latest", "second", "third"})


@dataclass(frozen=True, slots=True)
class Telling:
    """One cue in its sentence: kind if it stands alone, act if inside a crowd incident."""

    start: int
    end: int
    sentence: int
    cue: str
    kind: str
    act: str | None
    status: Status
    background: bool
    confidence: float
    token: Token
    agent: Token | None
    patient: Token | None
    agents: frozenset[str]
    patients: frozenset[str]
    outcome: bool
    told: float = 1.0  # chance that a new incident is meant, once the whole report was heard


def find_tellings(document: Document, book: str = "kinds") -> tuple[Telling, ...]:
    """Find every cue of a report with its kind, roles and status, in text order.

    `book` names the cue file: what happens on the ground, or what states do to each other.
    """
    return tuple(
        telling
        for sentence in document.sentences
        for telling in _tellings(document, sentence, book)
    )


def between_states(telling: Telling) -> bool:
    """Tell whether a state or its government does it to another one."""
    return "state" in telling.agents and bool(telling.patients & {"state", "official"})


def _tellings(document: Document, sentence: Sentence, book: str) -> Iterator[Telling]:
    words = tuple(token.lower_ for token in sentence.span)
    bag = " " + " ".join(words) + " "
    bag += " ".join(token.lemma_.lower() for token in sentence.span) + " "
    taken: set[int] = set()
    for match, pattern in _matches(sentence.span, book):
        indices = {token.i for token in match}
        if indices & taken or _has_any(bag, pattern.cue.unless):
            continue
        head = _head(match, pattern)
        telling = _read(document, sentence, match, head, pattern, bag)
        if telling is not None:
            taken |= indices
            yield telling


def _matches(span: Span, book: str) -> list[tuple[list[Token], Pattern]]:
    """All pattern matches of a sentence, longer ones first at each place, in text order."""
    patterns = cue_patterns("en", book)
    found: list[tuple[list[Token], Pattern]] = []
    for index, token in enumerate(span):
        rows = {id(row): row for word in _forms(token) for row in patterns.get(word, ())}
        for row in sorted(rows.values(), key=lambda row: -len(row.words)):
            match = _match(span, index, row)
            if match and _fits_form(match, row):
                found.append((match, row))
    return sorted(found, key=lambda pair: (-len(pair[0]), pair[0][0].i))


def _forms(token: Token) -> tuple[str, ...]:
    singular = (token.lower_[:-1],) if token.pos_ == "PROPN" and token.lower_[-1:] == "s" else ()
    slips: tuple[str, ...] = ()
    if token.pos_ == "NOUN" and token.lower_.endswith("ed"):  # "massive protested"
        slips = (token.lower_[:-2],)
    return token.lower_, token.lemma_.lower(), *singular, *slips


def _match(span: Span, index: int, row: Pattern) -> list[Token]:
    match = [span[index]]
    position, gap = index + 1, 0
    for word in row.words[1:]:
        if word == GAP:
            gap = _MAX_GAP
            continue
        while True:
            if position >= len(span):
                return []
            token = span[position]
            position += 1
            if word in _forms(token):
                match.append(token)
                gap = 0
                break
            if gap == 0 or token.text in ",;:.":
                return []
            gap -= 1
    return match


def _fits_form(match: list[Token], row: Pattern) -> bool:
    if row.form == "verb":
        return match[0].pos_ in ("VERB", "AUX") or match[0].dep_ in (
            "acl",
            "advcl",
            "ROOT",
            "acomp",
            "dobj",
        )
    if row.form == "noun" and _names_a_body(match[-1]):
        return False
    if row.form == "noun":
        return match[-1].pos_ in ("NOUN", "PROPN") and match[-1].lower_ != match[-1].lemma_ + "ed"
    return True


def _names_a_body(noun: Token) -> bool:
    """Tell whether a noun only tells one body from others: "riot police", "Complaints Board"."""
    body = noun.head
    if noun.dep_ not in ("compound", "amod", "nmod") or body.i <= noun.i:
        return False
    if word_classes(body) & _ENFORCERS and noun.lemma_.lower() in _FORCES_FOR:
        return True
    return noun.pos_ == body.pos_ == "PROPN" and body.lower_ in _BODIES


def _head(match: list[Token], row: Pattern) -> Token:
    if row.form == "verb":
        told = (token for token in match if token.pos_ == "VERB" and token.lemma_ != "be")
        return next(told, match[0])
    verbs = [token for token in match if token.pos_ == "VERB"]
    return verbs[0] if row.form == "phrase" and verbs else match[-1]


def _read(
    document: Document,
    sentence: Sentence,
    match: list[Token],
    head: Token,
    pattern: Pattern,
    bag: str,
) -> Telling | None:
    is_aside = _is_month(head) or (pattern.form == "noun" and _is_of_office(head))
    if is_generic(head) or is_aside:
        return None
    agent, patient = _roles(head, pattern)
    agents, patients = classes_of(agent), classes_of(patient)
    subjects = classes_of(subject_of(clause_verb(head)))
    for rule in pattern.cue.rules:
        if not _holds(rule, pattern.form, agents, patients, subjects, bag):
            continue
        if not rule.kind and not rule.outcome:
            return None
        status, background = status_of(document, sentence, head)
        background = background or _is_passing(pattern, head)
        start, end = _extent(document, match)
        return Telling(
            start=start,
            end=end,
            sentence=sentence.index,
            cue=pattern.cue.name,
            kind=rule.kind,
            act=rule.act,
            status=status,
            background=background,
            confidence=_WEAK if _is_standing(pattern, head) else _confidence(rule, pattern, agents),
            token=head,
            agent=agent,
            patient=patient,
            agents=agents,
            patients=patients,
            outcome=rule.outcome,
        )
    return None


def _roles(head: Token, pattern: Pattern) -> tuple[Token | None, Token | None]:
    """Who does it and to whom; of "faces a charge", the subject is whom it is done to."""
    if pattern.cue.name in _OF_JUSTICE and head.lemma_.lower() in _SUFFERED:
        return None, subject_of(head)
    return _doer(head, pattern), patient_of(head)


def _doer(head: Token, pattern: Pattern) -> Token | None:
    """Who does it; who uses a means; of a loose participle, whom the sentence is about."""
    agent = agent_of(head)
    if pattern.cue.name in _MEANS and agent is None:
        return _wielder(head)
    if pattern.cue.name in _AGAINST_ORDERS and classes_of(agent) & _ENFORCERS:
        return _opposed(clause_verb(head.head)) or agent
    return agent


def _opposed(verb: Token) -> Token | None:
    """Whom the verb, or one that it hangs on, is done to, if that is a crowd."""
    for _ in range(_MAX_GAP):
        patient = patient_of(verb)
        if classes_of(patient) & {"protest", "crowd"}:
            return patient
        if verb.head.i == verb.i:
            return None
        verb = clause_verb(verb.head)
    return None


def _wielder(means: Token) -> Token | None:
    """Who uses a means: "officers used tear gas", "dispersed the crowd with batons"."""
    token = means.head.head if means.dep_ == "pobj" and means.head.lower_ == "with" else means.head
    if means.dep_ not in ("dobj", "pobj") or token.pos_ != "VERB":
        return None
    verbs = (token, clause_verb(token.head))  # "using" may hang on whom it is used against
    agents = (agent_of(verb) for verb in verbs)
    return next((agent for agent in agents if classes_of(agent) & _ENFORCERS), None)


def _is_passing(pattern: Pattern, head: Token) -> bool:
    """Tell whether a noun only refers: "the protests", or protesters who do nothing here."""
    if pattern.form != "noun" or pattern.cue.name != "protest":
        return False
    if any(child.lower_ in ("the", "those", "these") for child in head.children):
        return True
    return head.dep_ not in ("nsubj", "nsubjpass", "ROOT", "dobj", "conj", "attr")


def _is_standing(pattern: Pattern, head: Token) -> bool:
    """Tell whether a noun names an order known already: "the curfew that the army had set"."""
    if not any(child.lower_ == "the" for child in head.children):
        return False
    if head.dep_ == "pobj" and head.head.lower_ in _UNTIL:
        return True
    if pattern.cue.name not in _ORDERS:
        return False
    if head.dep_ == "pobj" and head.head.lower_ in _STANDING:
        return True
    return any(
        child.dep_ == "relcl" and any(aux.lower_ == "had" for aux in child.children)
        for child in head.children
    )


def is_generic(head: Token) -> bool:
    """Tell whether a verb only ranks its noun: "not the first man to have been shot"."""
    token = head
    while token.dep_ == "conj":
        token = token.head
    if token.dep_ not in ("relcl", "acl") or not any(c.lower_ == "to" for c in token.children):
        return False
    noun = token.head
    return any(child.lower_ in _RANKS for word in (noun, noun.head) for child in word.children)


def _is_month(head: Token) -> bool:
    """Tell whether "March" stands in a date."""
    if head.text != "March":
        return False
    after = head.nbor() if head.i + 1 < len(head.doc) else None
    return head.ent_type_ == "DATE" or (after is not None and after.text[:1].isdigit())


def _is_of_office(head: Token) -> bool:
    """Tell whether a noun only says what an office is for: "homicide detectives", "riot police"."""
    office = head.nbor() if head.i + 1 < len(head.doc) else head
    if office.lemma_.lower().rstrip(".") in _OFFICES:
        return True
    modifies = head.dep_ in ("compound", "nmod", "amod")
    return modifies and "police" in word_classes(head.head)


def clause_verb(token: Token) -> Token:
    """Return the verb that a word hangs on."""
    while token.pos_ not in ("VERB", "AUX") and token.head.i != token.i:
        token = token.head
    return token


def _holds(
    rule: CueRule,
    form: str,
    agents: frozenset[str],
    patients: frozenset[str],
    subjects: frozenset[str],
    bag: str,
) -> bool:
    return (
        (not rule.form or form in rule.form)
        and (not rule.agent or bool(rule.agent & agents))
        and (not rule.patient or bool(rule.patient & patients))
        and (not rule.subject or bool(rule.subject & subjects))
        and (not rule.near or _has_any(bag, rule.near))
    )


def _has_any(bag: str, words: tuple[str, ...]) -> bool:
    return any(f" {word} " in bag for word in words)


def _extent(document: Document, match: list[Token]) -> tuple[int, int]:
    spans = [document.token_span(token) for token in match]
    return min(start for start, _ in spans), max(end for _, end in spans)


def _confidence(rule: CueRule, pattern: Pattern, agents: frozenset[str]) -> float:
    if rule.weak:
        return _WEAK
    return _FIRM if pattern.form != "noun" or agents != NOBODY else _PLAIN
