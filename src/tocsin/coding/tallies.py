"""Which incident a figure belongs to: killed, injured, detained, present, shots."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec.structs import replace

from tocsin.coding.context import Context
from tocsin.coding.counts_settle import are_two
from tocsin.coding.findings import Finding
from tocsin.coding.groups import Group
from tocsin.coding.mentions import CountMention
from tocsin.coding.referring import CROWD
from tocsin.coding.victims import CAPABLE, SINGLE, deadly_words, harmed_in, single_count
from tocsin.lang.lexicon import word_maps
from tocsin.model import Count
from tocsin.ontology import Ontology

_DETAINING = frozenset({"arrest", CROWD})
_REACH = 3  # sentences: a figure further from any telling belongs to nothing we know
_DEPTH = 8  # steps of the parse from a figure to the verb that tells of it
_BY_POLICE = frozenset({"police_shooting", "police_use_of_force"})
_AMONG = re.compile(r"\bof (?:the|them|those|these|whom)\b", re.IGNORECASE)
_WIDE = frozenset({"since", "area"})  # scopes that are not of one incident
_SLOTS = frozenset({"killed", "injured", "detained", "present", "shots"})


def tally(
    context: Context, groups: tuple[Group, ...], ontology: Ontology
) -> Mapping[int, tuple[Finding, ...]]:
    """Return the figures of each incident by its place in the list."""
    found: dict[int, list[Finding]] = {index: [] for index in range(len(groups))}
    wide = {_figure(m) for m in context.readings.counts if m.count.scope in _WIDE}
    for mention in context.readings.counts:
        if mention.count.what not in _SLOTS or mention.count.scope in _WIDE:
            continue
        if _figure(mention) in wide and context.is_title(mention):
            continue  # the headline of what the text tells of the whole country
        index = _owner(context, mention, groups, ontology)
        if index is not None:
            count = _reached(mention.count)
            finding = Finding(count.what, count, mention.start, mention.end, 0.75)
            found[index].append(finding)
    for index, group in enumerate(groups):
        found[index] = _without_parts(found[index])
        told = {finding.slot for finding in found[index]}
        if not told & {"killed", "injured"}:
            found[index] += tuple(single_count(context, group)) or _at_least_one(context, group)
            told = {finding.slot for finding in found[index]}
        if group.kind in SINGLE and {"killed", "injured"} <= told:
            found[index] = _without_survived(context, group, found[index])
        elif group.kind in SINGLE and "injured" in told:
            found[index] = _with_death(context, group, found[index])
    return {index: tuple(findings) for index, findings in found.items()}


def _figure(mention: CountMention) -> tuple[str, int | None, int | None]:
    return mention.count.what, mention.count.low, mention.count.high


def _reached(count: Count) -> Count:
    """An ordinal tells the total: with "a third victim" it is three."""
    first = count.words.lower().removeprefix("a ").split()[0]
    total = word_maps("en", "harm")["ordinals"].get(first)
    if total is None or count.mode != "addition" or count.low != 1:
        return count
    return replace(count, low=int(total), high=int(total), mode="total")


def _without_parts(told: list[Finding]) -> list[Finding]:
    """Where a figure tells them all, neither one person nor a part of them is a total."""
    told = _without_shortened(told)
    most = {f.slot: 0 for f in told}
    for finding in told:
        most[finding.slot] = max(most[finding.slot], _low(finding))
    return [f for f in told if _low(f) == most[f.slot] or not _is_part(f)]


def _without_shortened(told: list[Finding]) -> list[Finding]:
    """Where the text says "at least 12", the bare 12 of a headline only leaves that out."""
    opened = {(f.slot, _low(f)): f.start for f in told if _is_open(f)}
    return [f for f in told if _is_open(f) or f.start > opened.get((f.slot, _low(f)), -1)]


def _is_open(finding: Finding) -> bool:
    value = finding.value
    return isinstance(value, Count) and bool(value.low) and value.high is None


def _low(finding: Finding) -> int:
    value = finding.value
    return value.low or 0 if isinstance(value, Count) else 0


def _is_part(finding: Finding) -> bool:
    """Tell whether a count is of one person, or of some among those counted before."""
    value = finding.value
    if not isinstance(value, Count) or value.mode == "addition" or not value.low:
        return False
    return _is_one(finding) or bool(_AMONG.search(value.words))


def _without_survived(context: Context, group: Group, told: list[Finding]) -> list[Finding]:
    """One person who was hit and died counts as killed alone."""
    several = any(f.slot == "killed" and _low(f) > 1 for f in told)
    if several or len(harmed_in(context, group)) > 1:
        return told
    dead = [f for f in told if f.slot == "killed"]
    return [
        f
        for f in told
        if f.slot != "injured" or not _is_one(f) or all(_is_beside(context, f, d) for d in dead)
    ]


def _is_beside(context: Context, hurt: Finding, dead: Finding) -> bool:
    """Tell whether somebody hurt is somebody else than the one who died."""
    if not isinstance(hurt.value, Count) or not isinstance(dead.value, Count):
        return False
    at = [context.document.sentence_at(finding.start) for finding in (hurt, dead)]
    return are_two(hurt.value.words, dead.value.words, near=at[0] == at[1])


def _with_death(context: Context, group: Group, told: list[Finding]) -> list[Finding]:
    """One person who was hit, and of whom the report says elsewhere that they died, was killed."""
    hurt = [f for f in told if f.slot == "injured"]
    if not all(_is_one(f) for f in hurt):
        return told
    dead = [f for f in single_count(context, group) if f.slot == "killed"]
    if not dead and not _are_several(context, hurt):
        dead = [_as_killed(hurt[0], deadly) for deadly in deadly_words(context, group)[:1]]
    return [*dead, *(f for f in told if f.slot != "injured")] if dead else told


def _are_several(context: Context, hurt: list[Finding]) -> bool:
    """Tell whether those hurt are more than one, or come on top of somebody else."""
    added = any(isinstance(f.value, Count) and f.value.mode == "addition" for f in hurt)
    return added or any(_is_beside(context, f, hurt[0]) for f in hurt[1:])


def _as_killed(hurt: Finding, deadly: tuple[int, int]) -> Finding:
    """The one hurt as the one who died, with the words that say so."""
    if not isinstance(hurt.value, Count):
        return hurt
    value = replace(hurt.value, what="killed")
    return Finding("killed", value, hurt.start, hurt.end, hurt.confidence, (*hurt.also, deadly))


def _at_least_one(context: Context, group: Group) -> tuple[Finding, ...]:
    """Where nobody is named or counted, a "fatal shooting" still killed somebody."""
    if group.kind not in SINGLE:
        return ()
    spans = deadly_words(context, group, named=True)
    return tuple(
        Finding("killed", Count(what="killed", words=context.document.text[a:b], low=1), a, b, 0.6)
        for a, b in spans[:1]
    )


def _is_one(finding: Finding) -> bool:
    value = finding.value
    return isinstance(value, Count) and value.low == 1 and value.high == 1


def _owner(
    context: Context, mention: CountMention, groups: tuple[Group, ...], ontology: Ontology
) -> int | None:
    """The incident whose telling stands nearest: over the figure's own words, else close by."""
    best: tuple[tuple[int, int, bool, int], int] | None = None
    able = [i for i, group in enumerate(groups) if _can_have(group, mention.count, ontology)]
    governors = _governors(context, mention)
    for index in able:
        group = groups[index]
        for telling in group.tellings:
            apart = mention.sentence - telling.sentence
            if apart > _REACH or apart < -1:
                continue
            rank = (
                abs(apart) * 2 + (apart < 0),
                governors.get(telling.token.i, _DEPTH) if apart == 0 else _DEPTH,
                group.past,
                abs(telling.start - mention.head),
            )
            if best is None or rank < best[0]:
                best = (rank, index)
    if best is not None:
        return best[1]
    told = [i for i in able if any(t.status == "new" for t in groups[i].tellings)]
    return told[0] if len(told) == 1 else None


def _governors(context: Context, mention: CountMention) -> Mapping[int, int]:
    """The words that govern a figure's noun, by their steps from it: "killing" of "two people"."""
    span = context.document.char_span(mention.head, mention.head + 1)
    token = span[0] if span is not None and len(span) else None
    found: dict[int, int] = {}
    while token is not None and token.head.i != token.i and len(found) < _DEPTH:
        token = token.head
        found[token.i] = len(found)
    return found


def _can_have(group: Group, count: Count, ontology: Ontology) -> bool:
    if count.what == "present":
        return group.kind == CROWD
    if count.what == "detained":
        return group.kind in _DETAINING or any(t.act == "arrests" for t in group.tellings)
    if count.side == "police" and group.kind in _BY_POLICE:
        return False
    return ontology.family(group.kind) in CAPABLE
