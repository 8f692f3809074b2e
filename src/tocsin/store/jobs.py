"""Long jobs of a workspace as files: what runs, how far it is, and a mark that asks it to stop.

A run in a terminal and one that the desk started leave the same file behind, so that both are seen
and both can be stopped from either side.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, Protocol, TextIO

import msgspec

from tocsin.errors import StoreError, TocsinError
from tocsin.model import Part

State = Literal["waiting", "running", "done", "failed", "stopped", "lost"]

_EVERY = 0.3  # seconds between two notes of progress: a person sees no more
_KEPT = 30  # ended jobs that are kept in the list
_OPEN: tuple[State, ...] = ("waiting", "running")


class Stopped(TocsinError):
    """Somebody asked a job to stop; what it finished is kept."""

    code = "stopped"


class Step(Protocol):
    """Told how far a job is; it may raise to stop it."""

    def __call__(self, stage: str, done: int, total: int | None = None) -> None:
        """Take note that so many are done of a stage."""


class Job(Part, frozen=True, kw_only=True):
    """One long job as its file tells it."""

    id: str
    what: str
    by: str
    started: str
    inputs: tuple[str, ...] = ()
    process: int = 0
    state: State = "waiting"
    stage: str = ""
    done: int = 0
    total: int | None = None
    ended: str | None = None
    message: str = ""

    @property
    def is_open(self) -> bool:
        """Tell whether it still runs or is about to."""
        return self.state in _OPEN


class Jobs:
    """The jobs of one workspace folder."""

    def __init__(self, workspace: Path) -> None:
        self.folder = workspace / "jobs"

    def all(self) -> list[Job]:
        """Return the jobs, newest first; one whose process is gone without a word is lost."""
        found = [job for path in self.folder.glob("*.json") if (job := _read(path)) is not None]
        return sorted(found, key=lambda job: (job.started, job.id), reverse=True)

    def get(self, identifier: str) -> Job | None:
        """Return one job."""
        return _read(self._path(identifier)) if identifier.isalnum() else None

    def mark(self) -> tuple[int, int]:
        """Return something that changes whenever a job's file does."""
        states = [path.stat() for path in self.folder.glob("*.json")]
        return len(states), max((state.st_mtime_ns for state in states), default=0)

    def write(self, job: Job) -> None:
        """Write a job's file as a whole."""
        self.folder.mkdir(exist_ok=True)
        path = self._path(job.id)
        fresh = path.with_suffix(".new")
        fresh.write_bytes(msgspec.json.encode(job))
        fresh.replace(path)

    def stop(self, identifier: str) -> bool:
        """Ask a job to stop; tell whether there is such a job and it was running."""
        job = self.get(identifier)
        if job is None or not job.is_open:
            return False
        self._stop(identifier).touch()
        return True

    def is_stopping(self, identifier: str) -> bool:
        """Tell whether somebody asked a job to stop."""
        return self._stop(identifier).exists()

    def clear(self, identifier: str) -> None:
        """Remove the mark of a job that ended, and the files of the oldest jobs."""
        self._stop(identifier).unlink(missing_ok=True)
        ended = [job for job in self.all() if not job.is_open]
        for old in ended[_KEPT:]:
            self._path(old.id).unlink(missing_ok=True)

    def _path(self, identifier: str) -> Path:
        return self.folder / f"{identifier}.json"

    def _stop(self, identifier: str) -> Path:
        return self.folder / f"{identifier}.stop"


class Running:
    """A running job's note of how far it is; stops it when somebody asked for that."""

    def __init__(
        self, jobs: Jobs, job: Job, clock: Callable[[], float], shown: Step | None = None
    ) -> None:
        self._jobs, self._clock, self._shown = jobs, clock, shown
        self.job = job
        self._noted = clock() - _EVERY

    def __call__(self, stage: str, done: int, total: int | None = None) -> None:
        """Note a stage's progress, and show it."""
        if self._shown is not None:
            self._shown(stage, done, total)
        if stage == self.job.stage and self._clock() - self._noted < _EVERY:
            return
        self._noted = self._clock()
        self.look()
        self.note(state="running", stage=stage, done=done, total=total)

    def look(self) -> bool:
        """Raise Stopped when somebody asked for that."""
        if self._jobs.is_stopping(self.job.id):
            raise Stopped(
                "The job was stopped.",
                advice="What was finished is kept; run the same inputs to go on.",
            )
        return True

    def note(self, **changes: object) -> None:
        """Write changed fields."""
        self.job = msgspec.structs.replace(self.job, **changes)
        self._jobs.write(self.job)


@contextmanager
def running(
    jobs: Jobs,
    job: Job,
    *,
    clock: Callable[[], float],
    now: Callable[[], str],
    shown: Step | None = None,
) -> Iterator[Running]:
    """Run a job under its file, which says at the end how it went."""
    noted = Running(jobs, job, clock, shown)
    noted.note(process=os.getpid(), state="running")
    try:
        yield noted
    except Stopped:
        noted.note(state="stopped", ended=now())
        raise
    except KeyboardInterrupt:
        noted.note(state="stopped", ended=now())
        raise
    except TocsinError as error:
        noted.note(state="failed", ended=now(), message=str(error.args[0]))
        raise
    else:
        noted.note(state="done", ended=now())
    finally:
        jobs.clear(job.id)


@contextmanager
def alone(path: Path, *, wait: Callable[[], bool] | None = None) -> Iterator[None]:
    """Hold a lock among the processes of one workspace meanwhile.

    `wait` is asked while somebody else has it, and answers whether to ask again; without it the
    block waits as long as it takes.
    """
    with path.open("a") as lock:
        if wait is None:
            fcntl.flock(lock, fcntl.LOCK_EX)
        while wait is not None and not _taken(lock):
            if not wait():
                raise StoreError(
                    "A run is saving its incidents just now. Nothing was written.",
                    advice="Decide again in a moment.",
                )
        yield


def _taken(lock: TextIO) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _read(path: Path) -> Job | None:
    try:
        job = msgspec.json.decode(path.read_bytes(), type=Job)
    except (OSError, msgspec.DecodeError):
        return None
    if job.is_open and job.process and not _lives(job.process):
        return msgspec.structs.replace(job, state="lost")
    return job


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
