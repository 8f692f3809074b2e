"""New and changed reports join a store: what they touch is linked anew, nothing else is read.

Accounts are grouped part by part, and a part depends on its own accounts alone. So the accounts
that may be grouped otherwise are those of the parts to which a new, changed or gone account leads,
a decision, or a key that became too common (or is so no longer). From them follow the records of
the incidents they tell; what these set off or answer is in `tying.py`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from msgspec.structs import replace

from tocsin.ids import IdLedger, Issued
from tocsin.lang.rarity import packaged as packaged_rarity
from tocsin.linking import Edition, blocking
from tocsin.linking.copies import Wording, copies_of, is_copy, kept_text, wording
from tocsin.linking.incidents import Builder
from tocsin.linking.issue import issue
from tocsin.linking.kept import Kept
from tocsin.linking.link import profiles_of, published_of, stand
from tocsin.linking.origins import Origins
from tocsin.linking.profile import Profile
from tocsin.linking.rulings import Rulings
from tocsin.linking.score import packaged as packaged_scorer
from tocsin.linking.standing import in_order
from tocsin.linking.words import Telling, telling
from tocsin.model import Account, Incident, Report
from tocsin.ontology import Ontology
from tocsin.store.linkage import Linkage

Former = Callable[[Collection[str]], Mapping[str, Sequence[Edition]]]


@dataclass(frozen=True)
class Change:
    """What happened since the store was saved: reports by id with their accounts, and decisions.

    `decided` are the accounts of which decisions say something else now; `former` gives the
    versions of those reports that changed at any time.
    """

    reports: Mapping[str, Report]
    accounts: Sequence[Account]
    rulings: Rulings
    decided: Collection[str]
    ledger: IdLedger
    former: Former


@dataclass
class Joined:
    """What a change made of the incidents that it touched."""

    changed: dict[str, Incident] = field(default_factory=dict)  # still without links
    gone: set[str] = field(default_factory=set)
    issued: list[Issued] = field(default_factory=list)
    reports: set[str] = field(default_factory=set)  # that tell of these incidents, or did before
    regrouped: set[str] = field(default_factory=set)  # incidents with other accounts than before
    codes: set[int] = field(default_factory=set)  # keys of their accounts, now and before
    turned: set[int] = field(
        default_factory=set
    )  # keys that became too common, or are so no longer
    left: set[str] = field(default_factory=set)  # incidents that gone accounts had mentioned
    mentions: set[str] = field(default_factory=set)  # new accounts that only mention an incident


class Profiles:
    """The accounts of a store as linking compares them; the words of a report are read once."""

    def __init__(self, known: Linkage, ontology: Ontology) -> None:
        self._known = known
        self._ontology = ontology
        self._words: dict[str, Telling] = {}
        self.reports: dict[str, Report] = {}  # without their texts

    def of(self, accounts: Sequence[Account]) -> list[Profile]:
        """Return the profiles of accounts."""
        rarity = packaged_rarity()
        new = {account.report for account in accounts} - self._words.keys()
        found = self._known.reports(new)
        self._words |= {name: telling(name, found.get(name), rarity) for name in new}
        self.reports |= {name: without_text(report) for name, report in found.items()}
        return profiles_of(accounts, self._words, self.reports, ontology=self._ontology)

    def days_of(self, accounts: Iterable[Account]) -> dict[str, str]:
        """Return when the reports of accounts were published, for accounts looked at before."""
        return {account.id: published_of(account, self.reports) for account in accounts}


def without_text(report: Report) -> Report:
    """Return a report as far as incidents need it."""
    return replace(report, text="", cuts=())


class Joining:
    """One change that joins a store."""

    def __init__(self, known: Linkage, ontology: Ontology, change: Change) -> None:
        self._known = known
        self._ontology = ontology
        self._change = change
        self._joined = Joined(reports=set(change.reports))
        self._scorer = packaged_scorer()
        self.profiles = Profiles(known, ontology)

    def join(self) -> Joined:
        """Group, name and fuse what the change touches; the store's accounts follow."""
        known, change = self._known, self._change
        known.put_reports(change.reports.values())
        restamped = self._recopied()
        old = [account.id for account in known.accounts_in(change.reports)]
        tellers, parts = known.telling(old), known.parts(old)
        before = self._told_before(tellers)
        self._joined.left = set(known.homes(set(old) - tellers).values())
        touched = self._exchanged(old)
        members = known.members(parts | known.parts(touched))
        before |= self._told_before(members)
        self._regroup(known.accounts(members), before, restamped)
        return self._joined

    def _told_before(self, accounts: Collection[str]) -> dict[str, set[str]]:
        """Return which incidents accounts tell: as last linked, and as the desk put them since."""
        found: dict[str, set[str]] = {}
        for told in (self._known.homes(accounts), self._known.owners(accounts)):
            for account, incident in told.items():
                found.setdefault(account, set()).add(incident)
        return found

    def _recopied(self) -> set[str]:
        """Find the copies of the changed reports; return the reports whose origin may differ."""
        known, change = self._known, self._change
        fresh = {name: wording(kept_text(report)) for name, report in change.reports.items()}
        bands = {name: found.bands() for name, found in fresh.items()}
        sharing = known.copies(known.originals(fresh).values()) | fresh.keys()
        known.put_texts(bands)
        near = known.texts_like({code for codes in bands.values() for code in codes}) - sharing
        matched = self._matched(near, fresh)
        sharing |= matched | known.copies(known.originals(matched).values())
        before = known.originals(sharing)
        if len(sharing) == len(fresh) == 1:
            now: dict[str, str] = {}
        else:
            now = copies_of(known.reports(sharing))
        known.put_originals({name: now.get(name) for name in sharing})
        return {
            name
            for name in sharing
            if before.get(name) != now.get(name) or now.get(name) in change.reports
        }

    def _matched(self, near: Collection[str], fresh: Mapping[str, Wording]) -> set[str]:
        """Return of each group of texts like fresh ones one that is a copy of one of them."""
        found: dict[str, str] = {}
        groups = self._known.originals(near)
        for name, report in sorted(self._known.reports(near).items()):
            group = groups.get(name, name)
            if group in found:
                continue
            text = wording(kept_text(report))
            if any(is_copy(text, other) for other in fresh.values()):
                found[group] = name
        return set(found.values())

    def _exchanged(self, old: Sequence[str]) -> set[str]:
        """Put the accounts of the changed reports in; return those that may be grouped anew."""
        known, change, joined = self._known, self._change, self._joined
        fresh = self.profiles.of([a for a in change.accounts if a.status == "new"])
        older = [a for a in change.accounts if a.status == "mentioned"]
        keys = {found.account: blocking.codes(found) for found in fresh}
        asked = {found.account: blocking.codes(found) for found in self.profiles.of(older)}
        joined.mentions |= asked.keys()
        watched = {c for codes in (*known.codes(old).values(), *keys.values()) for c in codes}
        before = known.sizes(watched)
        known.forget(old)
        known.put_accounts(change.accounts)
        known.put_kept(Kept(parts={name: name for name in keys}, keys=keys, asked=asked))
        crowded = self._crowded(watched)
        joined.turned = {c for c in watched if (c in crowded) != is_crowded(before, c)}
        joined.codes |= watched
        touched = {name for names in known.having(joined.turned).values() for name in names}
        # An id goes where the first of its founders is: one that comes or goes moves it.
        touched |= known.telling({*change.decided, *self._founders({*old, *keys})})
        return touched | keys.keys() | self._alike(fresh, keys, crowded)

    def _crowded(self, codes: Collection[int]) -> set[int]:
        sizes = self._known.sizes(code for code in codes if not blocking.is_firm_code(code))
        return {code for code in sizes if blocking.is_crowded(code, sizes[code])}

    def _alike(
        self, fresh: Sequence[Profile], keys: Mapping[str, blocking.Codes], crowded: Collection[int]
    ) -> set[str]:
        """Return the accounts that speak for one incident with fresh ones."""
        usable = {code for codes in keys.values() for code in codes} - set(crowded)
        holders = self._known.having(usable)
        others = {name for names in holders.values() for name in names} - keys.keys()
        near = {p.account: p for p in self.profiles.of(self._known.accounts(others))}
        found: set[str] = set()
        for one in fresh:
            asked = {n for code in keys[one.account] for n in holders.get(code, ())} & near.keys()
            found |= {n for n in asked - found if in_order(self._scorer, one, near[n]) > 0}
        return found

    def _regroup(
        self,
        accounts: Sequence[Account],
        before: Mapping[str, set[str]],
        restamped: Collection[str],
    ) -> None:
        """Group accounts of whole parts anew, and make the records that differ by it."""
        known, change, joined = self._known, self._change, self._joined
        names = {account.id: account for account in accounts}
        codes = known.codes(names)
        standing = stand(
            self.profiles.of(accounts),
            change.rulings,
            scorer=self._scorer,
            left_out=self._crowded({code for found in codes.values() for code in found}),
        )
        known.put_parts(standing.parts)
        groups = [[accounts[n].id for n in group] for group in standing.groups]
        days = self.profiles.days_of(accounts)
        elsewhere = known.telling(self._founders(names) - names.keys())
        issued, joined.issued = issue(groups, days, change.ledger, elsewhere)
        owner = {a: name for name, group in zip(issued, groups, strict=True) for a in group}
        known.put_owners(owner)
        fresh = {account.id for account in change.accounts}
        differing = _differing(before, owner, fresh)
        joined.gone = set().union(*before.values()) - set(issued)
        joined.regrouped = differing
        other = differing | joined.gone
        moved = [a for a in owner if other & {owner[a], *before.get(a, ())}]
        joined.codes |= {code for name in moved for code in codes[name]}
        joined.reports |= {names[name].report for name in moved}
        decided = set(known.owners(change.decided).values())
        again = known.owners(a.id for a in known.accounts_in(restamped)).values()
        self._fuse(differing | decided | set(again))

    def _founders(self, accounts: Collection[str]) -> set[str]:
        """Return the accounts that founded an incident together with one of these."""
        here = set(accounts)
        founders = self._change.ledger.founded.values()
        return {a for found in founders if not here.isdisjoint(found) for a in found}

    def _fuse(self, incidents: Collection[str]) -> None:
        """Make the records of incidents anew."""
        known, change, joined = self._known, self._change, self._joined
        told = known.accounts_of(incidents)
        owner = known.owners(account.id for account in told)
        names = {account.report for account in told}
        copy_of = known.originals(names)
        reports = {
            n: without_text(r) for n, r in known.reports({*names, *copy_of.values()}).items()
        }
        builder = Builder(
            published={account.report: published_of(account, reports) for account in told},
            origins=Origins(reports, copy_of),
            rulings=change.rulings,
            ontology=self._ontology,
            former=change.former(names),
        )
        members: dict[str, list[Account]] = defaultdict(list)
        for account in told:
            members[owner[account.id]].append(account)
        joined.changed = {name: builder.incident(name, found) for name, found in members.items()}
        joined.reports |= names


def is_crowded(sizes: Mapping[int, int], code: int) -> bool:
    """Tell whether a key was too common when its accounts were counted."""
    return blocking.is_crowded(code, sizes.get(code, 0))


def _differing(
    before: Mapping[str, set[str]], now: Mapping[str, str], fresh: Collection[str]
) -> set[str]:
    """Return the incidents whose accounts are others than before, or told otherwise."""
    found: set[str] = set()
    for account in before.keys() | now.keys():
        was, is_ = before.get(account, set()), {now[account]} if account in now else set()
        if account in fresh or was != is_:
            found |= was | is_
    return found & set(now.values())
