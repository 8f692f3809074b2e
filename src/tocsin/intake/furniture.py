"""Page furniture in text: which lines and pieces are cut, and why.

Four means, in this order: patterns for whole lines, lists of headlines below a header,
patterns for pieces inside a line, and a small score for lines that only look like furniture.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from tocsin.intake.patterns import (
    IN_SENTENCES,
    Present,
    cues,
    has_any,
    hints,
    inline,
    is_header,
    letter_words,
    may_match,
    patterns,
    present_in,
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
    words: int
    is_suspect: bool  # a closer look can find furniture: most prose is passed by at once


def find_cuts(text: str, *, links: frozenset[str] = frozenset()) -> tuple[Cut, ...]:
    """Return the spans of a text that are page furniture, in order.

    `links` are the squeezed texts of the page's links: a line that is nothing but one of them
    leads to another report.
    """
    lines = _lines(text)
    present = present_in("\n".join(line.text for line in lines))
    reasons = _whole_lines(lines, present)
    if links:
        _linked_lines(lines, reasons, links)
    _headline_lists(lines, reasons)
    _comment_section(lines, reasons)
    cuts = []
    for index, line in enumerate(lines):
        if index in reasons:
            cuts.append(Cut(start=line.start, end=line.end, reason=reasons[index]))
        elif line.is_suspect:
            cuts.extend(_pieces(text, line, present))
    return tuple(cuts)


def _lines(text: str) -> list[_Line]:
    found = []
    start = 0
    for raw in _straight(text).split("\n"):
        if words := raw.split():
            lead = len(raw) - len(raw.lstrip())
            line, end = " ".join(words), start + len(raw.rstrip())
            found.append(_Line(start + lead, end, line, len(words), _is_suspect(line)))
        start += len(raw) + 1
    return found


def _is_suspect(line: str) -> bool:
    return line[-1] in ")]" or _is_odd(line)


def _is_odd(words: str) -> bool:
    """Tell whether words are few or have one of those that furniture uses."""
    found = letter_words(words)
    return len(found) < _SHORT or not hints().isdisjoint(found)


def _straight(text: str) -> str:
    """Return a text of the same length with plain quotes, stops and blanks."""
    for odd, plain in _STRAIGHT:
        text = text.replace(odd, plain)
    return text


def _whole_lines(lines: list[_Line], present: Present) -> dict[int, str]:
    found = {}
    for index, line in enumerate(lines):
        if not line.is_suspect:
            continue
        reason = _reason(line.text, present, near_top=index < _HEAD_LINES)
        if reason:
            found[index] = reason
    return found


def _reason(line: str, present: Present, *, near_top: bool) -> str | None:
    """Return why a whole line is furniture, None when it is content."""
    if len(line) > _LONGEST_FURNITURE:
        return None
    bare = _bare(line)
    if bare[:1] in "\"'":
        return None
    if reason := _pattern_of(bare, present.far):
        return reason
    if ("/" in bare and _CAPITAL_CREDIT.match(bare)) or _is_caption(bare):
        return "caption"
    if _BYLINE.match(bare):
        return "byline"
    if near_top and _DAY_LINE.match(bare):
        return "stamp"
    if _score(bare, present.cue) < _THRESHOLD:
        return None
    is_piece = has_any(bare, present.inline)
    if is_piece and _score(inline().sub("", bare), present.cue) < _THRESHOLD:
        return None
    return "site"


def _bare(line: str) -> str:
    """Return a line without the bullets before it."""
    return _BULLET.sub("", line) if line[0] in _BULLETS else line


def _pattern_of(line: str, far: tuple[str, ...]) -> str | None:
    """Return the kind of furniture that a whole line matches."""
    if not may_match(line, far):
        return None
    is_speech = _SPEECH.search(line) is not None
    for reason, pattern in patterns().items():
        if not (is_speech and reason in _IN_SPEECH) and pattern.fullmatch(line):
            return reason
    return None


def _is_caption(line: str) -> bool:
    return bool(")" in line and _CREDIT_END.search(line) and _CAPTION_SIGN.search(line))


def _score(line: str, cue_words: tuple[str, ...]) -> float:
    """Return how much a line looks like furniture, from cue words and its shape."""
    if not has_any(line, cue_words):
        return 0.0
    words = len(line.split())
    if words > _LONGEST_SCORED:
        return 0.0
    phrases = cues()
    score = 3.0 * len(phrases["strong"].findall(line)) + 2.0 * len(phrases["middle"].findall(line))
    if not score:
        return 0.0
    score += min(2.0, 1.0 * len(phrases["weak"].findall(line)))
    score -= 3.0 * len(phrases["news"].findall(line))
    score += 1.0 * (not _ENDED.search(line)) + 1.0 * ("|" in line or ">>" in line)
    return score - 3.0 * ('"' in line) - 0.5 * (words > 30)


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
        line = lines[index].text
        index += 1
        if len(line) > _LONGEST_HEADER:
            continue
        bare = _bare(line)
        if _FROM.fullmatch(bare):
            index = _until_end(lines, reasons, index)
        elif is_header(bare):
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
        elif is_header(lines[index].text):
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


def _pieces(text: str, line: _Line, present: Present) -> list[Cut]:
    """Return the pieces of a content line that are furniture."""
    original = _straight(text[line.start : line.end])
    found = []
    if has_any(original, present.inline):
        found = [
            Cut(start=line.start + match.start(), end=line.start + match.end(), reason="inline")
            for match in inline().finditer(original)
        ]
    if original.count('"') or len(original) > 4 * _LONGEST_FURNITURE:
        return found
    return _merged(found + _sentences(original, line.start, present.far))


def _sentences(original: str, offset: int, far: tuple[str, ...]) -> list[Cut]:
    """Return the sentences of a line that are furniture among others that are not."""
    found = []
    for match in _SENTENCE.finditer(original):
        sentence = match.group().rstrip()
        if len(sentence) == len(original) or not _is_odd(sentence) or len(sentence.split()) < 3:
            continue
        bare = sentence.lstrip()
        if not may_match(bare, far, in_sentences=True):
            continue
        for reason in IN_SENTENCES:
            if patterns()[reason].fullmatch(bare):
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
