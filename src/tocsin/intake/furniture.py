"""Page furniture in text: which lines and pieces are cut, and why.

Four means, in this order: patterns for whole lines, lists of headlines below a header,
patterns for pieces inside a line, and a small score for lines that only look like furniture.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from tocsin.intake.patterns import (
    IN_SENTENCES,
    can_match,
    cues,
    header,
    hints,
    inline,
    letters_of,
    lowered,
    may_match,
    patterns,
)
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
_BULLETS = "•*▪►▶»>→+|-"
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
_HEAD_LINES = 6  # a bare date this near the top is the date of publication
_SENTENCE = re.compile(r"[^.!?]+(?:[.!?]+[\"')\]]*|$)\s*")
_COMMENT_HEAD = re.compile(r"(?:\d+ )?comments?(?: ?\(\d+\))?:?|leave a (?:reply|comment)", re.I)
_COMMENT_SIGN = re.compile(
    r"reply|\d+ \w+ ago|(?:log|sign) in to.*|like|report|.*not be published.*", re.I
)
_SQUEEZE = re.compile(r"\W+")
_FROM = re.compile(r"list of \d+ items|list \d+ of \d+", re.IGNORECASE)
_TO = re.compile(r"end of list", re.IGNORECASE)


def kept_text(text: str, cuts: tuple[Cut, ...]) -> str:
    """Return a text without its cuts."""
    for cut in reversed(cuts):
        text = text[: cut.start] + text[cut.end :]
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def squeezed(words: str) -> str:
    """Return words in a form that ignores case, blanks and punctuation."""
    return _SQUEEZE.sub("", words).casefold()


class _Line(NamedTuple):
    start: int
    end: int
    text: str
    low: str  # a suspect's text in lower case, without the bullets before it
    letters: list[str]  # its words without digits and signs, in lower case
    words: int
    is_suspect: bool  # a closer look can find furniture: most prose is passed by at once


def find_cuts(text: str, *, links: frozenset[str] = frozenset()) -> tuple[Cut, ...]:
    """Return the spans of a text that are page furniture, in order.

    `links` are the squeezed texts of the page's links: a line that is nothing but one of them
    leads to another report.
    """
    straight = _straight(text)
    low = lowered(straight)
    lines = _lines(straight, low)
    reasons = _whole_lines(lines)
    if links:
        _linked_lines(lines, reasons, links)
    _headline_lists(lines, reasons)
    _comment_section(lines, reasons)
    cuts = []
    for index, line in enumerate(lines):
        if index in reasons:
            cuts.append(Cut(start=line.start, end=line.end, reason=reasons[index]))
        elif line.is_suspect:
            cuts.extend(_pieces(low[line.start : line.end], line))
    return tuple(cuts)


def _lines(straight: str, low: str) -> list[_Line]:
    found = []
    start = 0
    spelt = letters_of(low).split("\n")
    for raw, words in zip(straight.split("\n"), spelt, strict=True):
        if parts := raw.split():
            lead = len(raw) - len(raw.lstrip())
            line, letters = " ".join(parts), words.split()
            is_suspect = line[-1] in ")]" or _is_odd(letters)
            bare = _bare(line).lower() if is_suspect else ""
            begin, end = start + lead, start + len(raw.rstrip())
            found.append(_Line(begin, end, line, bare, letters, len(parts), is_suspect))
        start += len(raw) + 1
    return found


def _is_odd(words: list[str]) -> bool:
    """Tell whether words are few or have one of those that furniture uses."""
    return len(words) < _SHORT or not hints().isdisjoint(words)


def _bare(line: str) -> str:
    """Return a line without the bullets before it."""
    return _BULLET.sub("", line) if line[0] in _BULLETS else line


def _straight(text: str) -> str:
    """Return a text of the same length with plain quotes, stops and blanks."""
    for odd, plain in _STRAIGHT:
        text = text.replace(odd, plain)
    return text


def _whole_lines(lines: list[_Line]) -> dict[int, str]:
    found = {}
    for index, line in enumerate(lines):
        if line.is_suspect and (reason := _reason(line, near_top=index < _HEAD_LINES)):
            found[index] = reason
    return found


def _reason(line: _Line, *, near_top: bool) -> str | None:
    """Return why a whole line is furniture, None when it is content."""
    low = line.low
    if len(line.text) > _LONGEST_FURNITURE or low[:1] in ("'", '"'):
        return None
    if reason := _pattern_of(line):
        return reason
    if reason := _shape_of(_bare(line.text), near_top=near_top):
        return reason
    if not can_match("cue", low, line.letters) or _score(low) < _THRESHOLD:
        return None
    is_piece = can_match("inline", low, line.letters)
    if is_piece and _score(inline().sub("", low)) < _THRESHOLD:
        return None
    return "site"


def _pattern_of(line: _Line) -> str | None:
    """Return the kind of furniture that a whole line matches."""
    low = line.low
    if not may_match(low, has_far=can_match("far", low, line.letters)):
        return None
    is_speech = _SPEECH.search(low) is not None
    for reason, pattern in patterns().items():
        if not (is_speech and reason in _IN_SPEECH) and pattern.fullmatch(low):
            return reason
    return None


def _shape_of(bare: str, *, near_top: bool) -> str | None:
    """Return the kind of furniture that a line's capitals, marks and dates make it."""
    if ("/" in bare and _CAPITAL_CREDIT.match(bare)) or _is_caption(bare):
        return "caption"
    if _BYLINE.match(bare):
        return "byline"
    return "stamp" if near_top and _DAY_LINE.match(bare) else None


