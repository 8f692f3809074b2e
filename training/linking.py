"""Learn the curves of the pair scorer from articles and from the accounts that they give.

An agreement never lowers a score, a difference never raises it: the steps of a curve have a sign.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment, lsq_linear

from tocsin import ids, ontology, records
from tocsin.evaluate.reports import report_of
from tocsin.linking import cluster
from tocsin.linking.features import FEATURES, ONLY_REPORTS
from tocsin.linking.index import Index, keyed
from tocsin.linking.link import group, words_of
from tocsin.linking.link import profiles_of as account_profiles
from tocsin.linking.profile import Profile
from tocsin.linking.rulings import NO_RULINGS
from tocsin.linking.score import Curve, Scorer, contradiction
from tocsin.linking.score import packaged as packaged_scorer
from tocsin.linking.stories import stories
from tocsin.linking.words import Telling, cosine
from tocsin.model import Account, Coded, Report
from tocsin.run.local import code_all
from tocsin.settings import from_environment

CODED = Path(tempfile.gettempdir()) / "tocsin-training"
BENCH = Path("../shared/bench/incident_linking/dev.jsonl.gz")
FOLDS = 5
SETS = ("gvc", "longtail", "ecbplus")
# Of the three sets ecbplus alone has incidents other than shootings.
SHARES = {"gvc": 1.0, "longtail": 1.0, "ecbplus": 2.0}
# Average linkage asks more of a group than of a pair: of 1.0, 1.3, 1.6 with 2.0, 2.4, 2.8 for ALIKE
# of cluster.py these leave the least of pairwise F1 and CEAF-e in folds furthest above its target.
LENIENCE = 1.6
RIDGE = 1.0
ROUNDS = 60  # of Newton's method; it ends after some ten
BINS = 10
SAMPLE = 600_000  # pairs drawn by chance from those that share no key
# Cosines of words and of names from which a drawn pair is kept; of the rest one in ten is.
CLOSE = 0.12
CLOSE_NAMES = 0.25
THINNED = 10
NOTHING = np.empty(0)
T = TypeVar("T")
# Corners of the learned curves: where the middle nine tenths of the pairs lie.
CORNERS: dict[str, tuple[float, ...]] = {
    "same_words": (0.0, 0.04, 0.08, 0.12, 0.16, 0.2, 0.24, 0.3, 0.36, 0.5, 0.7),
    "same_names": (0.0, 0.1, 0.2, 0.35, 0.5, 0.7),
    "rare_names": (0.0, 0.3, 0.7, 1.5, 3.0),
    "names_taken_up": (0.0, 0.2, 0.4, 0.6, 0.8, 1.0),
    "same_figures": (0.0, 0.15, 0.3, 0.6),
    "dates_named": (0.0, 0.5, 1.0),
    "weekdays_named": (0.0, 0.5, 1.0),
    "years_named": (0.0, 0.5, 1.0),
    "published_apart": (0.0, 0.7, 1.4, 2.2, 3.5, 6.0),
    "same_victim": (1.0,),
    "same_people": (0.5, 1.0),
    "same_age": (1.0,),
    "days_told": (0.0, 0.7, 1.4, 2.2, 4.0),
    "places_told": (0.0, 0.5, 1.0),
    "counts_told": (0.0, 0.5, 1.0),
}
# Curves of single accounts: what a careful person holds for and against. Learning starts from these
# and is led away by pairs, since nearly all pairs of accounts with a truth are of shootings.
HELD: dict[str, Curve] = {
    "same_kind": ((1.0, 0.8),),
    "other_kind": ((1.0, -0.8),),
    "same_place": ((0.5, 1.0), (1.0, 2.0)),
    "near_place": ((1.0, -0.4),),
    "far_place": ((0.4, -1.4), (1.0, -4.0)),
    "same_day": ((1.0, 2.5),),
    "days_overlap": ((1.0, 1.0),),
    "next_day": ((1.0, -0.8),),
    "other_day": ((1.0, -2.0), (3.5, -4.0)),
    "same_weekday": ((1.0, 1.2),),
    "other_victim": ((1.0, -3.0),),
    "same_counts": ((0.5, 0.4), (1.0, 0.8)),
    "other_counts": ((0.5, -0.4), (1.0, -0.8)),
}
ACCOUNT_CORNERS = {name: tuple(at for at, _ in curve) for name, curve in HELD.items()}
ACCOUNT_RIDGE = 0.03
HARM = frozenset({"attack", "police_force"})  # families whose account is what an article is on
ACCOUNT_SHARE = 500  # pairs that each set's pairs of accounts count as
# There only if two sides agree, or differ: such a curve never crosses zero.
AGREEING = frozenset(
    {"same_victim", "same_people", "same_age", "same_kind", "same_place", "same_day"}
    | {"days_overlap", "same_weekday", "same_counts"}
)
DIFFERING = frozenset(
    {"other_kind", "near_place", "far_place", "next_day", "other_day", "other_victim"}
    | {"other_counts"}
)
FALLING = frozenset({"published_apart", "days_told"}) | DIFFERING  # the stronger, the further apart


@dataclass(frozen=True)
class Pairs:
    """Pairs of one set to learn from: strengths, truth, and how many pairs each stands for."""

    name: str
    groups: list[str]
    profiles: list[Profile]
    pairs: NDArray[np.int64]
    strengths: NDArray[np.float64]
    stated: NDArray[np.bool_]
    same: NDArray[np.bool_]
    weights: NDArray[np.float64]
    corners: Mapping[str, tuple[float, ...]]


def read_pairs() -> tuple[list[Pairs], list[Pairs]]:
    """Return pairs of articles and pairs of accounts of each set.

    Of articles those that blocking finds, all true ones, and some of the rest.
    """
    rows = [json.loads(line) for line in gzip.decompress(BENCH.read_bytes()).splitlines()]
    incident_of = {row["id"]: str(row["incident_id"]) for row in rows}
    reports = {row["id"]: report for row in rows if (report := report_of(shown(row))) is not None}
    told = coded(list(reports.values()))
    found, accounts = [], []
    for name in SETS:
        names = [row["id"] for row in rows if row["dataset"] == name and row["id"] in reports]
        chosen = {report: reports[report] for report in names}
        found.append(pairs_of(name, profiles_of(chosen, told), incident_of))
        accounts.append(account_pairs_of(name, accounts_of(chosen, told), incident_of))
    return found, accounts


def shown(row: dict[str, str]) -> dict[str, object]:
    """Return what the bench shows of an article."""
    return {name: row.get(name) for name in ("id", "title", "date", "text")}


def coded(reports: list[Report]) -> dict[str, tuple[Account, ...]]:
    """Code articles as `run` does; what the same sources coded before is read back."""
    kept = CODED / f"linking-{sources()}.jsonl"
    if not kept.exists():
        done = code_all(reports, from_environment())
        lines = [records.write(found) for found in done if isinstance(found, Coded)]
        kept.parent.mkdir(exist_ok=True)
        kept.write_bytes(b"\n".join(lines))
    lines = kept.read_bytes().split(b"\n")
    read = [found for line in lines if isinstance(found := records.read(line), Coded)]
    return {found.report: found.accounts for found in read}


def sources() -> str:
    """Return a digest of what codes an article."""
    folders = (Path("src/tocsin") / name for name in ("coding", "lang", "text"))
    files = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())
    return ids.digest("".join(path.read_text("utf-8") for path in files if path.suffix != ".pyc"))


def profiles_of(
    reports: Mapping[str, Report], told: Mapping[str, tuple[Account, ...]]
) -> list[Profile]:
    """Return a profile for each article, as the bench's `stories_of` makes it."""
    tellings = words_of([a for name in reports for a in told.get(name, ())], reports)
    days = {name: r.published.value for name, r in reports.items() if r.published is not None}
    kinds = ontology.load()
    return stories(tellings, {name: told.get(name, ()) for name in reports}, days, ontology=kinds)


