"""Page furniture in text: which lines and pieces are cut, and why.

Four means, in this order: patterns for whole lines, lists of headlines below a header,
patterns for pieces inside a line, and a small score for lines that only look like furniture.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from tocsin.intake.starts import starts_of
from tocsin.lang.lexicon import word_lists
from tocsin.model import Cut

# A line scored at or above this is furniture: one strong cue and a shape, or several cues.
_THRESHOLD = 4.0
_LONGEST_FURNITURE = 420  # characters; longer lines are prose, only pieces of them are cut
_LONGEST_HEADER = 120  # characters of a line that opens a list of headlines or comments
_SHORT = 12  # words; a line as short as this is always looked at
_LONGEST_SCORED = 45  # words
_HEADLINE_WORDS = (2, 17)  # words of a headline in a list of links
_MOST_HEADLINES = 12  # in one list
_LINKED_SHARE = 0.34  # above this the links are the content, as in a digest or a list of offers
_UNPUNCTUATED = 0.5  # share of long lines without full stop, from which shape tells nothing

_STRAIGHT = (("’", "'"), ("‘", "'"), ("“", '"'), ("”", '"'), ("\u00a0", " "), ("…", "."))
_BULLET = re.compile(r"^[•*▪►▶»>→+|\s-]+(?=\w|\()")
_ENDED = re.compile(r"[.!?:][\"')\]]*$")
_STOPPED = re.compile(r"[.!][\"')\]]*$")
_CREDIT_END = re.compile(
    r"\((?:[^()]*\bphotos?\b[^()]*|[A-Z][\w.'-]+(?: [A-Z][\w.'-]+){0,3} ?/ ?[A-Z][^()]{1,60})\)\W*$"
)
_CAPTION_SIGN = re.compile(
    r"\b(?:file|pictured|seen here|left|right|center|\w+day,? [A-Z][a-z]+\.? \d{1,2},? \d{4}"
    r"|poses?|holds?|stands?|walks?|looks?|gathers?|speaks?|waits?|attends?|reacts?|marche?s?)\b"
)
_CAPITAL_CREDIT = re.compile(r"[A-Z][A-Z .,'&-]{3,40} ?/ ?[A-Z][A-Z .,'&-]{2,40}$")
_BYLINE = re.compile(
    r"(?:By|BY):? (?:[A-Z][\w.'-]+ ){1,3}[A-Z][\w.'-]+"
    r"(?:(?:,| and| \||  ?[—–-]|/).{0,60})?(?<![.!?])$"
)
_DAY_LINE = re.compile(
    r"(?:\w+day,? )?(?:[A-Z][a-z]{2,8}\.? \d{1,2},? \d{4}|\d{1,2} [A-Z][a-z]{2,8},? \d{4})\W*$"
)
# What somebody said to others may be worded like a request of the page: "Please give us water".
_SPEECH = re.compile(
    r", (?:[\w'.-]+ ){1,5}(?:said|told|asked|shouted|demanded|cried|pleaded|added|wrote)\b"
)
_IN_SPEECH = frozenset({"support", "share", "newsletter"})
_NEAR, _FAR = "near", "far"  # keys of patterns without fixed first letters
# A pattern that begins with a run of any characters.
_RUN = re.compile(r"(?:\(\?:)?(?:\.|\[\^[^\]]+\]|\[\\w[^\]]*\])\{")
_NEVER = re.compile(r"(?!)")
_HEAD_LINES = 6  # a bare date this near the top is the date of publication
_SENTENCE = re.compile(r"[^.!?]+(?:[.!?]+[\"')\]]*|$)\s*")
_COMMENT_HEAD = re.compile(r"(?:\d+ )?comments?(?: ?\(\d+\))?:?|leave a (?:reply|comment)", re.I)
_COMMENT_SIGN = re.compile(
    r"reply|\d+ \w+ ago|(?:log|sign) in to.*|like|report|.*not be published.*", re.I
)
_WORD = re.compile(r"[a-z]+|[©@]")
_SQUEEZE = re.compile(r"\W+")
_FROM = re.compile(r"list of \d+ items|list \d+ of \d+", re.IGNORECASE)
_TO = re.compile(r"end of list", re.IGNORECASE)

# Kinds that are also cut when they are one sentence among others in a line.
_IN_SENTENCES = frozenset({"copyright", "newsletter", "support", "share", "cookies"})


def kept_text(text: str, cuts: tuple[Cut, ...]) -> str:
    """Return a text without its cuts."""
    for cut in reversed(cuts):
        text = text[: cut.start] + text[cut.end :]
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def squeezed(words: str) -> str:
    """Return words in a form that ignores case, blanks and punctuation."""
    return _SQUEEZE.sub("", words).casefold()


@dataclass(frozen=True)
class _Line:
    start: int
    end: int
    text: str

    @property
    def words(self) -> int:
        return len(self.text.split())

    @cached_property
    def is_suspect(self) -> bool:
        """Tell whether a closer look can find furniture: most prose is passed by at once."""
        words = _WORD.findall(self.text.lower())
        return len(words) < _SHORT or self.text[-1] in ")]" or not _hints().isdisjoint(words)


def find_cuts(text: str, *, links: frozenset[str] = frozenset()) -> tuple[Cut, ...]:
    """Return the spans of a text that are page furniture, in order.

    `links` are the squeezed texts of the page's links: a line that is nothing but one of them
    leads to another report.
    """
    lines = _lines(text)
    reasons = _whole_lines(lines)
    _linked_lines(lines, reasons, links)
    _headline_lists(lines, reasons)
    _comment_section(lines, reasons)
    cuts = []
    for index, line in enumerate(lines):
        if index in reasons:
            cuts.append(Cut(start=line.start, end=line.end, reason=reasons[index]))
        elif line.is_suspect:
            cuts.extend(_pieces(text, line))
    return tuple(cuts)


def _lines(text: str) -> list[_Line]:
    found = []
    start = 0
    for raw in _straight(text).split("\n"):
        if words := raw.split():
            lead = len(raw) - len(raw.lstrip())
            found.append(_Line(start + lead, start + len(raw.rstrip()), " ".join(words)))
        start += len(raw) + 1
    return found


def _straight(text: str) -> str:
    """Return a text of the same length with plain quotes, stops and blanks."""
    for odd, plain in _STRAIGHT:
        text = text.replace(odd, plain)
    return text


def _whole_lines(lines: list[_Line]) -> dict[int, str]:
    found = {}
    for index, line in enumerate(lines):
        if not line.is_suspect:
            continue
        reason = _reason(line.text, near_top=index < _HEAD_LINES)
        if reason:
            found[index] = reason
    return found


def _reason(line: str, *, near_top: bool) -> str | None:
    """Return why a whole line is furniture, None when it is content."""
    if len(line) > _LONGEST_FURNITURE:
        return None
    bare = _BULLET.sub("", line)
    if bare[:1] in "\"'":
        return None
    if reason := _pattern_of(bare):
        return reason
    if _CAPITAL_CREDIT.match(bare) or _is_caption(bare):
        return "caption"
    if _BYLINE.match(bare):
        return "byline"
    if near_top and _DAY_LINE.match(bare):
        return "stamp"
    if _score(bare) < _THRESHOLD:
        return None
    if _has_any(bare, "inline_hints") and _score(_inline().sub("", bare)) < _THRESHOLD:
        return None
    return "site"


def _pattern_of(line: str) -> str | None:
    """Return the kind of furniture that a whole line matches."""
    if not _may_match(line):
        return None
    is_speech = _SPEECH.search(line) is not None
    for reason, pattern in _patterns().items():
        if not (is_speech and reason in _IN_SPEECH) and pattern.fullmatch(line):
            return reason
    return None


def _may_match(line: str) -> bool:
    """Tell whether any pattern matches a line: most don't, and two looks tell."""
    gates = [_gate(line[:1].lower()), _gate(_NEAR)]
    if _has_any(line, "far_hints"):
        gates.append(_gate(_FAR))
    return any(gate.fullmatch(line) for gate in gates)


