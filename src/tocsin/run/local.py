"""Code reports on this machine: in this process, or in a pool of worker processes."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor

from tocsin.model import Coded, Report
from tocsin.run.coder import code_one, load_coder
from tocsin.settings import Settings

# Below this many reports a second process costs more to start than it saves.
_WORTH_A_POOL = 200


def code_all(reports: Sequence[Report], settings: Settings) -> Iterator[Coded]:
    """Yield the coding of each report, in order; the result does not depend on the workers."""
    if not reports:
        return
    if settings.workers < 2 or len(reports) < _WORTH_A_POOL:
        coder = load_coder(settings)
        for report in reports:
            yield code_one(report, coder)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(settings.workers, mp_context=context) as pool:
        yield from pool.map(_Worker(settings), reports, chunksize=16)


class _Worker:
    """Codes in a worker process, loading the coder there once."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def __call__(self, report: Report) -> Coded:
        return code_one(report, load_coder(self._settings))