def accounts_of(
    reports: Mapping[str, Report], told: Mapping[str, tuple[Account, ...]]
) -> list[Profile]:
    """Return a profile of the first account of harm of each article that tells it as new."""
    kinds = ontology.load()
    first: list[Account] = []
    for name in reports:
        new = (account for account in told.get(name, ()) if account.status == "new")
        first += [account for account in new if kinds.family(account.kind) in HARM][:1]
    chosen = {account.report: reports[account.report] for account in first}
    return account_profiles(first, words_of(first, chosen), chosen, ontology=kinds)


def account_pairs_of(name: str, profiles: list[Profile], incident_of: Mapping[str, str]) -> Pairs:
    """Compare the accounts of one set that linking compares and nothing keeps apart."""
    groups = [incident_of[profile.report] for profile in profiles]
    pairs = [
        (one, other)
        for one, other in sorted(blocked_pairs(profiles))
        if profiles[one].group == profiles[other].group
        and contradiction(profiles[one], profiles[other]) is None
    ]
    weights = np.full(len(pairs), ACCOUNT_SHARE / len(pairs))
    return _compared(Pairs(
        name=name, groups=groups, profiles=profiles, pairs=np.array(pairs), strengths=NOTHING,
        stated=NOTHING > 0, same=np.array([groups[a] == groups[b] for a, b in pairs]),
        weights=weights, corners=ACCOUNT_CORNERS,
    ))  # fmt: skip


