"""Sources, cues and contents of one report, with the speaker and who passes the words on."""

from __future__ import annotations

from typing import cast

import pytest
from spacy.language import Language

from tocsin.coding.attribution import find_attributions, outermost, repaired
from tocsin.coding.attribution_forms import with_forms
from tocsin.coding.attribution_phrases import without_opening
from tocsin.coding.attribution_rules import Found
from tocsin.coding.document import parse
from tocsin.coding.encoded import Encoded
from tocsin.coding.mentions import Attributed
from tocsin.coding.who import find_actors
from tocsin.model import Report
from tocsin.models import Tagged, Tagger, load_tagger


def read(text: str, nlp: Language, tagger: Tagger | None) -> tuple[Attributed, ...]:
    document = parse(Report(id="r", text=text, text_digest="", raw_digest=""), nlp)
    tagged = Encoded(document, tagger).tagged if tagger is not None else ()
    return find_attributions(document, find_actors(document), tagged)


@pytest.mark.parametrize("tagged", [True, False], ids=["tagger", "rules"])
@pytest.mark.parametrize(
    ("text", "speaker", "kind", "content"),
    [
        ("Police said the road was closed.", "Police", "police", "the road was closed"),
        ("According to doctors, six men died.", "doctors", "medic", "six men died"),
        ("The road was closed, the sheriff said.", "sheriff", "police", "The road was closed"),
        ("Mayor Ruth Calder left. She said fires burned.", "Ruth Calder", "official", "burned"),
        ("Lt. Marla Quist said the road was closed.", "Marla Quist", "police", "was closed"),
        ("Chief Oren Baxley said the road was shut.", "Oren Baxley", "official", "was shut"),
        ("Handball coach Dan Brook said shots fell.", "Dan Brook", "witness", "shots fell"),
    ],
    ids=["before", "according", "after", "pronoun", "rank", "post", "trade"],
)  # fmt: skip
def test_speaker_and_content_are_found(
    text: str, speaker: str, kind: str, content: str, tagged: bool, nlp: Language
) -> None:
    (said,) = read(text, nlp, load_tagger() if tagged else None)
    words = "".join(text[start:end] for start, end in said.content)
    assert (said.speaker, said.speaker_kind) == (speaker, kind)
    assert content in words


def test_what_one_says_another_said_keeps_both(nlp: Language) -> None:
    text = "Gov. Ruth Calder said the state police had told her that the bridge was gone."
    inner = [a for a in read(text, nlp, load_tagger()) if a.via]
    assert [(a.speaker, a.via) for a in inner] == [("state police", "Ruth Calder")]


def test_outermost_leaves_nested_ones_out(nlp: Language) -> None:
    text = "Gov. Ruth Calder said the state police had told her that the bridge was gone."
    assert [a.speaker for a in outermost(read(text, nlp, load_tagger()))] == ["Ruth Calder"]


def test_quotation_is_direct_and_paraphrase_is_not(nlp: Language) -> None:
    direct, told = read(
        "“We will not leave,” said Omar Haddad.\n\nPolice said the square was empty.",
        nlp,
        load_tagger(),
    )
    assert (direct.direct, told.direct) == (True, False)


def test_the_accused_does_not_speak(nlp: Language) -> None:
    found = read("Tom Reddy was charged with burning a shop.", nlp, load_tagger())
    assert all(a.speaker is None for a in found)


def test_segments_slice_the_report_and_are_in_order(nlp: Language) -> None:
    text = "“Leave now,” the mayor said, “or we close the road.” Nobody left, residents said."
    for said in read(text, nlp, load_tagger()):
        for segments in (said.source, said.cue, said.content):
            assert all(0 <= start < end <= len(text) for start, end in segments)
            assert list(segments) == sorted(segments)


def test_a_report_without_speech_has_no_attribution(nlp: Language) -> None:
    assert read("Rain fell on the empty square all night.", nlp, load_tagger()) == ()


