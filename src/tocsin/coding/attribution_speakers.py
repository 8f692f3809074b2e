"""The speaker behind a source: fullest name, position and kind, from all that is told of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Span, Token

from tocsin.coding.document import Document
from tocsin.coding.mentions import ActorMention, Segments
from tocsin.coding.who_lexicon import Speakers, speakers
from tocsin.lang.lexicon import word_lists, word_maps
from tocsin.terms import SpeakerKind

# Call signs of stations: capitals with a number, as in "KXY9" or "WSN 4".
_CALL_SIGN = re.compile(r"^[A-Z]{2,5}\s?-?\d{1,2}$|^[KW][A-Z]{3}$")
_ARTICLES = re.compile(
    r"^(?:the|a|an|some|several|many|his|her|their|its|our|my|one)\s+", re.IGNORECASE
)
_ASIDE = re.compile(r",| (?:who|which|that|in|at|from|near|on|for|with) ")
_DATELINE = re.compile(r"^[A-Z][\w., ]*(?:\([A-Z ]+\))?\s?[-–—]{1,2}\s")
_PRONOUNS = ("he", "she", "they", "i", "we", "you", "who", "him", "her", "them", "his", "their")
_JOINTS = ("of", "the", "and", "for", "&", "de", "la", "al", "bin", "von", "van")
_OWNERS = ("his", "her", "their")
# A role reaches back as far as a pronoun does.
_ROLE_REACH = 3
_LEADING = ("lead", "head", "run", "represent", "command", "chair", "direct", "oversee", "become")
_DESCRIBING = ("appos", "amod", "compound", "nmod", "poss")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who a source is; no name means that the outlet itself tells it."""

    name: str | None
    kind: SpeakerKind
    position: str | None = None
    named: bool = False


OUTLET = Speaker(None, "outlet")


def speaker_of(
    document: Document, actors: Sequence[ActorMention], source: Segments, cue: Segments = ()
) -> Speaker:
    """The speaker that source segments stand for; the cue is no part of their name."""
    if not source:
        return OUTLET
    start, end = _grown(document, *source[0])
    if any(s < end and e > start for s, e in cue):
        start, end = source[0]
    line = _DATELINE.match(document.text[start:end])
    start += line.end() if line else 0
    words = document.text[start:end]
    lexicon = speakers()
    if _is_number_of(words):
        return _plain(words, lexicon)
    mention = _mention(document, actors, start, end)
    if words.strip(" ,").casefold() == "it":
        mention = _body_before(actors, start) or mention
    if mention is None:
        return OUTLET if is_empty(words) else _plain(words, lexicon)
    if _is_own_outlet(document, mention) or (is_empty(words) and mention.start >= start):
        return OUTLET
    mention = _bearer(document, actors, mention) or mention
    same = [mention, *(a for a in actors if a.entity == mention.entity and a is not mention)]
    inside = start <= mention.start < end
    if _is_dateline(document, mention.name):
        mention = replace(mention, name=None)
    own = words if inside else mention.actor.words
    name = _DATELINE.sub("", _name(mention, own, lexicon))
    return Speaker(
        name=name or None,
        kind=_kind(document, same, lexicon),
        position=_position(document, same, lexicon),
        named=name[:1].isupper(),
    )


def speaks_by(document: Document, cue: Span, source: Segments) -> bool:
    """Whether the source of a cue speaks by it: an accused or a planner is only told about."""
    lemmas = {t.lemma_.lower() for t in cue if not t.is_punct and t.pos_ != "AUX"}
    if lemmas and lemmas <= set(word_lists("en", "stance")["hedges"]):
        return False
    judged = lemmas & set(word_lists("en", "stance")["about_subject"])
    if judged and any(_tells_of_subject(t) for t in cue):
        return not _is_subject(document, source)
    return not lemmas & set(word_lists("en", "stance")["intending"])


