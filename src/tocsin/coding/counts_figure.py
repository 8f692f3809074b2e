"""Figures in a text as ranges: digits, words, vague words, bounds and spans of two numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from tocsin.coding.counts_number import (
    DIGITS,
    alternatives,
    number_pattern,
    ordinal_of,
    ordinal_pattern,
    value_of,
)
from tocsin.lang.lexicon import word_lists, word_maps


@dataclass(frozen=True, slots=True)
class Figure:
    """A number or range in a text; `core` is where the bare number stands."""

    start: int
    end: int
    core: tuple[int, int]
    low: int | None
    high: int | None
    added: bool = False
    part: bool = False


# Units that make a number no count: ages, times, money, distances, addresses, percentages.
_UNFIT = re.compile(
    r"\s{0,3}(?:%|percent\b|per\s+cent\b|[ap]\.?m\b|°|o'clock|-?\s?(?:years?|months?|weeks?|days?|nights?"
    r"|hours?|minutes?|seconds?|miles?|feet|foot|met(?:er|re)s?|km|kilomet\w+|inch\w*|pounds?|mm|cm"
    r"|kg|degrees?|points?|dollars?|euros?|cents|acres?|hectares?|gallons?|lit(?:er|re)s?|blocks?"
    r"|y\.?o\b|lanes?|stor(?:y|ies|eys?)|wheelers?|decades?|caliber|calibre|times|percentage)\b|/\d|:\d|\.\d"
    r"|,\d|-\d|\s\d{3}\b|(?:st|nd|rd|th)\b|-(?!odd|strong|plus|some)[a-z]"
    r"|\s(?:Action\s|Eyewitness\s|On\sYour\s)?News\b)",
    re.IGNORECASE,
)
_UNFIT_BEFORE = re.compile(
    r"(?:[$€£¥#:/.]|\d[,-]|\bR|\bRs\.?|\bNo\.?|\b(?:Route|Interstate|Highway|Article|Section|Covid"
    r"|District|Ward|Room|Channel|FOX|ABC|CBS|NBC|Chapter|Page|Flight|Unit|Act|Title|Apollo|Boeing)"
    r"|\bI-|\bUS|\b[Aa]ged?|\bunder|\b(?:younger|older) than|\b[Aa]ges?(?: of)?)\s?$|-$|\d\s$"
)
# An age between commas after a name or a person: "Jane Doe, 29, was".
_NAMED_BEFORE = re.compile(r"[A-Za-z]{2}[.'’]?,\s?$")
_AGE_AFTER = re.compile(r"\s*(?:[,;:)–—]|-(?:-|\s)|\.(?!\d)|$)")
# Ages of several: "two boys, 14 and 15, were", "men between the ages of 21 and 58".
_AGES_TOLD = re.compile(
    r"(?<=[A-Za-z]{2}, )\d{1,3}(?:, \d{1,3})*,? and \d{1,3}(?=\s*[,;:.)–—]|$)"
    r"|(?:\bages(?: of)?|\baged) (?:from )?\d{1,3}(?:,? (?:to|and) \d{1,3})+\b"
)
_AGES = range(1, 111)
# Ages in a row: "aged 21, 22 and 24", "both 21".
_AGES_BEFORE = re.compile(
    r"\b(?:(?:aged?|ages|both|all|also)\s(?:\d{1,3},?\s(?:and\s)?){0,4}"
    r"|(?:man|woman|boy|girl|child|youth|student|teenager|one) of\s)$"
)
# The same where the commas are lost, known by the verb of one person: "Mr Doe 43 was shot".
_NAME_BEFORE = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Miss|Dr)\.?|\b[A-Z][a-z]+)\s[A-Z][\w'’-]+\s$")
_ONE_AFTER = re.compile(r"\s+(?:was|is|has|who)\b")
_ADDRESS = re.compile(
    r"\s++(?:block|[NSEW]\.?\s)?\s*+(?:(?:\d+(?:st|nd|rd|th)|[A-Z][\w.]++)\s++){1,3}"
    r"(?:St|Street|Ave|Avenue|Road|Rd|Blvd|Boulevard|Drive|Dr|Lane|Ln|Way|Place|Pl|Court)\b"
)
_MONTH_BEFORE = re.compile(
    r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*\.?\s$"
)
_MONTH_AFTER = re.compile(
    r"\s+(?:of\s+)?(?:January|February|March|April|May|June|July|August|September|October"
    r"|November|December|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\b"
)
# A bare number from this on is a year unless a noun says otherwise.
_YEARS = range(1900, 2060)


@dataclass(frozen=True)
class _Patterns:
    """The patterns of figures."""

    core: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    """The patterns of figures, built once."""
    lists = word_lists("en", "numbers")
    number = number_pattern()
    vague = alternatives(word_maps("en", "numbers")["vague"])
    core = (
        rf"\b(?:(?P<vague>{vague})|(?<=between )(?P<low>{number})\s+and\s+(?P<high>{number})"
        rf"|(?P<least>{DIGITS})\s*[-–]\s*(?P<most>{DIGITS})"
        rf"|(?P<one>{number})\s+(?:to|or)\s+(?P<other>{number})|(?P<number>{number}))(?!\w)"
    )
    hedges = "|".join(
        f"(?P<{name}>{alternatives(lists[f'{name}_before'])})" for name in ("open", "cap", "more")
    )
    part, about = alternatives(lists["part_before"]), alternatives(lists["about_before"])
    between = alternatives(lists["between"])
    before = (
        rf"(?:\b(?P<part>{part})[\s,]+)?(?:\b(?P<between>{between})\s+)?"
        rf"(?:\b(?:{hedges})\s+)?(?:\b(?:{about})\s+)*$"
    )
    tails = "|".join(
        f"(?P<{name}>{alternatives(lists[f'{name}_after'])})"
        for name in ("open", "cap", "more", "part")
    )
    return _Patterns(
        re.compile(core, re.IGNORECASE),
        re.compile(before, re.IGNORECASE),
        re.compile(rf"[\s-]+(?:{tails})\b", re.IGNORECASE),
    )


# How far before a figure its bounds may stand.
_BEFORE = 48


def figures(text: str) -> Iterator[Figure]:
    """The figures of a text that may count something, in order."""
    patterns = _patterns()
    place = 0
    ages = [found.span() for found in _AGES_TOLD.finditer(text)]
    while match := patterns.core.search(text, place):
        start = match.start()
        before = patterns.before.search(text[max(0, start - _BEFORE) : start])
        low, high = _range(match)
        end = place = match.end()
        aged = any(first <= start < last for first, last in ages)
        if aged or low is None or _is_unfit(text, start, end, low):
            continue
        yield _bounded(text, (start, end), (low, high), before)


def _exact(words: str) -> tuple[int | None, int | None]:
    """An exact number as a range."""
    value = value_of(words)
    return value, value


def _range(match: re.Match[str]) -> tuple[int | None, int | None]:
    """The range of a vague word, of two numbers or of one."""
    if match.group("vague"):
        words = " ".join(match.group("vague").lower().split())
        low, _, high = word_maps("en", "numbers")["vague"][words].partition("-")
        return int(low), int(high)
    if match.group("number"):
        return _exact(match.group("number"))
    pairs = (("low", "high"), ("least", "most"), ("one", "other"))
    first, last = next(pair for pair in pairs if match.group(pair[0]))
    low_value, high_value = value_of(match.group(first)), value_of(match.group(last))
    if low_value is None or high_value is None or low_value >= high_value:
        return None, None
    return low_value, high_value


def _is_unfit(text: str, start: int, end: int, value: int) -> bool:
    """Whether a number is an age, a time, a price, an address, a date ... and no count."""
    before, after = text[max(0, start - 16) : start], text[end : end + 48]
    if _UNFIT.match(after) or _UNFIT_BEFORE.search(before):
        return True
    if not text[start].isdigit():
        return False
    if value in _AGES and _NAMED_BEFORE.search(before) and _AGE_AFTER.match(after):
        return True
    name = _NAME_BEFORE.search(text[max(0, start - 40) : start])
    if value in _AGES and name and _ONE_AFTER.match(after):
        return True
    if value in _AGES and _AGES_BEFORE.search(text[max(0, start - 40) : start]):
        return True
    if _ADDRESS.match(after) or _MONTH_BEFORE.search(before) or _MONTH_AFTER.match(after):
        return True
    bare = text[start:end].isdigit()
    return bare and value in _YEARS and not re.match(r"\s+[a-z]{3,}s\b|\s+people", after)


def _bounded(
    text: str,
    core: tuple[int, int],
    value: tuple[int | None, int | None],
    before: re.Match[str] | None,
) -> Figure:
    """A figure with its bounds, additions and parts as said before and after it."""
    start, end = core
    low, high = value
    after = _patterns().after.match(text, end)
    said = {name for match in (before, after) if match for name, words in match.groupdict().items()
            if words is not None}  # fmt: skip
    if "cap" in said and low == high:
        low = None
    elif "open" in said:
        high = None
    if before is not None:
        start -= len(before.group()) if before.group() else 0
        lead = text[start : core[0]]
        start += len(lead) - len(lead.lstrip())
    if after is not None:
        end = after.end()
    return Figure(start, end, core, low, high, added="more" in said, part="part" in said)


def ordinals(text: str) -> Iterator[tuple[int, int, int]]:
    """The ordinals of a text: start, end, rank."""
    for match in _ordinal().finditer(text):
        rank = ordinal_of(match.group())
        if rank is not None:
            yield match.start(), match.end(), rank


@cache
def _ordinal() -> re.Pattern[str]:
    """Ordinals that may name one more person: a second, a third ..."""
    return re.compile(rf"\b{ordinal_pattern()}", re.IGNORECASE)
