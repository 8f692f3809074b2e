"""How often somebody was shot, where the verb itself is counted: "shot three times"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from tocsin.coding.context import Context
from tocsin.coding.findings import Finding
from tocsin.coding.groups import Group
from tocsin.lang.lexicon import word_maps
from tocsin.model import Count

_KINDS = frozenset({"police_shooting", "armed_attack"})
_CUES = frozenset({"shoot", "hit"})
_REACH = 60  # characters after the verb in which its count stands


def shot_findings(context: Context, group: Group) -> Iterator[Finding]:
    """The first count of shots at the verbs of a shooting, or at "hit" in the next sentences."""
    if group.kind not in _KINDS:
        return
    for start, last in _verbs(context, group):
        match = _pattern().search(context.document.text, start, min(last, start + _REACH))
        if match is None:
            continue
        low, high = _range(match.group(1).lower())
        value = Count(what="shots", words=match.group(), low=low, high=high)
        yield Finding("shots", value, match.start(), match.end(), 0.75)
        return


def _verbs(context: Context, group: Group) -> Iterator[tuple[int, int]]:
    """Where the verbs of a shooting end, each with the end of its sentence."""
    for telling in group.tellings:
        if telling.cue == "shoot" and telling.token.pos_ == "VERB":
            for sentence in context.document.sentences[telling.sentence : telling.sentence + 3]:
                yield from _hits(context, sentence.index)


def _hits(context: Context, index: int) -> Iterator[tuple[int, int]]:
    sentence = context.document.sentences[index]
    for token in sentence.span:
        if token.pos_ == "VERB" and token.lemma_.lower() in _CUES:
            yield context.document.token_span(token)[1], sentence.end


@cache
def _pattern() -> re.Pattern[str]:
    words = word_maps("en", "harm")["times"]
    known = "|".join(sorted(words, key=len, reverse=True))
    return re.compile(rf"\b({known}|\d{{1,2}} times)\b", re.IGNORECASE)


def _range(words: str) -> tuple[int, int | None]:
    known = word_maps("en", "harm")["times"]
    low, _, high = known.get(words, words.split()[0]).partition("-")
    if words not in known:
        return int(low), int(low)
    return int(low), int(high) if high else None