def _tells_of_subject(token: Token) -> bool:
    """Whether a word of a cue makes its subject the one talked about: "under suspicion"."""
    if token.pos_ == "NOUN":
        return token.dep_ == "pobj" or token.lemma_ in ("charge", "trial")
    active = any(c.dep_ == "aux" and c.lemma_ == "have" for c in token.children) and not any(
        c.dep_ == "auxpass" for c in token.children
    )
    return (token.tag_ == "VBN" and not active) or token.pos_ == "ADJ"


def _is_subject(document: Document, source: Segments) -> bool:
    span = document.char_span(*_grown(document, *source[0])) if source else None
    return span is not None and span.root.dep_ in ("nsubjpass", "nsubj")


def _is_dateline(document: Document, name: str | None) -> bool:
    """Whether a name is the town in capitals that a paragraph opens with before a dash."""
    if not name or not name.isupper():
        return False
    lines = (document.text[p.start : p.end] for p in document.paragraphs)
    return any(line.startswith(name) and _DATELINE.match(line) for line in lines)


def _bearer(
    document: Document, actors: Sequence[ActorMention], mention: ActorMention
) -> ActorMention | None:
    """The named person whose deeds gave them the role that "the chief", "the mother" stands for."""
    role = _role(document, mention)
    if role is None or mention.name or mention.pronoun:
        return None
    near = [a for a in actors if a.end <= mention.start and a.name and a.actor.person]
    for actor in reversed(near):
        if mention.sentence - actor.sentence > _ROLE_REACH:
            return None
        same = [a for a in actors if a.entity == actor.entity]
        if any(_role(document, a) for a in same):
            continue
        told = _told_kind(document, same)
        if told is not None and (told == "family") == (role == "family"):
            return actor
    return None


def _role(document: Document, mention: ActorMention) -> str | None:
    """Whether a bare "the NOUN" names a post or a kin: its word list, else None."""
    span = document.char_span(mention.start, mention.end)
    if span is None or mention.name:
        return None
    noun = _lemma(span.root)
    if noun in word_lists("en", "speakers")["posts"]:
        return "post"
    return "family" if speakers().kinds.get(noun) == "family" else None


def _body_before(actors: Sequence[ActorMention], at: int) -> ActorMention | None:
    """The body that "it" takes up: the latest named or known one, the subject first."""
    bodies = [
        a for a in actors
        if a.end <= at and not a.actor.person and not a.pronoun and (a.name or a.actor.group)
    ]  # fmt: skip
    if not bodies:
        return None
    last = bodies[-1].sentence
    return next(a for a in bodies if a.sentence == last)


def _grown(document: Document, start: int, end: int) -> tuple[int, int]:
    """A source grown to the phrase it was cut from: compounds, possessors, "of" a name."""
    span = document.char_span(start, end)
    if span is None or not len(span):
        return start, end
    root = span.root
    if root.lower_ in word_lists("en", "speakers")["partitive"]:
        return _parted(document, span)
    if root.pos_ not in ("NOUN", "PROPN", "DET", "ADJ"):
        return start, end
    head = root
    while head.dep_ in ("compound", "det", "amod", "nmod") or _is_in_name(head):
        head = head.head
    left, right = span.start, span.end
    for token in (head, *(c for c in head.lefts if c.dep_ in _DESCRIBING)):
        left, right = min(left, token.left_edge.i), max(right, token.i + 1)
    while right < len(span.doc) - 1 and span.doc[right].lower_ == "of":
        follows = next((c for c in span.doc[right].children if c.dep_ == "pobj"), None)
        if follows is None or not any(t.text[:1].isupper() for t in (follows, *follows.lefts)):
            break
        right = follows.i + 1
    return document.span_of(span.doc[left:right])


def _is_number_of(words: str) -> bool:
    first, _, rest = words.strip().casefold().partition(" ")
    return rest.startswith("of ") and first in word_lists("en", "speakers")["partitive"]


def _parted(document: Document, span: Span) -> tuple[int, int]:
    """A number of people: "hundreds of marchers", "one of the wounded"."""
    of = next((c for c in span.root.children if c.lower_ == "of"), None)
    whole = next((c for c in of.children if c.dep_ == "pobj"), None) if of is not None else None
    right = max(span.end, whole.i + 1) if whole is not None else span.end
    return document.span_of(span.doc[span.start : right])


