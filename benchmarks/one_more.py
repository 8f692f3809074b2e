"""One more report beside many: the time and memory of a run that reads it.

    python -m benchmarks.one_more REPORTS [REPORTS ...]

Each workspace is made up: reports of 400 words, as common as words are in news, with two accounts
each; towns, kinds, days and reports per incident as in `linking_scale`; one report in twenty a
copy. It is linked as a whole once, then reports come in one by one, in runs that find their
accounts made up already.
"""

from __future__ import annotations

import json
import multiprocessing
import random
import resource
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import accumulate, islice
from pathlib import Path

from benchmarks.linking_scale import FIRST_DAY, KINDS, PER_DAY, SYLLABLES, TOWNS
from tocsin import coding, ids, pipeline
from tocsin.intake import Options
from tocsin.lang.rarity import packaged as rarity
from tocsin.model import (
    Account,
    Attribution,
    Cause,
    Claim,
    Coded,
    Count,
    Decision,
    Evidence,
    Kind,
    Outlet,
    Published,
    Report,
    Value,
    Victim,
    When,
    Where,
)
from tocsin.run import renewal
from tocsin.settings import Settings
from tocsin.store.store import Store
from tocsin.store.workspace import Workspace
from tocsin.terms import Status

MORE = 20
WORDS = 400
Figures = dict[str, float]


