"""Versions of a text: what went, what came, what was rewritten."""

from __future__ import annotations

from tocsin.text.changes import TextChange, text_changes


def test_rewritten_new_and_gone_paragraphs() -> None:
    old = "Two people were hurt.\n\nThe road is closed.\n\nMore follows."
    new = "Three people were hurt.\n\nThe road is closed.\n\nA man was held.\n\nHe is 40."
    assert text_changes(old, new) == (
        TextChange("Two people were hurt.", "Three people were hurt."),
        TextChange("More follows.", "A man was held."),
        TextChange(None, "He is 40."),
    )


def test_same_text_and_blanks_change_nothing() -> None:
    assert text_changes("A.\n\nB.", "A. \nB.\n") == ()
