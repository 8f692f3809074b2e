"""What changed incidents set off, answer and stand beside: links and masks follow them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from msgspec.structs import replace

from tocsin.linking import blocking
from tocsin.linking.causes import believed, by_incident, events_of, inferred
from tocsin.linking.chains import chains
from tocsin.linking.older import homes
from tocsin.linking.score import packaged as packaged_scorer
from tocsin.model import ChainLink, Incident
from tocsin.ontology import Ontology
from tocsin.run.joining import Joined, Profiles
from tocsin.store.linkage import Linkage


def tie(known: Linkage, joined: Joined, profiles: Profiles, ontology: Ontology) -> list[Incident]:
    """Renew the links that changed incidents lead to; return all incidents to be written."""
    moved = _rehomed(known, joined, profiles)
    sources = _sources(known, joined, moved, ontology)
    ends = _retied(known, sources, joined.gone) - joined.gone
    beside = set(known.owners(a.id for a in known.accounts_in(joined.reports)).values())
    names = joined.changed.keys() | ends | beside
    others = known.incidents((ends | beside) - joined.changed.keys())
    links = by_incident([*known.ties_from(names), *known.ties_to(names)])
    found = [*joined.changed.values(), *others]
    found = [replace(incident, links=links.get(incident.id, ())) for incident in found]
    return sorted(found, key=lambda incident: incident.accounts[:1])


def _rehomed(known: Linkage, joined: Joined, profiles: Profiles) -> set[str]:
    """Find the incidents that mentions speak of; return the mentions of which that changed.

    Who spoke of an incident that stayed as it was speaks of it still, or of one that changed.
    """
    asking = known.accounts(known.asking(joined.codes | joined.turned) | joined.mentions)
    mentions = profiles.of(asking)
    keys = dict(known.codes(account.id for account in asking))
    before = known.homes(keys)
    crowded = _crowded(known, {code for codes in keys.values() for code in codes})
    lost = joined.regrouped | joined.gone
    anew = joined.mentions | known.asking(joined.turned)
    anew |= {account for account, home in before.items() if home in lost}
    asked = {code for account in anew for code in keys[account]} - crowded
    near = {name for names in known.having(asked).values() for name in names}
    some = {home for account, home in before.items() if account not in anew}
    accounts = known.accounts_of({*known.owners(near).values(), *joined.regrouped, *some})
    owner = known.owners(account.id for account in accounts)
    keys |= known.codes(owner)
    groups: dict[str, list[int]] = defaultdict(list)
    for position, account in enumerate(accounts):
        groups[owner[account.id]].append(position)
    found = homes(
        mentions,
        profiles.of(accounts),
        list(groups.values()),
        keys,
        scorer=packaged_scorer(),
        left_out=crowded,
    )
    names = list(groups)
    now = {a: names[found[a]] if a in found else None for a in (m.account for m in mentions)}
    known.put_homes(now)
    moved = {account for account, home in now.items() if home != before.get(account)}
    joined.left |= {before[account] for account in moved if account in before}
    return moved | joined.mentions


def _crowded(known: Linkage, codes: Collection[int]) -> set[int]:
    sizes = known.sizes(code for code in codes if not blocking.is_firm_code(code))
    return {code for code, size in sizes.items() if blocking.is_crowded(code, size)}


def _sources(
    known: Linkage, joined: Joined, moved: Collection[str], ontology: Ontology
) -> set[str]:
    """Return the incidents whose causes may be others now; events are brought up to date."""
    names = joined.changed.keys() | joined.gone
    old, new = known.events(names), events_of(joined.changed.values(), ontology)
    shifted = [e for n in names for e in (old.get(n), new.get(n)) if old.get(n) != new.get(n) and e]
    known.put_events(names, new)
    speaking = known.accounts([*moved, *known.speaking_of(names)])
    reports = joined.reports | {account.report for account in speaking}
    told = [account.id for account in known.accounts_in(reports) if account.caused_by]
    found = joined.changed.keys() | joined.left | known.set_off_by(shifted)
    found |= {link.source for link in known.ties_to(names)}
    return (found | set(known.homes(told).values())) - joined.gone


def _retied(known: Linkage, sources: Collection[str], gone: Collection[str]) -> set[str]:
    """Renew the links that lead from incidents; return the incidents at the ends of other ones."""
    accounts = [*known.accounts_of(sources), *known.accounts(known.speaking_of(sources))]
    told = sorted(accounts, key=lambda account: account.id)
    ends = {name for a in told for name in (a.id, *(cause.account for cause in a.caused_by))}
    home = known.homes(ends)
    events = known.events({*sources, *home.values()})
    asked = [events[name] for name in sorted(sources) if name in events]
    now = believed(chains(told, home), inferred(asked, known.before(asked)), events)
    every = [*sources, *gone]
    before = known.ties_from(every)
    known.put_ties(every, now)
    return {end for link in _apart(before, now) for end in (link.source, link.target)}


def _apart(before: Collection[ChainLink], now: Collection[ChainLink]) -> set[ChainLink]:
    return set(before) ^ set(now)
