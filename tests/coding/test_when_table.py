"""The resolver against the table of time expressions: at least 95 in 100 right to the minute."""

from __future__ import annotations

from datetime import datetime

from spacy.language import Language

from tests.coding.test_when_cases import CASES, WhenCase
from tocsin.coding.document import parse
from tocsin.coding.when import find_times
from tocsin.model import Published, Report, When

LEAST_RIGHT = 0.95


def resolved(case: WhenCase, nlp: Language) -> When | None:
    """The time found at the case's words; where several touch them, the one covering most."""
    published = None
    if case.published:
        exact = len(case.published) > 10
        published = Published(
            value=case.published, basis="given", precision="minute" if exact else "day"
        )
    report = Report(id="r", text=case.context, text_digest="", raw_digest="", published=published)
    start = case.context.index(case.words)
    end = start + len(case.words)
    touching = [
        mention
        for mention in find_times(parse(report, nlp), zone=case.zone)
        if mention.start < end and start < mention.end
    ]
    if not touching:
        return None
    return max(touching, key=lambda m: min(m.end, end) - max(m.start, start)).when


def instant(stamp: str | None) -> datetime | None:
    return datetime.fromisoformat(stamp) if stamp else None


def is_right(case: WhenCase, nlp: Language) -> bool:
    when = resolved(case, nlp) or When(words="")
    return (
        instant(when.start) == instant(case.start)
        and instant(when.end) == instant(case.end)
        and when.precision == case.precision
        and when.night_of == case.night_of
    )


def test_table_is_resolved(nlp: Language) -> None:
    wrong = [case.id for case in CASES if not is_right(case, nlp)]
    assert len(wrong) <= (1 - LEAST_RIGHT) * len(CASES), wrong
