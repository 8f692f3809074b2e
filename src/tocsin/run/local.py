"""Code reports on this machine: in this process, or in a pool of worker processes."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import chain, islice

from tocsin.model import Coded, Reject, Report
from tocsin.run.coder import code_or_reject, load_coder
from tocsin.settings import Settings

# Below this many reports a second process costs more to start than it saves; as many are in
# flight at once, so that memory stays flat.
_WORTH_A_POOL = 200
_CHUNK = 10


def code_all(reports: Iterable[Report], settings: Settings) -> Iterator[Coded | Reject]:
    """Yield the coding of each report, in order; the result does not depend on the workers."""
    stream = iter(reports)
    first = list(islice(stream, _WORTH_A_POOL))
    if not first:
        return
    if settings.workers < 2 or len(first) < _WORTH_A_POOL:
        coder = load_coder(settings)
        yield from (code_or_reject(report, coder) for report in chain(first, stream))
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(settings.workers, mp_context=context) as pool:
        while first:
            yield from pool.map(_Worker(settings), first, chunksize=_CHUNK)
            first = list(islice(stream, _WORTH_A_POOL))


class _Worker:
    """Codes in a worker process, loading the coder there once."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def __call__(self, report: Report) -> Coded | Reject:
        return code_or_reject(report, load_coder(self._settings))
