"""Accounts that leave out their day or place, or give it loosely, still find their incident."""

from __future__ import annotations

import msgspec
import pytest

from tests.linking.worlds import account, claim, report, where
from tocsin import ontology
from tocsin.lang.rarity import packaged
from tocsin.linking import link
from tocsin.linking.features import dates_named
from tocsin.linking.profile import unread
from tocsin.linking.words import telling
from tocsin.model import Account, Actor, Count, Measure, Text, When, Where

KINDS = ontology.load()
TEXT = "Hundreds marched to the Wolf Creek courthouse in Dayton after officers shot Maria Teles."


def day(value: str, *, precision: str = "day") -> When:
    return msgspec.convert(
        {"type": "when", "words": value, "start": value, "precision": precision}, When
    )


def said(words: str) -> When:
    return When(words=words)


def joined(*accounts: Account) -> bool:
    reports = {a.report: report(a.report, TEXT, a.published) for a in accounts}
    found = link(accounts, reports, ontology=KINDS).incidents
    return len(found) == 1


SUNDAY, MONDAY = "2022-09-18", "2022-09-19"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param("on Sunday", True, id="its weekday"),
        pytest.param("early on Monday", True, id="the small hours after it"),
        pytest.param("on Thursday", False, id="another weekday"),
        pytest.param("that evening", True, id="no weekday"),
    ],
)
def test_a_weekday_without_a_date_finds_its_day(words: str, expected: bool) -> None:
    undated = account("a-2", "r-2", when=said(words))
    assert joined(account("a-1", "r-1", day=SUNDAY, published=MONDAY), undated) is expected


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        pytest.param("state_of_emergency", True, id="an emergency lasts"),
        pytest.param("inquiry", True, id="an inquiry is told a day later"),
        pytest.param("curfew", False, id="each night has its curfew"),
        pytest.param("deployment", False, id="each day has its deployment"),
        pytest.param("demonstration", False, id="each night has its crowd"),
    ],
)
def test_what_lasts_may_be_told_on_the_next_day(kind: str, expected: bool) -> None:
    one = account("a-1", "r-1", kind, when=day(SUNDAY), published=MONDAY)
    other = account("a-2", "r-2", kind, when=day(MONDAY), published=MONDAY)
    assert joined(one, other) is expected


def test_an_account_without_a_place_joins_by_day_and_words() -> None:
    one = account("a-1", "r-1", published=MONDAY)
    assert joined(one, account("a-2", "r-2", town=None, published=MONDAY))


def test_an_area_is_not_the_town_of_another_area() -> None:
    near = where("Dayton")
    area = msgspec.structs.replace(
        near, place="p-area", name="Indiana", city=None, admin1="Indiana", precision="admin1",
        radius_km=200.0,
    )  # fmt: skip
    assert not joined(account("a-1", "r-1"), account("a-2", "r-2", place=area))


def test_an_area_that_no_words_state_weighs_less_than_the_rest() -> None:
    stated = msgspec.structs.replace(where("Porto"), city=None, precision="admin1", radius_km=20.0)
    assumed = msgspec.structs.replace(stated, basis="inferred")
    assert joined(account("a-1", "r-1"), account("a-2", "r-2", place=assumed))
    assert not joined(account("a-1", "r-1"), account("a-2", "r-2", place=stated))


def test_a_year_does_not_date_what_is_told_as_news() -> None:
    old = account("a-1", "r-1", published=MONDAY)
    march = account("a-2", "r-2", when=msgspec.structs.replace(
        day("2022-01-01", precision="year"), end="2023-01-01"), published="2025-09-18")  # fmt: skip
    assert not joined(old, march)


def test_a_report_of_the_morning_tells_of_no_night_of_that_day() -> None:
    tonight = account("a-1", "r-1", day=SUNDAY, published=MONDAY)
    morning = account("a-2", "r-2", day=None, published=f"{SUNDAY}T09:00")
    evening = account("a-2", "r-2", day=None, published=f"{SUNDAY}T23:00")
    assert not joined(tonight, morning)
    assert joined(tonight, evening)


def test_one_person_arrested_is_put_in_either_town() -> None:
    near: Where = msgspec.structs.replace(
        where("Dayton"), place="p-near", name="Xenia", city="Xenia", lat=39.68, lon=-83.93
    )
    one = account("a-1", "r-1", "arrest", when=day(SUNDAY))
    assert joined(one, account("a-2", "r-2", "arrest", when=day(SUNDAY), place=near))
    assert not joined(account("a-1", "r-1", "curfew", when=day(SUNDAY)),
                      account("a-2", "r-2", "curfew", when=day(SUNDAY), place=near))  # fmt: skip


def test_a_victims_name_outweighs_a_place_that_no_words_state() -> None:
    one = account("a-1", "r-1", "police_shooting", victim="Maria Teles")
    for basis, expected in (("inferred", True), ("stated", False)):
        far = msgspec.structs.replace(where("Porto"), basis=basis)
        other = account("a-2", "r-2", "police_shooting", victim="Maria Teles", place=far)
        assert joined(one, other) is expected


def fired_on(told: Account) -> Account:
    lethal = claim(told.id, told.report, "force", Text(words="fired", code="lethal"))
    return msgspec.structs.replace(told, claims=(*told.claims, lethal))