def pairs_of(name: str, profiles: list[Profile], incident_of: Mapping[str, str]) -> Pairs:
    """Compare the articles of one set by their words, dates and people."""
    groups = [incident_of[profile.report] for profile in profiles]
    near = sorted(blocked_pairs(profiles) | true_pairs(groups))
    close, far, weight = others(profiles, set(near))
    pairs = np.array(near + close + far)
    weights = np.concatenate(
        [np.ones(len(near)), np.full(len(close), weight), np.full(len(far), weight * THINNED)]
    )
    return _compared(Pairs(
        name=name, groups=groups, profiles=profiles, pairs=pairs, strengths=NOTHING,
        stated=NOTHING > 0, same=np.array([groups[a] == groups[b] for a, b in pairs]),
        weights=weights, corners=CORNERS,
    ))  # fmt: skip


def _compared(bare: Pairs) -> Pairs:
    """Return pairs with the strength of each feature, where it is stated."""
    shape = (len(bare.pairs), len(bare.corners))
    strengths, stated = np.zeros(shape), np.zeros(shape, bool)
    for number, (one, other) in enumerate(bare.pairs):
        for column, feature in enumerate(bare.corners):
            found = FEATURES[feature](bare.profiles[one], bare.profiles[other])
            if found is not None:
                strengths[number, column] = found.strength
                stated[number, column] = True
    return replace(bare, strengths=strengths, stated=stated)


def others(
    profiles: list[Profile], near: set[cluster.Pair]
) -> tuple[list[cluster.Pair], list[cluster.Pair], float]:
    """Return pairs that share no key, drawn by chance: alike ones, some of the rest, one's weight.

    Alike pairs of two incidents are what the scorer must learn to tell apart, and chance alone
    finds few of them.
    """
    size = len(profiles)
    some = np.random.default_rng(1).integers(0, size, (SAMPLE, 2))
    drawn = sorted({(int(a), int(b)) for a, b in some if a < b} - near)
    alike = [_is_alike(profiles[a].telling, profiles[b].telling) for a, b in drawn]
    close = [pair for pair, is_close in zip(drawn, alike, strict=True) if is_close]
    far = [pair for pair, is_close in zip(drawn, alike, strict=True) if not is_close][::THINNED]
    return close, far, (size * (size - 1) / 2 - len(near)) / len(drawn)


