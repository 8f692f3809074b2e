"""What a workspace holds already: nothing is read twice, and nothing coded twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import chain

from tocsin import coding
from tocsin.errors import StoreError
from tocsin.intake.options import ResumePoint
from tocsin.intake.warc import resume_points
from tocsin.model import Coded, Record, Report
from tocsin.run.taken import Taken, Version, rules_of, taken_of
from tocsin.settings import Settings
from tocsin.store.files import Files
from tocsin.store.store import Store
from tocsin.store.workspace import Workspace


class Known:
    """Which texts of each report are there, which of them is the newest, and which are coded.

    Where a store has taken the files in, it is asked, and only what came after is read.
    """

    def __init__(self, workspace: Workspace, store: Store | None, taken: Taken | None) -> None:
        self.places: set[str] = set()  # where the reports of this run came from
        self._workspace = workspace
        self._store = store if taken is not None else None
        self._taken = taken
        self._lines: list[tuple[int, Version]] = []  # of what no store has taken in
        self._texts: dict[str, set[str]] = {}
        self._newest: dict[str, tuple[str, str | None]] = {}
        points = resume_points(self._known(self._unread()))
        self.points = further(taken.archives if taken is not None else {}, points)

    def is_new(self, report: Report) -> bool:
        """Tell whether a version is not known yet, or a page set back to it."""
        self._look_up(report.id)
        at = report.acquired.at if report.acquired else None
        text, since = self._newest.get(report.id, ("", None))
        seen = report.text_digest in self._texts.get(report.id, ())
        set_back = text != report.text_digest and bool(at and since and at > since)
        return not seen or set_back

    def add(self, report: Report, start: int) -> None:
        """Note a version that was appended to the reports, and the byte at which it begins."""
        self._note(report)
        self._lines.append((start, version_of(report)))

    def uncoded(self) -> tuple[int, Iterator[Report]]:
        """Return the versions that this coder has not coded, and how many they are."""
        if self._taken is None or self._store is None:
            done = set(versions_of(self._workspace.codings()))
            every = {(name, text) for name, texts in self._texts.items() for text in texts}
            return len(every - done), _once(self._workspace.versions(), done)
        tail = (record for _, record in self._workspace.walk("accounts", self._taken.accounts.at))
        with self._store.engine.connect() as connection:
            lines = Files(connection).lines("accounts", {name for _, (name, _) in self._lines})
        former = sorted(start for found in lines.values() for start in found)
        coded = chain(tail, self._workspace.at("accounts", former))
        done = set(versions_of(record for record in coded if isinstance(record, Coded)))
        starts: dict[Version, int] = {}
        for start, version in (*self._taken.uncoded, *self._lines):
            if version not in done:
                starts.setdefault(version, start)
        waiting = self._workspace.at("reports", starts.values())
        return len(starts), (report for report in waiting if isinstance(report, Report))

    def _unread(self) -> Iterator[Report]:
        if self._taken is None:
            return self._workspace.versions()
        return noting(self._workspace.walk("reports", self._taken.reports.at), self._lines)

    def _known(self, reports: Iterable[Report]) -> Iterator[Report]:
        for report in reports:
            self._look_up(report.id)
            self._note(report)
            yield report

    def _look_up(self, name: str) -> None:
        """Ask the store once what it has of a report."""
        if self._store is None or name in self._texts:
            return
        with self._store.engine.connect() as connection:
            versions, newest = Files(connection).versions(name)
        self._texts[name] = versions
        if newest is not None:
            at = newest.acquired.at if newest.acquired else None
            self._newest[name] = (newest.text_digest, at)

    def _note(self, report: Report) -> None:
        at = report.acquired.at if report.acquired else None
        self._texts.setdefault(report.id, set()).add(report.text_digest)
        before = self._newest.get(report.id, ("", None))[1]
        if not (at and before) or at >= before:
            self._newest[report.id] = (report.text_digest, at)


@contextmanager
def known_of(workspace: Workspace, settings: Settings) -> Iterator[Known]:
    """Yield what a workspace holds; its store is asked where it has taken the files in."""
    try:
        store = Store.open(settings.store or workspace.store)
    except StoreError:  # of another version: it is made again after reading
        yield Known(workspace, None, None)
        return
    with store:
        with store.engine.connect() as connection:
            taken = taken_of(Files(connection), workspace, rules_of(settings))
        yield Known(workspace, store, taken)


def further(
    one: Mapping[str, ResumePoint], other: Mapping[str, ResumePoint]
) -> dict[str, ResumePoint]:
    """Return for each archive the point further on."""
    found = dict(one)
    for archive, point in other.items():
        if archive not in found or found[archive].offset < point.offset:
            found[archive] = point
    return found


def version_of(report: Report) -> Version:
    """Return which version of which report this is."""
    return report.id, report.text_digest


def noting(
    lines: Iterable[tuple[int, Record]], found: list[tuple[int, Version]]
) -> Iterator[Report]:
    """Pass reports on, noting where each begins and which version it is."""
    for start, record in lines:
        if isinstance(record, Report):
            found.append((start, version_of(record)))
            yield record


def versions_of(codings: Iterable[Coded]) -> Iterator[Version]:
    """Yield the versions of reports that this coder coded."""
    return ((c.report, c.text_digest) for c in codings if c.coder == coding.VERSION)


def _once(reports: Iterable[Report], done: Iterable[Version]) -> Iterator[Report]:
    """Yield each version once that is not done."""
    seen = set(done)
    for report in reports:
        if (version := version_of(report)) not in seen:
            seen.add(version)
            yield report
