"""Datelines and agency credits: where a report says it comes from, and whose copy it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from tocsin.lang.lexicon import word_lists

_HEAD_LINES = 8  # a dateline stands at the start of one of the first lines
_LONGEST = 110  # characters of a dateline before its dash
_TAIL_CHARS = 900  # credits stand at the end

_DASH = r"[–—―-]++"
# Possessive inside, so that a run of capitals is one word and cannot be split in every way.
_PLACE = (
    r"(?:[A-Z\u00c0-\u00de](?:[\w.'’]|-(?=\w))*+,?+"
    r"(?: (?:and|de|la|of|el|al|the|in)\b)?+[ /]?+){1,7}"
)
_DAY = r"(?:[A-Z][a-z]{2,8}\.? \d{1,2}(?:,? \d{4})?|\d{1,2} [A-Z][a-z]{2,8}(?:,? \d{4})?|\w+day)"
_OUTLET = r"\([^()\n]{2,50}\)"

# From the strictest to the laxest form; group 0 is the dateline without what follows the dash.
_FORMS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"({_OUTLET})\s?{_DASH}\s?(?=\S)",
        rf"({_PLACE},? ?(?:{_DAY},? ?)?{_OUTLET})\s?(?:{_DASH}|:)\s?(?=\S)",
        rf"({_PLACE},? ?(?:{_DAY},? ?)?{_OUTLET}) (?=[A-Z\d\"“])",
        rf"([A-Z\u00c0-\u00de][A-Z\u00c0-\u00de .'’-]{{2,40}}(?:, {_PLACE})?(?:,? {_DAY})?) ?"
        r"(?:--+|[–—―]| -)\s?(?=\S)",
        r"([A-Z][a-z]+(?: [A-Z][a-z]+){0,2}(?:, [A-Z][\w. ]{1,20})?)\s(?:--+|[–—―]|-)\s(?=[A-Z\d])",
        rf"([A-Z\u00c0-\u00de]{{3,}}(?: [A-Z]{{3,}}){{0,2}}(?:, {_PLACE})?): (?=[A-Z])",
    )
)
# A name of one to four capitalised words, with digits after them: `WSLS 10`, `Piedmont Wire`.
_NAME = re.compile(r"[A-Z][\w.&'-]*(?: (?:of |the )?[A-Z\d][\w.&'-]*){0,3}")
_CONTRIBUTED = re.compile(r"\bcontributed (?:reporting )?to this (?:report|story|article)")
_REPORTING = re.compile(
    r"\(?(?:Reporting|Additional reporting|With (?:inputs|reporting|files)) (?:by|from) "
)


def dateline_of(text: str) -> str | None:
    """Return the dateline of a text without its cuts, without the dash; None when it has none."""
    for line in [line.strip() for line in text.split("\n") if line.strip()][:_HEAD_LINES]:
        for form in _FORMS:
            match = form.match(line[: _LONGEST + 10])
            if match and _is_dateline(match.group(1)) and _is_prose(line[match.end() :]):
                return match.group(1).strip().strip(",")
    return None


def _is_dateline(words: str) -> bool:
    labels = "|".join(map(re.escape, word_lists("en", "agencies")["labels"]))
    return (
        len(words) <= _LONGEST
        and not re.match(rf"\W*(?:{labels})\b", words)
        and any(char.isalpha() for char in words)
    )


def _is_prose(rest: str) -> bool:
    """Tell whether a sentence follows: a headline such as `LIVE - Mali` is no dateline."""
    return len(rest.split()) >= 6


def outlet_of(dateline: str | None) -> str | None:
    """Return who a dateline names in brackets, if it is no known agency: `(WQRX) -`."""
    match = re.search(r"\(([^()]+)\)$", dateline or "")
    if match is None or _named(match.group(1), short=True):
        return None
    name = match.group(1).strip()
    return name if _NAME.fullmatch(name) else None


def agency_of(text: str, dateline: str | None, byline: str | None = None) -> str | None:
    """Return the agency whose copy a report is, by dateline, byline or closing credit.

    "According to the Associated Press" names a source, not the author of the text, so it does
    not make the report a copy.
    """
    if dateline and (found := _in_brackets(dateline) or _named(dateline, short=False)):
        return found
    if byline and (found := _named(byline, short=True)):
        return found
    tail = text[-_TAIL_CHARS:]
    for line in reversed([line.strip() for line in tail.split("\n") if line.strip()]):
        if found := _credited(line):
            return found
    return None


def _credited(line: str) -> str | None:
    if _CONTRIBUTED.search(line):
        return None
    if line.startswith(("Copyright", "©", "(©", "(Copyright")) or _REPORTING.match(line):
        return _named(line, short=False)
    if len(line) <= 60 and (match := _only().fullmatch(line)):
        return _code_of()[match.group(1).casefold()]
    if match := _closing().search(line):
        return _code_of()[match.group(1).casefold()]
    return None


def _in_brackets(dateline: str) -> str | None:
    """Return the agency in the brackets of a dateline: the PA of `YORK, PA` is a state."""
    match = re.search(r"\(([^()]+)\)", dateline)
    return _named(match.group(1), short=True) if match else None


def _named(words: str, *, short: bool) -> str | None:
    match = (_any() if short else _long()).search(words)
    return _code_of()[match.group(1).casefold()] if match else None


@cache
def _code_of() -> Mapping[str, str]:
    return {word.casefold(): code for code, words in _names().items() for word in words}


@cache
def _names() -> Mapping[str, tuple[str, ...]]:
    lists = word_lists("en", "agencies")
    return {code: words for code, words in lists.items() if code != "labels"}


def _alternatives(*, short: bool) -> str:
    words = sorted({word for words in _names().values() for word in words}, key=len)
    kept = [word for word in reversed(words) if short or len(word) > 4]
    return "|".join(re.escape(word) for word in kept)


@cache
def _any() -> re.Pattern[str]:
    return re.compile(rf"\b({_alternatives(short=True)})\b")


@cache
def _long() -> re.Pattern[str]:
    return re.compile(rf"\b({_alternatives(short=False)})\b")


@cache
def _only() -> re.Pattern[str]:
    """Return the pattern of a line that is a credit: `Reuters`, `— AFP`, `Source: Xinhua`."""
    return re.compile(
        r"\W*+(?:(?:Source|Sources|By|Via|From|Credit)\b:? ?)?(?:the )?"
        rf"({_alternatives(short=True)})(?: news agency| staff)?\W*",
        re.IGNORECASE,
    )


@cache
def _closing() -> re.Pattern[str]:
    """Return the pattern of an agency after the last full stop: `… a spokesman said. PTI`."""
    return re.compile(rf"[.\"”'’)]\s*[-–—(]*\s*({_alternatives(short=True)})\W*$")