def test_a_source_that_says_nothing_makes_no_attribution(
    nlp: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = Found(source=((0, 3),), cue=((4, 8),), content=())
    monkeypatch.setattr("tocsin.coding.attribution.find_by_rule", lambda document: [empty])
    assert read("She said.", nlp, None) == ()


def contents(text: str, said: Attributed) -> list[str]:
    return [text[start:end] for start, end in said.content]


def test_a_quotation_goes_on_in_the_next_paragraph(nlp: Language) -> None:
    text = (
        "“We heard three shots by the river,” said Lena Ford.\n\n"
        "“Then the lights on the bridge went out and people ran.”\n\nThe bridge is shut."
    )
    (said,) = read(text, nlp, load_tagger())
    assert said.speaker == "Lena Ford"
    assert contents(text, said)[-1] == "“Then the lights on the bridge went out and people ran.”"


def test_a_quoted_paragraph_after_plain_words_is_no_continuation(nlp: Language) -> None:
    text = "Lena Ford said the bridge shook.\n\n{}“The river keeps what it takes.”"
    grown = []
    for between in ("", "It was shut.\n\n"):
        report = Report(id="r", text=text.format(between), text_digest="", raw_digest="")
        said = Found(source=((0, 9),), cue=((10, 14),), content=((15, 31),))
        grown.append(len(with_forms(parse(report, nlp), [said])[0].content))
    assert grown == [2, 1]


def test_turns_of_a_transcript_have_their_speakers(nlp: Language) -> None:
    text = (
        "FORD: The bridge was empty when the shots fell.\n\nHADDAD: Who fired?\n\n"
        "FORD: Two men on the far bank.\n\nThey ran to a boat.\n\nHADDAD: Thank you."
    )
    found = read(text, nlp, load_tagger())
    assert [said.speaker for said in found] == ["FORD", "HADDAD", "FORD", "HADDAD"]
    assert contents(text, found[2]) == ["Two men on the far bank.", "They ran to a boat."]


def test_headings_in_capitals_are_no_transcript(nlp: Language) -> None:
    text = "UPDATE: The bridge is open.\n\nWHERE: Mill Lane.\n\nWHEN: Monday."
    assert read(text, nlp, load_tagger()) == ()


def test_a_credited_quotation_has_its_speaker(nlp: Language) -> None:
    text = "“The bridge shook and we ran for the far bank.” — Lena Ford"
    (said,) = read(text, nlp, load_tagger())
    assert (said.speaker, said.direct) == ("Lena Ford", True)


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        (
            "Dr. Ronelle Vance, a therapist, told the court that Obsorne sleeps badly.\n\n"
            "“He has to carry that guilt,” she said.",
            ["Ronelle Vance", "Ronelle Vance"],
        ),
        (
            "Gov. Ruth Calder condemned the raid. Calder said a guard was hurt. "
            "The governor said nobody had warned her.",
            ["Ruth Calder", "Ruth Calder"],
        ),
        ("Omar Haddad, 29, was hurt. The 29-year-old said a car hit him.", ["Omar Haddad"]),
        (
            "Danielle Brook leads the city's detectives. The commissioner said a gun was found.",
            ["Danielle Brook"],
        ),
        ("Ana Ruiz buried her son. The mother said that police had lied.", ["Ana Ruiz"]),
        ("DAYTON — A local family said the street was dark.", ["local family"]),
    ],
    ids=["pronoun", "title", "age", "post", "kin", "dateline"],
)
def test_short_names_and_roles_reach_the_person(
    text: str, speakers: list[str], nlp: Language
) -> None:
    found = [a for a in read(text, nlp, load_tagger()) if "said" in text[slice(*a.cue[0])]]
    told = [a for a in read(text, nlp, load_tagger()) if "told" in text[slice(*a.cue[0])]]
    assert [a.speaker for a in (*told, *found)] == speakers


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("20:19 Amsterdam police", "Amsterdam police"),
        ("14:05 GMT – Coastguard", "Coastguard"),
        ("LIMA (RTV) — Prison chief", "Prison chief"),
        ("Mombasa: His brothers", "His brothers"),
        ("Ada Flores -- a clerk of the port", "Ada Flores -- a clerk of the port"),
    ],
    ids=["clock", "zone", "dateline", "town", "aside"],
)
def test_what_a_line_opens_with_is_no_part_of_a_name(words: str, left: str) -> None:
    assert without_opening(words) == left


