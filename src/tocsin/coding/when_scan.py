"""Time expressions in a paragraph: rules tried at their first words, neighbours joined."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from tocsin.coding.counts_number import number_pattern, value_of
from tocsin.coding.when_piece import Lead, Piece, joined
from tocsin.coding.when_rules import DIGIT, Rule, rules
from tocsin.coding.when_slots import piece_of
from tocsin.coding.when_words import codes

_TOKEN = re.compile(r"[^\W_]+")
_GLUE = re.compile(
    r"(?:'s)?[\s,(]*(?:(?:on|of|at|in|the|during|around|about|local time|time)[\s,]+)*\(?",
    re.IGNORECASE,
)
# The longest run of small words between two parts of one expression.
_GLUE_LENGTH = 24
_TO = re.compile(
    r"(?:'s)?[\s,]*(?:to|until|till|til|through|thru|-|into|and(?:\s+on)?\s+into|up\s+to"
    r"|(?:and\s+)?ending|and\s+(?:lasts?|runs?|ends?)(?:\s+until)?)\s*"
    r"(?:(?:the|on|at|about|around|early|in)\s+)*",
    re.IGNORECASE,
)
_AND = re.compile(r"\s*(?:and|&|or|,)\s*(?:(?:the|on|at|then|again|on)\s+)*", re.IGNORECASE)
_LEAD = re.compile(
    r"\b(?P<word>since|until|till|til|through|thru|from|between|starting|beginning"
    r"|effective|by|before|after|prior\s+to|following|ending|up\s+to)\s+"
    r"(?:(?:at|on|about|around|the|an?|late|early|approximately|roughly|just|shortly|as)\s+)*$",
    re.IGNORECASE,
)
# "since early Tuesday": the word is part of the piece.
_SINCE = re.compile(r"(?P<word>since)\s", re.IGNORECASE)
_LEADS: dict[str, Lead] = {
    **dict.fromkeys(("until", "till", "til", "ending"), "until"),
    **dict.fromkeys(("through", "thru"), "through"),
    "up to": "until",
    **dict.fromkeys(("from", "between", "starting", "beginning"), "from"),
    "effective": "from",
    **dict.fromkeys(("before", "prior to"), "before"),
    **dict.fromkeys(("after", "following"), "after"),
    "since": "since",
    "by": "by",
}
_FOR = re.compile(
    rf",?\s+for\s+(?:the\s+next\s+)?(?P<amount>{number_pattern()})\s+(?:straight\s+|consecutive\s+)?"
    r"(?P<unit>nights?|days?|hours?|weeks?)\b",
    re.IGNORECASE,
)
_FOR_FROM = re.compile(
    rf"\b(?:for|lasts?|lasting)\s+(?P<amount>{number_pattern()})\s+(?P<unit>nights?|days?|hours?|weeks?),?\s+"
    r"(?:from|starting|beginning|effective)\s+(?:(?:at|on|from|around|about)\s+)*$",
    re.IGNORECASE,
)
# "5pm local time (1400 GMT)": the same moment once more.
_ELSEWHERE = re.compile(
    r"((?:\d|[ap]\.?m\.?|time|noon|midnight)\s*)(\(\d{1,2}(?:[:.]?\d\d)?(?:\s?[ap]\.?m\.?)?\s?(?:GMT|UTC|BST|ET|EST|EDT)\))"
)
_ON_DAY = re.compile(r"m\.?,?\s+on\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Expression:
    """One time expression: a moment, or a range from `first` to `last` (on days `through`)."""

    start: int
    end: int
    first: Piece
    last: Piece | None = None
    through: Piece | None = None
    until: bool = False
    lasting: tuple[int, str] | None = None


@cache
def _by_first() -> dict[str, tuple[Rule, ...]]:
    """The rules that may begin at a word."""
    table: dict[str, list[Rule]] = defaultdict(list)
    for rule in rules():
        for first in rule.firsts:
            table[first].append(rule)
    return {first: tuple(found) for first, found in table.items()}


def scan(text: str, *, day_first: bool | None) -> list[Expression]:
    """The time expressions of a paragraph in order."""
    text = _ELSEWHERE.sub(lambda match: match[1] + " " * len(match[2]), text)
    merged = _distributed(text, _merged(text, _pieces(text, day_first)))
    kept: list[Piece] = []
    for piece in merged:
        if not piece.weak or (kept and _matches(text, kept[-1], piece)):
            kept.append(_led(text, piece))
    return _ranged(text, kept)


def _matches(text: str, left: Piece, right: Piece) -> bool:
    """Whether a bare month or year is the other end of a range of months or years."""
    years = left.year is not None and right.year is not None
    months = left.month is not None and right.month is not None
    gap = text[left.end : right.start]
    return (years or months) and bool(_TO.fullmatch(gap) or _AND.fullmatch(gap))


def _pieces(text: str, day_first: bool | None) -> Iterator[Piece]:
    """Single expressions: at each word the longest match of a rule."""
    table = _by_first()
    covered = 0
    for token in _TOKEN.finditer(text):
        if token.start() < covered:
            continue
        word = token.group().lower()
        best: Piece | None = None
        for rule in table.get(DIGIT if word[0].isdigit() else word, ()):
            match = rule.pattern.match(text, token.start())
            if match is None or (best is not None and match.end() <= best.end):
                continue
            best = piece_of(match, rule, day_first=day_first) or best
        if best is not None:
            covered = best.end
            yield best


def _merged(text: str, pieces: Iterator[Piece]) -> list[Piece]:
    """Neighbours with only small words between them become one."""
    merged: list[Piece] = []
    for piece in pieces:
        one = _one(text, merged[-1], piece) if merged else None
        if one is None:
            merged.append(piece)
        else:
            merged[-1] = one
    return merged


def _one(text: str, left: Piece, right: Piece) -> Piece | None:
    """Two neighbours as one, if they stand close and say one time."""
    gap = text[left.end : right.start]
    stops = text[left.end - 1] == "." and gap.strip()[:1].isupper()
    if stops or len(gap) > _GLUE_LENGTH or not _GLUE.fullmatch(gap):
        return None
    return joined(left, right)


def _distributed(text: str, pieces: list[Piece]) -> list[Piece]:
    """Give both days the part of `Friday and Saturday night`."""
    made = list(pieces)
    for index in range(len(made) - 1, 0, -1):
        left, right = made[index - 1], made[index]
        if left.weekday is None or right.weekday is None or right.part is None:
            continue
        if left.part or left.clock or left.shade:
            continue
        if _AND.fullmatch(text[left.end : right.start]):
            made[index - 1] = replace(left, part=right.part)
    return made


def _led(text: str, piece: Piece) -> Piece:
    """Note the preposition before a piece."""
    if piece.lead is not None:
        return piece
    match = _LEAD.search(text[max(0, piece.start - 40) : piece.start])
    match = match or _SINCE.match(text, piece.start)
    if match is None:
        return piece
    return replace(piece, lead=_LEADS[" ".join(match.group("word").lower().split())])


def _ranged(text: str, pieces: list[Piece]) -> list[Expression]:
    """Join what `to`, `until`, a dash or `between ... and` ties together."""
    found: list[Expression] = []
    index = 0
    while index < len(pieces):
        first = pieces[index]
        index += 1
        if index == len(pieces) or not _tied(text, first, pieces[index]):
            start = _lead_start(text, first)
            found.append(_lasting(text, Expression(start, first.end, first)))
            continue
        last = pieces[index]
        index += 1
        through, until = None, False
        if index < len(pieces) and _spreads(text, first, last, pieces[index]):
            through = pieces[index]
            until = "until" in text[last.end : through.start].lower()
            index += 1
        first, last = _placed(text, first, last, spread=through is not None)
        start, end = _lead_start(text, first), (through or last).end
        if _DAILY.search(text[:start]) and through is None:
            first = replace(first, open_end=True)
        found.append(_lasting(text, Expression(start, end, first, last, through, until)))
    return found


def _lead_start(text: str, piece: Piece) -> int:
    """Where an expression begins: with its since, until, from or between."""
    if piece.lead not in ("since", "until", "through", "from"):
        return piece.start
    base = max(0, piece.start - 40)
    match = _LEAD.search(text[base : piece.start])
    return base + match.start() if match else piece.start


_DAILY = re.compile(r"\b(?:daily|nightly|each\s+\w+|every\s+\w+)\s+$", re.IGNORECASE)


def _lasting(text: str, expression: Expression) -> Expression:
    """Add `for two nights` after the hours, or `for 48 hours from` before the start."""
    behind = _FOR.match(text, expression.end)
    if behind is not None and expression.last is not None:
        amount = value_of(behind.group("amount"))
        if amount:
            unit = codes("unit")[behind.group("unit").lower()]
            return replace(expression, end=behind.end(), lasting=(amount, unit))
    base = max(0, expression.first.start - 60)
    ahead = _FOR_FROM.search(text[base : expression.first.start])
    if ahead is not None and expression.last is None:
        amount = value_of(ahead.group("amount"))
        if amount:
            unit = codes("unit")[ahead.group("unit").lower()]
            start = base + ahead.start()
            return replace(expression, start=start, lasting=(amount, unit))
    return expression


def _tied(text: str, first: Piece, last: Piece) -> bool:
    """Whether two pieces are the ends of one range."""
    gap = text[first.end : last.start]
    if len(gap) > _GLUE_LENGTH or (first.shift is not None and first.shift.base == "span"):
        return False
    if first.open_end or last.open_end or (first.each and not first.clock):
        return False
    if _TO.fullmatch(gap):
        return True
    between = text[max(0, first.start - 30) : first.start].lower()
    return "between" in between and first.lead == "from" and _AND.fullmatch(gap) is not None


def _spreads(text: str, first: Piece, last: Piece, more: Piece) -> bool:
    """Whether `8 p.m. to 6 a.m. Friday` goes on `and Saturday night`, or `until Sunday`."""
    gap = text[last.end : more.start]
    if first.clock is None or last.clock is None or more.clock is not None or not more.names_day:
        return False
    if _TO.fullmatch(gap):
        return True
    return bool(_AND.fullmatch(gap)) and last.names_day and not first.names_day


def _placed(text: str, first: Piece, last: Piece, *, spread: bool) -> tuple[Piece, Piece]:
    """Move the day of `8 p.m. to 6 a.m. on Friday` to where the window begins."""
    if first.names_day or not last.names_day or first.clock is None or last.clock is None:
        return first, last
    if not spread and not _ON_DAY.search(text[last.start : last.end]):
        return first, last
    first = replace(
        first,
        year=last.year,
        month=last.month,
        day=last.day,
        weekday=last.weekday,
        turn=last.turn,
        shift=last.shift,
        part=last.part,
    )
    return first, Piece(last.start, last.end, clock=last.clock, each=last.each)
