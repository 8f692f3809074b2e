"""The rules of time expressions: a pattern each, whose named groups are the slots it fills."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from tocsin.coding.counts_number import alternatives, number_pattern, ordinal_pattern
from tocsin.coding.when_piece import Base
from tocsin.coding.when_words import codes, words
from tocsin.lang.lexicon import word_maps

# A year: no longer number, no range of figures, no "2000 people".
YEAR = r"(?:18|19|20)\d\d(?![\d,.:]*\d|-?\s?(?:block|people|persons|men|troops|m\b))"
DIGIT = "0"


@dataclass(frozen=True)
class Rule:
    """A pattern tried where one of `firsts` stands (`0` is any digit); weak ones need company."""

    pattern: re.Pattern[str]
    firsts: frozenset[str]
    weak: bool = False
    base: Base | None = None


def _rule(
    source: str,
    firsts: str | tuple[str, ...] | list[str],
    *,
    weak: bool = False,
    base: Base | None = None,
) -> Rule:
    """A rule from its pattern and the words it may begin with."""
    opening = (firsts,) if isinstance(firsts, str) else firsts
    heads = frozenset(re.split(r"[\s.'-]", word)[0] for word in opening)
    return Rule(re.compile(source + r"(?!\w)", re.IGNORECASE), heads, weak, base)


@cache
def rules() -> tuple[Rule, ...]:
    """All rules; where several match at one place the longest wins, then the first."""
    return (*_date_rules(), *_day_rules(), *_clock_rules(), *_relative_rules(), *_period_rules())


def _named(group: str, table: str) -> str:
    """Names of days or months; only their short forms take a full stop along."""
    full = [name for name in codes(table) if len(name) > 4 or name in ("may", "june", "july")]
    stop = "".join(f"(?<!{name})" for name in full)
    return rf"(?P<{group}>{alternatives(codes(table))})\b(?:{stop}\.)?"


def _date_rules() -> tuple[Rule, ...]:
    """Dates of the calendar."""
    month = _named("month", "month")
    months = list(codes("month"))
    year = rf"(?P<year>{YEAR})"
    day = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?(?![\d:%]|[,.]\d)"
    rank = rf"(?P<dayrank>{ordinal_pattern()})"
    to = r"(?:\s*(?:-|to|and|through)\s*(?P<dayto>\d{1,2})(?:st|nd|rd|th)?(?![\d:%]|\s*[ap]\.?m))?"
    no_day = r"(?!\.?\s+(?:the\s+)?\d{1,2}(?:st|nd|rd|th)?\b(?![\d:]))"
    lead = rf"(?P<lead>in|since|until|by|during|of|from|late in|early in)\s+{month}{no_day}"
    shade = rf"(?P<shade>early|late|mid)[\s-]+(?:in\s+)?{month}{no_day}(?:,?\s+{year})?"
    last_year = rf"(?:,?\s+{year}|,?\s+(?:of\s+)?(?P<ago>last year))?"
    at = r"(?=\s*[.,;:)]|\s+(?:in|at|when|and|after|by|near|as)\b|\s*$)"
    return (
        _rule(r"(?P<year>\d{4})-(?P<mm>\d\d)-(?P<day>\d\d)(?:[T ](?P<h>\d\d):(?P<i>\d\d))?", DIGIT),
        _rule(r"(?P<year>\d{4})/(?P<mm>\d\d?)/(?P<day>\d\d?)", DIGIT),
        _rule(r"(?P<n1>\d{1,2})(?P<sep>[/.-])(?P<n2>\d{1,2})(?P=sep)(?P<n3>\d{4}|\d\d)", DIGIT),
        _rule(r"(?<=\bon )(?P<n1>\d{1,2})(?P<sep>/)(?P<n2>\d{1,2})(?![\d/])", DIGIT),
        _rule(rf"{month}\s+(?:the\s+)?{day}{to}{last_year}", months),
        _rule(rf"{month}\s+(?:the\s+)?{rank}(?:,?\s+{year})?", months),
        _rule(rf"{day}{to}\s*(?:of\s+)?{month}{last_year}", DIGIT),
        _rule(rf"{month}\s+(?:of\s+)?(?P<ago>last year)", months),
        _rule(
            rf"{rank}\s+of\s+{month}(?:,?\s+{year})?", list(word_maps("en", "numbers")["ordinal"])
        ),
        _rule(rf"{month}(?:,|\s+of|\s+in)?\s+{year}", months),
        _rule(lead, ("in", "since", "until", "by", "during", "of", "from", "late", "early")),
        _rule(shade, ("early", "late", "mid")),
        _rule(month, months, weak=True),
        _rule(rf"(?<=\bon )the\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th){at}", "the"),
        _rule(r"the\s+(?P<day>\d{1,2})(?:st|nd|rd|th)", "the", weak=True),
        _rule(rf"(?P<lead>in|since|until|by|during|of|from|before|after|back in)\s+{year}",
              ("in", "since", "until", "by", "during", "of", "from", "before", "after", "back")),
        _rule(rf"(?P<shade>early|late|mid)[\s-]+(?:in\s+)?{year}", ("early", "late", "mid")),
        _rule(year, DIGIT, weak=True),
        _rule(r"(?:the\s+)?(?:(?P<shade>early|late|mid)[\s-]+)?(?P<decade>(?:18|19|20)\d0)'?s",
              (DIGIT, "the", "early", "late", "mid")),
        _rule(r"the\s+(?:(?P<shade>early|late|mid)[\s-]+)?'(?P<decade>\d0)s", "the"),
    )  # fmt: skip


_TURN = (
    r"(?P<turn>last|next|this past|this last|this coming|this|past|coming|upcoming|that same|that"
    r"|the very same|the same|the next|the following|the previous|previous"
    r"|the preceding|the past|the coming|same)"
)
_TURN_FIRSTS = ("last", "next", "this", "past", "coming", "upcoming", "that", "the", "same",
                "following", "previous")  # fmt: skip
_SHADE = r"(?P<shade>early|late|earlier|later|mid)(?:[\s-]+(?:on|in))?"
_SHADE_FIRSTS = ("early", "late", "earlier", "later", "mid")


def _day_rules() -> tuple[Rule, ...]:
    """Weekdays, day parts and holidays."""
    weekday = _named("weekday", "weekday")
    part = rf"(?P<part>{alternatives(codes('part'))})"
    told = _TURN.replace("|that same|that|", "|that same|")
    days = list(codes("weekday"))
    shaded = rf"(?!(?:early|late)\s+{weekday.replace('?P<weekday>', '?:')})"
    some_part = rf"{shaded}{part}(?!\s+(?:{alternatives(codes('month'))})\b)"
    nights = "curfew|emergency curfew|shelter|stay|ban|lockdown|bus|low|high|school|train|flight"
    preposition = r"(?:in|at|by|during|through|throughout|into|until|till|since)"
    return (
        _rule(rf"(?:{_SHADE}\s+)?(?:{told}\s+)?{weekday}",
              (*days, *_TURN_FIRSTS, *_SHADE_FIRSTS)),
        _rule(rf"(?:{_SHADE}[\s-]+)?{_TURN}\s+{part}", (*_TURN_FIRSTS, *_SHADE_FIRSTS)),
        _rule(rf"{preposition}\s+(?:the\s+)?{some_part}", ("in", "at", "by", "during", "through",
              "throughout", "into", "until", "till", "since"), base="context"),
        _rule(rf"(?:in\s+)?(?:the\s+)?(?P<part>night|overnight)\s+(?:from|of|between)\s+{weekday}"
              rf"(?:\s+night)?\s+(?:in)?to\s+(?:{alternatives(codes('weekday'))})\b",
              ("in", "the", "night", "overnight")),
        _rule(rf"(?:(?:in|during|on)\s+)?(?:the\s+)?(?:over)?night\s+(?:in)?to"
              rf"\s+(?P<eve>{alternatives(codes('weekday'))})(?P<part>)",
              ("in", "during", "on", "the", "night", "overnight")),
        _rule(rf"overnight(?!\s+(?:{nights})\b)(?P<part>)", "overnight"),
        _rule(rf"(?:the\s+)?{part}", ("the", *codes("part")), weak=True),
        _rule(rf"(?P<holiday>{alternatives(codes('holiday'))})", list(codes("holiday"))),
    )  # fmt: skip


def _clock_rules() -> tuple[Rule, ...]:
    """Times of day."""
    before, after = alternatives(words("just_before")), alternatives(words("just_after"))
    near = alternatives(words("nearly"))
    slack = rf"(?:(?:(?P<before>{before})|(?P<after>{after})|(?P<near>{near}))\s+)?"
    firsts = (DIGIT, *words("just_before"), *words("just_after"), *words("nearly"))
    zone = rf"(?:\s+\(?(?P<zone>{alternatives(codes('zone'))})\b\)?(?:\s+time)?|\s+local\s+time)?"
    cardinals = list(word_maps("en", "numbers")["cardinal"])
    hour = rf"(?P<hour>\d{{1,2}}|{alternatives(cardinals)})"
    half = r"(?P<half>[ap])\.?\s?m\b\.?"
    named = rf"(?P<named>{alternatives(codes('named_clock'))})"
    day = rf"(?:{alternatives(codes('weekday'))}|yesterday|last|this|tomorrow|that)"
    part = "(?:morning|afternoon|evening|night)"
    day_part = rf"(?=\s+(?:on\s+)?{day}\s+{part}|\s+(?:in\s+the|at)\s+{part})"
    at = r"(?:(?<=\bat )|(?<=about )|(?<=around ))"
    next_clock = r"(?=\s*(?:-|to|and|until|till)\s*\d{1,2}(?::\d\d)?\s*[ap]\.?\s?m\b)"
    return (
        _rule(rf"{slack}(?P<hour>\d{{1,2}})(?:[:.](?P<i>\d\d))?\s*{half}{zone}", firsts),
        _rule(rf"{slack}{hour}\s+{half}{zone}", (*firsts, *cardinals)),
        _rule(rf"{slack}{hour}\s*o'clock{zone}", (*firsts, *cardinals)),
        _rule(rf"{slack}half(?P<i>\s+past)\s+{hour}{zone}", (*firsts, "half")),
        _rule(rf"{slack}(?P<h>\d{{1,2}})[:](?P<i>\d\d)(?![:\d])(?:\s*(?:hours|hrs|h)\b)?{zone}",
              firsts),
        _rule(rf"{slack}(?P<h>[01]\d|2[0-4])(?P<i>[0-5]\d)\s?(?:hours|hrs|h)(?P<mil>){zone}",
              firsts),
        _rule(rf"{slack}(?P<h>\d{{1,2}})h(?P<i>[0-5]\d)?(?P<mil>){zone}", firsts),
        _rule(r"(?P<h>[01]\d|2[0-4])(?P<i>[0-5]\d)(?P<mil>)\s+(?P<zone>GMT|UTC)", DIGIT),
        _rule(rf"{at}(?P<hour>\d{{1,2}})(?::(?P<i>\d\d))?{day_part}", DIGIT),
        _rule(rf"{slack}(?P<hour>\d{{1,2}})(?::(?P<i>\d\d))?{next_clock}", firsts),
        _rule(rf"{slack}{named}{zone}", (*firsts, "noon", "midnight", "high")),
    )  # fmt: skip


def _relative_rules() -> tuple[Rule, ...]:
    """Days and spans counted from the publication or from another time told."""
    vague = "several|a few|few|many|some|a couple of|a couple|couple of|an?"
    # Halves are not counted: "half an hour later" is no hour later.
    amount = rf"(?<!half )(?P<amount>{number_pattern()}|{vague})"
    firsts = (
        DIGIT,
        "several",
        "a",
        "few",
        "many",
        "some",
        "couple",
        "an",
        "half",
        *word_maps("en", "numbers")["cardinal"],
        *word_maps("en", "numbers")["tens"],
    )
    unit = rf"(?P<unit>{alternatives(codes('unit'))})"
    no_event = "he|she|they|it|we|on|in|at|and|but|when|who|that|which|for|to|as|with|from|near"
    event = rf"(?=\s+(?!(?:{no_event})\b)\w)"
    # "Saturday night after a protest" counts nothing from the protest.
    no_day = r"(?<!day )(?<!last )(?<!this )(?<!that )(?<!same )(?<!half[ -])(?<!half an )"
    days = list(codes("relative"))
    units = list(codes("unit"))
    day = "(?P<unit>day|night|evening|morning|afternoon|week|weekend|month|year)"
    return (
        _rule(rf"(?P<relative>{alternatives(days)})", days),
        _rule(rf"{amount}\s+(?:more\s+)?{unit}\s+"
              r"(?P<way>ago|back\b(?!\s+\w)|on(?=\s*[,.;:]|\s*$|\s+from))",
              firsts, base="published"),
        _rule(rf"in\s+{amount}\s+{unit}(?:'s?\s+time)?(?P<way>)(?=\s*[,.;:]|\s*$)", "in",
              base="ahead"),
        _rule(rf"{amount}\s+{unit}\s+(?P<way>before|after|into|since|prior to|following){event}",
              firsts, base="event"),
        _rule(rf"{no_day}{unit}\s+(?P<way>before|after){event}", units, base="event"),
        _rule(rf"the\s+{day}\s+(?P<way>before|after|following){event}", "the", base="event"),
        _rule(rf"{amount}\s+(?:more\s+)?{unit}\s+(?P<way>earlier|before|prior|previously|later"
              r"|afterwards?|after|from now)", firsts, base="context"),
        _rule(rf"{no_day}{unit}\s+(?P<way>ago|earlier|before|later|after)", units, base="context"),
        _rule(rf"the\s+{day}\s+(?P<way>before|prior|after)", "the", base="context"),
        _rule(r"(?:un)?till?\s+(?P<open>further notice)", ("until", "till")),
        _rule(r"(?:(?:over|in|during|within|for|throughout)\s+(?:the\s+)?|(?:the|these)\s+)"
              rf"(?P<way>past|last|previous|preceding)\s+"
              rf"(?P<amount>{number_pattern()}|few|several|couple of)\s+{unit}",
              ("over", "in", "during", "within", "for", "throughout", "the", "these"),
              base="span"),
    )  # fmt: skip


def _period_rules() -> tuple[Rule, ...]:
    """Weeks, weekends, months, seasons, years, nights in a row, every night."""
    season = rf"(?P<season>{alternatives(codes('season'))})"
    month = _named("month", "month")
    ordinals = list(word_maps("en", "numbers")["ordinal"])
    straight = r"(?:straight|consecutive|successive|full)"
    unrest = r"protests?|unrest|demonstrations?|riots?|rioting|violence|clashes|disorder|looting"
    row = r"(?:in\s+a\s+row|running|in\s+succession)"
    rank = rf"(?P<rank>{ordinal_pattern()}|\d{{1,2}}(?:st|nd|rd|th))"
    tail = rf"(?:\s+{row}|\s+of\s+(?:\w+\s+){{0,3}}(?:{unrest}))"
    return (
        _rule(rf"(?:{_SHADE}\s+)?{_TURN}\s+(?P<period>day|week|weekend|month|year|fortnight)",
              (*_TURN_FIRSTS, *_SHADE_FIRSTS)),
        _rule(r"(?P<shade>earlier|later)\s+(?:in|on)\s+(?P<turn>the)\s+(?P<period>day)",
              ("earlier", "later")),
        _rule(rf"(?:{_SHADE}\s+)?{_TURN}\s+{season}", (*_TURN_FIRSTS, *_SHADE_FIRSTS)),
        _rule(rf"(?:{_SHADE}\s+)?{_TURN}\s+{month}", (*_TURN_FIRSTS, *_SHADE_FIRSTS)),
        _rule(rf"(?:in\s+)?(?:the\s+)?{season}(?:,?\s+of)?,?\s+(?P<year>{YEAR})",
              ("in", "the", *codes("season"))),
        _rule(r"the\s+(?P<period>weekend)|(?:at\s+|over\s+)the\s+(?P<period2>weekend)",
              ("the", "at", "over")),
        _rule(rf"{rank}\s+(?:{straight}\s+)?(?P<part>night|evening)(?:{tail})?",
              (DIGIT, *ordinals)),
        _rule(rf"(?P<another>another)\s+(?P<part>night|evening){tail}", ("another",)),
        _rule(rf"{rank}\s+{straight}\s+(?P<rankday>day)(?:{tail})?", (DIGIT, *ordinals)),
        _rule(rf"{rank}\s+(?P<rankday>day)(?:\s+and\s+night)?{tail}", (DIGIT, *ordinals)),
        _rule(rf"(?P<each>{alternatives(words('each'))})", list(words("each"))),
    )  # fmt: skip