def test_a_new_person_takes_the_pronoun(nlp: Language) -> None:
    text = (
        "Mayor Paul Renner said the bridge was safe. A welder, James Odum, crossed it at noon. "
        "He said it shook."
    )
    assert [a.speaker for a in read(text, nlp, load_tagger())][-1] == "James Odum"


def test_a_source_stands_in_one_paragraph(nlp: Language) -> None:
    text = "Many ask who hurt Sipho Moyo\n\nTVK understands that the town is in a crisis"
    document = parse(Report(id="r", text=text, text_digest="", raw_digest=""), nlp)
    start, cue = text.index("Sipho"), text.index("understands")
    found = Found(((start, cue - 1),), ((cue, cue + 11),), ((text.index("that"), len(text)),))
    assert [text[s:e] for s, e in repaired(document, found).source] == ["TVK"]


@pytest.mark.parametrize(
    ("text", "cue", "content", "source"),
    [
        ("The union left, saying it was tired.", "saying", "it was tired", "The union"),
        ("After saying it was tired, the union left.", "saying", "it was tired", "the union"),
        ("Few liked Calder's remark about bridges.", "remark", "bridges", "Calder's"),
        ("Calder was accused of theft.", "accused", "theft", ""),
    ],
    ids=["participle", "after saying", "owner", "passive"],
)
def test_a_cue_without_a_speaker_of_its_own_takes_its_doer(
    text: str, cue: str, content: str, source: str, nlp: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    def span(words: str) -> tuple[int, int]:
        return text.index(words), text.index(words) + len(words)

    found = Found((), (span(cue),), (span(content),))
    monkeypatch.setattr("tocsin.coding.attribution.found_in", lambda window: [found])
    document = parse(Report(id="r", text=text, text_digest="", raw_digest=""), nlp)
    window = cast(Tagged, None)  # what is found in it is given
    (said,) = find_attributions(document, find_actors(document), [window])
    assert "".join(text[start:end] for start, end in said.source) == source


def test_a_source_stands_in_one_sentence(nlp: Language) -> None:
    text = "It shut the Poe Valley News. The newspaper was first told by Ann Poe that it rained."
    document = parse(Report(id="r", text=text, text_digest="", raw_digest=""), nlp)
    source, cue = (12, 42), (57, 61)
    found = repaired(document, Found((source,), (cue,), ((76, 83),)))
    assert [text[start:end] for start, end in found.source] == ["The newspaper"]


def test_content_begins_with_the_modifiers_of_its_noun(nlp: Language) -> None:
    text = "The mayor urged all 24-hour shops to close at noon."
    document = parse(Report(id="r", text=text, text_digest="", raw_digest=""), nlp)
    found = Found(((0, 9),), ((10, 15),), ((text.index("shops"), len(text) - 1),))
    (content,) = repaired(document, found).content
    assert text[slice(*content)] == "24-hour shops to close at noon"


@pytest.mark.parametrize(
    ("text", "speaker", "kind", "certainty"),
    [
        ("The gate was open, his driver let slip.", "driver", "witness", "asserted"),
        ("The gate was open, growled the guard.", "guard", "official", "asserted"),
        ("The abbot has owned up: two monks sold the bell.", "abbot", "witness", "asserted"),
        ("The gate was open, a claim the company rejects.", "company", "unnamed", "denied"),
        ("The gate was open: that is the finding of a jury.", "jury", "official", "asserted"),
        ("It emerged from residents that the gate was open.", "residents", "witness", "asserted"),
        ("Ferries run, it says on the firm's notice.", "firm's notice", "document", "asserted"),
        ("The gate was open, or so the owner would have it.", "owner", "witness", "alleged"),
        ("The rebels left no doubt that the gate was open.", "rebels", "armed_group", "asserted"),
        ("“They took my boy,” wept Dora Klim.", "Dora Klim", "family", "asserted"),
        ("A spokeswoman for the steel firm said it held.", "spokeswoman", "unnamed", "asserted"),
        ("Ana Ruiz, a researcher at the charity Open Hands, said it was safe.", "Ana Ruiz", "ngo",
         "asserted"),
        ("A statement from the dockers' union said the port was shut.", "dockers' union",
         "organiser", "asserted"),
    ],
    ids=["let-slip", "growled", "colon", "claim", "finding", "emerged", "it-says", "has-it",
         "left-no-doubt", "my-boy", "of-the-firm", "at-the-charity", "statement-from"],
)  # fmt: skip
def test_the_setting_tells_who_speaks(
    text: str, speaker: str, kind: str, certainty: str, nlp: Language
) -> None:
    said = [a for a in read(text, nlp, load_tagger()) if a.speaker is not None]
    assert [(a.speaker, a.speaker_kind, a.certainty) for a in said] == [(speaker, kind, certainty)]


@pytest.mark.parametrize("tagged", [True, False], ids=["tagger", "rules"])
@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("QUITO: Warden: two inmates are at large.", "Warden"),
        ("14:05 GMT – Coastguard: the raft was empty.", "Coastguard"),
        ("LUGANO (RTV) — Prison chief: two guards were stabbed.", "Prison chief"),
        ("Family of the cyclist: the van had a broken lamp.", "Family of the cyclist"),
        ("Calder: two shops burned.\n\nMayor Ruth Calder spoke at noon.", "Ruth Calder"),
        ("BREAKING: the dam has burst.", None),
        ("Market fire: the traders lost everything.", None),
        ("MOMBASA: two ferries collided in fog.", None),
    ],
    ids=["place", "clock", "dash", "of", "person", "heading", "topic", "place-alone"],
)  # fmt: skip
def test_labels_name_the_speaker(
    text: str, speaker: str | None, tagged: bool, nlp: Language
) -> None:
    found = read(text, nlp, load_tagger() if tagged else None)
    labelled = [a for a in found if contents(text, a)[0] in text.split("\n")[0]]
    assert [a.speaker for a in labelled] == ([speaker] if speaker else [])


