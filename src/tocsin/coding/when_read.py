"""The expressions of a report with what the parse says of them, and their resolution in order."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from spacy.tokens import Token

from tocsin.coding.document import Document, Paragraph
from tocsin.coding.when_anchor import (
    DAY,
    Anchor,
    Moment,
    at_hour,
    day_or_none,
    night_of,
    whole_days,
)
from tocsin.coding.when_clause import (
    is_aside,
    is_of_reason,
    is_past,
    is_pluperfect,
    is_present,
    is_saying,
    lasts,
    moves,
    names_measure,
    tense_of,
    token_at,
    verb_of,
)
from tocsin.coding.when_day import Tense
from tocsin.coding.when_piece import Piece
from tocsin.coding.when_resolve import moment_of, part_hours, window_of
from tocsin.coding.when_scan import Expression, scan
from tocsin.coding.when_words import plain

_PLACE_LINE = re.compile(r"[A-Z][A-Z .,'-]{2,40}[,.]?[^.!?]{0,20}(?:[.,]\s*)?")
_AFTER_LINE = re.compile(r"\s*+(?:\([^)]{2,40}\))?\s*+[-–—:]")
_FOR_DAY = re.compile(r"\bfor\s+(?:the\s+|this\s+|next\s+|late\s+|early\s+)*$", re.IGNORECASE)
_PLANNED = re.compile(
    r"\b(?:will|shall|won't|(?:is|are)\s+(?:due\s+)?to|due\s+to|plans?\s+to|planned\s+for"
    r"|set\s+for|scheduled|slated|upcoming)\b[^.;:,]*$",
    re.IGNORECASE,
)
# "Ordered a curfew starting on Wednesday": just past or to come.
_STARTING = re.compile(
    r"\b(?:starting|beginning|effective)\s+(?:on\s+|from\s+|this\s+|late\s+|early\s+)*$",
    re.IGNORECASE,
)
_UPDATE = re.compile(r"^\W{0,4}updated?\W{1,4}(?:at\s+)?$", re.IGNORECASE)
_THIS = re.compile(r"\bthis\s+$", re.IGNORECASE)
# A report that is only dated counts as written by this hour: later times are of the day before.
_WRITTEN = 20
FINE = ("minute", "hour", "daypart", "day")


@dataclass(frozen=True, slots=True)
class Found:
    """An expression in the report: its verb, whether that looks ahead, whose time it is.

    `of_reason` is one of what its verb is done for: "held over killings on a second night".
    """

    expression: Expression
    start: int
    end: int
    sentence: int
    tense: Tense
    verb: Token | None
    owned: bool
    opens: bool
    update: bool = False
    present: bool = False
    of_reason: bool = False


def read(document: Document, paragraph: Paragraph, anchor: Anchor) -> list[Found]:
    """The expressions of a paragraph."""
    text = plain(paragraph.parse.text)
    found = []
    for expression in scan(text.text, day_first=anchor.day_first):
        start, end = text.origin(expression.start), text.origin(expression.end)
        token = token_at(paragraph.parse, text.origin(expression.first.start))
        verb = verb_of(token) if token is not None else None
        sentence = document.sentence_at(paragraph.start + start)
        after = paragraph.parse.text[end : end + 2]
        found.append(
            Found(
                expression,
                paragraph.start + start,
                paragraph.start + end,
                sentence.index if sentence else 0,
                _tense(text.text, expression, token, verb),
                verb,
                after in ("'s", "’s"),
                token is not None and _opens(expression.first, token, verb),
                _UPDATE.search(text.text[: expression.start]) is not None,
                _THIS.search(text.text[: expression.start]) is not None,
                token is not None and is_of_reason(token),
            )
        )
    return found


def _tense(text: str, expression: Expression, token: Token | None, verb: Token | None) -> Tense:
    """Whether the time lies ahead, by its preposition or its verb."""
    piece = expression.first
    if piece.lead in ("until", "through"):
        return "past" if lasts(verb) else "ahead"
    named = piece.weekday is not None or piece.day is not None or piece.period == "weekend"
    if named and _FOR_DAY.search(text[max(0, piece.start - 30) : piece.start]):
        if text[piece.end : piece.end + 2] == "'s":
            return None
        if verb is not None and is_pluperfect(verb):
            return "past"
        return "near" if piece.clock is not None and verb and is_past(verb) else "ahead"
    if named and _STARTING.search(text[max(0, piece.start - 30) : piece.start]):
        return "near"
    told = tense_of(token) if token is not None else None
    if told != "ahead" and _PLANNED.search(text[max(0, piece.start - 60) : piece.start]):
        return "ahead"
    lasting = expression.last is not None or expression.lasting is not None
    if told is None and lasting and is_present(verb):
        return "ahead"
    return told


def _opens(piece: Piece, token: Token, verb: Token | None) -> bool:
    """Whether `from Monday` opens a window, unlike the `video from Monday`."""
    if piece.lead != "from":
        return False
    node = token
    while node.head.i != node.i and node.head.pos_ not in ("VERB", "AUX"):
        node = node.head
        if node.lower_ == "notice":  # "until further notice from 10 p.m."
            continue
        if node.pos_ in ("NOUN", "PROPN") and not names_measure(node) and node.i < token.i:
            return False
    return verb is not None or names_measure(node)


def dateline_anchor(document: Document, found: list[Found], anchor: Anchor) -> Anchor:
    """The date of a dateline in place of an unknown publication."""
    day = None
    if document.report.dateline:
        text = plain(document.report.dateline).text
        day = next(
            filter(None, (_full_date(e) for e in scan(text, day_first=anchor.day_first))), None
        )
    if day is None and found and document.paragraphs:
        first, base = found[0], document.paragraphs[0].start
        before, after = document.text[base : first.start], document.text[first.end :]
        if _PLACE_LINE.fullmatch(before) and _AFTER_LINE.match(after):
            day = _full_date(first.expression)
    if day is None:
        return anchor
    return replace(anchor, day=day, year=day.year, inferred=True)


def _full_date(expression: Expression) -> date | None:
    """The day of an expression that says year, month and day."""
    piece = expression.first
    if piece.year is None or piece.month is None or piece.day is None:
        return None
    return day_or_none(piece.year, piece.month, piece.day)


def resolve(found: list[Found], anchor: Anchor) -> list[Moment | None]:
    """The moments of all expressions, each seen from the publication and those before it."""
    moments: list[Moment | None] = []
    told: Moment | None = None
    coming: Moment | None = None
    for index, one in enumerate(found):
        context = (coming or told) if one.tense == "ahead" else told
        moment = _moment(one, anchor, _day_after(found, index, anchor) or context)
        moments.append(moment)
        if moment is None or not _leads(one, moment, told):
            continue
        if one.tense == "ahead":
            coming = moment
        else:
            told, coming = moment, None
    return moments


def _day_after(found: list[Found], index: int, anchor: Anchor) -> Moment | None:
    """The day that the clause names only behind its hours: "from 22:00 to 05:00 on Tuesday"."""
    one = found[index]
    first, last = one.expression.first, one.expression.last
    if first.clock is None or first.names_day or last is None or last.clock is None:
        return None
    if last.names_day or any(other.sentence == one.sentence for other in found[:index]):
        return None
    for other in found[index + 1 :]:
        piece = other.expression.first
        verb = other.verb
        same = one.verb is not None and verb is not None and one.verb.i in (verb.i, verb.head.i)
        plain = piece.names_day and piece.lead in (None, "from") and piece.clock is None
        if other.sentence == one.sentence and same and plain:
            return moment_of(replace(piece, lead=None), anchor, None, other.tense)
    return None


def _leads(one: Found, moment: Moment, context: Moment | None) -> bool:
    """Whether later "that night" and bare clock times are told from this one."""
    if moment.precision not in FINE or moment.end - moment.start > 2 * DAY:
        return False
    if one.expression.first.lead in ("since", "until", "through"):
        return False
    if context is None:
        return True
    return not (one.owned or is_aside(one.verb) or is_saying(one.verb))


def _moment(one: Found, anchor: Anchor, context: Moment | None) -> Moment | None:
    """The moment of one expression."""
    expression = one.expression
    first = expression.first
    if expression.last is not None:
        if moves(one.verb) and first.clock and expression.last.clock:
            day = first if first.names_day else expression.last
            moved = replace(day, clock=expression.last.clock, lead="from")
            return moment_of(moved, anchor, context or _tonight(anchor), one.tense)
        if first.open_end and not first.names_day:
            return None
        pieces = (first, expression.last, expression.through)
        hours = first.clock is not None and one.tense == "ahead" and is_present(one.verb)
        bare = hours and not expression.last.names_day
        told = _tonight(anchor) if bare else context or _tonight(anchor)
        moment = window_of(pieces, anchor, told, one.tense)
        return _extended(expression, moment) if moment else None
    if first.day_to is not None:
        return _days(first, anchor, context, one.tense)
    if first.lead in ("until", "through"):
        return _end(first, anchor, context, one.tense)
    moment = moment_of(first, anchor, context, one.tense)
    if moment is None and context is None and first.clock is not None:
        if one.update:
            moment = _updated(first, anchor)
        elif one.opens:
            moment = moment_of(first, anchor, _tonight(anchor), one.tense)
        elif one.tense != "ahead" and first.turn != "that":
            moment = _latest_clock(first, anchor)
    if moment is None and first.rank is not None and anchor.day is not None:
        moment = _latest_night(one, first, anchor.day)
    if moment is not None and expression.lasting is not None:
        return _for_so_long(moment, *expression.lasting)
    return moment


def _updated(piece: Piece, anchor: Anchor) -> Moment | None:
    """The clock time at the head of an update is one of the day it was published."""
    clock = piece.clock
    if clock is not None and clock.hour == 24 and clock.slack == "after":
        piece = replace(piece, clock=replace(clock, hour=0))
    return moment_of(piece, anchor, _tonight(anchor), None)


def _latest_clock(piece: Piece, anchor: Anchor) -> Moment | None:
    """A clock time without any day told is the last one before the report can have been written."""
    today = moment_of(piece, anchor, _tonight(anchor), None)
    if today is None or anchor.day is None:
        return None
    latest = anchor.clock or at_hour(anchor.day, _WRITTEN)
    if today.start <= latest:
        return today
    night = today.night_of and today.night_of - DAY
    return replace(today, start=today.start - DAY, end=today.end - DAY, night_of=night)


def _latest_night(one: Found, piece: Piece, published: date) -> Moment | None:
    """ "After a second night" is told the day after, "this second night" on it."""
    hours = part_hours(piece)
    if hours is None or not (piece.lead == "after" or one.present):
        return None
    day = published if one.present else published - DAY
    start, end = at_hour(day, hours[0]), at_hour(day, hours[1])
    return Moment(start, end, "daypart", night_of(start, end), inferred=True)


def _tonight(anchor: Anchor) -> Moment | None:
    """The day that bare hours of a measure are meant for when no other is told."""
    if anchor.day is None:
        return None
    return replace(whole_days(anchor.day, anchor.day + DAY, "day"), inferred=True)


def _extended(expression: Expression, moment: Moment) -> Moment:
    """Hours that hold for so many nights, or until a day."""
    if expression.until and expression.through is not None:
        return replace(moment, end=moment.end - DAY if _overnight(moment) else moment.end)
    if expression.lasting is None:
        return moment
    amount, unit = expression.lasting
    if unit not in ("day", "night"):
        return moment
    return replace(moment, end=moment.end + timedelta(amount - 1))


def _overnight(moment: Moment) -> bool:
    """Whether a window's daily hours pass midnight."""
    return moment.end.time() <= moment.start.time()


