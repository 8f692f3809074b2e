"""Who, what, when, where, why and how of an article, as phrases of its own."""

from __future__ import annotations

from spacy.tokens import Token

from tocsin.coding import Coder
from tocsin.coding.coder import read
from tocsin.coding.document import Document, parse
from tocsin.coding.roles import subject_of
from tocsin.evaluate.reports import report_of
from tocsin.evaluate.tasks import Fields

_OPENING = 3  # sentences that hold the answers in most news
_CAUSES = frozenset({"after", "because", "over", "following", "since", "amid"})
_LONGEST = 12  # words of an answer: gold phrases are short


def predict(record: Fields, coder: Coder) -> Fields:
    """Answer from the headline and the first sentences; silence where nothing is found."""
    report = report_of(record)
    if report is None:
        return {"id": record["id"], "answers": {}}
    document = parse(report, coder.nlp)
    found = read(document, coder)
    opening = document.sentences[:_OPENING]
    reach = opening[-1].end if opening else 0
    who, what = _who_what(document)
    answers = {
        "who": who,
        "what": what,
        "when": next((t.when.words for t in found.times if t.start < reach * 2), None),
        "where": next((p.where.words for p in found.places if p.start < reach * 2), None),
        "why": _why(document),
        "how": None,
    }
    return {"id": record["id"], "answers": {key: text for key, text in answers.items() if text}}


def _who_what(document: Document) -> tuple[str | None, str | None]:
    """Subject and predicate of the headline, else of the first sentence with a verb."""
    for sentence in document.sentences[:_OPENING]:
        root = sentence.span.root
        if root.pos_ not in ("VERB", "AUX"):
            continue
        subject = subject_of(root)
        who = _text(subject, subject.right_edge.i) if subject is not None else None
        last = min(root.right_edge.i, root.i + _LONGEST)
        return who, str(root.doc[root.i : last + 1].text).rstrip(" .")
    return None, None


def _why(document: Document) -> str | None:
    for sentence in document.sentences[:_OPENING]:
        for token in sentence.span:
            if token.lower_ in _CAUSES and token.dep_ in ("prep", "mark"):
                last = min(sentence.span.end - 1, token.i + _LONGEST)
                return str(token.doc[token.i + 1 : last + 1].text).rstrip(" .")
    return None


def _text(token: Token, last: int) -> str:
    return str(token.doc[token.left_edge.i : min(last, token.i + 4) + 1].text)
