"""Each figure reaches the incident that its own words tell of."""

from __future__ import annotations

from tests.coding.test_assemble import accounts_of, kinds, one, values
from tocsin.model import Account, Count


def _figures(account: Account, slot: str) -> list[tuple[int | None, int | None]]:
    return [(c.low, c.high) for c in values(account, slot) if isinstance(c, Count)]


def test_the_verb_over_a_figure_owns_it() -> None:
    told = accounts_of(
        "A man suspected of killing two people and wounding a third in Turin on Monday night, "
        "after days of protests, has been arrested."
    )
    assert _figures(one(told, "armed_attack"), "killed") == [(2, 2)]
    assert _figures(one(told, "arrest"), "detained") == [(1, 1)]


def test_an_officer_hurt_was_not_hurt_by_the_police() -> None:
    told = accounts_of(
        "Hundreds marched in Leeds on Monday after police shot a man. "
        "One officer was hurt by a brick."
    )
    shooting = one(told, "police_shooting")
    assert all("officer" not in c.evidence[0].quote for c in shooting.claims if c.slot == "injured")
    assert _figures(one(told, "demonstration"), "injured") == [(1, 1)]


def test_a_headline_drops_at_least() -> None:
    told = accounts_of(
        "9 killed in Enugu blast\n\nAt least 9 people were killed by a bomb in Enugu on Monday."
    )
    assert _figures(one(told, "bombing"), "killed") == [(9, None)]


def test_not_the_first_to_be_killed_is_no_death() -> None:
    told = accounts_of(
        "Police shot Adam Reyes in Tulsa on Monday. "
        "The mayor said Reyes was not the first person to be shot or killed by police there."
    )
    assert _figures(one(told, "police_shooting"), "killed") == []


def test_several_killed_by_a_gunman_are_not_the_one_man_whom_police_shot() -> None:
    told = accounts_of(
        "A man was arrested on Monday after shootings in Turin that killed two people and "
        "wounded one. Crowds have protested since the police shooting of Marco Bruno. "
        "Witnesses said he shot two shoppers."
    )
    assert _figures(one(told, "armed_attack"), "killed") == [(2, 2)]
    assert _figures(one(told, "armed_attack"), "injured") == [(1, 1)]


def test_marchers_killed_by_a_gunman_are_no_march() -> None:
    told = accounts_of(
        "Police arrested a man over the killing of two marchers in Turin on Monday night."
    )
    assert not [account for account in told if account.kind == "demonstration"]


def test_a_headline_figure_of_the_whole_country_is_none_of_one_town() -> None:
    told = accounts_of(
        "Doctors count 23 dead\n\nTwenty-three people were killed in protests across Kenya on "
        "Monday, doctors said. In Eldoret, protesters lit fires in the main street.",
        title="Doctors count 23 dead",
    )
    assert not any(_figures(account, "killed") for account in told)


def test_two_bodies_that_decide_are_no_dead() -> None:
    told = accounts_of(
        "Crowds marched in Eldoret on Monday and police shot a man. "
        "The two bodies had not settled the difference by Tuesday."
    )
    assert not any((2, 2) in _figures(account, "killed") for account in told)


def test_the_hurt_beside_a_bare_shooting_make_an_incident() -> None:
    told = accounts_of(
        "Three dead, one hurt\n\nThree people were found dead after a shooting in Leeds on Friday. "
        "A fourth person was hurt."
    )
    shooting = one(told, "armed_attack")
    assert shooting.status == "new"
    assert (3, 3) in _figures(shooting, "killed")


def test_a_block_of_a_street_is_no_year_long_past() -> None:
    told = accounts_of("A boy was shot in the 1900 block of Elm Street in Leeds on Monday evening.")
    assert one(told, "armed_attack").status == "new"


def test_a_gun_that_goes_off_is_no_bomb() -> None:
    told = accounts_of("Two boys were hurt in Leeds on Monday. The gun went off and hit them.")
    assert [account.kind for account in told if account.kind == "bombing"] == []


def test_one_shot_and_the_wound_told_later_make_an_incident() -> None:
    told = accounts_of(
        "A 16-year-old was shot while playing with a gun. He has a gunshot wound to the arm."
    )
    assert set(_figures(one(told, "armed_attack"), "injured")) == {(1, 1)}