def _for_so_long(moment: Moment, amount: int, unit: str) -> Moment:
    """A window of so many hours or days from a moment."""
    hours = {"hour": 1, "day": 24, "night": 24, "week": 168}.get(unit, 0) * amount
    return replace(moment, end=moment.start + timedelta(hours=hours), night_of=None)


def _days(piece: Piece, anchor: Anchor, context: Moment | None, tense: Tense) -> Moment | None:
    """`July 5-8`: whole days; "the night of 14 to 15 March" is one night."""
    first = moment_of(replace(piece, day_to=None), anchor, context, tense)
    if first is None or piece.day_to is None:
        return None
    last = day_or_none(first.start.year, first.start.month, piece.day_to)
    if last is None or last < first.start.date():
        return None
    if first.night_of and last == first.night_of + DAY:
        return first
    return whole_days(first.start.date(), last + DAY, "day")


def _end(piece: Piece, anchor: Anchor, context: Moment | None, tense: Tense) -> Moment | None:
    """The moment that `until` or `through` leads to; a bare hour is the next such hour."""
    if piece.clock is None or piece.names_day:
        return moment_of(piece, anchor, context, tense)
    base = context or _tonight(anchor)
    if base is None:
        return None
    sharp = base.precision in ("minute", "hour")
    since = base.start if sharp else at_hour(base.day, 12)
    if not sharp and anchor.clock is not None and anchor.clock.date() == base.day:
        since = anchor.clock
    day = replace(whole_days(since.date(), since.date() + DAY, "day"), inferred=True)
    for step in range(2):
        later = replace(day, start=day.start + DAY * step, end=day.end + DAY * step)
        moment = moment_of(replace(piece, lead=None), anchor, later, tense)
        if moment is not None and moment.start > since:
            return moment
    return None


def is_main(one: Found) -> bool:
    """Whether a time is that of the sentence and not of an aside."""
    aside = is_aside(one.verb) and one.expression.last is None
    return not aside and one.expression.first.lead not in ("since", "until", "through", "after")