def _is_caption(line: str) -> bool:
    return bool(")" in line and _CREDIT_END.search(line) and _CAPTION_SIGN.search(line))


def _score(low: str) -> float:
    """Return how much a line looks like furniture, from cue words and its shape."""
    words = len(low.split())
    if words > _LONGEST_SCORED:
        return 0.0
    phrases = cues()
    score = 3.0 * len(phrases["strong"].findall(low)) + 2.0 * len(phrases["middle"].findall(low))
    if not score:
        return 0.0
    score += min(2.0, 1.0 * len(phrases["weak"].findall(low)))
    score -= 3.0 * len(phrases["news"].findall(low))
    score += 1.0 * (not _ENDED.search(low)) + 1.0 * ("|" in low or ">>" in low)
    return score - 3.0 * ('"' in low) - 0.5 * (words > 30)


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
    index = 0
    while index < len(lines):
        line = lines[index]
        index += 1
        if not line.is_suspect or len(line.text) > _LONGEST_HEADER:
            continue
        if _FROM.fullmatch(line.low):
            index = _until_end(lines, reasons, index)
        elif header().fullmatch(line.low):
            reasons[index - 1] = "related"
            most = _MOST_HEADLINES if _is_punctuated(lines) else 1
            index = _headlines(lines, reasons, index, most)


def _headlines(lines: list[_Line], reasons: dict[int, str], index: int, most: int) -> int:
    taken = 0
    while index < len(lines) and taken < most:
        if index not in reasons:
            if not _is_headline(lines[index]):
                break
            reasons[index] = "related"
            taken += 1
        elif header().fullmatch(lines[index].low):
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


def _pieces(low: str, line: _Line) -> list[Cut]:
    """Return the pieces of a content line, as it stands in lower case, that are furniture."""
    found = []
    if can_match("inline", low, line.letters):
        found = [
            Cut(start=line.start + match.start(), end=line.start + match.end(), reason="inline")
            for match in inline().finditer(low)
        ]
    if '"' in low or len(low) > 4 * _LONGEST_FURNITURE:
        return found
    return _merged(found + _sentences(low, line))


def _sentences(low: str, line: _Line) -> list[Cut]:
    """Return the sentences of a line that are furniture among others that are not."""
    matches = list(_SENTENCE.finditer(low))
    if len(matches) < 2:
        return []
    found = []
    has_far = can_match("far", low, line.letters)
    for match in matches:
        sentence = match.group().rstrip()
        bare = sentence.lstrip()
        if not may_match(bare, has_far=has_far, in_sentences=True):
            continue
        if len(bare.split()) < 3 or not _is_odd(letters_of(bare).split()):
            continue
        for reason in IN_SENTENCES:
            if patterns()[reason].fullmatch(bare):
                start = line.start + match.start()
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
