"""Check the training passages and print their balance: a mark that does not parse trains nothing."""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process

FAMILIES: dict[str, tuple[str, ...]] = {
    "crowd": (
        "demonstration",
        "labour_strike",
        "hunger_strike",
        "boycott",
        "mob_violence",
        "property_destruction",
    ),
    "police_force": (
        "police_shooting",
        "police_use_of_force",
        "death_in_custody",
        "raid_or_search",
    ),
    "attack": (
        "armed_attack",
        "armed_clash",
        "bombing",
        "suicide_bombing",
        "grenade",
        "shelling",
        "air_strike",
        "chemical_attack",
        "vehicle_ramming",
        "abduction",
        "enforced_disappearance",
        "sexual_violence",
        "torture",
        "threat",
        "foiled_attack",
    ),
    "territory": ("taken_by_state", "taken_by_non_state", "transferred", "base_established"),
    "measure": (
        "curfew",
        "state_of_emergency",
        "deployment",
        "dispersal_order",
        "ban",
        "closure",
        "public_alert",
        "shutdown",
    ),
    "justice": ("arrest", "charge", "verdict", "inquiry", "dismissal", "release"),
    "politics": (
        "statement",
        "demand",
        "agreement",
        "sanction",
        "responsibility_claim",
        "group_change",
        "coup",
        "displacement",
        "other",
    ),
    "posture": (
        "consult",
        "support",
        "concede",
        "cooperate",
        "aid",
        "withdraw",
        "criticise",
        "reject",
        "threaten",
    ),
    "harm": ("natural_disaster", "accident", "organised_crime"),
}
KINDS = frozenset(kind for kinds in FAMILIES.values() for kind in kinds)
STATUSES = ("new", "mentioned", "planned", "feared", "denied")
STYLES = frozenset(
    ("agency", "tabloid", "police_release", "ngo", "broadcast")
    + ("translated", "unedited", "local", "feature")
)
PARTS = frozenset(("headline", "lead", "body", "multi", "background", "negative"))
ROLES = frozenset(
    ("actor", "target", "victim", "act", "place", "time", "count")
    + ("means", "cause", "measure", "source", "cue")
)
CONDUCTS = frozenset(("peaceful", "some_violence", "mostly_violent"))
FORCES = frozenset(("none", "dispersal", "non_lethal", "lethal"))
KEYS = frozenset(("id", "style", "country", "part", "text", "kinds"))

NEAR_DUPLICATE = 90  # token_set_ratio above this read as one passage retold, not two
MOST_MARKS = 14  # more marks than this in a passage were slips of the annotator
FEWEST_WORDS, MOST_WORDS = 4, 110  # outside lie stubs and passages longer than the encoder reads

MARK = re.compile(r"\[\[([a-z_]+)\|([^\[\]|]+)\]\]")
LEFTOVER = re.compile(r"\[\[|\]\]")
COUNTRY = re.compile(r"[A-Z]{2}")


@dataclass(frozen=True)
class Mark:
    """One marked span of a passage, in offsets of its plain text."""

    role: str
    start: int
    end: int


@dataclass(frozen=True)
class Problem:
    """What is wrong with one passage."""

    passage: str
    message: str


def plain_text(marked: str) -> tuple[str, list[Mark]]:
    """Split a marked text into its plain text and the marks on it."""
    pieces: list[str] = []
    marks: list[Mark] = []
    length = seen = 0
    for found in MARK.finditer(marked):
        before, words = marked[seen : found.start()], found.group(2)
        pieces += [before, words]
        start = length + len(before)
        length = start + len(words)
        marks.append(Mark(role=found.group(1), start=start, end=length))
        seen = found.end()
    pieces.append(marked[seen:])
    return "".join(pieces), marks


def read_passages(paths: Iterable[Path]) -> list[dict[str, Any]]:
    """Read every line of the given JSON-lines files, in their order."""
    return [
        json.loads(line)
        for path in paths
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]


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


