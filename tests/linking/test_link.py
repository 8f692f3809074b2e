"""Which accounts belong together, whatever their order, and what people decide about it."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.linking.worlds import account, claim, decision, report
from tocsin import ontology
from tocsin.ids import IdLedger
from tocsin.linking import Linked, link
from tocsin.linking.rulings import split_of
from tocsin.model import Account, Condition, Count, Decision, Measure, Report, Victim, When

KINDS = ontology.load()
TEXT = "About 150 people gathered in Dayton on Sunday night after the police shooting of a woman."
QUICK = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def linked(
    accounts: Sequence[Account],
    decisions: Sequence[Decision] = (),
    ledger: IdLedger = IdLedger(),  # noqa: B008
) -> Linked:
    reports: dict[str, Report] = {
        a.report: report(a.report, TEXT, a.published) for a in sorted(accounts, key=lambda a: a.id)
    }
    return link(accounts, reports, ontology=KINDS, decisions=decisions, ledger=ledger)


def memberships(found: Linked) -> set[frozenset[str]]:
    return {frozenset(incident.accounts) for incident in found.incidents}


def test_one_night_told_by_two_reports_is_one_incident() -> None:
    found = linked([account("a-1", "r-1"), account("a-2", "r-2")])
    assert memberships(found) == {frozenset({"a-1", "a-2"})}
    assert found.incidents[0].reports == 2


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(account("a-2", "r-2", day="2022-09-19"), id="next night"),
        pytest.param(account("a-2", "r-2", town="Toledo"), id="another town"),
        pytest.param(account("a-2", "r-2", "curfew"), id="an order"),
        pytest.param(account("a-2", "r-1"), id="told apart by one report"),
    ],
)
def test_other_things_stay_apart(other: Account) -> None:
    found = linked([account("a-1", "r-1"), other])
    assert memberships(found) == {frozenset({"a-1"}), frozenset({"a-2"})}


def test_victims_of_other_names_are_other_shootings() -> None:
    one = account("a-1", "r-1", "police_shooting", victim="Maria Teles", killed=1)
    other = account("a-2", "r-2", "police_shooting", victim="Ana Souza", killed=1)
    misspelt = account("a-3", "r-3", "police_shooting", victim="Maria Telles", killed=1)
    assert memberships(linked([one, other, misspelt])) == {
        frozenset({"a-1", "a-3"}),
        frozenset({"a-2"}),
    }


def test_an_undated_account_does_not_chain_two_nights() -> None:
    nights = [
        account(f"a-{n}", f"r-{n}", day=d)
        for n, d in enumerate(["2022-09-18"] * 2 + ["2022-09-19"] * 2)
    ]
    undated = account("a-9", "r-9", day=None)
    for group in memberships(linked([*nights, undated])):
        assert not ({"a-0", "a-1"} & group and {"a-2", "a-3"} & group)


def test_only_new_accounts_make_incidents() -> None:
    planned = msgspec.structs.replace(account("a-1", "r-1"), status="planned")
    assert linked([planned]).incidents == ()


def test_reports_differ_in_the_ledger_of_one_entry() -> None:
    one = account("a-1", "r-1", killed=1, published="2022-09-19")
    two = account("a-2", "r-2", killed=2, published="2022-09-21")
    incident = linked([one, two]).incidents[0]
    entry = incident.slots["killed"][0]
    assert entry.shown.value.words == "2 dead"
    assert [other.value.words for other in entry.others] == ["1 dead"]
    assert "latest" in entry.why
    assert [(c.slot, c.before, c.after) for c in incident.history] == [
        ("killed", "1 killed", "2 killed")
    ]


def test_a_number_of_shots_is_shown_before_several() -> None:
    told = [account(f"a-{n}", f"r-{n}", "armed_attack") for n in (1, 2, 3)]
    figures = [("seven shots", 7, 7), ("several shots", 2, None), ("several shots", 2, None)]
    accounts = [
        msgspec.structs.replace(
            one,
            claims=(
                *one.claims,
                claim(
                    one.id,
                    one.report,
                    "shots",
                    Count(what="shots", words=words, low=low, high=high),
                ),
            ),
        )
        for one, (words, low, high) in zip(told, figures, strict=True)
    ]
    (entry,) = linked(accounts).incidents[0].slots["shots"]
    assert entry.shown.value.words == "seven shots"
    assert entry.why == "it is the more exact one"


@pytest.mark.parametrize(
    ("later", "shown", "others"),
    [
        ("shot in the back", ["in serious condition", "shot in the back"], []),
        ("in critical condition", ["in critical condition"], [["in serious condition"]]),
        ("pronounced dead", ["pronounced dead"], [["in serious condition"]]),
    ],
    ids=["wound", "worse", "dead"],
)
def test_states_of_a_victim_differ_where_both_cannot_hold(
    later: str, shown: list[str], others: list[list[str]]
) -> None:
    told = []
    for number, state in enumerate(("in serious condition", later)):
        known = Victim(
            words="Ana Souza", name="Ana Souza", conditions=(Condition(state=state, words=state),)
        )
        one = account(
            f"a-{number}", f"r-{number}", "police_shooting", published=f"2022-09-2{number}"
        )
        found = claim(one.id, one.report, "victim", known)
        told.append(msgspec.structs.replace(one, claims=(*one.claims, found)))
    (entry,) = linked(told).incidents[0].slots["victim"]
    states = [
        [c.state for c in reading.value.conditions]
        for reading in (entry.shown, *entry.others)
        if isinstance(reading.value, Victim)
    ]
    assert states == [shown, *others]


def test_an_incident_has_as_many_origins_as_its_best_founded_value() -> None:
    def saying(told: Account, name: str) -> Account:
        dead = Count(what="killed", words="2 dead", low=2, high=2)
        said = claim(told.id, told.report, "killed", dead, speaker=name, speaker_kind="witness")
        return msgspec.structs.replace(told, claims=(*told.claims, said))

    one, two = saying(account("a-1", "r-1"), "Anna Lind"), saying(account("a-2", "r-2"), "Per Dahl")
    incident = linked([one, two]).incidents[0]
    assert incident.slots["killed"][0].shown.origins == 2
    assert incident.origins == 2


ACCOUNTS = st.lists(
    st.builds(
        account,
        st.sampled_from([f"a-{n}" for n in range(10)]),
        st.sampled_from([f"r-{n}" for n in range(6)]),
        st.sampled_from(["demonstration", "curfew", "police_shooting", "armed_attack"]),
        town=st.sampled_from(["Dayton", "Toledo", None]),
        day=st.sampled_from(["2022-09-18", "2022-09-19", None]),
        victim=st.sampled_from([None, "Maria Teles", "Ana Souza"]),
        killed=st.sampled_from([None, 1, 12]),
        published=st.sampled_from(["2022-09-19", "2022-09-21", None]),
    ),
    max_size=8,
    unique_by=lambda a: a.id,
)


@QUICK
@given(ACCOUNTS, st.randoms(use_true_random=False))
def test_order_changes_nothing(accounts: list[Account], random: object) -> None:
    shuffled = list(accounts)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert linked(shuffled).incidents == linked(accounts).incidents


@QUICK
@given(ACCOUNTS)
def test_linking_twice_adds_nothing(accounts: list[Account]) -> None:
    first = linked(accounts)
    again = linked(accounts, ledger=IdLedger(first.issued))
    assert again.issued == ()
    assert again.incidents == first.incidents


@QUICK
@given(ACCOUNTS, st.integers(0, 8))
def test_issued_ids_stay_when_reports_come_in(accounts: list[Account], cut: int) -> None:
    first = linked(accounts[:cut])
    ledger = IdLedger(first.issued)
    later = linked(accounts, ledger=ledger)
    whole = IdLedger((*ledger.lines, *later.issued))
    living = {incident.id for incident in later.incidents}
    assert all(whole.heir(incident.id) in living for incident in first.incidents)


@QUICK
@given(ACCOUNTS, st.sampled_from(["same", "different"]), st.integers(0, 9), st.integers(0, 9))
def test_a_decision_wins(accounts: list[Account], verb: str, one: int, other: int) -> None:
    left, right = f"a-{one}", f"a-{other}"
    made = msgspec.convert(
        {"seq": 1, "at": "2022", "by": "ana", "verb": verb, "about": [left, right], "prev": ""},
        Decision,
    )
    found = linked(accounts, [made])
    known = {a.id for a in accounts}
    if not {left, right} <= known:
        assert found.stranded == (made,)
    elif left != right:
        together = any({left, right} <= group for group in memberships(found))
        assert together is (verb == "same")


def test_a_later_decision_wins_and_a_withdrawn_one_is_void() -> None:
    accounts = [account("a-1", "r-1"), account("a-2", "r-2", town="Toledo")]
    apart = memberships(linked(accounts))
    same, other = decision(1, "same", "a-1", "a-2"), decision(2, "different", "a-1", "a-2")
    assert memberships(linked(accounts, [same])) == {frozenset({"a-1", "a-2"})}
    assert memberships(linked(accounts, [same, other])) == apart
    undone = decision(3, "withdraw", "2")
    assert memberships(linked(accounts, [same, other, undone])) == {frozenset({"a-1", "a-2"})}


def test_a_merge_keeps_the_older_id_and_a_split_gives_the_other_back() -> None:
    accounts = [
        account("a-1", "r-1", published="2022-09-20"),
        account("a-2", "r-2", town="Toledo", published="2022-09-19"),
    ]
    first = linked(accounts)
    ids = {incident.accounts[0]: incident.id for incident in first.incidents}
    ledger = IdLedger(first.issued)
    same = decision(1, "same", "a-1", "a-2")
    merged = linked(accounts, [same], ledger)
    kept = merged.incidents[0].id
    ledger = IdLedger((*ledger.lines, *merged.issued))
    assert {ledger.heir(name) for name in ids.values()} == {kept}
    split = linked(accounts, [same, decision(2, "withdraw", "1")], ledger)
    assert {i.accounts[0]: i.id for i in split.incidents} == ids


@pytest.mark.parametrize("parts", [["7 at a", "31 in all"], ["31 at a", "7 in all"]])
def test_of_two_figures_in_one_report_the_lower_is_a_part(parts: list[str]) -> None:
    told = account("a-1", "r-1", "armed_attack")
    figures = [
        claim(
            "a-1", "r-1", "killed", Count(what="killed", words=w, low=int(w.split()[0]), high=None)
        )
        for w in parts
    ]
    told = msgspec.structs.replace(told, claims=(*told.claims, *figures))
    (entry,) = linked([told]).incidents[0].slots["killed"]
    assert isinstance(entry.shown.value, Count)
    assert entry.shown.value.low == 31


def test_a_correction_is_shown_with_its_author() -> None:
    made = decision(1, "set", "a-1", slot="killed", value="3")
    entry = linked([account("a-1", "r-1", killed=1)], [made]).incidents[0].slots["killed"][0]
    assert entry.shown.value.words == "3"
    assert entry.why == "set by ana"
    assert [other.value.words for other in entry.others] == ["1 dead"]


def test_review_and_verification_are_two_things() -> None:
    made = [decision(1, "accept", "a-1"), decision(2, "verify", "a-1", value="disputed")]
    incident = linked([account("a-1", "r-1")], made).incidents[0]
    assert (incident.review, incident.verification) == ("accepted", "disputed")


def test_a_split_keeps_both_sides_together_and_a_part_that_is_gone_does_not_void_it() -> None:
    accounts = [account(f"a-{n}", f"r-{n}") for n in range(4)]
    about, value = split_of(["a-0", "a-1"], ["a-2", "a-3"])
    made = decision(1, "different", *about, value=value)
    assert memberships(linked(accounts, [made])) == {
        frozenset({"a-0", "a-1"}),
        frozenset({"a-2", "a-3"}),
    }
    fewer = linked(accounts[:3], [made])
    assert memberships(fewer) == {frozenset({"a-0", "a-1"}), frozenset({"a-2"})}
    assert fewer.stranded == (made,)


def test_a_merge_that_names_all_joins_what_contradicts_each_other() -> None:
    dayton = [account(f"a-{n}", f"r-{n}") for n in range(3)]
    toledo = [account(f"a-{n}", f"r-{n}", town="Toledo") for n in range(3, 5)]
    made = decision(1, "same", *(a.id for a in [*dayton, *toledo]))
    assert len(linked([*dayton, *toledo], [made]).incidents) == 1


def test_an_order_from_midnight_may_be_of_either_day() -> None:
    def order(name: str, start: str, night_of: str | None) -> Account:
        since = When(words="from midnight", start=start, precision="minute", night_of=night_of)
        told = account(name, f"r-{name}", "curfew", day=None)
        window = claim(
            name, told.report, "measure", Measure(what="curfew", words="c", effective=since)
        )
        return msgspec.structs.replace(told, claims=(*told.claims, window))

    one = order("a-1", "2022-09-19T00:00", None)
    other = order("a-2", "2022-09-19T00:00", "2022-09-18")
    assert len(linked([one, other]).incidents) == 1
