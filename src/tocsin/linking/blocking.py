"""Which accounts are compared at all: those that share a key of place and day, name or words."""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterable, Iterator, Sequence

from tocsin.linking import names
from tocsin.linking.profile import CROWD, FORCE, Profile

Codes = Sequence[int]
_LONGEST = 7  # days of a vague time that are keys of their own
_AGO = 3  # days before publication that a report without a stated time may speak of
CROWDED = 200  # members of a key that says too little to compare all with all


def keys(profile: Profile) -> Iterator[tuple[str, ...]]:
    """Yield the keys of an account; accounts that share none are never compared."""
    group = profile.group
    if profile.whole:
        yield from ((group, "words", *pair) for pair in profile.telling.pairs())
        return
    if profile.spot is not None:
        for day in _days(profile):
            yield (group, "at", profile.spot.key, str(day))
            if profile.on_crowd and group == CROWD:
                yield (FORCE, "at", profile.spot.key, str(day))
    for name in profile.victims:
        words = names.plain(name).split()
        if words:
            yield (group, "victim", words[-1][:5])
    for pair in profile.telling.few_pairs():
        yield (group, "words", *pair)
    words = profile.telling.key_words()
    for week in _weeks(profile):
        yield from ((group, "week", str(week), word) for word in words)


def codes(profile: Profile) -> Codes:
    """Return the keys of an account as numbers, the same in every process; firm ones are odd."""
    return array("q", sorted({_code(key) for key in keys(profile)}))


def _code(key: tuple[str, ...]) -> int:
    found = hashlib.blake2b("\x1f".join(key).encode(), digest_size=8).digest()
    return int.from_bytes(found) >> 2 << 1 | is_firm(key)


def is_crowded(code: int, members: int) -> bool:
    """Tell whether so many members make a key say too little."""
    return members > CROWDED and not is_firm_code(code)


def is_firm_code(code: int) -> bool:
    """Tell whether a number is that of a firm key."""
    return bool(code & 1)


def is_firm(key: tuple[str, ...]) -> bool:
    """Tell whether a key says enough by itself, however many accounts share it: town and day."""
    return key[1] == "at"


def _weeks(profile: Profile) -> Iterable[int]:
    """Return the weeks in which an account without place or day meets others by its words."""
    reach = profile.reach
    if reach is None or reach.vague:
        return ()
    return range(reach.first // 7, reach.last // 7 + 1)


def _days(profile: Profile) -> Iterable[int | str]:
    around = 1 if profile.group == "force" else 0
    if profile.days is not None:
        last = min(profile.days.last, profile.days.first + _LONGEST)
        return range(profile.days.first - around, last + around + 1)
    if profile.published is not None:
        return range(profile.published - _AGO, profile.published + 1)
    return ("no day",)