def _is_alike(one: Telling, other: Telling) -> bool:
    words, names = cosine(one.whole, other.whole), cosine(one.names, other.names)
    return words >= CLOSE or names >= CLOSE_NAMES


def blocked_pairs(profiles: list[Profile]) -> set[cluster.Pair]:
    """Return the pairs that linking compares."""
    index, keys = Index(), keyed(enumerate(profiles))
    index.add(keys)
    return {
        pair
        for left, right in index.near(keys)
        for pair in zip(left.tolist(), right.tolist(), strict=True)
    }


def true_pairs(groups: list[str]) -> set[cluster.Pair]:
    """Return all pairs of one incident."""
    members: dict[str, list[int]] = {}
    for position, name in enumerate(groups):
        members.setdefault(name, []).append(position)
    return {pair for found in members.values() for pair in combinations(found, 2)}


def basis(found: Pairs) -> NDArray[np.float64]:
    """Return the strengths as hinges at the corners; what is not stated adds nothing."""
    columns = []
    for column, corners in enumerate(found.corners.values()):
        strength = found.strengths[:, column]
        columns.append(found.stated[:, column].astype(float))
        for left, right in pairwise(corners):
            part = np.clip((strength - left) / (right - left), 0, 1)
            columns.append(part * found.stated[:, column])
    return np.column_stack(columns)


def fit(
    found: list[Pairs],
    keep: list[NDArray[np.bool_]],
    accounts: list[Pairs],
    keep_accounts: list[NDArray[np.bool_]],
) -> Scorer:
    """Fit the curves on some pairs of articles, then those of accounts beside them on theirs."""
    x, y, weights = _stacked(found, keep)
    shares = [
        np.full(kept.sum(), SHARES[pairs.name] * 1000 / pairs.same[kept].sum())
        for pairs, kept in zip(found, keep, strict=True)
    ]
    x = np.column_stack([x, np.ones(len(x))])
    ridge = np.append(np.full(x.shape[1] - 1, 1 / RIDGE), 1e-8)
    low, high = bounds(CORNERS)
    room = np.append(low, -np.inf), np.append(high, np.inf)
    *steps, bias = _logistic(x, y, weights * np.concatenate(shares), ridge, room)
    before = packaged_scorer()
    scorer = replace(
        before,
        bias=round(bias + LENIENCE, 2),
        lenience=LENIENCE,
        curves={**before.curves, **_curves(CORNERS, steps)},
    )
    x, y, weights = _stacked(accounts, keep_accounts)
    said = np.concatenate(
        [_said(scorer, pairs)[kept] for pairs, kept in zip(accounts, keep_accounts, strict=True)]
    )
    held = np.concatenate([np.diff([h for _, h in c], prepend=0.0) for c in HELD.values()])
    low, high = bounds(ACCOUNT_CORNERS)
    ridge = np.full(x.shape[1], 1 / ACCOUNT_RIDGE)
    room = low - held, high - held
    led = held + _logistic(x, y, weights, ridge, room, said + x @ held)
    return replace(scorer, curves={**scorer.curves, **_curves(ACCOUNT_CORNERS, list(led))})


