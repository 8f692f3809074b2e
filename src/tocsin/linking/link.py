"""All accounts to incidents: compare, group, name, fuse and chain, with decisions on top."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import msgspec

from tocsin.ids import IdLedger, Issued
from tocsin.lang.rarity import packaged as packaged_rarity
from tocsin.linking import blocking
from tocsin.linking.causes import believed, by_incident, events_of, inferred
from tocsin.linking.chains import chains
from tocsin.linking.copies import copied
from tocsin.linking.history import Edition
from tocsin.linking.incidents import Builder
from tocsin.linking.issue import issue
from tocsin.linking.kept import Kept
from tocsin.linking.older import homes
from tocsin.linking.origins import Origins
from tocsin.linking.profile import Profile, profile
from tocsin.linking.rulings import NO_RULINGS, Rulings, rule
from tocsin.linking.score import Scorer
from tocsin.linking.score import packaged as packaged_scorer
from tocsin.linking.standing import Standing
from tocsin.linking.stories import stories
from tocsin.linking.words import Telling, telling
from tocsin.model import Account, Decision, Incident, Report
from tocsin.ontology import Ontology


@dataclass(frozen=True)
class Linked:
    """Incidents, new ledger lines, and decisions without their accounts."""

    incidents: tuple[Incident, ...]
    issued: tuple[Issued, ...] = ()
    stranded: tuple[Decision, ...] = ()
    kept: Kept = Kept()  # noqa: RUF009 - frozen


def link(
    accounts: Iterable[Account],
    reports: Mapping[str, Report],
    *,
    ontology: Ontology,
    decisions: Sequence[Decision] = (),
    ledger: IdLedger = IdLedger(),  # noqa: B008 - frozen
    former: Mapping[str, Sequence[Edition]] = MappingProxyType({}),
) -> Linked:
    """Link accounts of any reports into incidents; the order of accounts changes nothing.

    `former` holds the versions of the reports that changed: they stand in the histories only.
    """
    told = sorted(accounts, key=lambda account: account.id)
    new = [account for account in told if account.status == "new"]
    published = {account.id: published_of(account, reports) for account in told}
    words = words_of(told, reports)
    profiles = profiles_of(new, words, reports, ontology=ontology)
    rulings = rule(decisions, {account.id for account in new}, ledger=ledger)
    standing = stand(profiles, rulings, scorer=packaged_scorer())
    found = standing.groups
    members = [[new[n] for n in positions] for positions in found]
    names, issued = issue([[a.id for a in g] for g in members], published, ledger)
    home = {a.id: name for name, g in zip(names, members, strict=True) for a in g}
    older = [account for account in told if account.status == "mentioned"]
    mentions = profiles_of(older, words, reports, ontology=ontology)
    keys = {told.account: blocking.codes(told) for told in (*profiles, *mentions)}
    spoken_of = homes(mentions, profiles, found, keys, scorer=packaged_scorer())
    homes_of = {account: names[number] for account, number in spoken_of.items()}
    copy_of, bands = copied(reports)
    builder = Builder(
        published={account.report: published[account.id] for account in told},
        origins=Origins(reports, copy_of),
        rulings=rulings,
        ontology=ontology,
        former=former,
    )
    bare = [builder.incident(name, g) for name, g in zip(names, members, strict=True)]
    events = events_of(bare, ontology)
    guessed = inferred(events.values(), events.values())
    ties = believed(chains(told, home | homes_of), guessed, events)
    links = by_incident(ties)
    kept = Kept(
        parts=standing.parts,
        keys={p.account: keys[p.account] for p in profiles},
        asked={p.account: keys[p.account] for p in mentions},
        homes=home | homes_of,
        copy_of=copy_of,
        bands=bands,
        events=events,
        ties=ties,
        rulings=rulings,
    )
    incidents = tuple(msgspec.structs.replace(i, links=links.get(i.id, ())) for i in bare)
    return Linked(incidents, tuple(issued), rulings.stranded, kept)


def words_of(accounts: Sequence[Account], reports: Mapping[str, Report]) -> dict[str, Telling]:
    """Return the words of each report that is there or that an account comes from."""
    rarity = packaged_rarity()
    every = sorted({*reports, *(account.report for account in accounts)})
    return {report: telling(report, reports.get(report), rarity) for report in every}


def stories_of(
    accounts: Iterable[Account], reports: Mapping[str, Report], *, ontology: Ontology
) -> dict[str, str]:
    """Return the story of each report, named by its first report: reports about one thing.

    Keys, scorer and grouping are those of `link`, which leaves this out: no incident needs it.
    """
    by_report: dict[str, list[Account]] = {}
    for account in sorted(accounts, key=lambda account: account.id):
        by_report.setdefault(account.report, []).append(account)
    words = words_of([a for told in by_report.values() for a in told], reports)
    days = {name: r.published.value for name, r in reports.items() if r.published is not None}
    profiles = stories(words, by_report, days, ontology=ontology)
    found = group(profiles, NO_RULINGS, scorer=packaged_scorer())
    return {profiles[n].report: profiles[g[0]].report for g in found for n in g}


def profiles_of(
    accounts: Sequence[Account],
    words: Mapping[str, Telling],
    reports: Mapping[str, Report],
    *,
    ontology: Ontology,
) -> list[Profile]:
    """Return the profile of each account; accounts of one report share its words."""
    return [
        profile(
            account,
            words[account.report],
            ontology=ontology,
            published=published_of(account, reports) or None,
        )
        for account in accounts
    ]


def group(profiles: Sequence[Profile], rulings: Rulings, *, scorer: Scorer) -> list[list[int]]:
    """Return the positions of profiles that tell one incident, group by group."""
    return stand(profiles, rulings, scorer=scorer).groups


def stand(
    profiles: Sequence[Profile],
    rulings: Rulings,
    *,
    scorer: Scorer,
    left_out: Collection[int] = frozenset(),
) -> Standing:
    """Return profiles in their groups; keys that are too common elsewhere are left out."""
    standing = Standing(
        scorer=scorer, together=rulings.together, apart=rulings.apart, left_out=left_out
    )
    standing.add(profiles)
    return standing


def published_of(account: Account, reports: Mapping[str, Report]) -> str:
    """Return the day of an account's report, as the report or else the account states it."""
    report = reports.get(account.report)
    if report is not None and report.published is not None:
        return report.published.value
    return account.published or ""
