"""What kind of speaker somebody is, and their position, from all that a report tells of them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from spacy.tokens import Span, Token

from tocsin.coding.document import Document
from tocsin.coding.mentions import ActorMention
from tocsin.coding.roles import SUBJECTS
from tocsin.coding.who_lexicon import Speakers, speakers
from tocsin.lang.lexicon import word_lists, word_maps
from tocsin.terms import SpeakerKind

# Call signs of stations: capitals with a number, as in "KXY9" or "WSN 4".
CALL_SIGN = re.compile(r"^[A-Z]{2,5}\s?-?\d{1,2}$|^[KW][A-Z]{3}$")
ARTICLES = re.compile(
    r"^(?:the|a|an|some|several|many|his|her|their|its|our|my|one|whose)\s+", re.IGNORECASE
)
DESCRIBING = ("appos", "amod", "compound", "nmod", "poss")
# Before a name in capitals these are titles of clergy, not kin.
_CLERICAL = ("father", "brother", "sister", "mother")
_NAMED = ("PERSON", "ORG", "NORP", "GPE")
_OF = ("of", "for", "from", "with", "at")
_OWNERS = ("his", "her", "their")
_LEADING = ("lead", "head", "run", "represent", "command", "chair", "direct", "oversee", "become")


def kind_of(document: Document, same: Sequence[ActorMention], lexicon: Speakers) -> SpeakerKind:
    """The first kind that the words for, beside or about the speaker tell."""
    for mention in same:
        span = None if mention.pronoun else document.char_span(mention.start, mention.end)
        if span is None:
            continue
        kind = next((k for k in _described(span, mention, lexicon) if k is not None), None)
        if kind is not None:
            return kind
    told = told_kind(document, same)
    if told is not None:
        return told
    group = same[0].actor.group
    if group and group in lexicon.by_sector and not _is_named_body(same[0]):
        return lexicon.by_sector[group]
    name = same[0].name or ""
    if CALL_SIGN.match(name):
        return "other_outlet"
    if same[0].actor.person and _holds_post(document, same):
        return "official"
    if same[0].actor.person and lexicon.gender_of_name(name) is not None:
        return "witness"
    named = lexicon.kind_of_name(name)
    if same[0].actor.person:
        return named if named is not None and len(name.split()) > 1 else "witness"
    return named or lexicon.by_sector.get(group or "") or "unnamed"


def _holds_post(document: Document, same: Sequence[ActorMention]) -> bool:
    """Tell whether a person has a post in a body that nobody names: no witness is called chief."""
    posts = word_lists("en", "speakers")["posts"]
    for mention in same:
        root = None if mention.pronoun else document.root(mention.start, mention.end)
        if root is None:
            continue
        beside = [c for c in root.children if c.dep_ in (*DESCRIBING, "appos")]
        if any(lemma_of(token) in posts for token in beside):
            return True
    return False


def _is_named_body(mention: ActorMention) -> bool:
    return mention.name is not None and not mention.actor.person


def _described(
    span: Span, mention: ActorMention, lexicon: Speakers
) -> Iterator[SpeakerKind | None]:
    """What the words in, beside and under a mention tell, the closest first."""
    root, harmed = span.root, word_lists("en", "speakers")["harmed"]
    if any(t.lemma_.lower() in harmed and t.dep_ == "amod" for t in span):
        yield "victim"
    parts = set((mention.name or "").split())
    own = [lemma_of(t) for t in span if t.text not in parts and _is_telling(t)]
    if _is_parent_of_number(root) or (
        own and own[-1] in _CLERICAL and mention.name and root.pos_ == "PROPN"
    ):
        own = []
    if own and own[-1] in lexicon.mouths:
        yield _owner_kind(root, lexicon)
    if own and not any(pair in lexicon.kinds for pair in _pairs(own)):
        yield from _of_body(root, own[-1], lexicon)
    yield lexicon.kind(own)
    for child in root.children:
        if child.dep_ == "appos" and not _is_parent_of_number(child):
            yield from _of_body(child, lemma_of(child), lexicon)
            yield lexicon.kind([lemma_of(t) for t in (*_lefts(child), child)])
            yield lexicon.kind([lemma_of(t) for t in child.subtree if _is_noun(t)][:6])
    if not mention.actor.person:
        whole = lexicon.kind([lemma_of(t) for t in span if _is_telling(t)])
        # A body called after kin or neighbours ("Sisters Abroad") is neither.
        yield None if parts and whole in ("family", "witness", "victim") else whole
    for child in root.children:
        if child.dep_ == "prep" and child.lower_ in _OF:
            yield lexicon.kind([lemma_of(t) for t in child.subtree if _is_noun(t)][:6])
        if child.dep_ == "relcl":
            yield from _relative(child, lexicon)
    if root.dep_ == "appos" and _is_noun(root.head):
        yield lexicon.kind([lemma_of(t) for t in (*_lefts(root.head), root.head)])


def _owner_kind(mouth: Token, lexicon: Speakers) -> SpeakerKind | None:
    """Whose "their spokesman" is: the last ones before that a plural may mean."""
    if not any(c.lower_ in ("their", "its") and c.dep_ == "poss" for c in mouth.lefts):
        return None
    for token in reversed(mouth.doc[mouth.sent.start : mouth.left_edge.i]):
        kind = (
            lexicon.kind([lemma_of(t) for t in (*_lefts(token), token)])
            if _is_noun(token)
            else None
        )
        if kind is not None and token.dep_ in SUBJECTS:
            return "organiser" if kind in ("crowd", "witness") else kind
    return None


def _is_telling(token: Token) -> bool:
    return token.pos_ not in ("DET", "PUNCT", "PART")


def _is_noun(token: Token) -> bool:
    return token.pos_ in ("NOUN", "PROPN")


def _lefts(token: Token) -> list[Token]:
    return [t for t in token.lefts if t.dep_ in DESCRIBING]


def _pairs(words: Sequence[str]) -> list[str]:
    return [" ".join(pair) for pair in itertools.pairwise(words)]


def _of_body(head: Token, word: str, lexicon: Speakers) -> Iterator[SpeakerKind | None]:
    """The body that somebody speaks for: "a spokeswoman for the firm", "a researcher at X"."""
    if word not in lexicon.belonging:
        return
    for child in head.children:
        if child.dep_ == "prep" and child.lower_ in _OF:
            things = [t for c in child.children if c.dep_ == "pobj" for t in (*c.lefts, c)]
            words = [lemma_of(t) for t in things if t.pos_ in ("NOUN", "PROPN", "ADJ")]
            plain = [lemma_of(t) for t in things if t.pos_ == "NOUN" and t.is_lower]
            kind = (
                lexicon.kind(plain)
                or lexicon.kind(words)
                or lexicon.kind_of_name(" ".join(t.text for t in things))
            )
            yield "organiser" if kind == "crowd" else kind


def _is_parent_of_number(token: Token) -> bool:
    """Whether "a mother of three" says no more than that somebody has children."""
    of = next((c for c in token.children if c.lower_ == "of"), None)
    return of is not None and any(c.pos_ == "NUM" and not list(c.rights) for c in of.children)


def _relative(verb: Token, lexicon: Speakers) -> Iterator[SpeakerKind | None]:
    """What a relative clause makes of somebody: "who lives opposite", "whose son was shot"."""
    lists, maps = word_lists("en", "speakers"), word_maps("en", "speakers")
    owned = [t.head for t in verb.subtree if t.lower_ in ("whose", *_OWNERS)]
    suffered = verb.lemma_.lower() in (*lists["harmed"], *lists["suffered"])
    for thing in owned:
        kin = lexicon.kind([lemma_of(thing)]) == "family" or lemma_of(thing) in lists["young"]
        if suffered and kin:
            yield "family"
        elif lemma_of(thing) in lists["body"]:
            yield "victim"
    if suffered and not owned and any(c.dep_ in ("nsubjpass", "auxpass") for c in verb.children):
        yield "victim"
    told = maps["clue"].get(verb.lemma_.lower())
    yield lexicon.kind([told]) if told else None


def told_kind(document: Document, same: Sequence[ActorMention]) -> SpeakerKind | None:
    """What the verbs that the speaker is subject of tell: family, witnesses, office holders."""
    lexicon = speakers()
    for mention in same:
        root = document.root(mention.start, mention.end)
        if root is None or root.dep_ not in SUBJECTS:
            continue
        verb = next((c for c in root.children if c.dep_ == "relcl"), root.head)
        owned = [w.head for w in verb.subtree if w.dep_ == "poss" and w.lower_ in _OWNERS]
        if any(lexicon.kind([lemma_of(thing)]) == "family" for thing in owned):
            return "family"
        if verb.lemma_.lower() in _LEADING:
            things = [c for c in verb.children if c.dep_ in ("dobj", "attr")]
            objects = [lemma_of(t) for c in things for t in c.subtree]
            kind = lexicon.kind(objects)
            if kind is not None:
                return kind
    return None


def may_speak(token: Token) -> bool:
    """Whether a noun may speak: a person, a body, a document."""
    phrase = [c for c in token.lefts if c.dep_ in ("compound", "amod", "poss")]
    known = speakers().kind([t.lemma_.lower() for t in (*phrase, token)]) is not None
    return known or token.lemma_.lower() in speakers().generic or token.ent_type_ in _NAMED


def lemma_of(token: Token) -> str:
    """A word as the tables have it: lower case, without the point of an abbreviation."""
    return token.lemma_.lower().rstrip(".")


def position_of(document: Document, same: Sequence[ActorMention], lexicon: Speakers) -> str | None:
    """The position as stated: the words before a name, or an apposition that names an office."""
    for mention in same:
        if mention.actor.position:
            return mention.actor.position
    for mention in same:
        span = document.char_span(mention.start, mention.end)
        if span is None or not mention.actor.person:
            continue
        for child in span.root.children:
            if child.dep_ == "appos" and lexicon.kind([lemma_of(child)]) and child.pos_ == "NOUN":
                words = child.doc[child.left_edge.i : child.right_edge.i + 1].text
                return ARTICLES.sub("", words.split(",")[0])
    return None
