"""Counts: what is counted, as which range, on which side, of which scope; zeros only if stated."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from tocsin.coding.counts import find_counts
from tocsin.coding.counts_figure import figures
from tocsin.coding.counts_number import ordinal_of, value_of
from tocsin.coding.document import parse
from tocsin.coding.mentions import CountMention
from tocsin.model import Report

UNITS = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
Expected = tuple[str, int | None, int | None]


def counts_of(text: str, nlp: Language) -> tuple[CountMention, ...]:
    return find_counts(parse(Report(id="r", text=text, text_digest="", raw_digest=""), nlp))


def test_people_taken_to_hospital_were_hurt_and_no_crowd(nlp: Language) -> None:
    (found,) = counts_of("At least 54 marchers were taken to hospital on Monday.", nlp)
    assert (found.count.what, found.count.low) == ("injured", 54)


def spelled(number: int) -> str:
    if number >= 1000:
        rest = f" {spelled(number % 1000)}" if number % 1000 else ""
        return f"{spelled(number // 1000)} thousand{rest}"
    if number >= 100:
        rest = f" and {spelled(number % 100)}" if number % 100 else ""
        return f"{spelled(number // 100)} hundred{rest}"
    if number >= 20:
        return TENS[number // 10 - 2] + (f"-{UNITS[number % 10 - 1]}" if number % 10 else "")
    return UNITS[number - 1]


COUNTED: list[tuple[str, list[Expected]]] = [
    ("Police arrested 15 people after the vigil.", [("detained", 15, 15)]),
    ("Wardens made 15 arrests.", [("detained", 15, 15)]),
    ("Nine people were taken into custody at dawn.", [("detained", 9, 9)]),
    ("The blast left 3 dead and 12 wounded.", [("killed", 3, 3), ("injured", 12, 12)]),
    (
        "A sniper opened fire, killing at least two and wounding four others.",
        [("killed", 2, None), ("injured", 4, 4)],
    ),
    ("A crowd of about 200 gathered outside the mill.", [("present", 200, 200)]),
    ("Hundreds of protesters marched to the quay.", [("present", 200, 999)]),
    ("Several hundred people rallied in the park.", [("present", 300, 999)]),
    ("The rally drew several thousand people.", [("present", 3000, 9999)]),
    ("Between 10 and 15 people were detained.", [("detained", 10, 15)]),
    ("Two people, including a child, were killed.", [("killed", 2, 2)]),
    ("At least a dozen protesters were injured, three of them badly.", [("injured", 12, None)]),
    ("Up to 250 soldiers were deployed.", [("officers", None, 250)]),
    ("More than 40 cars were burned.", [("vehicles", 40, None)]),
    ("Deputies fired seven rounds.", [("shots", 7, 7)]),
    ("The death toll rose to 39.", [("killed", 39, 39)]),
    ("Three children and two adults were killed.", [("killed", 5, 5)]),
    ("A welder was killed when the roof fell in.", [("killed", 1, 1)]),
    ("A man was killed when soldiers fired at the bus.", [("killed", 1, 1)]),
    ("The death of an old man set off the march.", [("killed", 1, 1)]),
    ("Three men were shot, two of them fatally.", [("injured", 1, 1), ("killed", 2, 2)]),
    ("Three men were shot and two were killed.", [("injured", 1, 1), ("killed", 2, 2)]),
    ("No arrests were made and nobody was hurt.", [("detained", 0, 0), ("injured", 0, 0)]),
    ("There were no casualties.", [("injured", 0, 0), ("killed", 0, 0)]),
    ("Police did not arrest anyone.", [("detained", 0, 0)]),
]


@pytest.mark.parametrize(("text", "expected"), COUNTED, ids=[text for text, _ in COUNTED])
def test_count_says_what_and_how_many(text: str, expected: list[Expected], nlp: Language) -> None:
    found = [(m.count.what, m.count.low, m.count.high) for m in counts_of(text, nlp)]
    assert sorted(found, key=str) == sorted(expected, key=str)


UNCOUNTED = [
    "Jane Roe, 29, was shot at 5 p.m. near 2200 Oak Street.",
    "It is not known whether anyone was hurt.",
    "Several people were hurt.",
    "There was no immediate word on injuries.",
    "The 24-hour curfew began at 10:15 p.m. on May 12, 2019.",
    "The mill paid $500 and 12 percent of the tax.",
    "They had planned to kill 10 people.",
    "The town has 12 churches.",
]


@pytest.mark.parametrize("text", UNCOUNTED)
def test_what_is_no_count_gives_no_figure(text: str, nlp: Language) -> None:
    assert [m.count for m in counts_of(text, nlp) if m.count.low != 1] == []


@pytest.mark.parametrize("named", ["Jane Roe, 29, was", "Mrs Roe 29 was", "Jane Roe 29 was"])
def test_age_is_no_count(named: str, nlp: Language) -> None:
    (mention,) = counts_of(f"{named} shot in the arm on Sunday.", nlp)
    assert (mention.count.what, mention.count.low, mention.count.high) == ("injured", 1, 1)


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("Another 14 were hurt.", "addition"),
        ("A third victim died on Sunday.", "addition"),
        ("Police arrested 10 more people.", "addition"),
        ("Police arrested 10 people.", "total"),
    ],
)
def test_additions_are_told_from_totals(text: str, mode: str, nlp: Language) -> None:
    assert [m.count.mode for m in counts_of(text, nlp)] == [mode]


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("Since May, 45 people have been arrested.", "since"),
        ("In nearly a month 39 people have died.", "since"),
        ("Police arrested 300 people across the country.", "area"),
        ("Doctors say 23 people died in protests across Kenya.", "area"),
        ("A commission counted 22 deaths, 19 of them in Nairobi.", "area"),
        ("Police arrested 300 people.", "incident"),
    ],
)
def test_scope_is_wider_where_the_text_says_so(text: str, scope: str, nlp: Language) -> None:
    assert [m.count.scope for m in counts_of(text, nlp)] == [scope]


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("Five officers were hurt.", "police"),
        ("Five demonstrators were hurt.", "participants"),
        ("Five bystanders were hurt.", "bystanders"),
        ("Five militants were killed.", "suspects"),
        ("Five people were hurt.", "unknown"),
    ],
)
def test_side_follows_the_noun(text: str, side: str, nlp: Language) -> None:
    assert [m.count.side for m in counts_of(text, nlp)] == [side]


@given(st.integers(min_value=1, max_value=999_999))
def test_number_words_and_values_agree(number: int) -> None:
    assert value_of(spelled(number)) == number
    assert value_of(f"{number:,}") == number
    (figure,) = figures(f"They met {spelled(number)} men.")
    assert (figure.low, figure.high) == (number, number)


@given(st.integers(min_value=1, max_value=999))
def test_ordinals_in_figures_have_their_rank(number: int) -> None:
    assert ordinal_of(f"{number}th") == number


@given(st.integers(min_value=2, max_value=900), st.sampled_from(["people", "men", "officers"]))
def test_words_stand_at_their_offsets(number: int, noun: str) -> None:
    text = f"At dawn about {number} {noun} were arrested, and {number + 1} left."
    for figure in figures(text):
        assert str(figure.low) in text[figure.start : figure.end]


AGES = {
    "two-boys": "Two of the boys, 14 and 15, were shot in the leg.",
    "between": "Five men between the ages of 21 and 58 were shot.",
    "younger": "A boy younger than 12 was shot.",
    "glued": "A second victim, Ana Roe,16, was shot.",
    "dash": "Four others were wounded: Al Roe, 25, and Ben Poe, 32 - all of Racine - were shot.",
    "also": "Another teen, also 15, was shot in the foot.",
    "station": "Police told 13 News that a man was shot.",
}


@pytest.mark.parametrize("text", AGES.values(), ids=AGES.keys())
def test_an_age_is_no_figure(text: str, nlp: Language) -> None:
    assert all((m.count.low or 0) < 10 for m in counts_of(text, nlp))


STRUCK = {
    "one-died": ("Five people were shot on Friday. One of them, a man, died.", 4),
    "one-fatally": ("Nine people were shot, one fatally, on Friday.", 8),
    "beside-the-dead": ("A boy was killed on Friday. Two other teens were shot.", 2),
    "all-lived": ("Five people were shot on Friday.", 5),
}


@pytest.mark.parametrize(("text", "injured"), STRUCK.values(), ids=STRUCK.keys())
def test_who_was_shot_and_died_is_not_among_the_injured(
    text: str, injured: int, nlp: Language
) -> None:
    hurt = [m.count.low for m in counts_of(text, nlp) if m.count.what == "injured"]
    assert max(low or 0 for low in hurt) == injured


WIDE = {
    "several": ("Ten other people were wounded in separate Friday shootings.", "since"),
    "incidents": ("At least 13 people were shot in the city in five incidents.", "since"),
    "one": ("Ten people were wounded in a shooting on Friday.", "incident"),
    "other-clause": ("He is charged with killing three people, and in two shootings.", "incident"),
}


@pytest.mark.parametrize(("text", "scope"), WIDE.values(), ids=WIDE.keys())
def test_figures_of_several_shootings_are_of_none(text: str, scope: str, nlp: Language) -> None:
    figures = [m.count for m in counts_of(text, nlp) if (m.count.low or 0) > 2]
    assert [count.scope for count in figures] == [scope]


SELVES = {
    "killing-herself": ("She shot and killed her two daughters before killing herself.", 3),
    "gun-on-himself": ("A man killed three people before turning the gun on himself.", 4),
    "own-life": ("He killed his two sons and took his own life.", 3),
    "joined": ("She killed her daughter and two grandchildren.", 3),
    "attempted": ("He killed two people and did not kill himself.", 2),
    "total": ("Three people died when a man shot himself.", 3),
}


@pytest.mark.parametrize(("text", "killed"), SELVES.values(), ids=SELVES.keys())
def test_who_killed_others_and_died_is_counted_with_them(
    text: str, killed: int, nlp: Language
) -> None:
    dead = [m.count.low or 0 for m in counts_of(text, nlp) if m.count.what == "killed"]
    assert max(dead) == killed


DEATHS = {
    "where": ("She was taken to a hospital where she died.", 1),
    "where-pronounced": ("The boy was flown out to Leeds, where he was pronounced dead.", 1),
    "passed-away": ("A woman hit by a stray bullet passed away on Monday.", 1),
    "to-death": ("A girl shot herself to death on Monday.", 1),
    "found": ("Officers found a 16-year-old girl dead.", 1),
    "year-old": ("A 2 year old died on Monday.", 1),
    "double": ("Police are investigating a double murder.", 2),
    "kin": ("A woman and her son were found dead.", 2),
    "nearly": ("A stray bullet nearly killed a boy.", 0),
    "age": ("A sign read: 17 y.o. shot and killed.", 0),
}


@pytest.mark.parametrize(("text", "killed"), DEATHS.values(), ids=DEATHS.keys())
def test_who_died_is_counted_however_it_is_told(text: str, killed: int, nlp: Language) -> None:
    dead = [m.count.low or 0 for m in counts_of(text, nlp) if m.count.what == "killed"]
    assert max(dead, default=0) == killed


def test_murders_of_last_year_are_of_no_incident(nlp: Language) -> None:
    (found,) = counts_of("Last year police had investigated 12 homicides.", nlp)
    assert found.count.scope == "since"


ALIVE = {
    "carried": ("A boy was shot. The boy was rushed to a hospital, where he died.", 0),
    "carried-alive": ("A boy was shot. The boy was rushed to a hospital.", 1),
    "other-sex": ("A man died on Monday. A woman was shot.", 1),
    "other-age": ("A man died on Monday. The boy was rushed to a hospital.", 1),
    "one-of-several": ("Two people died on Monday. Officers said Jane Roe was shot.", 0),
    "beside-several": ("Two people died on Monday. Another man was shot.", 1),
    "left": ("The shooting left a man wounded.", 1),
    "sent": ("It left two boys dead and sent a teenage girl to the hospital.", 1),
    "another": ("One woman died and another is in critical condition.", 1),
    "triple": ("A triple shooting left one man dead on Monday.", 2),
    "suffered": ("A girl suffered minor injuries in a shooting.", 1),
    "stands-for": ("A teen is recovering after he was shot.", 1),
    "suicide": ("It was a murder-suicide. Police said he then shot himself.", 0),
    "attempted": ("It was an attempted suicide. Police said he then shot himself.", 1),
}


@pytest.mark.parametrize(("text", "injured"), ALIVE.values(), ids=ALIVE.keys())
def test_who_was_hit_is_hurt_unless_among_the_dead(text: str, injured: int, nlp: Language) -> None:
    hurt = [m.count.low or 0 for m in counts_of(text, nlp) if m.count.what == "injured"]
    assert max(hurt, default=0) == injured
