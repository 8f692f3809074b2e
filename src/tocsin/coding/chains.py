"""What answers what inside one report: the shooting, the crowd, the curfew, the arrest."""

from __future__ import annotations

from msgspec.structs import replace

from tocsin.coding.context import Context
from tocsin.coding.groups import MEASURES, Area, Group, may_be_one
from tocsin.coding.kind import Telling
from tocsin.coding.referring import CROWD
from tocsin.coding.status import is_reason
from tocsin.model import Account, Cause, Evidence, When, Where
from tocsin.terms import Relation

HARM = frozenset(
    {"police_shooting", "police_use_of_force", "death_in_custody", "armed_attack", "bombing"}
    | {"suicide_bombing", "vehicle_ramming", "mob_violence"}
)
_ATTACKS = HARM - {"police_shooting", "police_use_of_force", "death_in_custody", "mob_violence"}
_UNREST = frozenset({CROWD, "mob_violence", "property_destruction"})
_JUSTICE = frozenset({"arrest", "charge", "verdict", "inquiry", "dismissal", "release"})
_SAID = frozenset({"statement", "demand", "responsibility_claim"})
_HARD_MEASURES = MEASURES - {"public_alert"}
_UNREAL = frozenset({"planned", "feared", "denied"})

# What an incident of one sort answers in the same report: the first sort that is there counts.
_ANSWERS: tuple[tuple[frozenset[str], tuple[frozenset[str], ...], Relation], ...] = (
    (frozenset({CROWD}), (HARM - {"mob_violence"}, frozenset({CROWD})), "set_off_by"),
    (_ATTACKS, (frozenset({CROWD}),), "part_of"),
    (_HARD_MEASURES, (_UNREST, HARM, frozenset({"arrest"})), "measure_against"),
    (frozenset({"public_alert"}), (_UNREST, HARM), "set_off_by"),
    (_JUSTICE, (HARM, _UNREST), "set_off_by"),
    (_SAID, (HARM | _UNREST, _HARD_MEASURES), "about"),
)


def causes(
    context: Context, groups: tuple[Group, ...], accounts: tuple[Account, ...]
) -> tuple[Account, ...]:
    """Add to each account what it answers or belongs to in the same report."""
    return tuple(
        replace(account, caused_by=_causes(context, index, groups, accounts))
        for index, account in enumerate(accounts)
    )


def _causes(
    context: Context, index: int, groups: tuple[Group, ...], accounts: tuple[Account, ...]
) -> tuple[Cause, ...]:
    own = groups[index]
    for kinds, sorts, relation in _ANSWERS:
        if own.kind not in kinds:
            continue
        for sort in sorts:
            found = [
                other
                for other, group in enumerate(groups)
                if other != index
                and group.kind in sort
                and _may_answer(own, group)
                and not _is_before(context, own, group)
                and accounts[other].status not in _UNREAL
                and (_is_there(accounts[index], accounts[other]) or _reason(own, group))
                and (relation != "part_of" or _is_within(accounts[index], accounts[other]))
            ]
            if found:
                best = min(
                    found,
                    key=lambda n: _apart(own, groups[n], told=accounts[n].status == "new"),
                )
                evidence = _stated(context, own, groups[best])
                return (
                    Cause(
                        account=accounts[best].id,
                        relation=relation,
                        basis="stated" if evidence else "inferred",
                        evidence=evidence,
                    ),
                )
    return ()


def _may_answer(own: Group, other: Group) -> bool:
    """An answer never comes before what it answers; an attack on a crowd's day is none to it."""
    if own.kind == other.kind == CROWD and _reason(own, other) is None:
        return False
    if own.kind == CROWD and other.kind in _ATTACKS and _reason(own, other) is None:
        return own.day is not None and other.day is not None and other.day < own.day
    return own.day is None or other.day is None or other.day <= own.day


def _is_before(context: Context, own: Group, other: Group) -> bool:
    """Tell whether an order is told to have come before what else happened on its day."""
    if own.kind not in MEASURES or own.day is None or own.day != other.day:
        return False
    times = (context.own_time(telling) for telling in own.tellings)
    return any(time is not None and time.when.relation == "before" for time in times)


def _is_there(own: Account, other: Account) -> bool:
    """Tell whether an order holds where that happened: no town's curfew is for another's crowd."""
    return own.kind not in MEASURES or may_be_one(_area(own), _area(other))


def _is_within(own: Account, crowd: Account) -> bool:
    """Tell whether an attack was where and when a crowd was: a part of that night."""
    day = _day(own)
    return day is not None and day == _day(crowd) and may_be_one(_area(own), _area(crowd))


def _day(account: Account) -> str | None:
    times = (claim.value for claim in account.claims if isinstance(claim.value, When))
    when = next(times, None)
    return None if when is None else when.night_of or (when.start or "")[:10] or None


def _area(account: Account) -> Area | None:
    places = (claim.value for claim in account.claims if isinstance(claim.value, Where))
    where = next(places, None)
    return None if where is None else (where.country, where.admin1, where.city)


def _apart(own: Group, other: Group, *, told: bool) -> tuple[bool, bool, bool, int]:
    """Nearest first: told in one sentence, as new, before it, nearest in the text."""
    shared = {t.sentence for t in own.tellings} & {t.sentence for t in other.tellings}
    later = own.kind in _SAID and all(t.start > own.tellings[0].start for t in other.tellings)
    near = min(abs(a.start - b.start) for a in own.tellings for b in other.tellings)
    return not shared, not told, later, near


def _stated(context: Context, own: Group, other: Group) -> Evidence | None:
    """The sentence that tells both, the other as its reason: "after", "over", "prompted by"."""
    reason = _reason(own, other)
    if reason is None:
        return None
    sentence = context.document.sentences[reason.sentence]
    return context.document.evidence(sentence.start, sentence.end)


def _reason(own: Group, other: Group) -> Telling | None:
    """The telling of the other that a sentence gives as the reason of one's own."""
    for telling in own.tellings:
        for cause in other.tellings:
            told = cause.sentence == telling.sentence and cause.background
            if told and is_reason(cause.token, telling.token):
                return cause
    return None
