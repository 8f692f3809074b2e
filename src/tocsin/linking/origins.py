"""Where a value comes from first-hand: the least number of independent bases behind it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from tocsin.lang.lexicon import word_lists
from tocsin.linking import names
from tocsin.model import Claim, Report

# Speakers whose office speaks with one voice: two police claims of one incident share an origin.
_BODIES = frozenset(
    {"police", "official", "prosecutor", "medic", "organiser", "ngo", "armed_group"}
)
# Speakers who are somebody, but nobody can tell whether two reports mean the same one.
_NAMELESS = frozenset({"unnamed", "witness", "victim", "family", "lawyer", "crowd"})


@dataclass(frozen=True)
class Origins:
    """Knows the reports, and which of them are copies of one text."""

    reports: Mapping[str, Report]
    copy_of: Mapping[str, str]

    def of(self, claim: Claim) -> str | None:
        """Return the origin of one claim, None where it cannot be known."""
        said = claim.attribution
        report = claim.evidence[0].report
        if said.speaker_kind == "other_outlet":
            return _outlet(said.speaker or said.via)
        if said.speaker_kind in ("footage", "document"):
            return said.speaker_kind
        if said.speaker_kind == "outlet":
            return self._own(report)
        if said.speaker and said.speaker[:1].isupper() and said.speaker_kind not in _BODIES:
            return f"person:{names.plain(said.speaker).split()[-1]}"
        if said.speaker_kind in _BODIES:
            return said.speaker_kind
        # A nameless witness whom an agency heard is that agency's, whoever passes it on.
        if said.via and said.speaker_kind in _NAMELESS:
            return _outlet(said.via)
        # A copied sentence of a nameless witness is one witness; another text may be another one.
        return (
            f"{said.speaker_kind}:{self._text(report)}" if said.speaker_kind in _NAMELESS else None
        )

    def _own(self, report: str) -> str | None:
        found = self.reports.get(report)
        if found is None:
            return None
        if found.agency:
            return _outlet(found.agency)
        original = self.reports.get(self._text(report), found)
        if original.agency:
            return _outlet(original.agency)
        if original.outlet is None or not (original.byline or original.dateline):
            return None
        return _outlet(original.outlet.name)

    def _text(self, report: str) -> str:
        return self.copy_of.get(report, report)

    def count(self, claims: Iterable[Claim]) -> int:
        """Return at least how many independent origins stand behind claims."""
        known = {origin for claim in claims if (origin := self.of(claim)) is not None}
        return max(1, len(known))


def _outlet(name: str | None) -> str | None:
    """The origin that an outlet or agency is; its short form and its full name are one."""
    plain = names.plain(name or "")
    return f"outlet:{_agencies().get(plain, plain)}" if plain else None


@cache
def _agencies() -> Mapping[str, str]:
    """Every name of a news agency in plain form, mapped to one."""
    lists = word_lists("en", "agencies")
    return {
        names.plain(name): code.lower()
        for code, forms in lists.items()
        if code != "labels"
        for name in (code, *forms)
    }
