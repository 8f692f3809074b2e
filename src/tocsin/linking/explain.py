"""Why two reports are, or are not, one incident, and which feature would change it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tocsin.linking.compared import Feature, Link
from tocsin.linking.link import profiles_of, words_of
from tocsin.linking.score import Scorer, packaged
from tocsin.model import Account, Report
from tocsin.ontology import Ontology

_MOST = 4  # pairs of accounts explained: the others say the same


def explain(
    left: Sequence[Account],
    right: Sequence[Account],
    reports: Mapping[str, Report],
    *,
    ontology: Ontology,
    are_two: bool = False,
) -> list[Link]:
    """Return the links between accounts of two sides, the most alike first.

    Of two incidents one that holds them apart comes before: it outweighs all the others.
    """
    scorer = packaged()
    every = [*left, *right]
    profiles = profiles_of(every, words_of(every, reports), reports, ontology=ontology)
    ones, others = profiles[: len(left)], profiles[len(left) :]
    links = [
        scorer.link(one, other)
        for one in ones
        for other in others
        if one.report != other.report or one.account != other.account
    ]
    same = [link for link in links if "incidents of their own" not in _against(link)] or links
    ordered = sorted(same, key=lambda link: (-link.score, link.left, link.right))
    apart = next((link for link in ordered if are_two and _against(link)), None)
    return [*([apart] if apart else []), *(link for link in ordered if link is not apart)][:_MOST]


def turning(link: Link, scorer: Scorer | None = None) -> Feature | None:
    """Return the feature without which the answer would be another one, if there is one."""
    bias = (scorer or packaged()).bias
    against = next((f for f in link.features if f.name == "contradiction"), None)
    rest = bias + sum(f.contribution for f in link.features if f.name != "contradiction")
    if against is not None:
        return against if rest > 0 else None
    for feature in link.features:
        if (rest > 0) != (rest - feature.contribution > 0):
            return feature
    return None


def _against(link: Link) -> str:
    return next((f.why for f in link.features if f.name == "contradiction"), "")
