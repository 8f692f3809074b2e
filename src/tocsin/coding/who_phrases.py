"""Noun phrases of a report that may stand for people, groups and bodies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Span, Token

from tocsin.coding.document import Document, Sentence
from tocsin.coding.roles import SUBJECTS
from tocsin.coding.spelling import unjumbled
from tocsin.coding.who_lexicon import Speakers
from tocsin.terms import SpeakerKind

_PRONOUNS = {
    "he": "m", "him": "m", "his": "m", "she": "f", "her": "f", "hers": "f",
    "they": "p", "them": "p", "their": "p",
}  # fmt: skip
_YEARS = re.compile(r"\b(\d{1,2})(?:-year-old\b|\s+years?\s+old\b|$)")
_AGE = re.compile(r"^,\s*(\d{1,2})\s*[,.;)]")
# "Police Sgt." is a title, a longer sentence that ends in one is not.
_TITLE_WORDS = 3
# Whose work "child" and "teen" before them tell of, not their age.
_OFFICES = ("MED", "GOV", "COP", "JUD", "LEG", "NGO", "EDU")
_NAMED = ("PERSON", "ORG", "NORP", "GPE", "FAC")
_ROLES_OF_PLACES = ("nsubj", "nsubjpass", "dobj", "iobj", "dative", "agent")
_DASHES = ("-", "--", "–", "—")
_JOINTS = ("'s", "’s", "of", "and", "the", "for", "&", "de", "la", "al", "bin", "von", "van", "-")


@dataclass(frozen=True)
class Phrase:
    """One noun phrase or pronoun with what its own words tell."""

    start: int
    end: int
    sentence: int
    head: int
    words: str
    lemmas: tuple[str, ...]
    name: str | None = None
    sector: str | None = None
    kind: SpeakerKind | None = None
    gender: str | None = None
    age: int | None = None
    age_group: str | None = None
    person: bool = False
    plural: bool = False
    definite: bool = False
    subject: bool = False
    object: bool = False
    main: bool = False
    pronoun: bool = False
    position: str | None = None
    apposed: int | None = None


def find_phrases(document: Document, lexicon: Speakers) -> list[Phrase]:
    """All phrases of a report that may be actors, in text order."""
    found = [
        _titled(document, sentence, phrase, lexicon)
        for sentence in document.sentences
        for phrase in _of_sentence(document, sentence, lexicon)
    ]
    found.extend(_short_names(document, found))
    return sorted(found, key=lambda p: (p.start, p.end))


def _short_names(document: Document, found: Sequence[Phrase]) -> Iterator[Phrase]:
    """Surnames of people named in full that the parse took for common words: "Evers said"."""
    full = (p.name.split() for p in found if p.person and p.name)
    surnames = {name[-1] for name in full if len(name) > 1 and name[-1][:1].isupper()}
    held = {at for p in found for at in range(p.start, p.end)}
    for sentence in document.sentences:
        for token in sentence.span:
            start, end = document.token_span(token)
            if token.text not in surnames or start in held:
                continue
            subject = token.dep_ in SUBJECTS
            yield Phrase(
                start, end, sentence.index, start, token.text, (token.lower_,),
                name=token.text, person=True, subject=subject, main=_is_main(token),
            )  # fmt: skip


def _titled(document: Document, sentence: Sentence, phrase: Phrase, lexicon: Speakers) -> Phrase:
    """A name whose title was taken for a sentence of its own ("Sgt."), with that title."""
    before = document.sentences[sentence.index - 1] if sentence.index else None
    if before is None or phrase.start != sentence.start or phrase.name is None:
        return phrase
    title = before.text.rstrip(".").lower().split()[-1:]
    if before.paragraph != sentence.paragraph or not title or title[0] not in lexicon.titles:
        return phrase
    if len(before.text.split()) > _TITLE_WORDS:
        return phrase
    return replace(
        phrase,
        lemmas=(title[0], *phrase.lemmas),
        sector=lexicon.sector(title) or phrase.sector,
        kind=lexicon.kind(title) or phrase.kind,
        gender=lexicon.gender(title) or phrase.gender,
        position=before.text,
        person=True,
    )


def _of_sentence(document: Document, sentence: Sentence, lexicon: Speakers) -> Iterator[Phrase]:
    covered: set[int] = set()
    for chunk in sentence.span.noun_chunks:
        for part in _parts(chunk):
            phrase = _phrase(document, sentence, part, lexicon)
            if phrase is not None:
                covered.update(token.i for token in part)
                yield phrase
    for entity in sentence.span.ents:
        if entity.label_ in ("PERSON", "ORG") and not covered & {t.i for t in entity}:
            phrase = _phrase(document, sentence, entity, lexicon)
            if phrase is not None:
                covered.update(token.i for token in entity)
                yield phrase
    for token in sentence.span:
        if token.i in covered:
            continue
        if token.lower_ in _PRONOUNS and token.pos_ in ("PRON", "DET"):
            yield _pronoun(document, sentence, token)
            continue
        known = token.pos_ in ("NOUN", "PROPN") and lexicon.knows(token.lemma_.lower())
        aged = token.lower_ == "old" and token.dep_ in _ROLES_OF_PLACES
        if known or aged:
            left = token.left_edge.i if aged else token.i
            phrase = _phrase(document, sentence, sentence.span.doc[left : token.i + 1], lexicon)
            if phrase is not None:
                yield phrase


def _parts(chunk: Span) -> list[Span]:
    """A chunk, and the possessor inside it: "the driver" of "the driver's lawyer"."""
    start = chunk.start
    while start > chunk.sent.start and chunk.doc[start].ent_iob_ == "I":
        start -= 1
    parts = [chunk.doc[start : chunk.end]]
    for token in chunk:
        if token.dep_ == "poss" and token.pos_ != "PRON":
            left = min(t.i for t in token.subtree)
            parts.append(chunk.doc[max(left, chunk.start) : token.i + 1])
    return parts


def _pronoun(document: Document, sentence: Sentence, token: Token) -> Phrase:
    start, end = document.token_span(token)
    gender = _PRONOUNS[token.lower_]
    return Phrase(
        start, end, sentence.index, start, token.text, (token.lower_,),
        gender=None if gender == "p" else gender,
        plural=gender == "p",
        subject=token.dep_ in SUBJECTS,
        main=_is_main(token),
        pronoun=True,
    )  # fmt: skip


def _phrase(document: Document, sentence: Sentence, span: Span, lexicon: Speakers) -> Phrase | None:
    root = span.root
    if root.pos_ == "PRON":
        return _pronoun(document, sentence, root) if root.lower_ in _PRONOUNS else None
    tokens = _trimmed(span)
    if not tokens:
        return None
    name = _name(tokens, lexicon)
    lemmas = tuple(t.lemma_.lower() for t in tokens if t.pos_ not in ("DET", "PUNCT", "PART"))
    label = root.ent_type_
    head = root.lemma_.lower()
    aged = head in ("old", "year") and _YEARS.search(span.text) is not None
    known = aged or lexicon.knows(head) or any(lexicon.knows(w) for w in lemmas if name)
    named = label in _NAMED and (label != "GPE" or root.dep_ in _ROLES_OF_PLACES)
    held = root.dep_ in SUBJECTS or _is_name_beside(root, lexicon)
    if not known and not (named and name) and not (name and held):
        return None
    start = document.token_span(tokens[0])[0]
    end = document.token_span(tokens[-1])[1]
    titled = _is_titled(tokens, name, lexicon)
    bare = name is not None and len(tokens) == len(name.split())
    person = titled or (label == "PERSON" and not (bare and span[0].lower_ == "the"))
    person = person or (name is not None and _is_name_beside(root, lexicon))
    described = _descriptors(tokens, name, lexicon) if name else lemmas
    return Phrase(
        start, end, sentence.index, document.token_span(root)[0], document.text[start:end], lemmas,
        name=name,
        sector=lexicon.sector(described) or ("GOV" if label == "GPE" else None),
        kind=lexicon.kind(described),
        gender=lexicon.gender(lemmas) or lexicon.gender_of_name(name),
        age=_age(document, start, end),
        age_group=_age_group(tokens, root, lexicon),
        person=person,
        plural=root.tag_ in ("NNS", "NNPS") or head in ("police", "people"),
        definite=_is_definite(span, lemmas, lexicon),
        subject=root.dep_ in SUBJECTS,
        object=root.dep_ in ("dobj", "obj"),
        main=_is_main(root),
        position=_position(tokens, name),
        apposed=_apposed(document, root, lexicon) if root.dep_ == "appos" else None,
    )  # fmt: skip


def _is_name_beside(root: Token, lexicon: Speakers) -> bool:
    """Whether a name stands beside the title or office of one person: "the clerk, Lars Eide"."""
    head = _titled_by(root)
    noun = head.lemma_.lower()
    known = noun in lexicon.titles or lexicon.gender([noun]) is not None or noun in lexicon.generic
    named = root.text[:1].isupper() and root.pos_ == "PROPN"
    return root.dep_ == "appos" and named and head.tag_ == "NN" and known


def _titled_by(name: Token) -> Token:
    """The noun that a name stands beside, past its "of ...": "the mayor of the town, X"."""
    beside = name.head
    if beside.dep_ == "pobj" and beside.head.lower_ == "of" and beside.pos_ == "NOUN":
        return beside.head.head
    return beside


def _apposed(document: Document, root: Token, lexicon: Speakers) -> int:
    head = _titled_by(root) if _is_name_beside(root, lexicon) else root.head
    return document.token_span(head)[0]


def _is_main(token: Token) -> bool:
    """Whether a word is the subject of its whole sentence."""
    return token.dep_ in SUBJECTS and token.head.dep_ == "ROOT"


def _is_definite(span: Span, lemmas: tuple[str, ...], lexicon: Speakers) -> bool:
    """Whether a phrase means somebody told of before: "the driver", "his father"."""
    if span[0].lower_ in ("the", "this", "that", "these", "those"):
        return True
    owned = span[0].tag_ == "PRP$" and len(lemmas) > 0
    return owned and lexicon.kind(lemmas[-1:]) == "family"


def _trimmed(span: Span) -> list[Token]:
    """The tokens of a phrase without determiners and marks at its edges."""
    tokens = list(span)
    for i, token in enumerate(tokens[1:-1], 1):
        if token.text in _DASHES and token.whitespace_ and tokens[i - 1].whitespace_:
            tokens = tokens[i + 1 :]  # "LAGOS - Soldiers"
            break
    while tokens and (
        tokens[0].pos_ in ("DET", "PUNCT", "SPACE", "CCONJ")
        or tokens[0].tag_ in ("PRP$", "WP$", "POS")
        or tokens[0].lower_ in ("some", "many", "several")
    ):
        tokens.pop(0)
    while tokens and (tokens[-1].pos_ in ("PUNCT", "SPACE") or tokens[-1].tag_ == "POS"):
        tokens.pop()
    return tokens


def _name(tokens: list[Token], lexicon: Speakers) -> str | None:
    """The capitalised run that ends a phrase, without the titles before it."""
    run: list[Token] = []
    for token in reversed(tokens):
        joins = token.text == "." or (bool(run) and token.lower_ in _JOINTS)
        if not (joins or token.text[:1].isupper()):
            break
        run.insert(0, token)
    while run and (run[0].lower_ in _JOINTS or run[0].is_punct):
        run.pop(0)
    run = _untitled(run, lexicon)
    if not run or not any(t.pos_ == "PROPN" or t.ent_type_ for t in run):
        return None
    if len(run) == 1 and lexicon.knows(run[0].lemma_.lower()) and not run[0].ent_type_:
        return None
    return run[0].doc[run[0].i : run[-1].i + 1].text


def _untitled(run: list[Token], lexicon: Speakers) -> list[Token]:
    """A capitalised run without all up to its last title: "County Board Chairman JOHN DOE"."""
    cut = 0
    for i, token in enumerate(run[:-1]):
        follows = run[i + 1]
        if token.text in ("-", "–", "—") and token.whitespace_:
            cut = i + 1
        if follows.lower_ in ("'s", "’s", "of", "and"):
            continue
        if _is_title(token, lexicon) and _has_name(run[i + 1 :]):
            cut = i + 1
    run = run[cut:]
    while run and run[0].is_punct:
        run.pop(0)
    return run


def _is_title(token: Token, lexicon: Speakers) -> bool:
    word = _meant(token.lower_.rstrip("."), lexicon)
    if word in lexicon.titles:
        return True
    return token.ent_type_ == "" and lexicon.knows(token.lemma_.lower())


def _meant(word: str, lexicon: Speakers) -> str:
    """The title that a jumbled word before a name was meant to be, else the word."""
    return unjumbled(word, lexicon.titles) or word


def _has_name(tokens: list[Token]) -> bool:
    """Whether a capitalised word remains that may be a name."""
    return any(t.text[:1].isupper() and t.pos_ == "PROPN" for t in tokens)


def _is_titled(tokens: list[Token], name: str | None, lexicon: Speakers) -> bool:
    if name is None:
        return False
    own = set(name.split())
    return any(t.lower_.rstrip(".") in lexicon.titles for t in tokens if t.text not in own)


def _descriptors(tokens: list[Token], name: str, lexicon: Speakers) -> tuple[str, ...]:
    """Lemmas that describe a named phrase: those before the name first, else those in it."""
    inside = set(name.split())
    before = [_meant(t.lemma_.lower().rstrip("."), lexicon) for t in tokens if t.text not in inside]
    before = [w for w in before if w]
    if lexicon.kind(before):
        return tuple(before)
    return tuple(t.lemma_.lower().rstrip(".") for t in tokens)


def _position(tokens: list[Token], name: str | None) -> str | None:
    """The words before the name of a phrase: "Kenosha Police Chief" Daniel Miller."""
    if name is None:
        return None
    doc = tokens[0].doc
    text = doc[tokens[0].i : tokens[-1].i + 1].text
    before = text[: text.rfind(name)].strip(" .,")
    return before or None


def _age_group(tokens: list[Token], root: Token, lexicon: Speakers) -> str | None:
    """How old a phrase makes somebody: not by "the boy's" mother, nor a doctor for children."""
    own = [t.lemma_.lower() for t in tokens if t == root or t.dep_ != "poss"]
    of_office = lexicon.sector(own) in _OFFICES
    return None if of_office else lexicon.age_group(own)


def _age(document: Document, start: int, end: int) -> int | None:
    inside = _YEARS.search(document.text[start:end])
    after = _AGE.match(document.text[end : end + 8])
    match = inside or after
    return int(match.group(1)) if match else None
