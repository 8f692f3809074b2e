"""Jobs started from the desk: reports that were dropped, pasted or named by their address.

A job is a process of its own, the same command that a terminal runs: pages stay fast while it
works, and what it holds in memory goes when it ends.
"""

from __future__ import annotations

import os
import re
import secrets
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from msgspec.structs import replace

from tocsin.store.jobs import Job, Jobs
from tocsin.terms import Handling

_RUN = "from tocsin.cli import main; main()"
_SAFE = re.compile(r"[^\w.\- ]+")
_LONGEST_NAME = 80
_STAGES = {
    "read": "Reading reports",
    "code": "Finding incidents in reports",
    "link": "Bringing together what is one incident",
    "save": "Saving",
}
_STATES = {
    "waiting": "Waits for another job to end",
    "done": "Done",
    "failed": "Failed",
    "stopped": "Stopped; what was finished is kept",
    "lost": "Ended without a word; what was finished is kept",
}


@dataclass
class Starter:
    """Starts jobs of one workspace, and stops those it started."""

    workspace: Path
    user: str
    _children: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def jobs(self) -> Jobs:
        """All jobs of the workspace, ours and others; one of ours that fell over is noted so."""
        found = Jobs(self.workspace)
        for identifier, child in list(self._children.items()):
            if child.poll() is None:
                continue
            del self._children[identifier]
            job = found.get(identifier)
            if job is not None and job.is_open:
                lines = (found.folder / f"{identifier}.log").read_text("utf-8").splitlines()
                found.write(replace(job, state="failed", message=lines[-1] if lines else ""))
        return found

    def inbox(self) -> tuple[str, Path]:
        """Return the name of a new job and the folder for what it reads."""
        identifier = secrets.token_hex(6)
        folder = self.workspace / "inbox" / identifier
        folder.mkdir(parents=True)
        return identifier, folder

    def read(self, identifier: str, at: str, inputs: Sequence[str], options: Sequence[str]) -> None:
        """Start to read inputs into the workspace."""
        words = ["run", *options, "--", *inputs]
        self._start(self._new(identifier, "run", at, tuple(words)))

    def rebuild(self, at: str) -> None:
        """Start to make the store again from its files."""
        self._start(self._new(secrets.token_hex(6), "rebuild", at, ("rebuild",)))

    def again(self, identifier: str, at: str) -> bool:
        """Start an ended job of ours anew; what it finished before is not done again."""
        known = self.jobs.get(identifier)
        if known is None or known.is_open or not known.inputs:
            return False
        self._start(self._new(secrets.token_hex(6), known.what, at, known.inputs))
        return True

    def stop(self, identifier: str) -> bool:
        """Stop a job: one of ours at once, another one at its next step."""
        asked = self.jobs.stop(identifier)
        child = self._children.get(identifier)
        if asked and child is not None and child.poll() is None:
            child.send_signal(signal.SIGINT)
        return asked

    def close(self) -> None:
        """Stop what still runs: the next start goes on with what is left."""
        for child in self._children.values():
            if child.poll() is None:
                child.send_signal(signal.SIGINT)
            child.wait()

    def _new(self, identifier: str, what: str, at: str, inputs: tuple[str, ...]) -> Job:
        return Job(
            id=identifier,
            what=what,
            by=self.user,
            started=at,
            inputs=inputs,
            process=os.getpid(),
            state="running",
        )

    def _start(self, job: Job) -> None:
        self.jobs.write(job)
        verb, *rest = job.inputs
        words = [verb, "-w", str(self.workspace), "--job", job.id, *rest]
        with (self.jobs.folder / f"{job.id}.log").open("wb") as log:
            self._children[job.id] = subprocess.Popen(
                [sys.executable, "-c", _RUN, *words],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=log,
            )


def options_of(*, outlet: str, published: str, handling: Handling) -> list[str]:
    """Return what a form says of all its inputs as options of the command."""
    given = {"--outlet": outlet.strip(), "--published": published.strip()}
    found = [f"{name}={value}" for name, value in given.items() if value]
    return [*found, f"--handling={handling}"]


def safe_name(name: str, position: int) -> str:
    """Return a file name that stays in its folder and keeps its ending."""
    plain = _SAFE.sub("_", Path(name.replace("\\", "/")).name).strip(". ")
    return f"{position:02}-{plain[-_LONGEST_NAME:] or 'report.txt'}"


def words(job: Job) -> str:
    """Return how far a job is, for people."""
    if job.state != "running":
        said = _STATES[job.state]
        return f"{said}: {job.message}" if job.message else said
    stage = _STAGES.get(job.stage, "Starting")
    if not job.done:
        return stage
    return f"{stage}: {job.done:,}" + (f" of {job.total:,}" if job.total else "")
