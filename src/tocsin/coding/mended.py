"""Reports whose text is damaged are read in a mended copy; what is said stays the original's.

Broken letters, entities, joined words, quotation marks without their pair and texts in capitals
keep a reader from seeing what stands there. The copy is coded, and every piece of evidence is
led back to the words of the original.
"""

from __future__ import annotations

import re
from functools import cache

import msgspec

from tocsin.gazetteer import Gazetteer
from tocsin.ids import digest
from tocsin.lang.lexicon import word_lists, word_maps
from tocsin.lang.rarity import packaged, stem
from tocsin.model import Account, Attribution, Claim, Cut, Evidence, Report
from tocsin.text.repair import Repaired, is_shouted, repair

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_BLOCK = re.compile(r"[^\n]+")
_OPENS = re.compile(r"(?:^|[.!?:]\s|[\"“]|\n)\s*$")
_KNOWN_PLACE = 50_000  # people; a smaller town's name is more often some other word
_COMMON = 8  # texts of 5,000 that have a word; names of people and towns stand in fewer


class Mended:
    """A mended copy of a report, and the way back."""

    def __init__(self, report: Report, gazetteer: Gazetteer) -> None:
        self._original = report
        self._map = repair(report.text)
        text = _lowered(self._map.text, gazetteer)
        self.is_needed = text != report.text
        self.report = _copy(report, self._map, text) if self.is_needed else report

    def restored(self, account: Account) -> Account:
        """Return an account of the copy with the words of the original as its evidence."""
        return msgspec.structs.replace(
            account,
            anchor=self._evidence(account.anchor),
            claims=tuple(self._claim(claim) for claim in account.claims),
            caused_by=tuple(
                msgspec.structs.replace(
                    cause, evidence=self._evidence(cause.evidence) if cause.evidence else None
                )
                for cause in account.caused_by
            ),
        )

    def _claim(self, claim: Claim) -> Claim:
        return msgspec.structs.replace(
            claim,
            evidence=tuple(self._evidence(evidence) for evidence in claim.evidence),
            attribution=self._attribution(claim.attribution),
        )

    def _attribution(self, found: Attribution) -> Attribution:
        return msgspec.structs.replace(
            found,
            cue=self._evidence(found.cue) if found.cue else None,
            content=self._evidence(found.content) if found.content else None,
        )

    def _evidence(self, found: Evidence) -> Evidence:
        start, end = self._map.span(found.start, found.end)
        return msgspec.structs.replace(
            found,
            text_digest=self._original.text_digest,
            start=start,
            end=end,
            quote=self._original.text[start:end],
        )


def _copy(report: Report, mended: Repaired, text: str) -> Report:
    cuts = tuple(
        Cut(start=mended.mended(cut.start), end=mended.mended(cut.end), reason=cut.reason)
        for cut in report.cuts
    )
    return msgspec.structs.replace(report, text=text, text_digest=digest(text), cuts=cuts)


def _lowered(text: str, gazetteer: Gazetteer) -> str:
    """Return a text with its paragraphs in capitals written as others would write them."""
    blocks = list(_BLOCK.finditer(text))
    shouted = [block for block in blocks if is_shouted(block.group())]
    if not shouted:
        return text
    spans = {block.span() for block in shouted}
    seen = {
        word
        for block in blocks
        if block.span() not in spans
        for word in _WORD.findall(block.group())
    }
    for block in shouted:
        case = _Case(seen, gazetteer)
        start, end = block.span()
        text = text[:start] + _WORD.sub(case.of, block.group()) + text[end:]
    return text


class _Case:
    """Writes the words of a shouted paragraph in their usual case, one after the other."""

    def __init__(self, seen: set[str], gazetteer: Gazetteer) -> None:
        self._seen = seen
        self._gazetteer = gazetteer
        self._after_name = False

    def of(self, match: re.Match[str]) -> str:
        """Return a word in its usual case: the same number of letters."""
        word = match.group()
        lower = word.lower()
        if len(lower) != len(word):  # some letters have a capital only as two
            return word
        is_name = self._is_name(lower)
        self._after_name = is_name and lower in _first_names()
        opens = _OPENS.search(match.string, 0, match.start()) is not None
        return lower[0].upper() + lower[1:] if is_name or opens else lower

    def _is_name(self, word: str) -> bool:
        if word in _function_words():
            return False
        if self._after_name or word in _first_names() or word in _calendar():
            return True
        if word in self._seen or word.capitalize() in self._seen:
            return word not in self._seen
        if word not in _everyday() and any(
            place.kind in ("country", "admin1") or place.population >= _KNOWN_PLACE
            for place in self._gazetteer.candidates(word)
        ):
            return True
        return packaged().counts.get(stem(word), 0) < _COMMON


@cache
def _function_words() -> frozenset[str]:
    return frozenset(word_lists("en", "function_words")["common"])


@cache
def _first_names() -> frozenset[str]:
    lists = word_lists("en", "speakers")
    return frozenset((*lists["men"], *lists["women"]))


@cache
def _calendar() -> frozenset[str]:
    maps = word_maps("en", "time")
    return frozenset((*maps["weekday"], *maps["month"])) - {"may", "march", "sun", "sat"}


@cache
def _everyday() -> frozenset[str]:
    lists = word_lists("en", "places")
    return frozenset((*lists["everyday"], *lists["common"]))
