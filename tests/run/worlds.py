"""Workspaces that grow: reports with copies and versions, accounts with causes, decisions."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import msgspec

from tests.linking.worlds import account, claim, report
from tocsin import coding, journal
from tocsin.desk.decide import Proposal, decide
from tocsin.desk.state import Desk
from tocsin.ids import digest
from tocsin.linking.rulings import split_of
from tocsin.model import (
    Account,
    Acquired,
    Cause,
    Coded,
    Decision,
    Measure,
    Outlet,
    Report,
    Value,
    When,
)
from tocsin.ontology import load
from tocsin.settings import Settings
from tocsin.store.store import Store
from tocsin.store.workspace import Workspace

KINDS = ("demonstration", "curfew", "police_shooting", "armed_attack")
DAYS = ("2022-09-18", "2022-09-19", "2022-09-20", None)
TOWNS = ("Dayton", "Toledo", None)
VICTIMS = (None, None, "Maria Teles", "Ana Souza", "Maria Telles")
WORDS = [f"{a}{b}" for a in ("ban", "cor", "del", "fen") for b in ("ar", "el", "ik", "os", "um")]
TEXTS = [
    " ".join(random.Random(seed).choices(WORDS, k=60)) + f" in Dayton by Maria{seed} Teles"
    for seed in range(4)
]


class Growing:
    """A workspace that takes in made reports and decisions, all drawn by one chance."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self.workspace = Workspace(folder)
        self.chance = chance
        self.accounts: dict[str, Sequence[Account]] = {}
        self._clock = 0

    def read(self, reports: int) -> None:
        """Read some reports, of which a few are other versions of those read before."""
        for _ in range(reports):
            name = f"r-{self.chance.randrange(9)}"
            told = self._accounts(name)
            made = self._report(name)
            self.accounts[name] = told
            with self.workspace.add_reports() as appender:
                appender.add(made)
            if self.chance.random() < 0.95:
                found = Coded(
                    report=name, text_digest=made.text_digest, coder=coding.VERSION,
                    accounts=tuple(told),
                )  # fmt: skip
                with self.workspace.add_coded() as appender:
                    appender.add(found)

    def decide(self) -> None:
        """Decide what was proposed."""
        proposed = self.proposed()
        if proposed is not None:
            journal.append(self.workspace.journal, proposed)

    def proposed(self) -> Decision | None:
        """Return a decision on accounts that are there, or were, or the withdrawal of one."""
        chance = self.chance
        known = sorted(a.id for told in self.accounts.values() for a in told)
        decisions = journal.read(self.workspace.journal)
        if not known:
            return None
        about = chance.sample(known, min(len(known), chance.randint(2, 3)))
        verb = chance.choice(["same", "different", "same", "accept", "withdraw", "note", "verify"])
        slot = value = None
        if verb == "withdraw":
            if not decisions:
                return None
            about = [str(chance.choice(decisions).seq)]
        elif verb == "note":
            slot, value = "unmask", "Maria Teles"
        elif verb == "verify":
            value = "disputed"
        elif verb == "different" and len(about) > 2:
            value = "the first 2 stay"
        made = {"seq": 0, "prev": "", "at": "2022-10-01", "by": "ana", "verb": verb,
                "about": about, "slot": slot, "value": value}  # fmt: skip
        return msgspec.convert(made, Decision)

    def _report(self, name: str) -> Report:
        chance = self.chance
        text = " ".join(
            [
                *chance.choice(TEXTS).split()[: chance.choice([62, 62, 40, 8])],
                *chance.choices(WORDS, k=4),
            ]
        )
        made = report(
            name, text, chance.choice(["2022-09-19", "2022-09-20", "2022-09-21", None]),
            **chance.choice([{}, {"agency": "Corvid Agency"}, {"byline": "Jo Ray"}]),
        )  # fmt: skip
        self._clock += 1
        acquired = Acquired(
            at=f"2022-09-{chance.randint(21, 28)}T00:00:{self._clock % 60:02}+00:00", tool="test",
        )  # fmt: skip
        outlet = chance.choice(["Harbour Ledger", "City Gazette"])
        return msgspec.structs.replace(
            made,
            acquired=chance.choice([acquired, None]),
            outlet=Outlet(id=f"o-{digest(outlet)[:4]}", name=outlet),
            handling=chance.choice(["public", "public", "public", "restricted"]),
        )

    def _ordered(self, told: Account) -> Account:
        """Return a curfew with the state it is in, some of them told to come before the unrest."""
        state = self.chance.choice(["announced", "extended", "lifted"])
        fields = {"what": "curfew", "words": f"curfew {state}", "state": state}
        early = When(words="before", relation=self.chance.choice(["before", None]))
        found: list[tuple[str, Value]] = [
            ("measure", msgspec.convert(fields, Measure)),
            ("when", early),
        ]
        more = [claim(told.id, told.report, slot, value) for slot, value in found]
        return msgspec.structs.replace(told, claims=(*told.claims, *more))

    def _accounts(self, name: str) -> list[Account]:
        chance = self.chance
        found: list[Account] = []
        for number in sorted(chance.sample(range(4), chance.randint(0, 3))):
            told = account(
                f"a-{name[2:]}{number}", name, chance.choice(KINDS),
                town=chance.choice(TOWNS), day=chance.choice(DAYS), victim=chance.choice(VICTIMS),
                killed=chance.choice([None, 1, 12]),
            )  # fmt: skip
            if told.kind == "curfew":
                told = self._ordered(told)
            status = chance.choice(["new", "new", "new", "mentioned", "mentioned", "planned"])
            found.append(msgspec.structs.replace(told, status=status))
        if len(found) > 1 and chance.random() < 0.8:
            one, other = chance.sample(range(len(found)), 2)
            cause = Cause(
                account=found[other].id,
                relation=chance.choice(["set_off_by", "measure_against", "about"]),
                basis=chance.choice(["stated", "inferred"]),
                evidence=found[one].anchor if chance.random() < 0.5 else None,
            )
            found[one] = msgspec.structs.replace(found[one], caused_by=(cause,))
        return found


def decide_at_desk(workspace: Workspace, chance: random.Random) -> None:
    """Decide at the desk, which carries it out on the incidents it touches at once."""
    with Store.open(workspace.store) as store:
        desk = Desk(Settings(), workspace, store, load(), "ana")
        incidents = store.incidents()
        if not incidents:
            return
        some = chance.sample(incidents, min(2, len(incidents)))
        decisions = [str(d.seq) for d in desk.decisions()]
        accounts = some[0].accounts
        choice = chance.choice(["same", "split", "accept", "withdraw"])
        if choice == "withdraw" and decisions:
            proposal = Proposal("withdraw", (chance.choice(decisions),))
        elif choice == "split" and len(accounts) > 1:
            proposal = Proposal("different", *_split(accounts))
        elif choice == "same" and len(some) > 1:
            proposal = Proposal("same", tuple(incident.accounts[0] for incident in some))
        else:
            proposal = Proposal("accept", accounts[:1])
        decide(desk, proposal, seen=10**6, at="2022-10-01", by="ana")


def _split(accounts: Sequence[str]) -> tuple[tuple[str, ...], None, str]:
    about, value = split_of(accounts[:1], accounts[1:])
    return about, None, value
