"""The speaker behind a source: fullest name, position and kind, from all that is told of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Span, Token

from tocsin.coding.attribution_kinds import (
    ARTICLES,
    CALL_SIGN,
    kind_of,
    lemma_of,
    position_of,
    told_kind,
)
from tocsin.coding.attribution_phrases import (
    PLACE_LINE,
    author,
    bare_name,
    counted,
    grown,
    is_number_of,
    led,
    torn_kind,
    unpassed,
    whole_phrase,
    without_opening,
)
from tocsin.coding.document import Document
from tocsin.coding.mentions import ActorMention, Attributed, Segments
from tocsin.coding.roles import SUBJECTS
from tocsin.coding.who_lexicon import Speakers, speakers
from tocsin.lang.lexicon import word_lists
from tocsin.terms import SpeakerKind

_ASIDE = re.compile(r",| (?:who|which|that|in|at|from|near|on|for|with|by|outside|under) ")
_RELATIVE = re.compile(r"^\W*(?:which|that|as|what|but|while|although|though|and)\s+(?=\w)", re.I)
# "the Youth for Peace network": a name with a small word in it, and what it is.
_JOINED = re.compile(
    r"^\W*(?:the )?((?:[A-Z][\w'’-]+ )+(?:for|against|without) (?:the )?"
    r"[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)*)((?: [a-z]+){0,2})\W*$"
)
_PRONOUNS = ("he", "she", "they", "i", "we", "you", "who", "him", "her", "them", "his", "their")
_JOINTS = ("of", "the", "and", "for", "&", "de", "la", "al", "bin", "von", "van")
# Shorter names than this are in too many others.
_INITIALS = 3
# A role reaches back as far as a pronoun does.
_ROLE_REACH = 3


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who a source is; no name means that the outlet itself tells it."""

    name: str | None
    kind: SpeakerKind
    position: str | None = None
    named: bool = False


OUTLET = Speaker(None, "outlet")


def is_same(name: str | None, other: str | None) -> bool:
    """Whether two names are one, or one holds the other: "surgeon", "trauma surgeon"."""
    if name is None or other is None:
        return name is other
    left, right = sorted((name.casefold(), other.casefold()), key=len)
    return left == right or (len(left) > _INITIALS and left in right)


def speaker_in(said: Attributed | None) -> Speaker:
    """Whose words an attribution gives; the outlet's where there is none."""
    return Speaker(said.speaker, said.speaker_kind, said.position) if said else OUTLET


def said_by(said: Attributed, speaker: Speaker, via: str | None) -> Attributed:
    """The same words given to another speaker, and who passes these on."""
    return replace(
        said, speaker=speaker.name, speaker_kind=speaker.kind, position=speaker.position, via=via
    )


