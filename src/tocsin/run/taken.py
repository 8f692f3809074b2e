"""What a store notes of the workspace it was made of: how far each file, and by which rules."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

import msgspec

from tocsin import coding, ids
from tocsin.intake.options import ResumePoint
from tocsin.settings import Settings
from tocsin.store.files import Files
from tocsin.store.workspace import Mark, Workspace

# Parts of the package whose rules and tables decide what stands in a store.
_RULES = ("linking", "masking", "ontology", "store")
# A tail of the files that is longer, and more than a quarter of what is known, is no few reports.
_FEW = 20_000_000


Version = tuple[str, str]  # a report's id and the digest of its text


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """What of a workspace stands in a store: how far its files, and what decisions demanded.

    `uncoded` are the versions that could not be coded and where their lines begin, `archives` where
    to go on in those that were read.
    """

    rules: str
    reports: Mark
    accounts: Mark
    versions: int
    uncoded: tuple[tuple[int, Version], ...]
    archives: dict[str, ResumePoint]
    issued: int
    decisions: int
    last_decision: str
    together: tuple[tuple[str, str], ...]
    apart: tuple[tuple[str, str], ...]
    about: dict[str, tuple[int, ...]]


def taken_of(known: Files, workspace: Workspace, rules: str) -> Taken | None:
    """Return what stands in a store, if the files and rules are those it was made of.

    Cheap, and asked again under the lock: another process may have saved meanwhile.
    """
    note = known.taken()
    if note is None:
        return None
    try:
        taken = msgspec.json.decode(note, type=Taken)
    except msgspec.DecodeError:
        return None
    marks = (("reports", taken.reports), ("accounts", taken.accounts))
    fits = taken.rules == rules and all(workspace.holds(name, mark) for name, mark in marks)
    return taken if fits else None


def is_little(workspace: Workspace, taken: Taken) -> bool:
    """Tell whether so little came in that it is worth joining to what is there."""
    marks = (("reports", taken.reports), ("accounts", taken.accounts))
    now = ((workspace.mark(name), mark) for name, mark in marks)
    return all(m is not None and m.at - mark.at <= max(_FEW, mark.at // 4) for m, mark in now)


def rules_of(settings: Settings) -> str:
    """Return a digest of all by which linking and saving come to what they come to."""
    parts = [coding.VERSION, *_own_rules()]
    if settings.kinds_file:
        parts.append(ids.digest(Path(settings.kinds_file).read_bytes()))
    return ids.digest(" ".join(parts))


@cache
def _own_rules() -> tuple[str, ...]:
    """Digest the parts of the package once: a process works by the rules that it began with."""
    return tuple(
        ids.digest(path.read_bytes())
        for package in _RULES
        for path in sorted(files(f"tocsin.{package}").iterdir(), key=lambda path: path.name)
        if path.name.endswith((".py", ".toml"))
    )
