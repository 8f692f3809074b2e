"""Which articles report one incident, and its facts, by the path that `run` uses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tocsin import linking
from tocsin.coding import Coder, code
from tocsin.evaluate.reports import report_of, value_of
from tocsin.evaluate.tasks import Fields
from tocsin.model import Account, Count, When, Where

_HARM = ("attack", "police_force", "harm", "crowd")  # whose facts come first
_BOROUGHS = {
    "New York County": "New York (Manhattan)", "Bronx County": "Bronx", "Kings County": "Brooklyn",
    "Queens County": "Queens", "Richmond County": "Staten Island",
}  # fmt: skip


def predict_all(records: Iterable[Fields], coder: Coder) -> Iterator[Fields]:
    """Code and link all articles; articles of one story are one incident."""
    rows = list(records)
    reports = {str(row["id"]): report for row in rows if (report := report_of(row)) is not None}
    told = {name: code(report, coder) for name, report in reports.items()}
    every = [account for accounts in told.values() for account in accounts]
    stories = linking.stories_of(every, reports, ontology=coder.ontology)
    for row in rows:
        name = str(row["id"])
        yield {
            "id": name,
            "incident_id": stories.get(name, name),
            "incident": facts(told.get(name, ()), coder),
        }


def facts(accounts: Sequence[Account], coder: Coder) -> Fields:
    """Return date, place and figures: the main account's, else the next one's that states them.

    The archive behind this task has no unknown figure: where one of the two is stated and the
    other is not, the other is written as 0. Our own records leave it out. It dates by the clock,
    not by the night, and names places in its own way (`_city`).
    """
    order = sorted(accounts, key=lambda account: _importance(account, coder))
    when = next((v for a in order if isinstance(v := value_of(a, "when"), When) and v.start), None)
    places = [v for a in order if isinstance(v := value_of(a, "where"), Where) and v.country]
    figures = {slot: _figure(order, slot) for slot in ("killed", "injured")}
    found: Fields = {"date": when.start[:10] if when and when.start else None}
    if places:
        state = places[0].admin1
        found |= {"state": state, "city": _city([p for p in places if p.admin1 == state])}
    if any(low is not None for low in figures.values()):
        found |= {slot: low or 0 for slot, low in figures.items()}
    return {name: value for name, value in found.items() if value is not None}


def _city(places: Sequence[Where]) -> str | None:
    """The town as the archive writes it: saints in full, no article, New York by its boroughs, a
    county where no account tells a town of it."""
    for place in places:
        county = place.admin2 if place.precision == "admin2" else None
        inside = (None, county) if county else (place.admin2,)
        towns = (other.city for other in places if other.admin2 in inside)
        town = next((city for city in (place.city, *towns) if city), None)
        if town in ("New York City", "Manhattan") and place.admin1 == "New York":
            return _BOROUGHS.get(place.admin2 or "", "New York")
        if town is not None:
            return town.replace("St. ", "Saint ").removeprefix("The ")
        if county is not None:
            return county.replace(" County", " (county)")
    return None


def _figure(accounts: Sequence[Account], slot: str) -> int | None:
    """The figure that a record made of the first account with one would show: the largest total."""
    for account in accounts:
        told = [
            (claim.attribution.certainty == "asserted", count.mode == "total", count.low)
            for claim in account.claims
            if claim.slot == slot
            and isinstance(count := claim.value, Count)
            and count.low is not None
        ]
        if told:
            return max(told)[-1]
    return None


def _importance(account: Account, coder: Coder) -> tuple[int, bool, int]:
    family = coder.ontology.family(account.kind)
    rank = _HARM.index(family) if family in _HARM else len(_HARM)
    return (rank, account.status != "new", account.anchor.start)