def is_empty(words: str) -> bool:
    """Whether source words name nobody: "it", "unconfirmed reports", "one"."""
    plain = words.strip(" ,.").casefold()
    lists = word_lists("en", "speakers")
    return plain in lists["nobody"] or plain.startswith(lists["unconfirmed"])


def _mention(
    document: Document, actors: Sequence[ActorMention], start: int, end: int
) -> ActorMention | None:
    """The mention at the head of the source, else the first one in it."""
    inside = [a for a in actors if start <= a.head < end]
    span = document.char_span(start, end)
    if span is not None and len(span):
        root = document.token_span(span.root)[0]
        heads = [a for a in inside if a.head == root]
        if heads:
            return max(heads, key=lambda a: a.end - a.start)
    return inside[0] if inside else None


def _is_in_name(token: Token) -> bool:
    """Whether a possessor is part of a name: "Dock Workers' Front"."""
    return token.dep_ == "poss" and token.text[:1].isupper() and token.head.text[:1].isupper()


def _name(mention: ActorMention, words: str, lexicon: Speakers) -> str:
    """The fullest name of a speaker, else the words for it without the article."""
    if mention.pronoun or mention.actor.person:
        if mention.name is None and mention.pronoun:
            return ""
        return mention.name or _ARTICLES.sub("", mention.actor.words)
    proper = proper_name(words, lexicon)
    if proper is not None:
        fuller = mention.name or ""
        return fuller if proper in fuller else proper
    if mention.name is None and words.rstrip(" ,").endswith(mention.actor.words):
        return _ARTICLES.sub("", words.strip(" ,"))
    return mention.name or _ARTICLES.sub("", mention.actor.words)


def proper_name(words: str, lexicon: Speakers) -> str | None:
    """The capitalised end of a phrase without what describes it: "the charity OPEN GATES"."""
    tokens = _DATELINE.sub("", _ASIDE.split(words)[0]).split()
    if "of" in tokens and tokens and lexicon.knows(tokens[-1]):
        tokens.pop()
    first = len(tokens)
    while first and (tokens[first - 1][:1].isupper() or tokens[first - 1].lower() in _JOINTS):
        first -= 1
    name = tokens[first:]
    while name and (name[0].lower() in _JOINTS or name[0].lower().rstrip(".") in lexicon.titles):
        name = name[1:]
    if not name or (len(name) == 1 and lexicon.knows(name[0].lower())):
        return None
    return " ".join(name).strip(" ,.")


def _plain(words: str, lexicon: Speakers) -> Speaker:
    """A source that is no actor of ours: its own words, without the article."""
    if words.strip(" ,").casefold() in _PRONOUNS:
        return Speaker(None, "unnamed")
    bare = proper_name(words, lexicon) or _ARTICLES.sub("", words.strip(" ,"))
    lemmas = re.findall(r"[\w-]+", words.lower())
    kind = lexicon.kind(lemmas)
    if kind is None and _CALL_SIGN.match(bare):
        kind = "other_outlet"
    return Speaker(bare, kind or "unnamed", named=bare[:1].isupper())


def _is_own_outlet(document: Document, mention: ActorMention) -> bool:
    """Whether the source is the outlet that published the report."""
    outlet = document.report.outlet
    name = (mention.name or mention.actor.words).casefold()
    if outlet is not None and outlet.name.casefold() == name:
        return True
    return document.text[:40].lstrip().casefold().startswith(f"({name})")


def _kind(document: Document, same: Sequence[ActorMention], lexicon: Speakers) -> SpeakerKind:
    """The first kind that the words for, beside or about the speaker tell."""
    for mention in same:
        if mention.pronoun:
            continue
        span = document.char_span(mention.start, mention.end)
        if span is None:
            continue
        for words in _descriptions(span, mention):
            kind = lexicon.kind(words)
            if kind is not None:
                return kind
    told = _told_kind(document, same)
    if told is not None:
        return told
    group = same[0].actor.group
    if group and group in lexicon.by_sector:
        return lexicon.by_sector[group]
    name = same[0].name or ""
    if _CALL_SIGN.match(name):
        return "other_outlet"
    return "witness" if same[0].actor.person else "unnamed"


