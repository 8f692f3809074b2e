"""Of two incidents the pair that holds them apart is explained first."""

from __future__ import annotations

import pytest

from tests.linking.worlds import account, report
from tocsin.linking.explain import explain
from tocsin.ontology import load

TEXT = "Hundreds marched past the mill of Dayton and burned {} carts."


@pytest.mark.parametrize("are_two", [True, False])
def test_what_holds_two_incidents_apart_comes_first(are_two: bool) -> None:
    told = {
        "r-1": account("a-1", "r-1", day="2022-09-18"),
        "r-2": account("a-2", "r-2", day="2022-09-19"),
        "r-3": account("a-3", "r-3", day=None),
    }
    reports = {name: report(name, TEXT.format(name), "2022-09-19") for name in told}
    links = explain(
        [told["r-1"]],
        [told["r-2"], told["r-3"]],
        reports,
        ontology=load(),
        are_two=are_two,
    )
    reasons = [feature.why for feature in links[0].features if feature.name == "contradiction"]
    assert reasons == (["their days lie 1 day apart"] if are_two else [])
