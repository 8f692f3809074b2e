"""Times: resolution in context, which time belongs to what, windows of measures, properties."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from tocsin.coding.document import Document, parse
from tocsin.coding.mentions import TimeMention
from tocsin.coding.when import find_times, time_for, window_for
from tocsin.coding.when_anchor import easter, holiday_in
from tocsin.model import Outlet, Published, Report

ZONE = "America/Chicago"
QUICK = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def read(
    text: str, nlp: Language, published: str | None = "2021-06-16", *, country: str | None = None
) -> tuple[Document, tuple[TimeMention, ...]]:
    given_date = None
    if published:
        exact = len(published) > 10
        given_date = Published(
            value=published, basis="given", precision="minute" if exact else "day"
        )
    outlet = Outlet(id="o", name="The Outlet", country=country) if country else None
    report = Report(
        id="r", text=text, text_digest="", raw_digest="", published=given_date, outlet=outlet
    )
    document = parse(report, nlp)
    return document, find_times(document, zone=ZONE)


def at(words: str, text: str) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


BELONGS = [
    ("Police said Tuesday that the man was shot on Sunday.", "shot", "2021-06-13"),
    ("The man was shot on Sunday, police said Tuesday.", "shot", "2021-06-13"),
    ("The mayor spoke on Tuesday after Sunday's shooting.", "spoke", "2021-06-15"),
    ("A clerk who was stabbed on Sunday died on Tuesday.", "died", "2021-06-15"),
    ("A clerk who was stabbed on Sunday died on Tuesday.", "stabbed", "2021-06-13"),
    ("Hundreds marched on Monday night and set cars on fire.", "set cars", "2021-06-14"),
    ("Crowds gathered on Monday. Some threw stones.", "threw", "2021-06-14"),
    ("The mill burned down on Monday. Police have made no arrests.", "burned", "2021-06-14"),
    ("She was charged in 2015. On Monday she was arrested.", "arrested", "2021-06-14"),
    ("The park is shut until Friday. It was closed on Monday.", "closed", "2021-06-14"),
    ("Two clerks were shot overnight. It was the third night of riots.", "riots", "2021-06-15"),
    ("Two men were killed during a protest in Rye on Monday.", "killed", "2021-06-14"),
    ("Rioters burned cars on Monday. A ban was imposed earlier in the day.", "ban", "2021-06-14"),
    ("Rioters burned cars on Monday for a second night of riots.", "burned", "2021-06-14"),
]


@pytest.mark.parametrize(("text", "words", "day"), BELONGS, ids=[f"{t}:{w}" for t, w, _ in BELONGS])
def test_time_belongs_to_what_is_told(text: str, words: str, day: str, nlp: Language) -> None:
    document, times = read(text, nlp)
    mention = time_for(document, times, *at(words, text))
    assert mention is not None
    assert mention.when.start is not None
    assert (mention.when.night_of or mention.when.start[:10]) == day


@pytest.mark.parametrize(
    ("published", "day"),
    [
        ("2021-06-17T14:44", date(2021, 6, 17)),
        ("2021-06-18T03:44+00:00", date(2021, 6, 17)),
        ("2021-06-17T09:44-05:00", date(2021, 6, 10)),
    ],
    ids=["zone not stated", "later that night", "before that night"],
)
def test_clock_of_publication_tells_only_in_a_known_zone(
    published: str, day: date, nlp: Language
) -> None:
    _, times = read("Gunmen stormed the hotel late Thursday night.", nlp, published)
    assert times[0].when.start is not None
    assert datetime.fromisoformat(times[0].when.start).date() == day


@pytest.mark.parametrize("place", ["the railway station", "a building", "parliament"])
def test_a_day_after_a_place_is_that_of_the_deed(place: str, nlp: Language) -> None:
    text = f"Men with sticks attacked passengers at {place} on Monday night."
    document, times = read(text, nlp)
    mention = time_for(document, times, *at("attacked", text))
    assert mention is not None
    assert mention.when.night_of == "2021-06-14"


def test_a_stretch_of_weeks_stands_for_no_later_paragraph(nlp: Language) -> None:
    text = "A crowd marched few weeks ago over fares.\n\nMarchers smashed windows."
    document, times = read(text, nlp, None)
    assert time_for(document, times, *at("smashed", text)) is None


def test_time_of_the_lead_stands_for_later_paragraphs(nlp: Language) -> None:
    text = "Hundreds marched in Elm Park on Monday night.\n\nWindows were smashed."
    document, times = read(text, nlp)
    mention = time_for(document, times, *at("smashed", text))
    assert mention is not None
    assert mention.when.night_of == "2021-06-14"


def test_a_time_that_belongs_elsewhere_is_not_taken(nlp: Language) -> None:
    text = "The order was signed in the town where a welder was shot on Sunday."
    document, times = read(text, nlp)
    assert time_for(document, times, *at("signed", text)) is None


WINDOWS = [
    ("The county imposed a curfew from 8 p.m. to 6 a.m. on Monday.", "06-14T20:00", "06-15T06:00"),
    ("Monday's curfew runs from 8 p.m. to 7 a.m. Tuesday.", "06-14T20:00", "06-15T07:00"),
    ("The town has a curfew until 7 a.m. Thursday.", None, "06-17T07:00"),
    ("A curfew began at 9 p.m. on Tuesday.", "06-15T21:00", None),
    ("The port went under curfew at 9 p.m. on Tuesday, the first since 1987.", "06-15T21:00", None),
    ("A curfew was called for 10:15 p.m. on Tuesday.", "06-15T22:15", None),
    (
        "A curfew started at 10 p.m. Tuesday. Deputies will enforce it until 5 a.m.",
        "06-15T22:00",
        "06-16T05:00",
    ),
    ("The curfew was moved from 8 p.m. to 7 p.m. on Tuesday.", "06-15T19:00", None),
    ("The curfew stays in force through Sunday.", None, "06-21T00:00"),
    ("On Tuesday the mayor imposed a curfew.", None, None),
    ("A curfew holds 9 p.m. to 5 a.m. on Friday and Saturday night.", "06-18T21:00", "06-20T05:00"),
]


@pytest.mark.parametrize(("text", "opens", "closes"), WINDOWS, ids=[text for text, _, _ in WINDOWS])
def test_window_has_the_edges_that_are_stated(
    text: str, opens: str | None, closes: str | None, nlp: Language
) -> None:
    document, times = read(text, nlp)
    effective, ends = window_for(document, times, text.index("curfew"))
    found = [edge.start[5:16] if edge and edge.start else None for edge in (effective, ends)]
    assert found == [opens, closes]


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("He had been jailed three years before the fire.", "before"),
        ("He was freed two days after the fire.", "after"),
        ("It was the third night of protests.", "during"),
        ("Two men were shot on another night of Workers Rise Up protests.", "during"),
        ("They left a few weeks ago.", "before"),
    ],
)
def test_unresolved_keeps_words_and_side(text: str, relation: str, nlp: Language) -> None:
    _, (mention, *_) = read(text, nlp)
    assert mention.when.start is None
    assert mention.when.words in text
    assert mention.when.relation == relation


def test_without_publication_weekdays_still_stand_with_their_words(nlp: Language) -> None:
    _, (mention,) = read("A mob stormed the depot on Sunday night.", nlp, None)
    assert (mention.when.words, mention.when.start) == ("Sunday night", None)


LATE = "UPDATE (10:20 a.m. ET): The clerk is alive.\n\n{} a crowd marched. At 10 p.m. it left."


@pytest.mark.parametrize(
    ("text", "published", "bases"),
    [
        (LATE.format("Last night"), "2021-06-16", ["inferred", "assumed", "assumed"]),
        (LATE.format("Last night"), "2021-06-16T11:00", ["inferred", "stated", "inferred"]),
        (LATE.format("On Monday night"), "2021-06-16", ["inferred", "stated", "inferred"]),
        (LATE[42:].format("Last night"), "2021-06-16", ["stated", "inferred"]),
    ],
)
def test_below_an_undated_update_last_night_is_assumed(
    text: str, published: str, bases: list[str], nlp: Language
) -> None:
    _, times = read(text, nlp, published)
    assert [time.when.basis for time in times] == bases


DATES_NOTHING = [
    ("Monday was the fourth night of riots since an officer shot a boy.", "shot"),
    ("The governor sent soldiers on Monday after a night of unrest.", "unrest"),
    ("A boy was held on Tuesday over the deaths of two at a second night of riots.", "deaths"),
    ("A boy was held on Tuesday on suspicion of murder.", "murder"),
    ("The mayor ordered an 8 p.m. curfew.\n\nSoldiers had no clear orders.", "orders"),
    ("The ban runs from 8 p.m. to 6 a.m. on Friday.\n\nSoldiers had no orders.", "Soldiers"),
]


@pytest.mark.parametrize(("text", "words"), DATES_NOTHING, ids=[t for t, _ in DATES_NOTHING])
def test_an_arrest_or_an_order_dates_nothing_else(text: str, words: str, nlp: Language) -> None:
    document, times = read(text, nlp)
    found = time_for(document, times, *at(words, text))
    assert found is None or found.when.start is None


@pytest.mark.parametrize(
    ("country", "day"), [("US", "2021-03-04"), ("GB", "2021-04-03"), ("NG", "2021-04-03")]
)
def test_figures_follow_the_custom_of_the_country(country: str, day: str, nlp: Language) -> None:
    _, (mention,) = read("The depot was raided on 03/04/2021.", nlp, country=country)
    assert mention.when.start is not None
    assert mention.when.start[:10] == day


def test_act_after_midnight_belongs_to_the_evening_before(nlp: Language) -> None:
    _, times = read("Crowds met on Monday night. At 1:30 a.m. a car was set on fire.", nlp)
    when = times[-1].when
    assert when.start is not None
    assert (when.start[:16], when.night_of) == ("2021-06-15T01:30", "2021-06-14")


@pytest.mark.parametrize(
    "text",
    [
        "USA Today and the Daily Mail reported it.",
        "They may march against the second law.",
        "She is 21 and lives at 1400 Elm Street.",
        "The team won 3-2 and 24 people sang.",
    ],
)
def test_names_and_figures_are_no_times(text: str, nlp: Language) -> None:
    assert read(text, nlp)[1] == ()


def test_holidays_fall_on_their_days() -> None:
    assert easter(2021) == date(2021, 4, 4)
    assert holiday_in("5-0--1", 2020) == date(2020, 5, 25)
    assert holiday_in("9-0-1", 2022) == date(2022, 9, 5)
    assert holiday_in("11-3-4", 2023) == date(2023, 11, 23)


RELATIVE = (
    *("Sunday", "on Monday night", "yesterday", "last night", "early Tuesday", "last week"),
    *("at 9 p.m. on Friday", "over the weekend", "two days ago", "late Thursday", "tonight"),
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    day=st.dates(min_value=date(2001, 1, 15), max_value=date(2035, 12, 1)),
    words=st.sampled_from(RELATIVE),
)
def test_a_week_later_everything_is_a_week_later(day: date, words: str, nlp: Language) -> None:
    text = f"A shed was burned {words}."
    _, (first,) = read(text, nlp, day.isoformat())
    _, (second,) = read(text, nlp, (day + timedelta(7)).isoformat())
    for one, other in ((first.when.start, second.when.start), (first.when.end, second.when.end)):
        assert one is not None
        assert other is not None
        wall = datetime.fromisoformat(one).replace(tzinfo=None)
        assert datetime.fromisoformat(other).replace(tzinfo=None) - wall == timedelta(7)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    parts=st.lists(
        st.sampled_from([*RELATIVE, "on 3 May 2020", "for a third night", "Wensday", "Aug. 23"]),
        min_size=1,
        max_size=4,
    ),
    lead=st.sampled_from(["", "“Quote” – ", "Zürich: "]),
)
def test_words_stand_at_their_offsets_and_intervals_are_open_ended(
    parts: list[str], lead: str, nlp: Language
) -> None:
    text = lead + " ".join(f"A shed was burned {words}." for words in parts)
    _, times = read(text, nlp)
    for mention in times:
        assert text[mention.start : mention.end] == mention.when.words
        if mention.when.start and mention.when.end:
            start, end = mention.when.start, mention.when.end
            assert datetime.fromisoformat(start) < datetime.fromisoformat(end)


def test_news_in_the_perfect_is_inferred_to_be_of_the_day(nlp: Language) -> None:
    text = "The governor has declared a state of emergency."
    document, times = read(text, nlp)
    mention = time_for(document, times, *at("emergency", text))
    assert mention is not None
    assert mention.when.start is not None
    assert mention.when.words == "has declared"
    assert (mention.when.start[:10], mention.when.basis) == ("2021-06-16", "inferred")


@pytest.mark.parametrize(
    "text",
    [
        "The governor has been asked for weeks to act.",
        "The governor has not declared an emergency.",
        "The governor declared an emergency.",
    ],
)
def test_other_tenses_date_nothing(text: str, nlp: Language) -> None:
    document, times = read(text, nlp)
    assert time_for(document, times, 0, len(text)) is None


@pytest.mark.parametrize(
    ("published", "clock", "day"),
    [
        ("2021-06-16", "6:30 p.m.", "2021-06-16"),
        ("2021-06-16", "11:45 p.m.", "2021-06-15"),
        ("2021-06-16T23:55", "11:45 p.m.", "2021-06-16"),
        ("2021-06-16T05:00", "6:30 p.m.", "2021-06-15"),
    ],
)
def test_lone_clock_time_is_the_last_one_before_the_report(
    published: str, clock: str, day: str, nlp: Language
) -> None:
    _, (mention,) = read(f"The shots were fired at {clock} near the mill.", nlp, published)
    assert mention.when.start is not None
    assert (mention.when.start[:10], mention.when.basis) == (day, "inferred")


def test_time_of_a_march_is_not_that_of_its_reason(nlp: Language) -> None:
    text = "Hundreds marched on Monday over the killing of a welder."
    document, times = read(text, nlp)
    assert time_for(document, times, *at("killing", text)) is None


def test_a_day_after_an_event_dates_the_event(nlp: Language) -> None:
    text = "The airfield was stormed on Thursday, a day after 18 people were killed."
    document, times = read(text, nlp, "2021-06-18")
    stormed = time_for(document, times, *at("stormed", text))
    killed = time_for(document, times, *at("killed", text))
    assert stormed is not None and (stormed.when.start or "")[:10] == "2021-06-17"
    assert killed is not None and (killed.when.start or "")[:10] == "2021-06-16"
    assert killed.when.basis == "inferred"


def test_two_days_after_an_undated_event_stays_open(nlp: Language) -> None:
    text = "Two days after the shooting the mill was guarded."
    _, times = read(text, nlp, "2021-06-18")
    assert all(mention.when.start is None for mention in times)


@pytest.mark.parametrize(
    ("more", "day"),
    [
        (" On Thursday, June 17, a second man died.", "2021-06-16"),
        ("", "2021-06-09"),
        (" A hearing is set for June 17.", "2021-06-09"),
    ],
    ids=["updated", "not-updated", "day-to-come"],
)
def test_a_report_that_tells_of_later_days_was_updated(more: str, day: str, nlp: Language) -> None:
    text = f"The welder was shot on Wednesday.{more}"
    _, times = read(text, nlp, "2021-06-14")
    assert (times[0].when.start or "")[:10] == day


def test_a_night_after_something_is_that_weekdays_night(nlp: Language) -> None:
    text = "Two buses were burned on Saturday night after a protest over the killing."
    _, times = read(text, nlp, "2021-06-14")
    assert [mention.when.night_of for mention in times] == ["2021-06-12"]


@pytest.mark.parametrize(
    ("updated", "day"),
    [("2021-06-17T09:00+00:00", "2021-06-16"), (None, "2021-06-09"), ("2021-09-01", "2021-06-09")],
    ids=["updated soon after", "not updated", "touched months later"],
)
def test_weekdays_of_a_report_reach_to_its_update(
    updated: str | None, day: str, nlp: Language
) -> None:
    stated = Published(value="2021-06-14", basis="given", precision="day")
    text = "Two men were held on Wednesday over the fire of Sunday."
    report = Report(
        id="r", text=text, text_digest="", raw_digest="", published=stated, updated=updated
    )
    held, fire = find_times(parse(report, nlp), zone=ZONE)
    assert (held.when.start or "")[:10] == day
    assert (fire.when.start or "")[:10] == "2021-06-13"


@pytest.mark.parametrize("words", ["after a shooting over the weekend", "following last weekend"])
def test_what_a_present_verb_follows_lies_back(words: str, nlp: Language) -> None:
    _, (time,) = read(f"A man faces charges {words}.", nlp, "2021-06-14")
    assert (time.when.start or "")[:10] == "2021-06-12"


@pytest.mark.parametrize("words", ["about half an hour later", "a half-hour later"])
def test_half_an_hour_is_no_hour(words: str, nlp: Language) -> None:
    _, times = read(f"A shed burned at 2 p.m. on Monday. It fell {words}.", nlp)
    assert not any("hour" in time.when.words for time in times)
