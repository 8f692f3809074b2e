"""Signs that a span is a place name, each one readable: the features of the recogniser."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log10

from tocsin.coding.where_spans import PLACE_LABELS, Span, Tokens, words
from tocsin.gazetteer import key

_PREPOSITIONS = frozenset(
    {"in", "at", "near", "from", "to", "of", "outside", "around", "across", "through", "into"}
)
_FAR = 3


@dataclass(frozen=True, slots=True)
class Usage:
    """How often a name is used as what in the whole report, by its key."""

    places: Counter[str]
    others: Counter[str]
    persons: frozenset[str]
    small: frozenset[str]
    longer: frozenset[tuple[int, int]]
    cased: bool


def usage_of(spans: Sequence[Span]) -> Usage:
    """Count how the parser labels each name over the whole report."""
    places: Counter[str] = Counter()
    others: Counter[str] = Counter()
    persons: set[str] = set()
    small: set[str] = set()
    letters = Counter[bool]()
    seen: set[int] = set()
    for span in spans:
        label = _label(span)
        name = key(span.words)
        if label.endswith("=") and label[:-1] in PLACE_LABELS:
            places[name] += 1
        elif label:
            others[name] += 1
        if id(span.tokens) not in seen:
            seen.add(id(span.tokens))
            persons |= set(_surnames(span.tokens))
            small |= {text for text in span.tokens.texts if text.islower()}
            letters.update(text.isupper() for text in span.tokens.texts if len(text) > 1)
    cased = letters[True] < letters[False]
    return Usage(
        places, others, frozenset(persons), frozenset(small), frozenset(_longer(spans)), cased
    )


def _longer(spans: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """Offsets of known names that stand inside longer known ones: Brooklyn in Brooklyn Center."""
    known = [span for span in spans if span.form == "known" and _is_town(span)]
    for outer in known:
        if outer.last - outer.first < 2:
            continue
        for inner in known:
            inside = outer.start <= inner.start and inner.end <= outer.end
            if inside and inner is not outer:
                yield inner.start, inner.end


def _is_town(span: Span) -> bool:
    return any(place.matched == "name" for place in span.options)


def _surnames(tokens: Tokens) -> Iterator[str]:
    for ent in tokens.doc.ents:
        if ent.label_ == "PERSON" and len(ent) > 1:
            yield key(tokens.texts[ent.end - 1])


def _label(span: Span) -> str:
    """The parser's label over a span: GPE= where it is the whole entity, ORG< inside one."""
    tokens = span.tokens
    label = tokens.labels[span.first]
    if not label:
        return ""
    entity = tokens.entity[span.first]
    if any(number != entity for number in tokens.entity[span.first : span.last]):
        return f"{label}~"
    before = span.first > 0 and tokens.entity[span.first - 1] == entity
    after = span.last < len(tokens.texts) and tokens.entity[span.last] == entity
    part = before and not tokens.capital[span.first - 1]
    if part and tokens.lowers[span.first - 1] in ("the", "a", *words("parts")):
        before = span.first > 1 and tokens.entity[span.first - 2] == entity
    if after and tokens.lowers[span.last] in ("'s", "’s", "'", "’"):
        after = False
    return f"{label}<" if before or after else f"{label}="


def signs(span: Span, usage: Usage) -> list[str]:
    """All signs of one span."""
    label = _label(span)
    form = span.form
    kind = _kind(span)
    before, after = _neighbour(span, -1), _neighbour(span, 1)
    found = [
        f"form={form}",
        f"label={label}",
        f"kind={kind}",
        f"label+kind={label}+{kind}",
        f"before={before}",
        f"after={after}",
        f"before2={_neighbour(span, -2)}",
        f"after2={_neighbour(span, 2)}",
        f"length={min(span.last - span.first, 4)}",
    ]
    found.extend(_dependency(span, kind))
    found.extend(_surroundings(span, label, kind))
    found.extend(_in_report(span, usage))
    found.extend(_gazetteer(span))
    return found


def _kind(span: Span) -> str:
    """What the likeliest option is, coarsely."""
    if not span.options:
        return "none"
    best = min(span.options, key=lambda place: (place.matched != "name", -place.population))
    if any(place.matched == "adjective" for place in span.options):
        return "adjective"
    for place in span.options:
        if place.matched in ("name", "short") and place.kind in ("country", "admin1", "region"):
            return f"{place.kind}-{place.matched}"
    return f"{best.kind}-{best.matched}"


