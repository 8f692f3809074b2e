"""Words that sound like incidents and tell none make no record; plain ones are kept."""

from __future__ import annotations

import pytest
from spacy.language import Language

from tests.coding.reading import reading_of
from tocsin.coding.kind import find_tellings
from tocsin.coding.sense import believed

FIGURES_OF_SPEECH = [
    "The senator attacked her rival's tax plan at a campaign rally in Dover on Friday, and voters "
    "at the rally said that the race for the nomination was close.",
    "Shares rallied on Monday after the bank said that profits would beat forecasts.",
    "She burned her vacation days and then quit her job at the agency.",
    "Television ads targeting Latino voters will run in the swing states until the primary.",
    "The home crowd roared as the striker shot twice before the break.",
    "The plan calls for a cut of three teachers, and the school board will vote in March.",
]


@pytest.mark.parametrize("text", FIGURES_OF_SPEECH)
def test_a_figure_of_speech_is_not_believed(text: str, nlp: Language) -> None:
    document = reading_of(text, nlp)
    assert [t for t in find_tellings(document) if t.kind], "no cue: the case proves nothing"
    assert not [t for t in believed(document, find_tellings(document)) if t.told >= 0.5 and t.kind]


INCIDENTS = [
    "Gunmen attacked a village near the border on Friday and killed four farmers, police said.",
    "Hundreds of people rallied outside the town hall on Monday against the new dam.",
    "Protesters burned two police cars after dark, and officers fired tear gas.",
    "A man was shot in the leg outside a bar early Sunday, police said.",
    "Soldiers shot two miners who had blocked the road to the quarry, a union said.",
]


@pytest.mark.parametrize("text", INCIDENTS)
def test_an_incident_is_believed(text: str, nlp: Language) -> None:
    document = reading_of(text, nlp)
    assert any(t.told >= 0.5 for t in believed(document, find_tellings(document)) if t.kind)


def test_what_is_said_is_believed_beside_an_incident(nlp: Language) -> None:
    said = "The mayor called for calm."
    beside = reading_of(f"Police shot a man dead in Harrow Street on Sunday. {said}", nlp)
    kinds = [t.kind for t in believed(beside, find_tellings(beside))]
    assert "statement" in kinds
