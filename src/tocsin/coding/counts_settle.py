"""Whether those who were shot, stabbed or in a bad condition are the injured or the dead."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec.structs import replace

from tocsin.coding.counts_what import named
from tocsin.coding.mentions import CountMention

_NEW = ("a ", "an ", "one ", "another ")
_KIN = ("his ", "her ", "their ")
_BESIDE = (*_KIN, "another ", "a second ", "the second ", "the other ")
_ONES = frozenset({"1", "one"})  # "one dead, one injured"
# Nobody is both: a boy and a woman, a boy and a man.
_APART = (("males", "females"), ("children", "adults"))
# What stands for anybody told before.
_STAND_INS = frozenset({"he", "she", "him", "her", "himself", "herself", "victim", "person", "one",
                        "man", "woman", "self", "suspect", "who"})  # fmt: skip


def settled(mentions: Iterable[CountMention]) -> tuple[CountMention, ...]:
    """Make injured of those struck who are not told to have died; the others are told already."""
    found = list(dict.fromkeys(mentions))
    dead = [m for m in found if m.count.what == "killed" and m.count.low]
    kept = []
    for mention in found:
        if mention.count.what != "struck":
            kept.append(mention)
            continue
        injured = _survivors(mention, dead)
        if injured is not None:
            kept.append(injured)
    return tuple(kept)


def _survivors(mention: CountMention, dead: list[CountMention]) -> CountMention | None:
    """Those struck less those of them who died; None where none or nobody new is left."""
    count = mention.count
    words = count.words.lower()
    if count.low == 1:
        gone = any(_may_be_same(mention, one) for one in dead)
        return None if gone else _as_injured(mention, 0)
    if words.split()[0] in named("backward"):
        return None
    if count.low is None or any(one.count.low == count.low for one in dead):
        return None
    return _as_injured(mention, _gone(mention, dead))


def _gone(mention: CountMention, dead: list[CountMention]) -> int:
    """How many of several struck died: as their sentence says, else as the whole report does."""
    if set(re.findall(r"\w+", mention.count.words.lower())) & named("beside_words"):
        return 0
    of_incident = [one for one in dead if one.count.scope == "incident"]
    here = [one for one in dead if one.sentence == mention.sentence]
    after = [one for one in of_incident if one.sentence > mention.sentence] or of_incident
    figures = [one.count.low or 0 for one in here or after]
    return max((number for number in figures if number < (mention.count.low or 0)), default=0)


def _may_be_same(struck: CountMention, dead: CountMention) -> bool:
    """Whether a single person struck may be the one who died."""
    if dead.count.scope != "incident":
        return False
    if dead.count.low != 1:
        return _may_be_of(struck, dead)
    mine, other = struck.count.words.lower(), dead.count.words.lower()
    if struck.head == dead.head or mine.split()[-1] == other.split()[-1]:
        return True
    if are_two(struck.count.words, dead.count.words, near=struck.sentence == dead.sentence):
        return False
    if struck.count.side != dead.count.side:
        return False
    return not (mine.startswith(_NEW) and struck.start > dead.start)


def _may_be_of(struck: CountMention, dead: CountMention) -> bool:
    """Whether somebody known already, struck, may be one of several who died."""
    words = struck.count.words
    known = words[:1].isupper() or words.startswith("the ")
    new = words.lower().startswith((*_NEW, *_BESIDE)) or struck.count.mode == "addition"
    return known and not new and struck.sentence != dead.sentence


def are_two(hurt: str, dead: str, *, near: bool) -> bool:
    """Whether words name two people: "her father" and a girl, "a child" beside "one man"."""
    firsts = {words.lower().split()[0] for words in (hurt, dead)}
    if near and (firsts <= _ONES or "another" in firsts):
        return True
    if hurt.lower().startswith(_BESIDE):
        return near or not hurt.lower().startswith(_KIN)
    nouns = (hurt.split()[-1], dead.split()[-1])
    pairs = (pair for apart in _APART for pair in (apart, apart[::-1]))
    if any(_in(one, hurt) and _in(other, dead) for one, other in pairs):
        return True
    plain = all(noun.islower() and noun not in _STAND_INS for noun in nouns)
    return near and plain and nouns[0] != nouns[1]


def _in(names: str, words: str) -> bool:
    """Whether words hold one that a list names."""
    return not named(names).isdisjoint(re.findall(r"\w+", words.lower()))


def _as_injured(mention: CountMention, taken: int) -> CountMention:
    """The injured of those struck."""
    count = mention.count
    low = count.low - taken if count.low is not None else None
    high = count.high - taken if count.high is not None else None
    return CountMention(
        mention.start,
        mention.end,
        mention.sentence,
        replace(count, what="injured", low=low, high=high),
        mention.head,
    )
