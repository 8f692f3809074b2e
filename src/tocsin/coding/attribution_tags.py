"""From the encoder's scores to attributions: cues first, then the words each cue links to."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from tocsin.coding.attribution_rules import Found
from tocsin.coding.mentions import Segments
from tocsin.models import Tagged

Floats = NDArray[np.float64]

# Columns of the tag scores (training/attribution.py).
_SOURCE, _CUE, _CONTENT = slice(1, 3), slice(3, 5), slice(5, 7)
_CUE_FIRST = 3
# The thresholds are from sweeps on the dev part of the attribution bench; all are flat within
# half a point over +-0.1.
_CUE_LEAST = 0.55
_SOURCE_LEAST = 0.3
_CONTENT_LEAST = 0.4
# A find is kept if its cue, source and content are right together with this probability.
_SURE = 0.44
# How much the tag counts beside the link from the cue, as powers: the link tells whose it is.
_SOURCE_TAG = 0.3
_CONTENT_TAG = 0.5
# A gap of one piece inside one content is closed: a quotation mark or a slip of the tagger.
_GAP = 2
_OPEN = 0.5


def found_in(tagged: Tagged) -> Iterator[Found]:
    """The attributions of one window: each piece of content goes to the cue that claims it most."""
    tags = _softmax(tagged.tags.astype(np.float64))
    cues = _cues(tags)
    if not cues:
        return
    links = 1.0 / (1.0 + np.exp(-tagged.links.astype(np.float64)))
    sources = _mixed(links[0], cues, tags[:, _SOURCE].sum(1), _SOURCE_TAG)
    contents = _mixed(links[1], cues, tags[:, _CONTENT].sum(1), _CONTENT_TAG)
    contents[:, tags[:, _CUE].sum(1) >= _OPEN] = 0.0
    owner = contents.argmax(0)
    for i, cue in enumerate(cues):
        held = (contents[i] >= _CONTENT_LEAST) & (owner == i)
        if not held.any():
            continue
        sure = tags[slice(*cue), _CUE].sum(1).mean() * contents[i][held].mean()
        if sure * _sure_of_source(sources[i]) >= _SURE:
            yield Found(
                _segments(tagged, _best_run(sources[i])),
                _segments(tagged, [cue]),
                _segments(tagged, _runs(held)),
            )


def _mixed(links: Floats, cues: list[tuple[int, int]], tag: Floats, power: float) -> Floats:
    """For each cue, how much each piece is linked to it and tagged for the role."""
    linked = np.stack([links[start:end].mean(0) for start, end in cues])
    return np.asarray(linked ** (1.0 - power) * tag**power)


def _softmax(scores: Floats) -> Floats:
    raised = np.exp(scores - scores.max(1, keepdims=True))
    return np.asarray(raised / raised.sum(1, keepdims=True))


def _cues(tags: Floats) -> list[tuple[int, int]]:
    """Runs of pieces that are a cue rather than not; a first tag inside a run begins a new one."""
    is_cue = tags[:, _CUE].sum(1) >= _CUE_LEAST
    found: list[tuple[int, int]] = []
    for i in np.flatnonzero(is_cue):
        begins = tags[i, _CUE_FIRST] > tags[i, _CUE_FIRST + 1]
        if found and found[-1][1] == i and not begins:
            found[-1] = (found[-1][0], int(i) + 1)
        else:
            found.append((int(i), int(i) + 1))
    return found


def _runs(flags: NDArray[np.bool_]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for i in np.flatnonzero(flags):
        if found and i - found[-1][1] <= _GAP:
            found[-1] = (found[-1][0], int(i) + 1)
        else:
            found.append((int(i), int(i) + 1))
    return found


def _best_run(scores: Floats) -> list[tuple[int, int]]:
    """The run with the highest score: a source stands in one place."""
    runs = _runs(scores >= _SOURCE_LEAST)
    return [max(runs, key=lambda r: scores[r[0] : r[1]].max())] if runs else []


def _sure_of_source(scores: Floats) -> float:
    """How surely the best piece is of the source, or that there is no source."""
    best = float(scores.max())
    return best if best >= _SOURCE_LEAST else 1.0 - best


def _segments(tagged: Tagged, runs: list[tuple[int, int]]) -> Segments:
    """Offsets in the report of runs of pieces, grown to whole words."""
    spans, inner = tagged.window.spans, tagged.window.inner
    found: list[tuple[int, int]] = []
    for left, after in runs:
        right = after
        while left > 0 and inner[left]:
            left -= 1
        while right < len(inner) and inner[right]:
            right += 1
        found.append((spans[left][0], spans[right - 1][1]))
    return tuple(found)
