from __future__ import annotations

import pytest

from tocsin import ontology
from tocsin.coding.classify import scores_of, signs_of
from tocsin.coding.force_words import force_signs

CASES = [
    pytest.param("Officer maces man", "A man was maced on Elm Street.", "mace", id="mace"),
    pytest.param("Medic hurt", "Police shoved a volunteer medic.", "medic", id="medic"),
    pytest.param("Horn", "Deputies switched on an LRAD near the square.", "lrad", id="horn"),
    pytest.param("Kick", "Troopers kicked a marcher who lay down.", "kick", id="kick"),
]


def test_words_of_a_phrase_follow_each_other() -> None:
    found = force_signs("", "Two legal-observers stood by; the legal aid desk observed.")
    assert found["named=legal-observer"] == 1.0
    assert found["named_often=legal-observer"] == pytest.approx(1 / 3)


def test_a_word_inside_another_is_no_find() -> None:
    assert "named=drive" not in force_signs("", "A shopkeeper was scared of the overdrive.")


def test_a_title_counts_apart_and_as_text() -> None:
    found = force_signs("Police tackle a reporter", "")
    assert found["named_title=tackle"] == found["named=tackle"] == 1.0


@pytest.mark.parametrize(("title", "text", "tag"), CASES)
def test_a_rare_tag_is_given_where_its_word_stands(title: str, text: str, tag: str) -> None:
    signs = signs_of(f"{title}. {text}", (), (), ontology.load()) | force_signs(title, text)
    assert scores_of("us_incidents", f"{title}. {text}", signs)[tag] >= 0.3


def test_a_rare_tag_is_left_out_where_nothing_names_it() -> None:
    title, text = "Police arrest a driver", "A driver was arrested for speeding."
    signs = signs_of(f"{title}. {text}", (), (), ontology.load()) | force_signs(title, text)
    scores = scores_of("us_incidents", f"{title}. {text}", signs)
    assert max(scores[tag] for tag in ("lrad", "mace", "medic", "kick")) < 0.3
