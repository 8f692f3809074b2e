"""Words for the tags of force at protests, as features beside the words and cues of a report."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from tocsin.lang.lexicon import word_lists

_MANY = 3  # from so many finds on, one more says nothing new


def force_signs(title: str, text: str) -> dict[str, float]:
    """Return each phrase found and each tag it may stand for, apart for the title."""
    above, below = title.lower(), text.lower()
    found: dict[str, float] = {}
    for tag, phrases in _patterns().items():
        heads = {name: len(pattern.findall(above)) for name, pattern in phrases.items()}
        bodies = {name: len(pattern.findall(below)) for name, pattern in phrases.items()}
        found |= {f"phrase_title={name}": 1.0 for name, count in heads.items() if count}
        found |= {f"phrase={name}": 1.0 for name in phrases if heads[name] + bodies[name]}
        found |= _named(tag, sum(heads.values()), sum(heads.values()) + sum(bodies.values()))
    return found


def _named(tag: str, titled: int, count: int) -> dict[str, float]:
    """What the words of a tag say for it: once for all tags to see, once for its own score."""
    if not count:
        return {}
    often = min(count, _MANY)
    found = {f"phrase_tag={tag}": often**0.5, f"named={tag}": 1.0, f"named_often={tag}": often / 3}
    if titled:
        found |= {f"phrase_top={tag}": 1.0, f"named_title={tag}": 1.0}
    return found


@cache
def _patterns() -> Mapping[str, Mapping[str, re.Pattern[str]]]:
    return {
        tag: {phrase: _pattern(phrase) for phrase in phrases}
        for tag, phrases in word_lists("en", "force").items()
    }


def _pattern(phrase: str) -> re.Pattern[str]:
    words = (re.escape(word).replace(r"\*", r"\w*") for word in phrase.split())
    return re.compile(r"\b" + r"[\s-]+".join(words) + r"\b")