def speaker_of(
    document: Document, actors: Sequence[ActorMention], source: Segments, cue: Segments = ()
) -> Speaker:
    """The speaker that source segments stand for; the cue is no part of their name."""
    if not source:
        return OUTLET
    first = _RELATIVE.match(document.text[slice(*source[0])])
    source = ((source[0][0] + (first.end() if first else 0), source[0][1]), *source[1:])
    is_label = document.text[source[0][1] : source[0][1] + 1] == ":"
    start, end = source[0] if is_label else grown(document, *source[0])
    if any(s < end and e > start for s, e in cue):
        start, end = led(document, *source[0])
    start, end = author(document, start, end) or unpassed(document, start, end)
    start, end = counted(document, start, end) or (start, end)
    words = without_opening(document.text[start:end])
    start = end - len(words)
    lexicon = speakers()
    joined = _JOINED.match(words)
    if joined is not None:
        return _of_joined(joined, lexicon)
    if is_number_of(words):
        return _plain(words, lexicon)
    mention = _mention(document, actors, start, end)
    if document.text[end : end + 1] == ":" and not (
        mention and mention.name and mention.actor.person
    ):
        labelled = _of_label(words, lexicon)
        if labelled is not None:
            return labelled
    if words.strip(" ,").casefold() == "it":
        mention = _body_before(actors, start) or mention
    if mention is None:
        return OUTLET if is_empty(words) else _plain(words, lexicon)
    if _is_own_outlet(document, mention) or (is_empty(words) and mention.start >= start):
        return OUTLET
    whole = whole_phrase(document, mention, start, end)
    if whole is not None:
        return _plain(document.text[slice(*whole)], lexicon)
    mention = _bearer(document, actors, mention) or mention
    same = [mention, *(a for a in actors if a.entity == mention.entity and a is not mention)]
    inside = start <= mention.start < end
    if _is_dateline(document, mention.name):
        mention = replace(mention, name=None)
    own = words if inside else mention.actor.words
    if mention.pronoun and mention.name is None:
        own = _called(same)
    name = _name(mention, own, lexicon)
    if mention.name is None and any(s < mention.end and e > mention.start for s, e in cue):
        name = ARTICLES.sub("", words.strip(" ,"))
    name = bare_name(name, person=mention.actor.person)
    torn = torn_kind(document, mention, start, end) if inside else None
    kind = kind_of(document, same, lexicon)
    return Speaker(
        name=name or None,
        kind=torn if torn and (mention.name is None or kind == "unnamed") else kind,
        position=position_of(document, same, lexicon),
        named=name[:1].isupper(),
    )


def _of_joined(joined: re.Match[str], lexicon: Speakers) -> Speaker:
    """A body whose name has a small word in it, with the nouns after it that tell its kind."""
    name = joined.group(1).strip(" '’")
    kind = lexicon.kind(joined.group(2).split()) or lexicon.kind_of_name(name)
    return Speaker(name, kind or lexicon.kind(name.lower().split()) or "unnamed", named=True)


def _of_label(words: str, lexicon: Speakers) -> Speaker | None:
    """Who a label is by its noun alone, whatever the parse joins to it: "Prison chief: ..."."""
    nouns = [
        lexicon.singular(w) for w in _ASIDE.split(words.replace(" of ", ", "))[0].lower().split()
    ]
    kind = lexicon.kind(nouns) if nouns and lexicon.knows(nouns[-1]) else None
    return Speaker(ARTICLES.sub("", words.strip(" ,")), kind) if kind is not None else None


def _called(same: Sequence[ActorMention]) -> str:
    """What somebody without a name was called before a pronoun took it up: "the bishop"."""
    words = (m.actor.words for m in same if not m.pronoun)
    return ARTICLES.sub("", next(words, ""))


def speaks_by(document: Document, cue: Span, source: Segments) -> bool:
    """Whether the source of a cue speaks by it: an accused or a planner is only told about."""
    lemmas = {t.lemma_.lower() for t in cue if not t.is_punct and t.pos_ != "AUX"}
    if lemmas and lemmas <= set(word_lists("en", "stance")["hedges"]):
        return False
    judged = lemmas & set(word_lists("en", "stance")["about_subject"])
    if judged and any(_tells_of_subject(t) for t in cue):
        return not _is_subject(document, source)
    if lemmas & set(word_lists("en", "stance")["hearing"]) and _is_heard(document, cue, source):
        return False
    intending = lemmas & set(word_lists("en", "stance")["intending"])
    return not intending or any(_has_that(t) for t in cue)


def _has_that(verb: Token) -> bool:
    """Whether a verb of intent states something: "resolved that", not "resolved to"."""
    return any(
        c.dep_ == "ccomp" and any(g.lower_ == "that" for g in c.lefts) for c in verb.children
    )


def _is_heard(document: Document, cue: Span, source: Segments) -> bool:
    """Whether the source is the one who was told something."""
    span = document.char_span(*source[0]) if source else None
    return span is not None and span.root.dep_ == "nsubjpass" and span.root.head in cue


