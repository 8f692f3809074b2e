"""What people's decisions mean for linking: the later decision wins, withdrawn ones are void."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tocsin.ids import IdLedger
from tocsin.linking.cluster import Pair, ordered
from tocsin.model import Decision
from tocsin.terms import Review, Verification

_VERIFICATIONS: dict[str, Verification] = {
    "unverified": "unverified",
    "attributed": "attributed",
    "verified": "verified",
    "disputed": "disputed",
    "retracted": "retracted",
}
_STAY = re.compile(r"the first (\d+) stay")


@dataclass(frozen=True)
class Rulings:
    """Decisions in force: pairs of accounts together or apart, and what is said of incidents."""

    together: tuple[Pair, ...]
    apart: tuple[Pair, ...]
    by_account: Mapping[str, Sequence[Decision]]
    stranded: tuple[Decision, ...]


NO_RULINGS = Rulings((), (), {}, ())


def in_force(decisions: Sequence[Decision]) -> list[Decision]:
    """Return the decisions that no later one withdraws, in their order."""
    withdrawn: set[str] = set()
    kept: list[Decision] = []
    for decision in reversed(decisions):
        if str(decision.seq) in withdrawn:
            continue
        if decision.verb == "withdraw":
            withdrawn |= set(decision.about)
        else:
            kept.append(decision)
    return kept[::-1]


def rule(
    decisions: Sequence[Decision],
    position_of: Mapping[str, int],
    *,
    ledger: IdLedger = IdLedger(),  # noqa: B008 - frozen
) -> Rulings:
    """Return what decisions demand of accounts at these positions; later ones win.

    A decision may name incidents too: each stands for its founding account.
    """
    made = _Made([], [], {}, [])
    for decision in reversed(in_force(decisions)):
        made.take(decision, position_of, ledger)
    return Rulings(tuple(made.together), tuple(made.apart), made.about, tuple(made.stranded[::-1]))


@dataclass
class _Made:
    """Rulings while decisions are read, the last one first."""

    together: list[Pair]
    apart: list[Pair]
    about: dict[str, list[Decision]]
    stranded: list[Decision]

    def take(self, decision: Decision, position_of: Mapping[str, int], ledger: IdLedger) -> None:
        """Add what a decision demands, as far as later ones leave it.

        A grouping whose accounts are gone in part holds for the others, and is shown as stranded.
        """
        sides = [
            [_account(name, position_of, ledger) for name in side] for side in sides_of(decision)
        ]
        here = [[position_of[name] for name in side if name in position_of] for side in sides]
        gone = sum(map(len, here)) < sum(map(len, sides)) and decision.verb != "note"
        if gone:
            self.stranded.append(decision)
        if decision.verb == "same":
            self._join(here[0])
        elif decision.verb == "different":
            pairs = [ordered(a, b) for a in here[0] for b in here[1] if a != b]
            self.apart += [pair for pair in pairs if not _joined(pair, self.together)]
            for side in here if decision.value else ():
                self._join(side)
        elif not gone:
            for account in sides[0]:
                self.about.setdefault(account, []).insert(0, decision)

    def _join(self, positions: Sequence[int]) -> None:
        first = next(iter(positions), 0)
        pairs = [ordered(first, other) for other in positions if other != first]
        self.together += [pair for pair in pairs if not _parts(pair, self.together, self.apart)]


def sides_of(decision: Decision) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what a decision names: for `different` those that stay and those that leave."""
    if decision.verb != "different":
        return decision.about, ()
    stated = _STAY.fullmatch(decision.value or "")
    count = int(stated.group(1)) if stated else 1
    return decision.about[:count], decision.about[count:]


def split_of(staying: Sequence[str], leaving: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """Return what a decision that parts an incident is about, and its value.

    It names all accounts: with one of those that stay, the others could leave with the rest.
    """
    return (*staying, *leaving), f"the first {len(staying)} stay"


def _account(name: str, position_of: Mapping[str, int], ledger: IdLedger) -> str:
    if name in position_of or not name.startswith("i-"):
        return name
    founded = ledger.founded.get(name, ())
    return next((account for account in founded if account in position_of), name)


def _parts(pair: Pair, together: Sequence[Pair], apart: Sequence[Pair]) -> bool:
    """Tell whether joining a pair would join two that stand apart."""
    joined = [*together, pair]
    return any(_joined(other, joined) for other in apart)


def _joined(pair: Pair, together: Sequence[Pair]) -> bool:
    reach = {pair[0]}
    grown = True
    while grown:
        grown = False
        for one, other in together:
            if (one in reach) != (other in reach):
                reach |= {one, other}
                grown = True
    return pair[1] in reach


def review_of(decisions: Sequence[Decision]) -> Review:
    """Return what the last decision on an incident says of its review."""
    found: Review = "unreviewed"
    for decision in decisions:
        if decision.verb in ("accept", "reject"):
            found = "accepted" if decision.verb == "accept" else "rejected"
    return found


def verification_of(decisions: Sequence[Decision]) -> Verification:
    """Return the verification that a person set last."""
    found: Verification = "unverified"
    for decision in decisions:
        if decision.verb == "verify" and decision.value in _VERIFICATIONS:
            found = _VERIFICATIONS[decision.value]
    return found