def _stacked(
    found: list[Pairs], keep: list[NDArray[np.bool_]]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    x = np.vstack([basis(pairs)[kept] for pairs, kept in zip(found, keep, strict=True)])
    y = np.concatenate([pairs.same[kept] for pairs, kept in zip(found, keep, strict=True)])
    weights = [pairs.weights[kept] for pairs, kept in zip(found, keep, strict=True)]
    return x, y.astype(float), np.concatenate(weights)


def _said(scorer: Scorer, pairs: Pairs) -> NDArray[np.float64]:
    """Return the log odds of accounts by the features that whole reports share with them."""
    shared = [name for name in CORNERS if name not in ONLY_REPORTS]
    return np.array([
        scorer.bias - scorer.lenience + sum(
            scorer.contribution(name, found.strength)
            for name in shared
            if (found := FEATURES[name](pairs.profiles[one], pairs.profiles[other])) is not None
        )
        for one, other in pairs.pairs
    ])  # fmt: skip


def _curves(
    corners_of: Mapping[str, tuple[float, ...]], steps: Sequence[float]
) -> dict[str, Curve]:
    curves: dict[str, Curve] = {}
    position = 0
    for name, corners in corners_of.items():
        heights = np.cumsum(steps[position : position + len(corners)])
        position += len(corners)
        curves[name] = tuple((c, round(float(h), 2)) for c, h in zip(corners, heights, strict=True))
    return curves


def bounds(
    corners_of: Mapping[str, tuple[float, ...]],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the least and the most that each step of each curve may be."""
    low, high = [], []
    for name, corners in corners_of.items():
        for number in range(len(corners)):
            free = number == 0 and name not in AGREEING | DIFFERING
            low.append(-np.inf if free or name in FALLING else 0.0)
            high.append(0.0 if name in FALLING and not free else np.inf)
    return np.array(low), np.array(high)


def _logistic(
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    weights: NDArray[np.float64],
    ridge: NDArray[np.float64],
    room: tuple[NDArray[np.float64], NDArray[np.float64]],
    said: NDArray[np.float64] = NOTHING,
) -> NDArray[np.float64]:
    """Fit ridge logistic regression between bounds: Newton's method, each step within them.

    What is `said` of a pair already, in log odds, is added to.
    """
    low, high = room
    said = said if len(said) else np.zeros(len(x))

    def loss(at: NDArray[np.float64]) -> float:
        odds = x @ at + said
        return float(weights @ (np.logaddexp(0, odds) - y * odds) + ridge @ (at * at) / 2)

    at = np.zeros(x.shape[1])
    now = loss(at)
    for _ in range(ROUNDS):
        likely = 1 / (1 + np.exp(-(x @ at + said)))
        slope = x.T @ (weights * (likely - y)) + ridge * at
        bend = x.T @ (x * (weights * likely * (1 - likely))[:, None]) + np.diag(ridge)
        root = np.linalg.cholesky(bend).T
        left = (np.minimum(low - at, -1e-12), np.maximum(high - at, 1e-12))
        step = lsq_linear(root, -np.linalg.solve(root.T, slope), bounds=left, method="bvls").x
        tries = [np.clip(at + step / 2**n, low, high) for n in range(12)]
        best = next((found for found in tries if loss(found) <= now), at)
        before, at, now = now, best, loss(best)
        if before - now < 1e-7 * now:
            break
    return at


def fold_of(incident: str) -> int:
    """Return the fold of an incident, from the digest of its id."""
    return int(hashlib.sha256(incident.encode()).hexdigest(), 16) % FOLDS


def crossval() -> dict[str, float]:
    """Score each pair by scorers that saw neither of its incidents, and compare the groups."""
    found, accounts = read_pairs()
    scorers = [
        fit(found, _without(found, fold), accounts, _without(accounts, fold))
        for fold in range(FOLDS)
    ]
    results: dict[str, float] = {}
    for pairs, told in zip(found, accounts, strict=True):
        measured = figures(pairs, _folded(pairs, scorers))
        error = calibration_error(told, _folded(told, scorers), told.pairs)
        measured["accounts.calibration_error"] = round(error, 3)
        results |= {f"{pairs.name}.{name}": value for name, value in measured.items()}
    return results


def _without(found: list[Pairs], fold: int) -> list[NDArray[np.bool_]]:
    """Return which pairs of each set have no incident of a fold."""
    folds = [np.array([fold_of(group) for group in pairs.groups]) for pairs in found]
    return [(f[pairs.pairs] != fold).all(axis=1) for f, pairs in zip(folds, found, strict=True)]


def _folded(pairs: Pairs, scorers: Sequence[Scorer]) -> _Folded:
    numbers = {profile.account: number for number, profile in enumerate(pairs.profiles)}
    return _Folded(numbers, [scorers[fold_of(group)] for group in pairs.groups])


def figures(pairs: Pairs, folded: _Folded) -> dict[str, float]:
    """Group a set, each end of a pair by its own scorer, and compare with the truth."""
    groups = group(pairs.profiles, NO_RULINGS, scorer=folded)
    label = {position: number for number, members in enumerate(groups) for position in members}
    right = _pairs(Counter((pairs.groups[p], label[p]) for p in label))
    precision = right / max(1, _pairs(Counter(label.values())))
    recall = right / max(1, _pairs(Counter(pairs.groups)))
    return {
        "precision": round(precision, 3),
        "recall": round(recall, 3),
        "pairwise.f1": round(2 * precision * recall / max(1e-9, precision + recall), 3),
        "ceaf_e.f1": round(ceaf_e(groups, pairs.groups), 3),
        "calibration_error": round(
            calibration_error(pairs, folded, np.array(sorted(blocked_pairs(pairs.profiles)))), 3
        ),
    }


def calibration_error(pairs: Pairs, scorer: Scorer, compared: NDArray[np.int64]) -> float:
    """Return how far chances lie from shares: the mean over the pairs that linking compares."""
    chances, same = [], []
    for one, other in compared:
        left, right = pairs.profiles[one], pairs.profiles[other]
        chances.append(scorer.chance(left, right))
        same.append(pairs.groups[one] == pairs.groups[other])
    said, true = np.array(chances), np.array(same, float)
    bins = np.minimum((said * BINS).astype(int), BINS - 1)
    off = np.array([abs((said - true)[bins == n].sum()) for n in range(BINS)])
    return float(off.sum() / len(said))


class _Folded(Scorer):
    """Scores each end of a pair by the scorer that has not seen its incident."""

    def __init__(self, numbers: Mapping[str, int], scorers: Sequence[Scorer]) -> None:
        super().__init__(0.0, {}, lenience=LENIENCE)
        object.__setattr__(self, "_numbers", numbers)
        object.__setattr__(self, "_scorers", scorers)

    def score(self, one: Profile, other: Profile) -> float:
        """Return the mean of the two ends' scores."""
        ends = (self._scorers[self._numbers[end.account]] for end in (one, other))
        return sum(scorer.score(one, other) for scorer in ends) / 2


def ceaf_e(groups: list[list[int]], truth: list[str]) -> float:
    """Return CEAF-e: groups and true incidents paired one to one by their shared share."""
    names = {name: number for number, name in enumerate(dict.fromkeys(truth))}
    sizes = Counter(truth)
    alike = np.zeros((len(groups), len(names)))
    for row, members in enumerate(groups):
        for name, count in Counter(truth[position] for position in members).items():
            alike[row, names[name]] = 2 * count / (len(members) + sizes[name])
    total = alike[linear_sum_assignment(-alike)].sum()
    return float(2 * total / (len(groups) + len(names)))


def _pairs(counts: Mapping[T, int]) -> int:
    return sum(n * (n - 1) // 2 for n in counts.values())


def write(scorer: Scorer, path: Path) -> None:
    """Write the learned curves into the weights file, leaving its other lines."""
    lines = []
    for line in path.read_text("utf-8").splitlines():
        name = line.split(" ")[0]
        if name in ("bias", "lenience"):
            line = f"{name} = {getattr(scorer, name)}"
        elif name in CORNERS or name in ACCOUNT_CORNERS:
            points = ", ".join(f"[{x}, {y}]" for x, y in scorer.curves[name])
            line = f"{name} = [{points}]"
        lines.append(line)
    path.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    articles, accounts = read_pairs()
    every = [[np.ones(len(pairs.pairs), bool) for pairs in some] for some in (articles, accounts)]
    made = fit(articles, every[0], accounts, every[1])
    write(made, Path("src/tocsin/linking/weights.toml"))
    sys.stdout.write(f"{made.bias} {ids.digest(repr(sorted(made.curves.items())))[:12]}\n")