def _descriptions(span: Span, mention: ActorMention) -> Iterator[list[str]]:
    """Word lists that describe a mention, the closest first."""
    if any(
        t.lemma_.lower() in word_lists("en", "speakers")["harmed"] and t.dep_ == "amod"
        for t in span
    ):
        yield ["victim"]
    name = mention.name or ""
    parts = set(name.split())
    own = [
        _lemma(t) for t in span if t.text not in parts and t.pos_ not in ("DET", "PUNCT", "PART")
    ]
    if own:
        yield own
    root = span.root
    for child in root.children:
        if child.dep_ == "appos":
            yield [_lemma(t) for t in child.lefts if t.dep_ in _DESCRIBING] + [_lemma(child)]
            yield [_lemma(t) for t in child.subtree if t.pos_ in ("NOUN", "PROPN")][:6]
    if not mention.actor.person:
        yield [_lemma(t) for t in span if t.pos_ not in ("DET", "PUNCT", "PART")]
    for child in root.children:
        if child.dep_ == "prep" and child.lower_ in ("of", "for", "from", "with"):
            yield [_lemma(t) for t in child.subtree if t.pos_ in ("NOUN", "PROPN")][:6]
        if child.dep_ == "relcl":
            yield from _relative(child)
    if root.dep_ == "appos" and root.head.pos_ in ("NOUN", "PROPN"):
        above = root.head
        yield [_lemma(t) for t in above.lefts if t.dep_ in _DESCRIBING] + [_lemma(above)]


def _relative(verb: Token) -> Iterator[list[str]]:
    """What a relative clause makes of somebody: "who lives opposite", "who called the vigil"."""
    maps = word_maps("en", "speakers")
    told = maps["clue"].get(verb.lemma_.lower())
    if told:
        yield [told]
    harmed = verb.lemma_.lower() in word_lists("en", "speakers")["harmed"]
    if harmed and any(c.dep_ in ("nsubjpass", "auxpass") for c in verb.children):
        yield ["victim"]


def _told_kind(document: Document, same: Sequence[ActorMention]) -> SpeakerKind | None:
    """What the verbs that the speaker is subject of tell: family, witnesses, office holders."""
    lexicon = speakers()
    for mention in same:
        span = document.char_span(mention.start, mention.end)
        if span is None or span.root.dep_ not in ("nsubj", "nsubjpass"):
            continue
        verb = next((c for c in span.root.children if c.dep_ == "relcl"), span.root.head)
        owned = [w.head for w in verb.subtree if w.dep_ == "poss" and w.lower_ in _OWNERS]
        if any(lexicon.kind([_lemma(thing)]) == "family" for thing in owned):
            return "family"
        if verb.lemma_.lower() in _LEADING:
            things = [c for c in verb.children if c.dep_ in ("dobj", "attr")]
            objects = [_lemma(t) for c in things for t in c.subtree]
            kind = lexicon.kind(objects)
            if kind is not None:
                return kind
    return None


def _lemma(token: Token) -> str:
    return token.lemma_.lower().rstrip(".")


def _position(document: Document, same: Sequence[ActorMention], lexicon: Speakers) -> str | None:
    """The position as stated: the words before a name, or an apposition that names an office."""
    for mention in same:
        if mention.actor.position:
            return mention.actor.position
    for mention in same:
        span = document.char_span(mention.start, mention.end)
        if span is None or not mention.actor.person:
            continue
        for child in span.root.children:
            if child.dep_ == "appos" and lexicon.kind([_lemma(child)]) and child.pos_ == "NOUN":
                words = child.doc[child.left_edge.i : child.right_edge.i + 1].text
                return _ARTICLES.sub("", words.split(",")[0])
    return None
