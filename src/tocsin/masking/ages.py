"""Names beside a stated age under eighteen: masked though no account tells of the person."""

from __future__ import annotations

import re
from collections.abc import Iterator

_NUMBERS = (
    r"1[0-7]|[1-9]|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|"
    r"fourteen|fifteen|sixteen|seventeen"
)
_UNIT = r"(?:[- ]years?[- ]old|[- ](?:weeks?|months?)[- ]old)"
_WORD = r"[A-Z][\w'’-]*\w"
_NAME = rf"{_WORD}(?: [A-Z]\.)?(?: {_WORD}){{1,2}}"
# "A 12-year-old West Side boy", "a 15-year-old African American": where from, not who.
_WHENCE = r"(?:North|South|East|West|New|Saint|St|San|Santa|Los|Las|El|African|Native|Saudi|Sri)\b"
_PERSON = (
    r"(?:boy|girl|child|teen\w*|student|pupil|youth|kid|son|daughter|brother|sister|twin\w*|"
    r"resident|native|victim|suspect|sophomore|freshman|junior|senior|player|male|female)\b"
)
_MINOR = re.compile(
    rf"(?<![\w-])(?i:{_NUMBERS}){_UNIT}[,:]? (?!{_WHENCE})(?P<name>{_NAME})(?![\w-])"
    rf"(?!(?: (?:high|middle|school|area))* {_PERSON})"
)


def names(text: str) -> Iterator[tuple[int, int]]:
    """Yield where a name follows an age under eighteen."""
    for match in _MINOR.finditer(text):
        yield match.span("name")
