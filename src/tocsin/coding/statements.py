"""Public statements and demands: who said what, in which words, with which position."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from tocsin.coding.context import Context
from tocsin.coding.findings import Finding, actor_finding, leading
from tocsin.coding.grouping import Group
from tocsin.coding.kind import Telling
from tocsin.coding.mentions import Attributed
from tocsin.model import Actor, Statement

KINDS = frozenset({"statement", "demand"})
_POSITIONS = {"appeal": "appeal", "demand": "demand", "condemn": "condemn"}
_PROMISES = frozenset({"vow", "pledge", "promise"})


def statement_findings(context: Context, group: Group) -> Iterator[Finding]:
    """The statement of a group: its speaker and its words, quoted or paraphrased."""
    if group.kind not in KINDS:
        return
    best = leading(group)
    start, end, form = _words(context, best)
    speaker = actor_finding(context, best.agent, "speaker")
    value = Statement(
        words=context.document.text[start:end],
        speaker=speaker.value if speaker and isinstance(speaker.value, Actor) else None,
        form=form,
        position=_position(best),
    )
    yield Finding("statement", value, start, end, best.confidence)


def _words(
    context: Context, telling: Telling
) -> tuple[int, int, Literal["direct", "paraphrased", "mixed"]]:
    """What was said: the content of an attribution at the cue, else what follows the cue."""
    said = _attributed(context, telling)
    if said is not None:
        start, end = said.content[0][0], said.content[-1][1]
        return start, end, "direct" if said.direct else "paraphrased"
    sentence = context.document.sentences[telling.sentence]
    end = sentence.end
    while end > telling.end and context.document.text[end - 1] in ".!? \n":
        end -= 1
    return telling.start, max(end, telling.end), "paraphrased"


def _attributed(context: Context, telling: Telling) -> Attributed | None:
    for said in context.readings.attributions:
        if any(start < telling.end and telling.start < end for start, end in said.cue):
            return said
    return None


def _position(telling: Telling) -> str | None:
    if telling.cue == "warn":
        return "promise" if telling.token.lemma_.lower() in _PROMISES else "warn"
    return _POSITIONS.get(telling.cue)
