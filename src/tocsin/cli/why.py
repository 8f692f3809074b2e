"""`tocsin show --why A B`: why two reports or incidents are, or are not, one."""

from __future__ import annotations

import click

from tocsin.cli.options import report_of
from tocsin.linking.compared import Link
from tocsin.linking.explain import explain, turning
from tocsin.model import Account
from tocsin.store.released import Releases

_EVEN = 0.5  # the chance from which a pair alone is one incident


def show_why(left: str, right: str, visible: Releases) -> None:
    """Print the comparison of two sides, feature by feature."""
    every = [_accounts(name, visible) for name in (left, right)]
    ids = sorted({account.report for side in every for account in side})
    mask = visible.mask_of(ids)
    reports = {name: report for name in ids if (report := visible.report(name))}
    sides = [[account for account in side if account.report in reports] for side in every]
    owner = visible.store.owners({account.id for side in sides for account in side})
    incidents = [{owner.get(account.id) for account in side} for side in sides]
    are_two = not incidents[0] & incidents[1]
    links = explain(sides[0], sides[1], reports, ontology=visible.ontology, are_two=are_two)
    if not links:
        click.echo("One of the two tells no new incident, so there is nothing to compare.")
    kinds = {account.id: account.kind for side in sides for account in side}
    for link in links:
        one = owner.get(link.left) is not None and owner.get(link.left) == owner.get(link.right)
        verdict = "one incident" if one else "two incidents"
        click.echo(
            f"{kinds[link.left]} {link.left} and {kinds[link.right]} {link.right}: {verdict}"
        )
        click.echo(f"  alone, this pair is one incident with a probability {_chance(link.score)}")
        for feature in link.features:
            click.echo(f"  {feature.contribution:+6.2f}  {mask.text(feature.why)}")
        click.echo(f"  {_turn(link, one)}")


def _chance(score: float) -> str:
    """A probability, of which neither 0 nor 1 is ever meant."""
    if round(score, 2) in (0.0, 1.0):
        return "over 0.99" if score > _EVEN else "under 0.01"
    return f"of {score:.2f}"


def _turn(link: Link, is_one: bool) -> str:
    """What would change the answer of a pair; for one whose company decides, that it does."""
    changing = turning(link)
    if is_one != (link.score > _EVEN):
        rest = "hold them together" if is_one else "keep the two apart"
        return f"taken alone it would be the other way: other pairs of these incidents {rest}"
    if changing is None:
        return "no single line of these would change the answer"
    return f"it would change without: {changing.why}"


def _accounts(name: str, visible: Releases) -> list[Account]:
    store = visible.store
    incident = store.incident(name)
    if incident is not None:
        return store.accounts_of(incident.id)
    report = report_of(name, visible)
    return [account for account in store.accounts_in(report.id) if account.status == "new"]
