"""The workspace folder: reports, accounts, originals, journal and id ledger as plain files.

Files are append-only JSON lines; the last line for an id holds. A line that a killed run cut
short is never read, and is closed off when the file is next appended to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType

import msgspec

from tocsin import records
from tocsin.errors import InputError, StoreError
from tocsin.ids import digest
from tocsin.model import Coded, Record, Reject, Report, Run

_CHECKED = 4096  # bytes before a mark that are compared
_FOLDERS = ("reports", "accounts", "originals")


def is_workspace(folder: Path) -> bool:
    """Tell whether a folder is a workspace: looking into any other one must not make it so."""
    return all((folder / name).is_dir() for name in _FOLDERS)


class Workspace:
    """A workspace folder, made when it is not there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            for name in _FOLDERS:
                (folder / name).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(
                f"The workspace {folder} cannot be made: {error.strerror}.",
                advice="Name another folder with -w.",
            ) from error

    @property
    def journal(self) -> Path:
        """People's decisions, append-only."""
        return self.folder / "journal.jsonl"

    @property
    def ids(self) -> Path:
        """Issued incident ids and redirects, append-only."""
        return self.folder / "ids.jsonl"

    @property
    def store(self) -> Path:
        """The embedded store: a cache of all the rest."""
        return self.folder / "store.sqlite"

    @property
    def lock(self) -> Path:
        """Held by whoever brings the store up to date."""
        return self.folder / "writing.lock"

    @property
    def originals(self) -> Path:
        """Bytes as they were read, compressed, named by digest."""
        return self.folder / "originals"

    def versions(self) -> Iterator[Report]:
        """Yield every version of every report, in the order in which they were read."""
        for record in self._read("reports"):
            if isinstance(record, Report):
                yield record

    def reports(self) -> dict[str, Report]:
        """Return the newest version of each report by id."""
        newest: dict[str, Report] = {}
        for report in self.versions():
            if report.id not in newest or is_newer(report, newest[report.id]):
                newest[report.id] = report
        return newest

    def codings(self) -> Iterator[Coded]:
        """Yield every coding, oldest first inside a report."""
        for record in self._read("accounts"):
            if isinstance(record, Coded):
                yield record

    def coded(self) -> dict[str, Coded]:
        """Return the newest coding of each report by id."""
        return {coded.report: coded for coded in self.codings()}

    def rejects(self) -> list[Reject]:
        """Return what was not processed, in the order it was met."""
        return [r for r in _lines(self.folder / "rejects.jsonl") if isinstance(r, Reject)]

    def runs(self) -> list[Run]:
        """Return the manifests of all runs, oldest first."""
        return [r for r in _lines(self.folder / "runs.jsonl") if isinstance(r, Run)]

    @property
    def validators(self) -> Path:
        """What servers gave to ask whether an address changed."""
        return self.folder / "validators.json"

    def mark(self, name: str) -> Mark | None:
        """Return how long the file of a folder is; none where other files stand beside it."""
        path = self._file(name)
        if [p for p in (self.folder / name).glob("*.jsonl") if p != path]:
            return None
        size = path.stat().st_size if path.exists() else 0
        return Mark(size, _check(path, size))

    def holds(self, name: str, mark: Mark) -> bool:
        """Tell whether the file of a folder still is as it was at a mark, up to there."""
        now = self.mark(name)
        return (
            now is not None
            and now.at >= mark.at
            and _check(self._file(name), mark.at) == mark.check
        )

    def walk(self, name: str, start: int = 0) -> Iterator[tuple[int, Record]]:
        """Yield the records of the file of a folder from a byte on, and where each begins."""
        path = self._file(name)
        if not path.exists():
            return
        with path.open("rb") as file:
            file.seek(start)
            for line in file:
                if line.strip() and not _is_cut_short(line):
                    yield start, _record(path, f"byte {start}", line)
                start += len(line)

    def at(self, name: str, starts: Iterable[int]) -> Iterator[Record]:
        """Yield the records that begin at some bytes of the file of a folder."""
        path = self._file(name)
        if not path.exists():
            return
        with path.open("rb") as file:
            for start in starts:
                file.seek(start)
                yield _record(path, f"byte {start}", file.readline())

    def _file(self, name: str) -> Path:
        return self.folder / name / f"{name}.jsonl"

    def add_reports(self) -> Appender:
        """Return the appender of report versions."""
        return Appender(self._file("reports"))

    def add_rejects(self) -> Appender:
        """Return the appender of what was not processed."""
        return Appender(self.folder / "rejects.jsonl")

    def add_coded(self) -> Appender:
        """Return the appender of codings."""
        return Appender(self._file("accounts"))

    def add_run(self, run: Run) -> None:
        """Append the manifest of a run."""
        with Appender(self.folder / "runs.jsonl") as appender:
            appender.add(run)

    def replace_rejects(self, rejects: Iterable[Reject]) -> None:
        """Write the rejects anew: one for each place and code, the newest message."""
        newest = {(r.where, r.code): r for r in rejects}
        path = self.folder / "rejects.jsonl"
        fresh = path.with_suffix(".new")
        fresh.write_bytes(b"".join(records.write_lines(newest.values())))
        fresh.replace(path)

    def _read(self, name: str) -> Iterator[Record]:
        for path in sorted((self.folder / name).glob("*.jsonl")):
            yield from _lines(path)


class Mark(msgspec.Struct, frozen=True):
    """How far a file has been read: a byte, and a digest of what stands before it."""

    at: int
    check: str


def _check(path: Path, at: int) -> str:
    """Return a digest of the last bytes before one: an append-only file keeps it."""
    if not at:
        return ""
    with path.open("rb") as file:
        file.seek(max(0, at - _CHECKED))
        return digest(file.read(min(at, _CHECKED)))


def is_newer(report: Report, other: Report) -> bool:
    """Tell whether a version is the newer one: the later acquired, or else the later read."""
    at = report.acquired.at if report.acquired else None
    before = other.acquired.at if other.acquired else None
    return not (at and before) or at >= before


class Appender:
    """Appends records to one file, each line handed to the system at once."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> Appender:
        """Open the file, closing off a line that was cut short."""
        self._file = self._path.open("ab+")
        if self._file.tell():
            self._file.seek(-1, 2)
            if self._file.read(1) != b"\n":
                self._file.write(b"\n")
        return self

    def add(self, record: Record) -> int:
        """Append one record; return the byte at which it begins."""
        line = records.write(record) + b"\n"
        self._file.write(line)
        self._file.flush()
        return self._file.tell() - len(line)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the file."""
        self._file.close()


def _lines(path: Path) -> Iterator[Record]:
    """Yield the whole records of a file; a line cut short by a kill is passed over."""
    if not path.exists():
        return
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip() and not _is_cut_short(line):
                yield _record(path, f"line {number}", line)


def _record(path: Path, place: str, line: bytes) -> Record:
    try:
        return records.read(line)
    except InputError as error:
        raise StoreError(
            f"{path}, {place}: {error}",
            advice="Mend or remove that line, then run `tocsin rebuild`.",
        ) from error


def _is_cut_short(line: bytes) -> bool:
    return line.startswith(b'{"v":') and not line.rstrip().endswith(b"}")
