"""Misspelt names: compared with the names of places that the report's other names lie among."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence, Set

from rapidfuzz.distance import DamerauLevenshtein

from tocsin.coding.when_words import full_names
from tocsin.coding.where_choice import Floats, Name
from tocsin.coding.where_doubt import HAMLET
from tocsin.coding.where_spans import NO_PLACE_LABELS, Span, Tokens, named_people, words
from tocsin.gazetteer import Gazetteer, Place, key
from tocsin.lang.words import word_table

# Shorter names are one letter away from too many others.
SHORTEST = 6
# From this length on two letters may be wrong: "Millwakee", "Minneaplois".
LONG = 9
# Towns of one state that a misspelt name is compared with; more would find hamlets by chance.
TOWNS = 150


# Big towns of each of the report's countries that it is compared with: "Bogata" for Bogotá.
CITIES = 40


def suspects(spans: Sequence[Span], taken: Sequence[Span]) -> list[tuple[int, int]]:
    """Capitalised words that stand like a town and that the gazetteer lacks: "in Minneappolis"."""
    known = {
        (span.tokens.base, index)
        for span in spans
        if span.options
        for index in range(span.first, span.last)
    }
    covered = {offset for span in taken for offset in range(span.start, span.end)}
    found = []
    for tokens in {span.tokens.base: span.tokens for span in spans}.values():
        for index, word in enumerate(tokens.texts):
            if (tokens.base, index) in known or not _stands_like_town(tokens, index):
                continue
            start = tokens.base + tokens.starts[index]
            if covered.isdisjoint(range(start, start + len(word))):
                found.append((start, start + len(word)))
    return found


def _stands_like_town(tokens: Tokens, index: int) -> bool:
    """Tell whether one long capitalised word follows "in", "near" and the like."""
    word = tokens.texts[index]
    if index == 0 or not (tokens.capital[index] and word.isalpha() and len(word) >= SHORTEST):
        return False
    following = tokens.lowers[index + 1 : index + 2]
    alone = not any(tokens.capital[index + 1 : index + 2]) or following[0] in full_names("weekday")
    return alone and tokens.lowers[index - 1] in words("locative")


def hamlets(
    spans: Sequence[Span], doubted: Sequence[tuple[int, int]], taken: Container[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Names after "in", "near" and the like that no place has and no word is: towns, if any.

    One word of those in doubt, or what the parser takes for a place.
    """
    found = []
    for tokens in {span.tokens.base: span.tokens for span in spans}.values():
        for index, word in enumerate(tokens.texts):
            start = tokens.base + tokens.starts[index]
            if (start, start + len(word)) in doubted and _is_hamlet(tokens, index, index + 1):
                found.append((start, start + len(word)))
    covered = {at for start, end in doubted for at in range(start, end)}
    for span in spans:
        whole = (span.start, span.end)
        free = whole in taken or covered.isdisjoint(range(*whole))
        if span.form == "parsed" and free and _is_hamlet(span.tokens, span.first, span.last):
            found.append(whole)
    return sorted(set(found))


def namesakes(found: Iterable[Span]) -> set[tuple[int, int]]:
    """Known names that stand right after "in" like a settlement's: where only towns far off are
    known by the name, one nearby is meant that the gazetteer lacks."""
    return {
        (span.start, span.end)
        for span in found
        if span.form == "known"
        and span.first > 0
        and span.tokens.lowers[span.first - 1] == "in"
        and _is_hamlet(span.tokens, span.first, span.last)
    }


def _is_hamlet(tokens: Tokens, first: int, last: int) -> bool:
    """Tell whether a name stands like that of a settlement, and is no word, body or street.

    Names of more words are too often those of shops and titles; but "Grout Township" is none.
    """
    names = tokens.texts[first:last]
    if not all(name.isalpha() and name[0].isupper() for name in names):
        return False
    if len(names) > 1 and names[-1].lower() not in words("settlement"):
        return False
    if not _is_led_in(tokens, first) or not _ends_name(tokens, last):
        return False
    if tokens.labels[first] in NO_PLACE_LABELS:
        return False
    kinds = ("body", "street", "outlet", "team")
    other = any(name.lower() in words(kind) for name in names[:1] for kind in kinds)
    return not other and not word_table().knows(tokens.lowers[first])


def _is_led_in(tokens: Tokens, first: int) -> bool:
    """Tell whether words before a name put something there: "in", "near rural", "village of"."""
    before = [
        word for word in tokens.lowers[max(0, first - 2) : first] if word not in words("parts")
    ]
    if before[-1:] == ["of"]:
        return before[0] in words("settlement")
    return before[-1:] != [] and before[-1] in words("locative")


def _ends_name(tokens: Tokens, last: int) -> bool:
    """Tell whether a name does not run on at a word; a weekday does not continue one.

    "Near Twain and Hill" is a corner.
    """
    word = tokens.texts[last] if last < len(tokens.texts) else "."
    if word in ("and", "&"):
        return False
    return word not in ("'s", "’s", "-") and (
        word == word.lower() or word.lower() in full_names("weekday")
    )


def respelt(
    names: Sequence[Name],
    shares: Sequence[Floats],
    gazetteer: Gazetteer,
    stray: Set[int] = frozenset(),
) -> dict[int, Place]:
    """For names the gazetteer lacks, the one place around the report's others that is spelt so.

    A hamlet far from all others counts as lacking.
    """
    unknown = [
        number
        for number, name in enumerate(names)
        if (not name.options or (number in stray and _is_little(name))) and _is_long(name.words)
    ]
    if not unknown:
        return {}
    meant = [
        name.options[int(share.argmax())]
        for number, (name, share) in enumerate(zip(names, shares, strict=True))
        if name.options and number not in stray
    ]
    around = list(_around(meant, gazetteer))
    found = {}
    for number in unknown:
        place = _nearest(key(names[number].words), around)
        if place is not None:
            found[number] = place
    return found


def _is_little(name: Name) -> bool:
    """Tell whether only hamlets are called so: the name of a real town is hardly a slip."""
    return named_people(name.options) < HAMLET


def _is_long(words: str) -> bool:
    return len(key(words)) >= SHORTEST


def _around(meant: Iterable[Place], gazetteer: Gazetteer) -> Iterable[Place]:
    """The report's own places, what holds them, and the larger towns of these areas."""
    seen: set[str] = set()
    for place in meant:
        yield place
        yield from gazetteer.containing(place)
        for code, count in ((place.admin1, TOWNS), (place.country, CITIES)):
            if code is not None and code not in seen:
                seen.add(code)
                yield from gazetteer.largest(code, count)


def _nearest(wanted: str, around: Iterable[Place]) -> Place | None:
    """The place whose name is within the bound; none where two are equally near."""
    bound = 2 if len(wanted) >= LONG else 1
    best: dict[str, tuple[int, Place]] = {}
    for place in around:
        name = key(place.name)
        if name[:1] != wanted[:1] or abs(len(name) - len(wanted)) > bound:
            continue
        apart = DamerauLevenshtein.distance(name, wanted, score_cutoff=bound)
        if 0 < apart <= bound:
            best.setdefault(place.id, (apart, place))
    ranked = sorted(best.values(), key=lambda pair: (pair[0], pair[1].id))
    if not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return None
    return ranked[0][1]