def test_gunshot_wounds_of_marchers_are_of_the_march() -> None:
    told = accounts_of(
        "Five people were killed in Leeds on Friday as police fought back protesters. "
        "Almost all of them had gunshot wounds."
    )
    assert [account.kind for account in told if account.kind == "armed_attack"] == []


def test_one_who_was_shot_and_died_later_was_killed() -> None:
    told = accounts_of(
        "A boy was shot by a stranger in Leeds on Monday. The boy was flown out and later died."
    )
    attack = one(told, "armed_attack")
    assert set(_figures(attack, "killed")) == {(1, 1)}
    assert _figures(attack, "injured") == []


def test_one_with_a_gunshot_wound_is_injured() -> None:
    told = accounts_of(
        "Police found a man with a gunshot wound in Leeds on Monday after a stranger shot at him."
    )
    assert set(_figures(one(told, "armed_attack"), "injured")) == {(1, 1)}


def test_who_is_hurt_beside_the_dead_is_somebody_else() -> None:
    told = accounts_of(
        "A girl has died and her father is in critical condition after a stranger shot them in "
        "Leeds on Friday."
    )
    attack = one(told, "armed_attack")
    assert set(_figures(attack, "killed")) == {(1, 1)}
    assert set(_figures(attack, "injured")) == {(1, 1)}


def test_a_bare_deadly_shooting_with_its_dead_makes_an_incident() -> None:
    told = accounts_of(
        "Leeds police investigate shooting\n\nPolice in Leeds are investigating a fatal shooting. "
        "It was reported early on Monday near the canal. Police said a 40-year-old man died."
    )
    assert one(told, "armed_attack").status == "new"
    assert _figures(one(told, "armed_attack"), "killed") == [(1, 1)]


def test_a_wound_by_the_own_hand_makes_no_incident() -> None:
    told = accounts_of(
        "Police in Leeds found a man with a gunshot wound on Monday. It was self-inflicted."
    )
    assert kinds(told) == []


def test_a_deadly_shooting_killed_the_one_who_was_hit() -> None:
    told = accounts_of(
        "Police in Leeds are investigating a deadly shooting. A boy, 16, was shot in the head "
        "on Monday night and rushed to a hospital."
    )
    assert _figures(one(told, "armed_attack"), "killed") == [(1, 1)]
    assert _figures(one(told, "armed_attack"), "injured") == []


def test_a_deadly_shooting_alone_killed_at_least_one() -> None:
    told = accounts_of("Police in Leeds looked into a fatal shooting on Monday night.")
    assert _figures(one(told, "armed_attack"), "killed") == [(1, None)]


def test_an_attempted_murder_killed_nobody() -> None:
    told = accounts_of(
        "A man shot a woman in Leeds on Monday. He faces a charge of attempted murder, and a "
        "homicide detective is on the case."
    )
    assert _figures(one(told, "armed_attack"), "killed") == []
    assert _figures(one(told, "armed_attack"), "injured") == [(1, 1)]


def test_one_dead_and_one_injured_are_two() -> None:
    told = accounts_of("One dead, one injured in shooting in Leeds on Monday.")
    assert _figures(one(told, "armed_attack"), "killed") == [(1, 1)]
    assert _figures(one(told, "armed_attack"), "injured") == [(1, 1)]


def test_a_shooting_told_bare_is_not_of_the_vigil_after_it() -> None:
    told = accounts_of(
        "Leeds police have a suspect in a shooting.\n\nThe force gave no names. Officers went "
        "to a house on Monday. They found a man with a gunshot wound. A vigil was held on Tuesday."
    )
    assert one(told, "armed_attack").status == "new"
    assert _figures(one(told, "armed_attack"), "injured") == [(1, 1)]


def test_a_murder_suicide_makes_an_incident() -> None:
    told = accounts_of(
        "A man and his daughter were found dead in Leeds in a murder-suicide on Monday. "
        "Officers came after a report of gunshot victims."
    )
    assert _figures(one(told, "armed_attack"), "killed") == [(2, 2)]