def kind_problems(part: str, kinds: Sequence[dict[str, str]]) -> list[str]:
    """Name what is wrong with the kinds that one passage is said to hold."""
    messages: list[str] = []
    for entry in kinds:
        if entry.get("kind") not in KINDS:
            messages.append(f"unknown kind {entry.get('kind')!r}")
        if entry.get("status") not in STATUSES:
            messages.append(f"unknown status {entry.get('status')!r}")
        if entry.get("conduct", "peaceful") not in CONDUCTS:
            messages.append(f"unknown conduct {entry['conduct']!r}")
        if entry.get("force", "none") not in FORCES:
            messages.append(f"unknown force {entry['force']!r}")
        if {"conduct", "force"} & entry.keys() and entry.get("kind") != "demonstration":
            messages.append("conduct or force outside a demonstration")
    seen = Counter((entry.get("kind"), entry.get("status")) for entry in kinds)
    messages += [f"{kind} {status} twice" for (kind, status), n in seen.items() if n > 1]
    if (part == "negative") != (not kinds):
        messages.append("kinds are empty in negatives and only there")
    if part == "background" and any(entry.get("status") == "new" for entry in kinds):
        messages.append("a background passage holds something new")
    return messages


def passage_problems(passage: dict[str, Any]) -> list[Problem]:
    """Check one passage alone."""
    name = str(passage.get("id"))
    if passage.keys() != KEYS:
        return [Problem(name, f"fields are {sorted(passage)}")]
    messages = text_problems(passage["text"]) + kind_problems(passage["part"], passage["kinds"])
    if passage["style"] not in STYLES:
        messages.append(f"unknown style {passage['style']!r}")
    if passage["part"] not in PARTS:
        messages.append(f"unknown part {passage['part']!r}")
    if not COUNTRY.fullmatch(passage["country"]):
        messages.append(f"country {passage['country']!r} is no two-letter code")
    return [Problem(name, message) for message in messages]


def near_duplicates(passages: Sequence[dict[str, Any]]) -> list[Problem]:
    """Find passages that say almost the same words as an earlier one."""
    texts = [plain_text(passage["text"])[0].casefold() for passage in passages]
    scores = process.cdist(texts, texts, scorer=fuzz.token_set_ratio, score_cutoff=NEAR_DUPLICATE)
    return [
        Problem(passages[right]["id"], f"almost the same as {passages[left]['id']}")
        for right in range(len(texts))
        for left in range(right)
        if scores[left, right] > NEAR_DUPLICATE
    ]


def check(passages: Sequence[dict[str, Any]]) -> list[Problem]:
    """Check all passages, alone and against each other."""
    problems = [problem for passage in passages for problem in passage_problems(passage)]
    counts = Counter(passage.get("id") for passage in passages)
    problems += [Problem(str(name), "id is not unique") for name, n in counts.items() if n > 1]
    sound = [passage for passage in passages if passage.keys() == KEYS]
    return problems + near_duplicates(sound)


def balance(passages: Sequence[dict[str, Any]]) -> str:
    """Draw the tables: kind by status (passages that hold it), then the shares."""
    held = Counter(
        (entry["kind"], entry["status"]) for passage in passages for entry in passage["kinds"]
    )
    lines = ["| kind | all | " + " | ".join(STATUSES) + " |", "|---|---|" + "---|" * len(STATUSES)]
    for kinds in FAMILIES.values():
        for kind in kinds:
            row = [held[kind, status] for status in STATUSES]
            lines.append(f"| {kind} | {sum(row)} | " + " | ".join(map(str, row)) + " |")
    total = max(len(passages), 1)
    quiet = sum(passage["part"] in ("negative", "background") for passage in passages)
    lines += ["", f"passages: {len(passages)}"]
    lines.append(f"negatives and background: {quiet} ({quiet / total:.0%})")
    for field in ("part", "style", "country"):
        counts = Counter(passage[field] for passage in passages).most_common()
        label = f"{field} ({len(counts)})"
        lines.append(f"{label}: " + ", ".join(f"{name} {n}" for name, n in counts))
    roles = Counter(mark.role for passage in passages for mark in plain_text(passage["text"])[1])
    lines.append("marks: " + ", ".join(f"{role} {n}" for role, n in roles.most_common()))
    return "\n".join(lines)


def main() -> int:
    """Print the problems and the balance; 1 when there is any problem."""
    parser = argparse.ArgumentParser(description=__doc__)
    folder = Path(__file__).parent / "data"
    parser.add_argument("files", nargs="*", type=Path, help="default: training/data/passages-*")
    paths: list[Path] = parser.parse_args().files or sorted(folder.glob("passages-*.jsonl"))
    passages = read_passages(paths)
    problems = check(passages)
    for problem in problems:
        print(f"{problem.passage}: {problem.message}", file=sys.stderr)
    print(balance(passages))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
