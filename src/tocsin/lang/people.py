"""The common nouns for people and bodies who speak, in every form that a text has them."""

from __future__ import annotations

from functools import cache

from tocsin.lang.lexicon import word_lists, word_maps

# What speaks without being anybody keeps its word: a doubt may lie in it ("rumour has it").
_NOBODY = ("document", "footage", "unnamed")


@cache
def people_words(lang: str) -> frozenset[str]:
    """Single nouns, titles and ranks for speakers, singular and plural, lower case."""
    maps, lists = word_maps(lang, "speakers"), word_lists(lang, "speakers")
    kept = {word for word, kind in maps["speaker"].items() if kind in _NOBODY}
    cues = {w for ws in word_lists(lang, "stance").values() for cue in ws for w in cue.split()}
    nouns = {*maps["sector"], *maps["speaker"], *lists["titles"], *lists["mouths"]} - kept - cues
    single = {noun for noun in nouns if noun.isalpha() and noun.removesuffix("d") not in cues}
    return frozenset(form for noun in single for form in (noun, _plural(noun)))


def _plural(noun: str) -> str:
    if noun.endswith("man"):
        return f"{noun[:-3]}men"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("s", "ch", "sh", "x")) else f"{noun}s"