def _is_caption(line: str) -> bool:
    return bool(_CREDIT_END.search(line) and _CAPTION_SIGN.search(line))


def _score(line: str) -> float:
    """Return how much a line looks like furniture, from cue words and its shape."""
    words = line.split()
    if len(words) > _LONGEST_SCORED or not _has_any(line, "cue_hints"):
        return 0.0
    cues = _cues()
    score = 3.0 * len(cues["strong"].findall(line)) + 2.0 * len(cues["middle"].findall(line))
    if not score:
        return 0.0
    score += min(2.0, 1.0 * len(cues["weak"].findall(line)))
    score -= 3.0 * len(cues["news"].findall(line))
    score += 1.0 * (not _ENDED.search(line)) + 1.0 * ("|" in line or ">>" in line)
    return score - 3.0 * ('"' in line) - 0.5 * (len(words) > 30)


def _linked_lines(lines: list[_Line], reasons: dict[int, str], links: frozenset[str]) -> None:
    """Add lines that are links to the reasons, unless the page is a list of links itself."""
    linked = [
        index
        for index, line in enumerate(lines)
        if index and _is_headline(line) and squeezed(line.text) in links
    ]
    if len(linked) <= _LINKED_SHARE * len(lines):
        for index in linked:
            reasons.setdefault(index, "related")


