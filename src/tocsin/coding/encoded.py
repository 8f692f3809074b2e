"""A report as the encoder reads it: for any of its words how sure they are put and whose they are.

Certainty comes from a reading in which the nouns for people are hidden, so that it cannot depend
on who speaks.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar, get_args

import numpy as np
from numpy.typing import NDArray

from tocsin.coding.document import Document
from tocsin.lang.people import people_words
from tocsin.models import Tagged, Tagger, Worded
from tocsin.models.windows import Window
from tocsin.terms import Certainty, SpeakerKind

Floats = NDArray[np.float64]
Scored = TypeVar("Scored", Tagged, Worded)

CERTAINTIES: tuple[Certainty, ...] = get_args(Certainty)
KINDS: tuple[SpeakerKind, ...] = get_args(SpeakerKind)

# From this likelihood on the costlier second look would change nothing.
_PLAIN = 0.7
# Words below this likelihood are not looked at.
_LIKELY = 0.02


class Encoded:
    """The encoder's scores over one document."""

    def __init__(self, document: Document, tagger: Tagger) -> None:
        self._tagger = tagger
        self._blocks = {p.index: (p.start, p.parse.text) for p in document.paragraphs}
        self._document = document
        self._worded: dict[int, list[Worded]] = {}
        self.tagged: Sequence[Tagged] = tagger.tag(list(self._blocks.values()))

    def agrees(self, certainty: Certainty, start: int, end: int) -> bool:
        """Whether a first look, with all nouns seen, leaves no doubt of a certainty."""
        tagged, held = _at(self.tagged, start, end)
        if tagged is None:
            return True
        shares = _shares(tagged.certainty[held].mean(0))
        return bool(shares[CERTAINTIES.index(certainty)] >= _PLAIN)

    def certainty(self, start: int, end: int) -> dict[Certainty, float]:
        """How likely each certainty is for the words at start..end; empty where none is read."""
        sentence = self._document.sentence_at(start)
        if sentence is None:
            return {}
        paragraph = sentence.paragraph
        if paragraph not in self._worded:
            block = self._blocks[paragraph]
            self._worded[paragraph] = self._tagger.word([block], people_words("en"))
        worded, held = _at(self._worded[paragraph], start, end)
        if worded is None:
            return {}
        shares = _shares(worded.certainty[held].mean(0))
        return dict(zip(CERTAINTIES, map(float, shares), strict=True))

    def kind(self, start: int, end: int, speaker: tuple[int, int]) -> dict[SpeakerKind, float]:
        """How likely each kind of speaker is, from the words at start..end and the speaker's."""
        tagged, held = _at(self.tagged, start, end)
        if tagged is None:
            return {}
        named = _pieces(tagged.window, *speaker)
        scores = tagged.kinds[held].mean(0)
        shares = _shares(scores + tagged.kinds[named].mean(0) if named else scores)
        return dict(zip(KINDS, map(float, shares), strict=True))

    def pointed(self, start: int, end: int) -> tuple[float, list[tuple[int, int, float]]]:
        """Whose words start..end are: how likely nobody's in the text, and the likely words of it.

        Words are (start, end, likelihood) in the order of the text; none where nothing is read.
        """
        tagged, held = _at(self.tagged, start, end)
        if tagged is None:
            return 0.0, []
        shares = _shares(tagged.speakers[held].mean(0))
        return float(shares[0]), _words(tagged.window, shares[1:])


def _at(found: Sequence[Scored], start: int, end: int) -> tuple[Scored | None, list[int]]:
    """The first window that has any of the words at start..end, with their pieces."""
    for one in found:
        if one.window.spans[0][0] < end and one.window.spans[-1][1] > start:
            held = _pieces(one.window, start, end)
            if held:
                return one, held
    return None, []


def _words(window: Window, shares: Floats) -> list[tuple[int, int, float]]:
    """The likelihoods of pieces, summed over whole words."""
    found: list[tuple[int, int, float]] = []
    for (start, end), inner, share in zip(window.spans, window.inner, shares, strict=True):
        if inner and found:
            first, _, before = found.pop()
            found.append((first, end, before + float(share)))
        else:
            found.append((start, end, float(share)))
    return [word for word in found if word[2] >= _LIKELY]


def _pieces(window: Window, start: int, end: int) -> list[int]:
    return [i for i, (s, e) in enumerate(window.spans) if s < end and e > start]


def _shares(scores: NDArray[np.float32]) -> Floats:
    raised = np.exp(scores.astype(np.float64) - scores.max())
    return np.asarray(raised / raised.sum())
