"""Link generated accounts with known truth: time, memory, cost per account, one more report.

Usage: python -m benchmarks.linking_scale ACCOUNTS [ACCOUNTS ...]

Towns, kinds, days and reports per incident follow long-tailed distributions like those of news:
a few towns and a few incidents take most of the reports. Each account states its kind, most its
day and town, some a victim's name, and some of what they state is vague or misspelt. What was
measured is kept in docs/linking_scale.json, which benchmarks/scale_plot.py draws.
"""

from __future__ import annotations

import json
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from benchmarks.scale_plot import keep
from tocsin import ontology
from tocsin.linking.profile import Profile, Spot, group_of
from tocsin.linking.score import packaged
from tocsin.linking.standing import Standing
from tocsin.linking.times import Days
from tocsin.linking.words import Telling

TOWNS = 20_000
PER_DAY = 274  # accounts a day at every size: a million in ten years
FIRST_DAY = date(2014, 1, 1).toordinal()
KINDS = (
    ["demonstration"] * 40 + ["armed_attack"] * 20 + ["police_shooting"] * 6 + ["arrest"] * 10
    + ["curfew"] * 4 + ["deployment"] * 3 + ["bombing"] * 5 + ["labour_strike"] * 7
    + ["statement"] * 5
)  # fmt: skip
GIVEN = ("Ana", "Ben", "Chidi", "Dina", "Emil", "Farah", "Goran", "Hana", "Ivo", "Jana")
SYLLABLES = ("ka", "to", "mel", "ri", "sun", "ber", "lo", "dan", "vi", "ko", "ra", "mi", "tes")


@dataclass(frozen=True)
class World:
    """Generated accounts as linking sees them, with the incident that each tells."""

    profiles: list[Profile]
    truth: list[int]


def world(size: int, *, seed: int = 7) -> World:
    """Generate accounts until there are as many as asked for."""
    rng = random.Random(seed)
    kinds = ontology.load()
    groups = {kind: group_of(kind, kinds) for kind in set(KINDS)}
    profiles: list[Profile] = []
    truth: list[int] = []
    days = max(10, size // PER_DAY)
    for incident in range(size):
        for told in _tellings(rng, incident, groups, days):
            profiles.append(told)
            truth.append(incident)
        if len(profiles) >= size:
            break
    return World(profiles[:size], truth[:size])


def _tellings(
    rng: random.Random, incident: int, groups: dict[str, str], days: int
) -> Iterator[Profile]:
    kind = rng.choice(KINDS)
    day = FIRST_DAY + rng.randrange(days)
    spot = _spot(int(TOWNS * rng.random() ** 3))
    victim = _name(rng) if groups[kind] == "force" and rng.random() < 0.6 else None
    speaker = _name(rng)
    for number in range(min(60, int(rng.paretovariate(1.1)))):
        yield Profile(
            account=f"a-{incident}-{number}",
            report=f"r-{incident}-{number}",
            kind=kind,
            group=groups[kind],
            published=day + rng.randrange(4),
            days=Days(day, day, stated=True) if rng.random() < 0.85 else None,
            spot=spot if rng.random() < 0.92 else None,
            victims=(_misspelt(rng, victim),) if victim and rng.random() < 0.8 else (),
            people=(),
            ages=frozenset(),
            counts={},
            speakers=(speaker,) if kind == "statement" else (),
            telling=_words(rng, incident),
            reach=Days(day - 3, day + 3, stated=False),
        )


def _spot(town: int) -> Spot:
    lat, lon = -60 + (town * 37 % 1200) / 10, -180 + (town * 101 % 3600) / 10
    return Spot(f"p{town}", lat, lon, 5.0, f"Town {town}", f"Area {town % 400}", "XX")


def _name(rng: random.Random) -> str:
    surname = "".join(rng.choice(SYLLABLES) for _ in range(4)).title()
    return f"{rng.choice(GIVEN)} {surname}"


def _misspelt(rng: random.Random, name: str) -> str:
    if rng.random() > 0.05:
        return name
    place = rng.randrange(5, len(name))
    return name[:place] + name[place - 1] + name[place:]


def _words(rng: random.Random, incident: int) -> Telling:
    own = {f"w{incident}-{rng.randrange(12)}" for _ in range(8)}
    common = {f"c{rng.randrange(3000)}" for _ in range(12)}
    names = dict.fromkeys(map(sys.intern, sorted(own)), 0.25)
    words = names | dict.fromkeys(map(sys.intern, sorted(common)), 0.2)
    first = dict.fromkeys(names, 1 / len(names))
    return Telling("", words, names, {}, 20.0, lead_names=first)


def measure(size: int) -> dict[str, float]:
    """Generate, link, and put more accounts in, one by one."""
    made = world(size)
    wall, start = time.monotonic(), time.process_time()
    standing = Standing(scorer=packaged())
    standing.add(made.profiles)
    took, waited = time.process_time() - start, time.monotonic() - wall
    groups = standing.groups
    times = []
    for profile in world(200, seed=8).profiles:
        begun = time.process_time()
        standing.add([profile])
        times.append(time.process_time() - begun)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / 1024
    return {
        "accounts": size,
        "incidents": len(groups),
        "cpu_seconds": round(took, 1),
        "wall_seconds": round(waited, 1),
        "ms_per_account": round(1000 * took / size, 3),
        "pairwise_f1": round(pairwise(groups, made.truth), 3),
        "one_more_p95_ms": round(1000 * sorted(times)[int(0.95 * len(times))], 2),
        "peak_gb": round(peak, 2),
    }


def pairwise(groups: Sequence[Sequence[int]], truth: Sequence[int]) -> float:
    """Return the F1 of pairs of accounts that are together."""
    label = {position: number for number, members in enumerate(groups) for position in members}

    def pairs(counts: Counter[tuple[int, int]] | Counter[int]) -> int:
        return sum(n * (n - 1) // 2 for n in counts.values())

    right = pairs(Counter((truth[p], label[p]) for p in label))
    return 2 * right / max(1, pairs(Counter(label.values())) + pairs(Counter(truth)))


if __name__ == "__main__":
    for asked in sys.argv[1:]:
        measured = measure(int(asked))
        sys.stdout.write(json.dumps(measured) + "\n")
        sys.stdout.flush()
        keep(measured)
