"""Repair: what is mended, and that every character still leads back to the original."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.text.repair import is_shouted, repair

CASES = [
    ("across theUS and inKenosha", "across the US and in Kenosha"),
    ("He fled.Police came", "He fled. Police came"),
    ("Fire &amp; Rescue said &quot;no&quot;", 'Fire & Rescue said "no"'),
    ("The cafÃ© was searched", "The café was searched"),
    ("It wasnâ€™t loaded", "It wasn’t loaded"),
    ("“We won’t go”, he said", "“We won’t go”, he said"),
    ("” We won’t go”", '" We won’t go"'),
    ("“We won’t go, said the mayor.", '"We won’t go," said the mayor.'),
    ('“We won’t go" said the mayor.', '"We won’t go" said the mayor.'),
    ("in\u00a0Kenosha", "in Kenosha"),
    ("U.S. officials told McDonald", "U.S. officials told McDonald"),
    ("Untouched, plain text.", "Untouched, plain text."),
]


@pytest.mark.parametrize(("original", "mended"), CASES)
def test_text_is_mended(original: str, mended: str) -> None:
    assert repair(original).text.replace("’", "'") == mended.replace("’", "'")


def test_span_leads_back_to_the_original_words() -> None:
    text = "In theUS, police said &quot;stop&quot; in cafÃ© Roma."
    mended = repair(text)
    for word in ("police", "stop", "Roma", "US"):
        start = mended.text.index(word)
        low, high = mended.span(start, start + len(word))
        assert text[low:high] == word


@given(st.text(alphabet="ab TheUSinof&;amp#39â€™Ã©“”.\n", max_size=80))
def test_every_offset_leads_into_the_original_in_order(text: str) -> None:
    mended = repair(text)
    places = [mended.original(i) for i in range(len(mended.text) + 1)]
    assert places == sorted(places)
    assert all(0 <= place <= len(text) for place in places)
    assert mended.original(len(mended.text)) == len(text)


def test_capitals_throughout() -> None:
    assert is_shouted("POLICE SHOT A MAN IN THE BACK ON SUNDAY")
    assert not is_shouted("The NAACP and the ACLU said on Sunday")