def _headline_lists(lines: list[_Line], reasons: dict[int, str]) -> None:
    """Add the headlines below a header such as "Related stories" to the reasons."""
    header = _header()
    punctuated = _is_punctuated(lines)
    index = 0
    while index < len(lines):
        line = lines[index].text
        index += 1
        if len(line) > _LONGEST_HEADER:
            continue
        bare = _BULLET.sub("", line)
        if _FROM.fullmatch(bare):
            index = _until_end(lines, reasons, index)
        elif header.fullmatch(bare):
            reasons[index - 1] = "related"
            most = _MOST_HEADLINES if punctuated else 1
            index = _headlines(lines, reasons, index, most)


def _headlines(lines: list[_Line], reasons: dict[int, str], index: int, most: int) -> int:
    taken = 0
    while index < len(lines) and taken < most:
        if index not in reasons:
            if not _is_headline(lines[index]):
                break
            reasons[index] = "related"
            taken += 1
        elif _header().fullmatch(lines[index].text):
            break
        index += 1
    return index


def _until_end(lines: list[_Line], reasons: dict[int, str], index: int) -> int:
    for last in range(index, min(index + _MOST_HEADLINES, len(lines))):
        if _TO.fullmatch(lines[last].text):
            for inside in range(index, last + 1):
                reasons.setdefault(inside, "related")
            return last + 1
    return index


def _is_headline(line: _Line) -> bool:
    low, high = _HEADLINE_WORDS
    return low <= line.words <= high and not _STOPPED.search(line.text)


def _is_punctuated(lines: list[_Line]) -> bool:
    """Tell whether this text ends its sentences, so that a line without a stop is a headline."""
    prose = [line for line in lines if line.words > _HEADLINE_WORDS[0] + 6]
    ended = sum(bool(_ENDED.search(line.text)) for line in prose)
    return ended >= _UNPUNCTUATED * len(prose)


def _comment_section(lines: list[_Line], reasons: dict[int, str]) -> None:
    """Cut from the last comment header to the end, where readers' lines follow."""
    for index in range(len(lines) - 1, 1, -1):
        line = lines[index].text
        if len(line) > _LONGEST_HEADER or not _COMMENT_HEAD.fullmatch(line):
            continue
        rest = lines[index + 1 :]
        if any(_COMMENT_SIGN.fullmatch(line.text) for line in rest):
            for later in range(index, len(lines)):
                reasons[later] = "comments"
        return


