"""Names that are hardly places: a hamlet's name far from all that the report speaks of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from tocsin.coding.where_choice import Floats, Name, is_within
from tocsin.gazetteer import Place, distance_km, key

# Fewer people than this, or a byname of a town with fewer than that: a surname or a word is as
# likely as the place, unless something else of the report lies there.
HAMLET, BYNAME = 3_000, 60_000
# So is a town of fewer people in a country that no other place of the report lies in.
FOREIGN = 15_000
# News names the state of a smaller town that lies in another than the report's, and the country
# of one that lies abroad: "Holton" in a report of Indiana is a street or a person.
STANDS_ALONE, KNOWN_ABROAD = 100_000, 500_000
# A report is firmly in a state that it names so often, or towns that nobody takes for others.
TWICE, METROPOLIS = 2, 300_000
# A hamlet this near to another place of the report is in its region.
REGION_KM = 200.0
# Fewer other places say nothing on where the report is at home.
OTHERS = 2
# Bynames of towns of so many people are known abroad.
KNOWN = 5_000_000
_SURE = 0.5
# A town this big that its state or province is named after is meant by the bare name.
SEAT = 50_000
# A first level area no wider than this is a town with its land: Culebra in Puerto Rico.
MUNICIPALITY_KM = 25.0


def strays(names: Sequence[Name], shares: Sequence[Floats]) -> Iterator[int]:
    """The numbers of the names whose likeliest place stands alone and is hardly ever meant."""
    meant = [
        name.options[int(share.argmax())] if name.options and share.max() >= _SURE else None
        for name, share in zip(names, shares, strict=True)
    ]
    firm = _is_firm(names, meant)
    for number, (name, share) in enumerate(zip(names, shares, strict=True)):
        if not name.options or name.context.stated or name.context.called:
            continue
        place = name.options[int(share.argmax())]
        others = [p for n, p in enumerate(meant) if p is not None and n != number]
        if not others or _is_among(place, others):
            continue
        if firm and _is_told_with_area(place):
            yield number
            continue
        alone = len(others) >= OTHERS and (_is_little(place) or _is_foreign(place, others))
        if alone or _is_byname(name.words, place, others):
            yield number


def towns_first(names: Sequence[Name], shares: Sequence[Floats]) -> list[Floats]:
    """Let a name that a town shares with a state mean the town, unless the state is told.

    "Kano state" and "Puno region" tell it; else "Kano" is the city, and "Washington" the capital
    where no town of the state is named.
    """
    meant = [name.options[int(s.argmax())] if name.options else None
             for name, s in zip(names, shares, strict=True)]  # fmt: skip
    found = []
    for number, (name, share) in enumerate(zip(names, shares, strict=True)):
        others = [p for n, p in enumerate(meant) if p is not None and n != number]
        state = meant[number]
        instead = _instead(name, state, others) if state is not None else None
        if instead is not None:
            share = share.copy()
            top = int(share.argmax())
            share[top], share[instead] = share[instead], share[top]
        found.append(share)
    return found


def _instead(name: Name, state: Place, others: Sequence[Place]) -> int | None:
    """The number of the option that is meant instead of the likeliest, if there is one."""
    if name.context.called == "state":
        areas = (n for n, p in enumerate(name.options) if p.kind == "admin1" != state.kind)
        return next((n for n in areas if name.options[n].country == state.country), None)
    if state.kind != "admin1":
        return None
    towns = [n for n, p in enumerate(name.options) if p.kind == "city" and p.matched == "name"]
    if state.country != "US":
        seats = [n for n in towns if name.options[n].admin1 == state.admin1]
        tiny = state.radius_km <= MUNICIPALITY_KM
        large = [n for n in seats if tiny or name.options[n].population >= SEAT]
        return large[0] if large else None
    capital = next((n for n in towns if name.options[n].capital), None)
    told = name.context.stated or any(is_within(p, state) for p in name.context.preceding)
    return None if told or any(p.admin1 == state.admin1 for p in others) else capital


def _is_firm(names: Sequence[Name], meant: Sequence[Place | None]) -> bool:
    """Tell whether a report says more than once in which state it is: "Bron, Ohio", "Boston"."""
    states = Counter[str]()
    for name, place in zip(names, meant, strict=True):
        if place is not None and place.country == "US" and place.admin1 is not None:
            inside = any(is_within(place, area) for area in name.context.stated)
            sure = inside or place.kind == "admin1" or place.population >= METROPOLIS
            states[place.admin1] += name.count if sure else 0
    return max(states.values(), default=0) >= TWICE


def _is_told_with_area(place: Place) -> bool:
    """Tell whether news would tell a town with its state or country, were it meant."""
    if place.kind not in ("city", "neighbourhood") or place.capital:
        return False
    return place.population < (STANDS_ALONE if place.country == "US" else KNOWN_ABROAD)


def _is_little(place: Place) -> bool:
    if place.kind != "city":
        return False
    return place.population < (HAMLET if place.matched == "name" else BYNAME)


def _is_byname(words: str, place: Place, others: Sequence[Place]) -> bool:
    """Tell whether only another name of a town in another country is spelt so: Puna, India."""
    part = key(words) in key(place.name)  # "Bronx" is no other name of The Bronx
    other = place.matched in ("alternate", "short") and not part and place.population < KNOWN
    town = place.kind == "city" and not place.capital
    return town and other and all(o.country != place.country for o in others)


def _is_foreign(place: Place, others: Sequence[Place]) -> bool:
    """Tell whether a small town lies alone in its country: such a one is told with its state."""
    small = place.kind == "city" and place.population < FOREIGN
    return small and all(other.country != place.country for other in others)


def _is_among(place: Place, others: Sequence[Place]) -> bool:
    """Tell whether another place of the report lies in the same state or region, or holds it."""
    return any(_vouches(other, place) for other in others)


def _vouches(other: Place, place: Place) -> bool:
    if other.kind == "region":
        return False
    if other.kind == "country":
        # Hamlets of the United States bear the name of everything.
        return other.country == place.country != "US"
    near = distance_km(place.lat, place.lon, other.lat, other.lon) <= REGION_KM
    return place.admin1 == other.admin1 or (near and other.kind != "admin1")
