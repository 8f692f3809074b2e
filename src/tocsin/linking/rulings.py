"""What people's decisions mean for linking: the later decision wins, withdrawn ones are void."""

from __future__ import annotations

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
    together: list[Pair] = []
    apart: list[Pair] = []
    about: dict[str, list[Decision]] = {}
    stranded: list[Decision] = []
    for decision in reversed(in_force(decisions)):
        named = [_account(name, position_of, ledger) for name in decision.about]
        found = [position_of[a] for a in named if a in position_of]
        if len(found) < len(named) and not _is_of_nobody(decision):
            stranded.append(decision)
            continue
        pairs = [ordered(found[0], other) for other in found[1:] if other != found[0]]
        if decision.verb == "same":
            together += [pair for pair in pairs if not _parts(pair, together, apart)]
        elif decision.verb == "different":
            apart += [pair for pair in pairs if not _joined(pair, together)]
        else:
            for account in named:
                about.setdefault(account, []).insert(0, decision)
    return Rulings(tuple(together), tuple(apart), about, tuple(stranded[::-1]))


def _account(name: str, position_of: Mapping[str, int], ledger: IdLedger) -> str:
    if name in position_of or not name.startswith("i-"):
        return name
    founded = ledger.founded.get(name, ())
    return next((account for account in founded if account in position_of), name)


def _is_of_nobody(decision: Decision) -> bool:
    """Tell whether a decision speaks of no incident: a note on the pile or on a name."""
    return decision.verb == "note"


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