def by(told: Account, group: str) -> Account:
    actor = Actor(words="they", role="actor", group=group)
    return msgspec.structs.replace(
        told, claims=(*told.claims, claim(told.id, told.report, "actor", actor))
    )


def test_soldiers_fire_and_a_crowd_is_fired_on_is_one() -> None:
    crowd = fired_on(account("a-1", "r-1"))
    attack = account("a-2", "r-2", "armed_attack")
    assert joined(crowd, by(attack, "MIL"))
    assert joined(crowd, attack)
    assert not joined(crowd, by(attack, "CVL"))
    assert not joined(account("a-1", "r-1"), by(attack, "MIL"))
    assert not joined(crowd, by(account("a-2", "r-2", "armed_attack", day=MONDAY), "MIL"))
    assert not joined(crowd, account("a-2", "r-2", "police_shooting", victim="Maria Teles"))


def test_many_dead_in_one_town_may_be_dated_a_day_apart() -> None:
    crowd = account("a-1", "r-1", killed=12)
    assert joined(crowd, account("a-2", "r-2", "armed_attack", day=MONDAY, killed=14))
    assert joined(crowd, account("a-2", "r-2", "mob_violence", day=MONDAY, killed=18))
    assert not joined(crowd, account("a-2", "r-2", "armed_attack", day=MONDAY, killed=2))


def test_news_dated_by_its_tense_may_be_of_the_day_before() -> None:
    tense = When(
        words="have gone", start=MONDAY, end="2022-09-20", precision="day", basis="inferred"
    )
    crowd = account("a-1", "r-1", day=SUNDAY)
    assert joined(crowd, account("a-2", "r-2", when=tense, published=MONDAY))
    stated = msgspec.structs.replace(tense, basis="stated")
    assert not joined(crowd, account("a-2", "r-2", when=stated, published=MONDAY))


def test_two_quarters_of_a_town_are_two_places() -> None:
    town = where("Dayton")
    north, south = (
        msgspec.structs.replace(
            town, name=n, place=f"p-{n}", lat=lat, precision="neighbourhood", radius_km=1.0
        )
        for n, lat in (("North", 39.85), ("South", 39.65))
    )
    one = account("a-1", "r-1", "armed_attack", place=north)
    assert joined(one, account("a-2", "r-2", "armed_attack", place=town))
    assert not joined(one, account("a-2", "r-2", "armed_attack", place=south))


def test_accounts_without_their_texts_still_find_each_other() -> None:
    told = [account("a-1", "r-1", day=SUNDAY), account("a-2", "r-2", day=SUNDAY)]
    assert len(link(told, {}, ontology=KINDS).incidents) == 1


def test_texts_that_name_other_dates_are_less_likely_one_story() -> None:
    texts = ("On May 3 a man was shot.", "On May 3 she died.", "On June 9 a man was shot.")
    first, same, other = (
        unread(telling(f"r-{n}", report(f"r-{n}", text), packaged()), published=None)
        for n, text in enumerate(texts)
    )
    found = [dates_named(first, each) for each in (same, other)]
    assert [f.strength for f in found if f] == [1.0, 0.0]


def guard(name: str, state: str, day_of: str | None, place: Where | None = None) -> Account:
    told = account(name, name, "deployment", when=day(day_of) if day_of else None, day=None)
    value = Measure(what="deployment", words="Guard", state=state)  # type: ignore[arg-type]
    told = msgspec.structs.replace(told, published=MONDAY)
    return msgspec.structs.replace(told, claims=(*told.claims, claim(name, name, "measure", value)))


def test_added_forces_are_no_second_telling_of_the_first() -> None:
    assert joined(guard("a", "announced", SUNDAY), guard("b", "announced", None))
    assert not joined(guard("a", "announced", SUNDAY), guard("b", "extended", None))
    assert joined(guard("a", "announced", SUNDAY), guard("b", "extended", SUNDAY))


def test_a_state_holds_its_towns_however_far_from_its_middle() -> None:
    state = Where(
        words="Ohio", name="Ohio", place="p-Ohio", lat=40.4, lon=-82.7, admin1="Ohio",
        country="US", precision="admin1", radius_km=20.0,
    )  # fmt: skip
    order = account("a", "a", "curfew", day=SUNDAY, place=state, published=MONDAY)
    town = account("b", "b", "curfew", day=SUNDAY, town="Toledo", published=MONDAY)
    assert joined(order, town)


def hit(name: str, words: str, day_of: str) -> Account:
    told = account(name, name, "armed_attack", when=day(day_of), day=None, published=MONDAY)
    count = Count(what="injured", words=words, low=1, high=1)
    return msgspec.structs.replace(told, claims=(*told.claims, claim(name, name, "injured", count)))


def test_the_only_one_who_was_hit_has_one_age() -> None:
    girl = hit("a", "a 16-year-old girl", SUNDAY)
    assert joined(girl, hit("b", "a 17-year-old", MONDAY))
    assert not joined(girl, hit("b", "an 18-year-old man", MONDAY))


def test_a_night_below_an_undated_update_may_be_the_one_before() -> None:
    late = msgspec.structs.replace(day(MONDAY), basis="assumed")
    for of, same in ((SUNDAY, True), (MONDAY, True), ("2022-09-17", False)):
        told = account("b", "b", "curfew", when=late, day=None, published="2022-09-20")
        first = account("a", "a", "curfew", when=day(of), day=None, published="2022-09-20")
        assert joined(first, told) is same
