"""How many claims are lost when a share of the letters of a report is wrong.

Usage: python -m benchmarks.noise [-v] [SHARE] [SEEDS]   (default .02 and 3)

A letter that goes wrong is left out, doubled or replaced, by a seeded choice. A claim of a new
incident is kept if the noisy report still gives one of the same kind, slot and value; words may
differ by their misspellings. Reports: samples/.
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from string import ascii_lowercase

from msgspec.structs import replace
from rapidfuzz import fuzz

from tocsin.coding import Coder, code
from tocsin.ids import digest
from tocsin.intake import read
from tocsin.model import Act, Count, Kind, Measure, Report, Text, When, Where
from tocsin.run.coder import load_coder
from tocsin.settings import from_environment

SAMPLES = Path(__file__).parent.parent / "samples"
_ALIKE = 75  # of 100: words with a few letters wrong are the same words


@dataclass
class Loss:
    """Claims of the clean reports, and those of them that the noisy ones lack, by slot."""

    told: Counter[str] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)

    def share(self) -> float:
        """Return the share of all claims that is lost."""
        return self.lost.total() / max(self.told.total(), 1)


def measure(coder: Coder, share: float, seeds: range) -> Loss:
    """Compare the claims of every sample with those of its noisy copies."""
    loss = Loss()
    for report in samples():
        clean = claims_of(report, coder)
        for seed in seeds:
            noisy = claims_of(disturbed(report, share, seed), coder)
            count(clean, noisy, loss)
    return loss


def samples() -> list[Report]:
    """Return the reports of samples/, as they are read for a run."""
    return [entry for entry in read([str(SAMPLES)]) if isinstance(entry, Report)]


def disturbed(report: Report, share: float, seed: int) -> Report:
    """The report with that share of its letters wrong, outside its cuts, which move along."""
    chance = random.Random(f"{seed}/{report.id}")
    cut = {at for span in report.cuts for at in range(span.start, span.end)}
    pieces: list[str] = []
    starts: list[int] = []
    for at, letter in enumerate(report.text):
        starts.append(sum(map(len, pieces[-1:])) + (starts[-1] if starts else 0))
        wrong = letter.isalpha() and at not in cut and chance.random() < share
        pieces.append(_slip(letter, chance) if wrong else letter)
    text = "".join(pieces)
    starts.append(len(text))
    cuts = tuple(
        replace(span, start=starts[span.start], end=starts[span.end]) for span in report.cuts
    )
    return replace(report, text=text, text_digest=digest(text), cuts=cuts)


def _slip(letter: str, chance: random.Random) -> str:
    """Another letter, none, or the same twice."""
    other = chance.choice(ascii_lowercase)
    slip = chance.choice((other, "", letter * 2))
    return slip.upper() if letter.isupper() else slip


Told = tuple[str, str, object]


def claims_of(report: Report, coder: Coder) -> list[Told]:
    """Return (kind, slot, value) of every claim of the new incidents of a report."""
    return [
        (account.kind, claim.slot, claim.value)
        for account in code(report, coder)
        if account.status == "new"
        for claim in account.claims
    ]


def count(clean: list[Told], noisy: list[Told], loss: Loss) -> None:
    """Add to a loss what the noisy report lacks; each of its claims answers one."""
    left = list(noisy)
    for told in clean:
        loss.told[told[1]] += 1
        answer = next((other for other in left if _is_same(told, other)), None)
        if answer is None:
            loss.lost[told[1]] += 1
        else:
            left.remove(answer)


def _is_same(one: Told, other: Told) -> bool:
    return one[:2] == other[:2] and _value(one[2]) == _value(other[2]) and _is_alike(one, other)


def _value(value: object) -> object:
    """What of a value no misspelling may change."""
    if isinstance(value, Count):
        return value.what, value.low, value.high
    if isinstance(value, When):
        return value.start
    if isinstance(value, Where):
        return value.lat, value.lon
    if isinstance(value, Kind):
        return value.name
    if isinstance(value, Act | Measure):
        return value.what
    return value.code if isinstance(value, Text) else None


def _is_alike(one: Told, other: Told) -> bool:
    """Tell whether the words of actors, victims and statements are the same but for slips."""
    if isinstance(one[2], Count | When | Where | Kind | Act | Measure):
        return True
    left, right = (str(getattr(told[2], "words", "")) for told in (one, other))
    return fuzz.ratio(left.lower(), right.lower()) >= _ALIKE


def main() -> None:
    """Print the share lost, and with -v by slot."""
    numbers = [float(word) for word in sys.argv[1:] if word != "-v"]
    share = numbers[0] if numbers else 0.02
    seeds = range(int(numbers[1]) if len(numbers) > 1 else 3)
    loss = measure(load_coder(from_environment()), share, seeds)
    print(json.dumps({"share": share, "claims": loss.told.total(), "lost": round(loss.share(), 3)}))
    if "-v" in sys.argv:
        for slot, told in loss.told.most_common():
            print(f"{slot:12} {told:5} told {loss.lost[slot]:5} lost")


if __name__ == "__main__":
    main()