def _tells_of_subject(token: Token) -> bool:
    """Whether a word of a cue makes its subject the one talked about: "under suspicion"."""
    if token.pos_ == "NOUN":
        if any(c.dep_ == "nsubj" for c in token.lefts):
            return False
        return token.dep_ == "pobj" or token.lemma_ in ("charge", "trial")
    if token.pos_ == "ADJ":
        return token.lemma_.lower() in word_lists("en", "stance")["judged"]
    passive = any(c.dep_ == "auxpass" for c in token.children)
    active = any(
        (c.dep_ == "aux" and c.lemma_ == "have") or c.dep_ == "nsubj" for c in token.children
    )
    return token.tag_ == "VBN" and (passive or not active)


def _is_subject(document: Document, source: Segments) -> bool:
    span = document.char_span(*grown(document, *source[0])) if source else None
    return span is not None and span.root.dep_ in SUBJECTS


def _is_dateline(document: Document, name: str | None) -> bool:
    """Whether a name is the town in capitals that a paragraph opens with before a dash."""
    if not name or not name.isupper():
        return False
    lines = (document.text[p.start : p.end] for p in document.paragraphs)
    return any(line.startswith(name) and PLACE_LINE.match(line) for line in lines)


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
        told = told_kind(document, same)
        if told is not None and (told == "family") == (role == "family"):
            return actor
    return None


def _role(document: Document, mention: ActorMention) -> str | None:
    """Whether a bare "the NOUN" names a post or a kin: its word list, else None."""
    span = document.char_span(mention.start, mention.end)
    if span is None or mention.name:
        return None
    noun = lemma_of(span.root)
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
    root = document.root(start, end)
    if root is not None:
        head = document.token_span(root)[0]
        heads = [a for a in inside if a.head == head]
        if heads:
            return max(heads, key=lambda a: a.end - a.start)
    return inside[0] if inside else None


def _name(mention: ActorMention, words: str, lexicon: Speakers) -> str:
    """The fullest name of a speaker, else the words for it without the article."""
    if mention.pronoun or mention.actor.person:
        if mention.name is None and mention.pronoun:
            return words
        plain = ARTICLES.sub("", words.strip(" ,"))
        if mention.name is None and plain.endswith(f"-{mention.actor.words}"):
            return plain
        return mention.name or ARTICLES.sub("", mention.actor.words)
    proper = proper_name(words, lexicon)
    if (
        proper is not None
        and mention.name is None
        and proper.startswith(f"{mention.actor.words} of ")
    ):
        return mention.actor.words
    if proper is not None:
        fuller = mention.name or ""
        return fuller if proper in fuller else proper
    if mention.name is None and words.rstrip(" ,").endswith(mention.actor.words):
        return ARTICLES.sub("", words.strip(" ,")).rstrip("'’")
    return mention.name or ARTICLES.sub("", mention.actor.words)


def proper_name(words: str, lexicon: Speakers) -> str | None:
    """The capitalised end of a phrase without what describes it: "the charity OPEN GATES"."""
    tokens = without_opening(_ASIDE.split(words)[0]).split()
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
    plain = _ASIDE.split(words.strip(" ,"))[0] if not is_number_of(words) else words.strip(" ,")
    bare = (proper_name(words, lexicon) or ARTICLES.sub("", plain)).rstrip("'’ ")
    bare = ARTICLES.sub("", bare_name(bare, person=False))
    lemmas = [lexicon.singular(word) for word in re.findall(r"[\w-]+", plain.lower())]
    kind = lexicon.kind(lemmas) or lexicon.kind_of_name(bare)
    if kind is None and CALL_SIGN.match(bare):
        kind = "other_outlet"
    return Speaker(bare, kind or "unnamed", named=bare[:1].isupper())


def _is_own_outlet(document: Document, mention: ActorMention) -> bool:
    """Whether the source is the outlet that published the report."""
    outlet = document.report.outlet
    name = (mention.name or mention.actor.words).casefold()
    if outlet is not None and outlet.name.casefold() == name:
        return True
    return document.text[:40].lstrip().casefold().startswith(f"({name})")
