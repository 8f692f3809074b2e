"""Who says it and how surely: the probe set, and rules that hold for any speaker."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from tests.coding.test_stance_cases import CASES, TUNING, UNSEEN
from tocsin.coding.attribution import find_attributions
from tocsin.coding.attribution_speakers import is_same
from tocsin.coding.document import Document, parse
from tocsin.coding.encoded import Encoded
from tocsin.coding.mentions import Readings
from tocsin.coding.stance import Claimed, attribution_of
from tocsin.coding.who import find_actors
from tocsin.lang.parser import load_parser
from tocsin.model import Attribution, Report
from tocsin.models import load_tagger
from tocsin.settings import Settings

# The floors lie under the figures of docs/model-card.md and are never lowered silently.
LEAST_CERTAINTY = {"dev": 0.97, "tuning": 0.97, "unseen": 0.98, "frozen": 0.96}
LEAST_SPEAKER = {"dev": 0.97, "tuning": 0.95, "unseen": 0.96, "frozen": 0.89}
LEAST_KIND = {"dev": 0.95, "tuning": 0.88, "unseen": 0.92, "frozen": 0.86}
# Certainty right, and the right one speaks: of two names one may hold the other.
LEAST_RIGHT = {"dev": 0.96, "tuning": 0.96, "unseen": 0.96, "frozen": 0.93}


def read(text: str, words: str, nlp: Language, claimed: Claimed = "told") -> Attribution:
    document = parse(Report(id="r", text=text, text_digest="", raw_digest=""), nlp)
    start, readings = text.index(words), readings_of(document)
    return attribution_of(document, readings, start, start + len(words), claimed=claimed)


def readings_of(document: Document) -> Readings:
    tagger = load_tagger()
    assert tagger is not None
    encoded, actors = Encoded(document, tagger), find_actors(document)
    found = find_attributions(document, actors, encoded.tagged)
    return Readings(actors=actors, attributions=found, encoded=encoded)


def plain(name: str | None) -> str | None:
    if name is None:
        return None
    words = name.casefold().split()
    return " ".join(words[1:] if words[0] in ("the", "a", "an") else words)


@pytest.mark.parametrize("half", ["dev", "tuning", "unseen", "frozen"])
def test_probe_set_is_read_right(half: str, nlp: Language) -> None:
    apart = {"tuning": TUNING, "unseen": UNSEEN}
    cases = apart.get(half) or [case for case in CASES if case.half == half]
    read_as = [(case, read(case.text, case.content, nlp)) for case in cases]
    sure = sum(said.certainty == case.certainty for case, said in read_as)
    spoken = sum(plain(said.speaker) == plain(case.speaker) for case, said in read_as)
    sorted_right = sum(said.speaker_kind == case.speaker_kind for case, said in read_as)
    right = sum(
        said.certainty == case.certainty and is_same(said.speaker, case.speaker)
        for case, said in read_as
    )
    assert right / len(cases) >= LEAST_RIGHT[half]
    assert sure / len(cases) >= LEAST_CERTAINTY[half]
    assert spoken / len(cases) >= LEAST_SPEAKER[half]
    assert sorted_right / len(cases) >= LEAST_KIND[half]


def test_police_for_witness_changes_no_certainty(nlp: Language) -> None:
    changed = 0
    for case in (*CASES, *(case for case in TUNING if "frame" not in case.group)):
        if case.speaker is None or case.speaker in case.content or case.speaker[0].isupper():
            continue
        if case.speaker in case.text:
            many = case.speaker.endswith("s")
            pair = ("police officers", "witnesses") if many else ("police officer", "witness")
            texts = [case.text.replace(case.speaker, noun) for noun in pair]
            changed += len({read(text, case.content, nlp).certainty for text in texts}) > 1
    assert changed == 0


SPEAKERS = ("Police", "A witness", "The governor", "Her mother", "Protesters")
CUES = ("said", "claimed", "denied", "confirmed", "alleged", "believe")
CONTENTS = (
    "the officer fired first",
    "the officer did not fire",
    "the bank was apparently robbed",
    "the march will go on",
)


@given(st.sampled_from(CUES), st.sampled_from(CONTENTS), st.permutations(SPEAKERS))
@settings(max_examples=12, deadline=None)
def test_certainty_never_depends_on_who_speaks(cue: str, content: str, order: list[str]) -> None:
    nlp = load_parser(Settings().spacy_model) if not _LOADED else _LOADED[0]
    _LOADED[:] = [nlp]
    found = {read(f"{who} {cue} {content}.", content, nlp).certainty for who in order[:2]}
    assert len(found) == 1


_LOADED: list[Language] = []


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("Officers fired at the car.", "asserted"),
        ("Officers allegedly fired at the car.", "alleged"),
        ("Officers did not fire at the car.", "denied"),
        ("No officers fired at the car.", "denied"),
        ("Officers may have fired at the car.", "alleged"),
        ("Officers will patrol the town.", "planned"),
        ("Officers are to patrol the town.", "planned"),
        ("If officers fire at the car, it will stop.", "hypothetical"),
        ("Officers would have fired had he run.", "hypothetical"),
        ("Officers not only fired at the car but rammed it.", "asserted"),
        ("Did officers fire at the car?", "hypothetical"),
    ],
)
def test_wording_sets_certainty(text: str, certainty: str, nlp: Language) -> None:
    document = parse(Report(id="r", text=text, text_digest="", raw_digest=""), nlp)
    clause = text.split(",")[0].rstrip(".?")
    assert attribution_of(document, Readings(), 0, len(clause)).certainty == certainty


@pytest.mark.parametrize(
    ("text", "words", "speaker", "via"),
    [
        ("The union says harbour master Ada Holm told it that the port was shut.",
         "the port was shut", "Ada Holm", "union"),
        ("Nine people were hurt, state radio reported, citing a hospital official.",
         "Nine people were hurt", "hospital official", "state radio"),
        ("The doctor, quoting the girl’s aunt, said the gate was open.",
         "the gate was open", "girl’s aunt", "doctor"),
        ("Dora Ruiz told a colleague at the Evening Post that the gate was open.",
         "the gate was open", "Dora Ruiz", "Evening Post"),
    ],
    ids=["inside", "citing", "quoting", "colleague"],
)  # fmt: skip
def test_who_passes_words_on_is_kept(
    text: str, words: str, speaker: str, via: str, nlp: Language
) -> None:
    said = read(text, words, nlp)
    assert (plain(said.speaker), plain(said.via)) == (plain(speaker), plain(via))


@pytest.mark.parametrize(
    ("text", "words", "certainty", "speaker"),
    [
        ("The clerk was charged with arson on Monday.", "charged", "asserted", None),
        ("Guards arrested a baker on suspicion of arson.", "arrested", "asserted", None),
        ("The driver was cleared of manslaughter.", "cleared", "asserted", None),
        ("The valley faces a curfew from dusk, the mayor said.", "curfew", "asserted", "mayor"),
        ("The governor declared a state of emergency.", "state of emergency", "asserted", None),
        ("Nurses demanded the closure of the ward.", "demanded", "asserted", None),
        ("Prosecutors plan to charge the clerk with arson.", "charge", "planned", None),
        ("The court did not charge the clerk.", "charge", "denied", None),
        ("The clerk has reportedly been charged.", "charged", "alleged", None),
    ],
    ids=["charge", "arrest", "cleared", "curfew", "declared", "demand", "ahead", "no", "hedged"],
)  # fmt: skip
def test_what_is_done_by_word_is_done_once_said(
    text: str, words: str, certainty: str, speaker: str | None, nlp: Language
) -> None:
    said = read(text, words, nlp, "ordered")
    assert (said.certainty, plain(said.speaker)) == (certainty, speaker)


@pytest.mark.parametrize(
    ("text", "words", "certainty"),
    [
        ("The shots set off a march through the town.", "shots", "asserted"),
        ("The marchers have gone home.", "marchers", "asserted"),
        ("After two raids, the mayor means to resign.", "two raids", "asserted"),
        ("A march is planned for the bridge.", "march", "planned"),
        ("The baker is held on suspicion of stealing a boat.", "stealing a boat", "alleged"),
    ],
    ids=["set-off", "gone", "after", "passive", "suspicion"],
)  # fmt: skip
def test_a_plan_says_nothing_of_who_has_it_and_why(
    text: str, words: str, certainty: str, nlp: Language
) -> None:
    document = parse(Report(id="r", text=text, text_digest="", raw_digest=""), nlp)
    start = text.index(words)
    said = attribution_of(document, Readings(), start, start + len(words))
    assert said.certainty == certainty


def test_words_nobody_is_quoted_with_are_the_outlets(nlp: Language) -> None:
    assert read("Two people were hurt in the square.", "Two people were hurt", nlp) == Attribution()


def test_the_denied_statement_is_still_made(nlp: Language) -> None:
    text = "The mayor said there was no warning."
    document = parse(Report(id="r", text=text, text_digest="", raw_digest=""), nlp)
    found = readings_of(document)
    words = text.index("there"), len(text) - 1
    assert attribution_of(document, found, *words).certainty == "denied"
    assert attribution_of(document, found, *words, claimed="said").certainty == "asserted"


def test_a_name_cut_shorter_keeps_its_cue(nlp: Language) -> None:
    said = read("In a video, insurgents said they had shot the guards.", "had shot", nlp)
    assert said.speaker == "insurgents"
    assert said.cue is not None and said.cue.quote == "said"


def test_evidence_is_a_slice_of_the_report(nlp: Language) -> None:
    text = "Mayor Ruth Calder said that two shops had burned."
    said = read(text, "two shops had burned", nlp)
    assert said.cue is not None and said.content is not None
    for evidence in (said.cue, said.content):
        assert text[evidence.start : evidence.end] == evidence.quote