def made(size: int) -> Iterator[tuple[Report, Coded]]:
    """Yield reports of one world with their codings, without end."""
    former: list[str] = []
    counts = rarity().counts
    common, weights = list(counts), list(accumulate(counts.values()))
    days = max(10, size // PER_DAY)
    for incident in range(10**9):
        chance = random.Random(incident)
        kind, town = chance.choice(KINDS), int(TOWNS * chance.random() ** 3)
        day = date.fromordinal(FIRST_DAY + chance.randrange(days))
        names = [_name(chance) for _ in range(12)]
        for number in range(min(60, int(chance.paretovariate(1.1)))):
            words = chance.choices(common, cum_weights=weights, k=WORDS)
            words[:: WORDS // 40] = chance.choices(names, k=40)
            rest = " ".join(words)
            if former and chance.random() < 0.05:
                rest = chance.choice(former)
            former = [*former[-500:], rest]
            victim = f"{names[0]} {names[1]}"
            text = f"A {kind} was told of in Town {town}, {victim}, two dead. {rest}"
            values = _values(kind, town, day, victim)
            yield _record(
                f"r-{incident}-{number}", text, day + timedelta(chance.randrange(3)), values
            )


def _name(chance: random.Random) -> str:
    return "".join(chance.choice(SYLLABLES) for _ in range(4)).title()


def _values(kind: str, town: int, day: date, victim: str) -> list[tuple[str, Value]]:
    lat, lon = -60 + (town * 37 % 1200) / 10, -180 + (town * 101 % 3600) / 10
    where = Where(
        words=f"Town {town}", name=f"Town {town}", place=f"p{town}", lat=lat, lon=lon,
        city=f"Town {town}", admin1=f"Area {town % 400}", country="US", precision="city",
        radius_km=5.0,
    )  # fmt: skip
    start, end = f"{day}T20:00:00", f"{day}T23:59:00"
    return [
        ("kind", Kind(name=kind, words=kind)),
        ("when", When(words="told", start=start, end=end, night_of=str(day), precision="daypart")),
        ("where", where),
        ("victim", Victim(words=victim, name=victim)),
        ("killed", Count(what="killed", words="two dead", low=2, high=2)),
    ]


def _record(
    name: str, text: str, published: date, values: list[tuple[str, Value]]
) -> tuple[Report, Coded]:
    digest = ids.digest(text)
    anchor = Evidence(report=name, text_digest=digest, start=2, end=6, quote=text[2:6])
    outlet = f"Paper {int(digest[:2], 16)}"

    def account(kind: str, status: Status, *causes: Cause) -> Account:
        told = ids.account_id(name, kind, "", len(causes))
        claims = [
            Claim(
                id=ids.claim_id(told, slot, value.words, 0), slot=slot, value=value,
                evidence=(anchor,), attribution=Attribution(), reading_confidence=0.9, coder="made",
            )
            for slot, value in (("kind", Kind(name=kind, words=kind)), *values[1:])
        ]  # fmt: skip
        return Account(
            id=told, report=name, kind=kind, status=status, anchor=anchor, claims=tuple(claims),
            published=str(published), caused_by=causes,
        )  # fmt: skip

    first = account(str(values[0][1].words), "new")
    cause = Cause(account=first.id, relation="set_off_by", basis="stated", evidence=anchor)
    status: Status = "mentioned" if int(digest[2], 16) < 4 else "new"
    other = account(KINDS[int(digest[3:5], 16) % len(KINDS)], status, cause)
    report = Report(
        id=name, text=text, text_digest=digest, raw_digest=digest, lang="en",
        outlet=Outlet(id=ids.short_id("o", outlet), name=outlet),
        published=Published(value=str(published), basis="stated", precision="day"),
    )  # fmt: skip
    accounts = (first, other)
    return report, Coded(report=name, text_digest=digest, coder=coding.VERSION, accounts=accounts)


def add(workspace: Workspace, records: Iterator[tuple[Report, Coded]]) -> None:
    """Write reports and codings as a run leaves them before it links."""
    with workspace.add_reports() as reports, workspace.add_coded() as codings:
        for report, coded in records:
            reports.add(report)
            codings.add(coded)


def whole(workspace: Workspace) -> Figures:
    """Link and save everything."""
    begun = time.process_time()
    incidents = len(renewal.rebuild(workspace, Settings()))
    return {"incidents": incidents, "whole_s": round(time.process_time() - begun, 1)}


def one_more(workspace: Workspace, records: Iterator[tuple[Report, Coded]]) -> Figures:
    """Let reports come in one by one."""
    linking, runs = [], []
    for record in islice(records, MORE):
        add(workspace, iter([record]))
        begun = time.process_time()
        renewal.renew(workspace, Settings())
        linking.append(time.process_time() - begun)
    for _ in range(5):
        begun = time.process_time()
        pipeline.run([], workspace, Settings(), options=Options(), at="2030-01-01")
        runs.append(time.process_time() - begun)
    foreseen = [_foreseen(workspace, seed) for seed in range(5)]
    return {
        "one_more_ms": round(1000 * statistics.median(linking), 1),
        "one_more_worst_ms": round(1000 * max(linking), 1),
        "empty_run_ms": round(1000 * statistics.median(runs), 1),
        "preview_ms": round(1000 * statistics.median(foreseen), 1),
    }


def _foreseen(workspace: Workspace, seed: int) -> float:
    """Return the seconds that it takes to see what a merge of two incidents would change."""
    with Store.open(workspace.store) as store:
        names = random.Random(seed).sample([i.id for i in store.incidents(limit=1000)], 2)
        about = tuple(found.accounts[0] for name in names if (found := store.incident(name)))
    merge = Decision(seq=1, prev="", at="2030-01-01", by="bench", verb="same", about=about)
    begun = time.process_time()
    renewal.foresee(workspace, Settings(), [merge])
    return time.process_time() - begun


def measured(work: Callable[[], Figures], label: str) -> Figures:
    """Do work in a process of its own; return its figures with the memory it needed."""
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe()

    def inside() -> None:
        found = work()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        there.send({**found, f"{label}_mb": peak})

    process = context.Process(target=inside)
    process.start()
    found: Figures = here.recv()
    process.join()
    return found


def main(sizes: list[int]) -> None:
    """Print one JSON line of figures a size; times are of the processor."""
    for size in sizes:
        folder = Path(tempfile.mkdtemp(prefix="one-more-"))
        try:
            workspace, records = Workspace(folder), made(size)
            add(workspace, islice(records, size))
            found: Figures = {"reports": size}
            found |= measured(lambda: whole(workspace), "whole")  # noqa: B023 - called at once
            found |= measured(lambda: one_more(workspace, records), "one_more")  # noqa: B023
            print(json.dumps(found), flush=True)
        finally:
            shutil.rmtree(folder)


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]])
