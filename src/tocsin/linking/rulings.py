"""What people's decisions mean for linking: the later decision wins, withdrawn ones are void."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from tocsin.ids import IdLedger
from tocsin.model import Decision
from tocsin.terms import Review, Verification

_VERIFICATIONS: dict[str, Verification] = {
    "unverified": "unverified",
    "attributed": "attributed",
    "verified": "verified",
    "disputed": "disputed",
    "retracted": "retracted",
}
Pair = tuple[str, str]  # accounts, in the order of their ids
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
    present: Collection[str],
    *,
    ledger: IdLedger = IdLedger(),  # noqa: B008 - frozen
) -> Rulings:
    """Return what decisions demand of the accounts that are there; later ones win.

    A decision may name incidents too: each stands for its founding account.
    """
    made = _Made([], [], {}, [])
    for decision in reversed(in_force(decisions)):
        made.take(decision, present, ledger)
    return Rulings(tuple(made.together), tuple(made.apart), made.about, tuple(made.stranded[::-1]))


@dataclass
class _Made:
    """Rulings while decisions are read, the last one first."""

    together: list[Pair]
    apart: list[Pair]
    about: dict[str, list[Decision]]
    stranded: list[Decision]

    def take(self, decision: Decision, present: Collection[str], ledger: IdLedger) -> None:
        """Add what a decision demands, as far as later ones leave it.

        A grouping whose accounts are gone in part holds for the others, and is shown as stranded.
        """
        sides = [[_account(name, present, ledger) for name in s] for s in sides_of(decision)]
        here = [[name for name in side if name in present] for side in sides]
        gone = sum(map(len, here)) < sum(map(len, sides)) and decision.verb != "note"
        if gone:
            self.stranded.append(decision)
        if decision.verb == "same":
            self._join(here[0])
        elif decision.verb == "different":
            pairs = [_ordered(a, b) for a in here[0] for b in here[1] if a != b]
            self.apart += [pair for pair in pairs if not _joined(pair, self.together)]
            for side in here if decision.value else ():
                self._join(side)
        elif not gone:
            for account in sides[0]:
                self.about.setdefault(account, []).insert(0, decision)

    def _join(self, accounts: Sequence[str]) -> None:
        first = next(iter(accounts), "")
        pairs = [_ordered(first, other) for other in accounts if other != first]
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


def named_by(decisions: Iterable[Decision], ledger: IdLedger) -> set[str]:
    """Return the accounts that decisions name, or that founded the incidents they name."""
    named = {name for decision in decisions for name in decision.about}
    return named.union(*(ledger.founded.get(name, ()) for name in named))


def _ordered(one: str, other: str) -> Pair:
    return (one, other) if one < other else (other, one)


def _account(name: str, present: Collection[str], ledger: IdLedger) -> str:
    if name in present or not name.startswith("i-"):
        return name
    founded = ledger.founded.get(name, ())
    return next((account for account in founded if account in present), name)


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