def _pieces(text: str, line: _Line) -> list[Cut]:
    """Return the pieces of a content line that are furniture."""
    original = _straight(text[line.start : line.end])
    found = []
    if _has_any(original, "inline_hints"):
        found = [
            Cut(start=line.start + match.start(), end=line.start + match.end(), reason="inline")
            for match in _inline().finditer(original)
        ]
    if original.count('"') or len(original) > 4 * _LONGEST_FURNITURE:
        return found
    return _merged(found + _sentences(original, line.start))


def _has_any(line: str, hints: str) -> bool:
    """Tell whether patterns can match at all: a look for fixed words is far cheaper."""
    lower = line.lower()
    return any(word in lower for word in word_lists("en", "furniture")[hints])


def _sentences(original: str, offset: int) -> list[Cut]:
    """Return the sentences of a line that are furniture among others that are not."""
    patterns = _patterns()
    found = []
    for match in _SENTENCE.finditer(original):
        sentence = match.group().rstrip()
        words = _WORD.findall(sentence.lower())
        is_prose = len(words) >= _SHORT and _hints().isdisjoint(words)
        if is_prose or len(sentence.split()) < 3 or len(sentence) == len(original):
            continue
        if not _may_match(sentence.lstrip()):
            continue
        for reason in _IN_SENTENCES:
            if patterns[reason].fullmatch(sentence.lstrip()):
                start = offset + match.start()
                found.append(Cut(start=start, end=start + len(sentence), reason=reason))
                break
    return found


def _merged(cuts: list[Cut]) -> list[Cut]:
    """Return cuts in order, those that overlap joined."""
    merged: list[Cut] = []
    for cut in sorted(cuts, key=lambda cut: cut.start):
        if merged and cut.start < merged[-1].end:
            last = merged.pop()
            cut = Cut(start=last.start, end=max(last.end, cut.end), reason=last.reason)
        merged.append(cut)
    return merged


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    return {
        key.removeprefix("line_"): _compiled(words)
        for key, words in word_lists("en", "furniture").items()
        if key.startswith("line_")
    }


@cache
def _gate(start: str) -> re.Pattern[str]:
    """Return one pattern of all that start with a letter, with anything, or with a run of it."""
    every = [
        (word, starts_of(word))
        for key, words in word_lists("en", "furniture").items()
        if key.startswith("line_")
        for word in words
    ]
    chosen = tuple(
        word
        for word, starts in every
        if (start in starts if starts is not None else start == _open_start(word))
    )
    return _compiled(chosen) if chosen else _NEVER


def _open_start(word: str) -> str:
    return _FAR if _RUN.match(word) else _NEAR


@cache
def _header() -> re.Pattern[str]:
    return _compiled(word_lists("en", "furniture")["header_related"])


@cache
def _inline() -> re.Pattern[str]:
    return _compiled(word_lists("en", "furniture")["inline"])


@cache
def _hints() -> frozenset[str]:
    return frozenset(word_lists("en", "furniture")["hints"])


@cache
def _cues() -> Mapping[str, re.Pattern[str]]:
    lists = word_lists("en", "furniture")
    return {
        name: re.compile(rf"\b(?:{'|'.join(lists[f'cue_{name}'])})\b", re.IGNORECASE)
        for name in ("strong", "middle", "weak", "news")
    }


def _compiled(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return one pattern of all words, with the shapes of dates filled in."""
    pattern = "|".join(words)
    lists = word_lists("en", "furniture")
    for name in ("stamp", "clock", "ago", "month"):
        pattern = pattern.replace(f"{{{name}}}", f"(?:{'|'.join(lists[f'shape_{name}'])})")
    return re.compile(pattern, re.IGNORECASE)
