"""Language: English is known reliably, other languages are named, short words take a hint."""

from __future__ import annotations

import pytest

from tocsin.intake.language import language_of

CASES = [
    ("Police shot a man in the back as he tried to get into a car, and crowds came out.", "en"),
    ("POLICE SHOT A MAN IN THE BACK AS HE TRIED TO GET INTO A CAR, AND CROWDS CAME OUT", "en"),
    ("the protest was called by students and was attend by around five hundred peoples", "en"),
    ("Des milliers de personnes ont manifesté samedi dans les rues contre la réforme.", "fr"),
    ("Miles de personas se manifestaron el sábado en las calles contra la reforma.", "es"),
    ("Tausende Menschen haben am Samstag in der Stadt gegen die Regierung demonstriert.", "de"),
    ("Tysiące osób wyszły w sobotę na ulice miasta, aby protestować przeciwko reformie.", "pl"),
    ("Тысячи людей вышли в субботу на улицы города, чтобы выступить против реформы.", "ru"),
    ("خرج آلاف الأشخاص إلى شوارع المدينة يوم السبت احتجاجا على القانون الجديد", "ar"),
]


@pytest.mark.parametrize(("text", "code"), CASES, ids=[code for _, code in CASES])
def test_language_is_told(text: str, code: str) -> None:
    assert language_of(text) == code


def test_hint_settles_only_what_words_leave_open() -> None:
    french = "Des milliers de personnes ont manifesté samedi dans les rues contre la réforme."
    assert language_of(french, hint="en-US") == "fr"
    assert language_of("Kerala", hint="en-IN") == "en"
    assert language_of("12 345") == "und"
