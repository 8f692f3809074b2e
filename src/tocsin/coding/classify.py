"""How likely each event type or tag of a text is: learnt, from its words and its cues."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tocsin.coding.kind import Telling
from tocsin.coding.passages import features
from tocsin.models.kinds import GIST, load_kinds
from tocsin.models.kinds import blocks_of as hashed
from tocsin.models.sentence import gist_of
from tocsin.ontology import Ontology, facts_from


def signs_of(
    text: str, tellings: Iterable[Telling], postures: Iterable[Telling], ontology: Ontology
) -> dict[str, float]:
    """Return words and cues as named weights, each cue also as the event type it stands for."""
    told = tuple(tellings)
    found = features(text, told)
    codes = ontology.crosswalks["event_type"]
    for telling in told:
        if not telling.kind:
            continue
        name = codes.code(telling.kind, facts_from(()))
        found[f"type={name}"] = max(found.get(f"type={name}", 0.0), telling.confidence)
        found[f"status={telling.kind}/{telling.status}"] = 1.0
        if telling.sentence == 0:
            found[f"first_type={name}"] = 1.0
    return found | {f"posture={p.kind}": 1.0 for p in postures if p.kind}


def scores_of(task: str, text: str, signs: Mapping[str, float]) -> Mapping[str, float]:
    """Return a chance by label of a task; nothing where the package has no such head."""
    head = load_kinds().get(task)
    if head is None:
        return {}
    gist = {GIST: gist_of(text)} if GIST in head.rarity else {}
    return head.chances({**hashed(text, signs), **gist})