def _gazetteer(span: Span) -> Iterator[str]:
    if not span.options:
        return
    people = max(place.population for place in span.options)
    yield f"people={int(log10(people + 1))}"
    named = [place.population for place in span.options if place.matched == "name"]
    yield f"named={int(log10(max(named) + 1)) if named else 'no'}"
    yield f"options={min(len(span.options), 20) // 4}"
    if any(place.id.startswith("own:") for place in span.options):
        yield "own"


def _neighbour(span: Span, step: int) -> str:
    """The word before or after, or its class where the class says more."""
    tokens = span.tokens
    index = span.first + step if step < 0 else span.last + step - 1
    if not 0 <= index < len(tokens.texts):
        return "<edge>"
    lower = tokens.lowers[index].rstrip(".") or "."
    for name in ("outlet", "team", "body", "street", "title"):
        capital = tokens.capital[index] or name == "title"
        if capital and lower in words(name):
            return f"<{name}>"
    if tokens.capital[index]:
        return f"<{tokens.labels[index] or 'capital'}>"
    if lower[0].isdigit():
        return "<number>"
    return lower


def _dependency(span: Span, kind: str) -> Iterator[str]:
    root = span.tokens.doc[span.first : span.last].root
    yield f"dep={root.dep_}"
    yield f"tag={root.tag_}"
    yield f"dep+kind={root.dep_}+{kind}"
    head = root.head
    inside = span.first <= head.i < span.last
    if not inside:
        shape = "capital" if head.text[:1].isupper() else head.pos_
        yield f"dep+head={root.dep_}+{shape}"
        if root.dep_ in ("pobj", "compound", "nmod", "amod", "nsubj"):
            yield f"head={head.lemma_.lower()}"


def _surroundings(span: Span, label: str, kind: str) -> Iterator[str]:
    tokens = span.tokens
    first, last = span.first, span.last
    before_capital = first > 0 and tokens.capital[first - 1]
    after_capital = last < len(tokens.texts) and tokens.capital[last]
    opens = tokens.doc[first].is_sent_start or first == 0
    run = ("b" if before_capital else "") + ("a" if after_capital else "")
    yield f"run={run}"
    yield f"run+label={run}+{label}"
    yield f"run+kind={run}+{kind}"
    if opens:
        yield f"opens+{kind}"
    if not any(tokens.capital[first:last]):
        yield "small"
    elif all(text.isupper() for text in tokens.texts[first:last] if text.isalpha()):
        yield f"upper+{kind}"
    if tokens.lowers[first] in words("openers"):
        yield "opener"
    if first > 0 and tokens.lowers[first - 1] in _PREPOSITIONS:
        yield f"prep+{kind}"
        yield f"prep+run={run}"
    yield from _comma(span)
    far = [t for t in range(last, min(last + _FAR, len(tokens.texts))) if tokens.capital[t]]
    for name in ("outlet", "team", "body", "street"):
        if any(tokens.lowers[t].rstrip(".") in words(name) for t in far):
            yield f"far={name}"
    if tokens.doc[last - 1].whitespace_ == "" and last < len(tokens.texts):
        yield f"glued={tokens.lowers[last]}"
    if first and tokens.doc[first - 1].whitespace_ == "" and tokens.texts[first - 1] != "(":
        yield f"glued-before={tokens.lowers[first - 1]}"


def _comma(span: Span) -> Iterator[str]:
    """Whether commas tie the name to another one: "Kenosha, Wis."."""
    tokens = span.tokens
    first, last = span.first, span.last
    if last + 1 < len(tokens.texts) and tokens.texts[last] == "," and tokens.capital[last + 1]:
        yield f"comma-after={tokens.labels[last + 1]}"
    if first > 1 and tokens.texts[first - 1] == "," and tokens.capital[first - 2]:
        yield f"comma-before={tokens.labels[first - 2]}"


def _in_report(span: Span, usage: Usage) -> Iterator[str]:
    name = key(span.words)
    places, others = usage.places[name], usage.others[name]
    if places + others > 1:
        yield f"elsewhere={round(4 * places / (places + others))}"
    if (span.start, span.end) in usage.longer:
        yield "inside-longer"
    if name in usage.persons:
        yield "surname"
    if span.last == span.first + 1:
        lower = span.tokens.lowers[span.first]
        if lower in usage.small and span.tokens.capital[span.first]:
            yield "small-elsewhere"
        if any(
            lower in words(name)
            for name in ("common", "everyday", "body", "street", "title", "team")
        ):
            yield "common-word"
    last_word = key(span.tokens.texts[span.last - 1])
    if last_word in usage.persons and last_word != name:
        yield "ends-in-surname"
    if not usage.cased:
        yield "all-capitals"
