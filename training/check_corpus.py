"""Check the training passages and print their balance: what does not parse trains nothing."""

from __future__ import annotations

import argparse
import calendar
import re
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import msgspec
from rapidfuzz import fuzz, process
from training.passages import Passage, SpanRole, plain_text, read_passages

from tocsin.ontology import load
from tocsin.terms import Status

STATUSES: tuple[str, ...] = get_args(Status)
ROLES = frozenset(get_args(SpanRole))
QUIET = ("negative", "background")

NEAR_DUPLICATE = 90  # token_set_ratio above this reads as one passage retold, not two
MOST_MARKS = 20  # more marks than this in one passage were slips of the annotator
FEWEST_WORDS, MOST_WORDS = 4, 150  # outside lie stubs and passages longer than one window reads
FEWEST_HELD = 40  # passages that hold a kind; with fewer its figures are chance
MOST_SHOWN = 12  # values of a field in the table
QUIET_SHARE = (0.30, 0.40)  # negatives and background: a third, for a reader that leaves out
MOST_NAMED = 0.02  # a name in more passages than this would be learnt as a cue of its own

LEFTOVER = re.compile(r"\[\[|\]\]")
COUNTRY = re.compile(r"[A-Z]{2}")
NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z][\w'-]+")  # not what begins a sentence
CALENDAR = frozenset([*calendar.day_name, *calendar.month_name])


@dataclass(frozen=True)
class Problem:
    """What is wrong with one passage."""

    passage: str
    message: str


def text_problems(marked: str) -> list[str]:
    """Name what keeps the marks of one text from being trained on."""
    text, marks = plain_text(marked)
    messages = [f"unknown role {mark.role!r}" for mark in marks if mark.role not in ROLES]
    if LEFTOVER.search(text):
        messages.append("a mark does not parse")
    if any(text[mark.start : mark.end] != text[mark.start : mark.end].strip() for mark in marks):
        messages.append("a mark begins or ends in white space")
    if len(marks) > MOST_MARKS:
        messages.append(f"{len(marks)} marks")
    if not FEWEST_WORDS <= len(text.split()) <= MOST_WORDS:
        messages.append(f"{len(text.split())} words")
    return messages


def kind_problems(passage: Passage, names: Sequence[str]) -> list[str]:
    """Name what is wrong with the kinds that one passage is said to hold."""
    messages: list[str] = []
    for held in passage.kinds:
        if held.kind not in names:
            messages.append(f"unknown kind {held.kind!r}")
        if (held.conduct or held.force) and held.kind != "demonstration":
            messages.append("conduct or force outside a demonstration")
    seen = Counter((held.kind, held.status) for held in passage.kinds)
    messages += [f"{kind} {status} twice" for (kind, status), n in seen.items() if n > 1]
    roles = {mark.role for mark in plain_text(passage.text)[1]}
    if passage.part == "negative" and not roles <= {"source", "cue"}:
        messages.append("a negative carries marks of an incident")
    if passage.kinds and not roles & {"act", "measure"}:
        messages.append("no words show the kinds held")
    if (passage.part == "negative") != (not passage.kinds):
        messages.append("kinds are empty in negatives and only there")
    if passage.part == "background" and any(held.status == "new" for held in passage.kinds):
        messages.append("a background passage holds something new")
    return messages


def near_duplicates(passages: Sequence[Passage]) -> list[Problem]:
    """Find passages that say almost the same words as an earlier one."""
    texts = [plain_text(passage.text)[0].casefold() for passage in passages]
    scores = process.cdist(texts, texts, scorer=fuzz.token_set_ratio, score_cutoff=NEAR_DUPLICATE)
    return [
        Problem(passages[right].id, f"almost the same as {passages[left].id}")
        for right in range(len(texts))
        for left in range(right)
        if scores[left, right] > NEAR_DUPLICATE
    ]


def check(passages: Sequence[Passage], names: Sequence[str]) -> list[Problem]:
    """Check all passages, alone and against each other."""
    problems: list[Problem] = []
    for passage in passages:
        messages = text_problems(passage.text) + kind_problems(passage, names)
        if not COUNTRY.fullmatch(passage.country):
            messages.append(f"country {passage.country!r} is no two-letter code")
        problems += [Problem(passage.id, message) for message in messages]
    counts = Counter(passage.id for passage in passages)
    problems += [Problem(name, "id is not unique") for name, times in counts.items() if times > 1]
    return problems + near_duplicates(passages)


def imbalances(passages: Sequence[Passage], names: Sequence[str]) -> list[str]:
    """Name what the whole corpus has too few or too many of."""
    held = Counter(kind for passage in passages for kind in {held.kind for held in passage.kinds})
    messages = [
        f"{kind} in {held[kind]} passages only" for kind in names if held[kind] < FEWEST_HELD
    ]
    total = max(len(passages), 1)
    quiet = sum(passage.part in QUIET for passage in passages) / total
    if not QUIET_SHARE[0] <= quiet <= QUIET_SHARE[1]:
        messages.append(f"{quiet:.0%} negatives and background")
    texts = [plain_text(passage.text)[0] for passage in passages]
    named = Counter(name for text in texts for name in set(NAME.findall(text)) - CALENDAR)
    messages += [
        f"{name} named in {n} passages" for name, n in named.items() if n > total * MOST_NAMED
    ]
    return messages


def balance(passages: Sequence[Passage], names: Sequence[str]) -> str:
    """Draw the tables of the data's README: the shares, then the kinds held by status."""
    quiet = sum(passage.part in QUIET for passage in passages)
    marks = [mark.role for passage in passages for mark in plain_text(passage.text)[1]]
    lines = [f"- passages: {len(passages)}"]
    lines.append(f"- negatives and background: {quiet} ({quiet / max(len(passages), 1):.0%})")
    lines.append(_shares("part", [passage.part for passage in passages]))
    lines.append(_shares("style", [passage.style for passage in passages]))
    lines.append(_shares("country", [passage.country for passage in passages]))
    lines.append(_shares("mark", marks))
    tally: Counter[tuple[str, str]] = Counter(
        (held.kind, held.status) for passage in passages for held in passage.kinds
    )
    lines += ["", "| kind | all | " + " | ".join(STATUSES) + " |"]
    lines.append("|---|---|" + "---|" * len(STATUSES))
    for kind in names:
        row = [tally[kind, status] for status in STATUSES]
        lines.append(f"| {kind} | {sum(row)} | " + " | ".join(map(str, row)) + " |")
    return "\n".join(lines)


def _shares(label: str, values: Sequence[str]) -> str:
    counts = Counter(values).most_common()
    shown = ", ".join(f"{value} {times}" for value, times in counts[:MOST_SHOWN])
    more = " and others" if len(counts) > MOST_SHOWN else ""
    return f"- {label} ({len(counts)}): {shown}{more}"


def main() -> int:
    """Print the problems and the balance; 1 when there is any problem."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "files", nargs="*", type=Path, help="default: the whole corpus, with its balance"
    )
    folder = Path(__file__).parent / "data"
    files: list[Path] = parser.parse_args().files
    paths = files or sorted(folder.glob("passages-*.jsonl"))
    try:
        passages = read_passages(paths)
    except msgspec.ValidationError as error:
        print(f"a line has another form: {error}", file=sys.stderr)
        return 1
    names = tuple(load().kinds)
    problems = check(passages, names)
    for problem in problems:
        print(f"{problem.passage}: {problem.message}", file=sys.stderr)
    uneven = [] if files else imbalances(passages, names)
    for message in uneven:
        print(f"balance: {message}", file=sys.stderr)
    print(balance(passages, names))
    return 1 if problems or uneven else 0


if __name__ == "__main__":
    sys.exit(main())
