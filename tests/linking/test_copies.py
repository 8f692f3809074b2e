"""Copies: identical, near and cut-down texts are found; quotes and digests join nothing."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.linking.copies import CopyIndex, copies_of
from tocsin.model import Cut, Published, Report

WORDS = [f"w{n}" for n in range(4000)]


def article(seed: int, words: int = 300) -> list[str]:
    return random.Random(seed).choices(WORDS, k=words)


def report(name: str, text: str, published: str | None = None, cut: int = 0) -> Report:
    return Report(
        id=name,
        text=text,
        text_digest="t",
        raw_digest="r",
        cuts=(Cut(start=0, end=cut, reason="site"),) if cut else (),
        published=Published(value=published, basis="given", precision="day") if published else None,
    )


BASE = article(1)
COPIES = {
    "identical": (BASE, "identical"),
    "other case and marks": ([word.upper() + "," for word in BASE], "identical"),
    "one word swapped": ([*BASE[:100], "swapped", *BASE[101:]], "near"),
    "shortened": (BASE[:130], "part"),
    "middle part": (BASE[80:230], "part"),
    "local first paragraph": (article(2, 40) + BASE[:200], "part"),
}


@pytest.mark.parametrize(("words", "sort"), COPIES.values(), ids=COPIES.keys())
def test_copy_is_found(words: list[str], sort: str) -> None:
    index = CopyIndex()
    index.add("a", " ".join(BASE))
    index.add("b", " ".join(article(3)))
    (match,) = index.add("c", " ".join(words))
    assert (match.left, match.sort) == ("a", sort)
    assert index.groups() == (("a", "c"),)


def test_shared_quote_is_no_copy() -> None:
    quote = article(9, 60)
    index = CopyIndex()
    index.add("a", " ".join(article(4, 200) + quote))
    assert index.add("b", " ".join(article(5, 200) + quote)) == ()


def test_digest_of_many_reports_joins_none_of_them() -> None:
    items = [article(seed, 60) for seed in range(20, 32)]
    reports = {f"r{n}": report(f"r{n}", " ".join(words)) for n, words in enumerate(items)}
    reports["digest"] = report("digest", " ".join(word for words in items for word in words))
    assert copies_of(reports) == {}


def test_short_texts_are_copies_only_when_identical() -> None:
    index = CopyIndex()
    index.add("a", "No one was hurt in the fire.")
    assert index.add("b", "No one was hurt in the flood.") == ()
    assert len(index.add("c", "No one was hurt in the fire!")) == 1
    assert index.add("d", "") == index.add("e", "") == ()


@settings(max_examples=20, deadline=None)
@given(st.randoms(use_true_random=False))
def test_order_changes_nothing(chance: random.Random) -> None:
    reports = [report(f"r{n}", " ".join(article(n % 5)[: 200 + n])) for n in range(12)]
    expected = copies_of({r.id: r for r in reports})
    assert expected
    chance.shuffle(reports)
    assert copies_of({r.id: r for r in reports}) == expected


def test_first_published_stands_for_the_text() -> None:
    text = " ".join(BASE)
    reports = [report("a", text), report("b", text, "2020-02-02"), report("c", text, "2020-01-01")]
    assert copies_of({r.id: r for r in reports}) == dict.fromkeys("abc", "c")


def test_shared_furniture_makes_no_copy() -> None:
    footer = " ".join(article(40, 200))
    left = report("a", f"{footer} {' '.join(article(41, 60))}", cut=len(footer))
    right = report("b", f"{footer} {' '.join(article(42, 60))}", cut=len(footer))
    assert copies_of({"a": left, "b": right}) == {}