def test_footage_is_known_through_who_has_it(nlp: Language) -> None:
    text = "According to footage seen by Radio Delta, the guard was hit twice."
    (said,) = read(text, nlp, load_tagger())
    assert (said.speaker, said.speaker_kind, said.via) == ("footage", "footage", "Radio Delta")


def test_an_outlet_that_cites_somebody_passes_them_on(nlp: Language) -> None:
    text = "Six men died, Radio Delta reported, citing a hospital official."
    said = read(text, nlp, load_tagger())[0]
    assert (said.speaker, said.speaker_kind, said.via) == (
        "hospital official", "medic", "Radio Delta",
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Dozens watched as the lodge burned.",
        "Relatives were told that the men had died.",
        "The march, called the Long Walk, ended in rain.",
    ],
)
def test_who_only_looks_or_hears_does_not_speak(text: str, nlp: Language) -> None:
    assert all(a.speaker is None for a in read(text, nlp, load_tagger()))


def test_a_denial_by_another_leaves_the_first_one_theirs(nlp: Language) -> None:
    text = "Monitors accused the army of killing two men. The military denied the reports."
    said = next(
        a for a in read(text, nlp, load_tagger()) if "killing" in "".join(contents(text, a))
    )
    assert (said.speaker, said.certainty) == ("Monitors", "alleged")
