"""The kinds of incident and the acts inside them, loaded from TOML files into frozen records."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import cast

from tocsin.errors import OntologyError
from tocsin.ids import digest
from tocsin.ontology.crosswalk import Crosswalk, read_crosswalk

FAMILIES = (
    "crowd",
    "police_force",
    "attack",
    "territory",
    "measure",
    "justice",
    "politics",
    "posture",
    "harm",
)
TARGETS = ("coverage", "event_type", "acled", "plover", "cameo", "ccc", "pb2020")

Table = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class KindDef:
    """One kind: what counts, examples that we wrote, the slots it may have, its neutral label.

    What is done `by_word` (ordered, ruled, demanded) is done once it is said.
    """

    name: str
    family: str
    label: str
    definition: str
    examples: tuple[str, ...]
    slots: frozenset[str]
    by_word: bool = False


@dataclass(frozen=True, slots=True)
class ActDef:
    """One act inside an incident: whose side does it and what it says of conduct and force."""

    name: str
    label: str
    side: str
    marks: tuple[str, ...]


@dataclass(frozen=True)
class Ontology:
    """All kinds, acts and crosswalks of one run, with a version that changes with any word."""

    kinds: Mapping[str, KindDef]
    acts: Mapping[str, ActDef]
    crosswalks: Mapping[str, Crosswalk]
    version: str

    def family(self, kind: str) -> str:
        """Return the family of a kind."""
        return self.kinds[kind].family

    def label(self, kind: str) -> str:
        """Return the neutral label of a kind for our own output."""
        return self.kinds[kind].label

    @cached_property
    def names(self) -> tuple[str, ...]:
        """All kind names, sorted."""
        return tuple(sorted(self.kinds))


def load(extra: str | Path | None = None) -> Ontology:
    """Load the packaged ontology and the kinds that a user added in a file of the same form."""
    home = files("tocsin.ontology")
    sources = {f"{name}.toml": (home / "kinds" / f"{name}.toml").read_text() for name in FAMILIES}
    if extra:
        sources[str(extra)] = Path(extra).read_text("utf-8")
    kinds: dict[str, KindDef] = {}
    for where, text in sources.items():
        for kind in _kinds_of(where, text):
            if kind.name in kinds:
                raise OntologyError(
                    f"{where}: kind {kind.name!r} is defined twice.", advice="Rename one of them."
                )
            kinds[kind.name] = kind
    acts_text = (home / "acts.toml").read_text()
    walks = {name: (home / "crosswalks" / f"{name}.toml").read_text() for name in TARGETS}
    return Ontology(
        kinds=kinds,
        acts=_acts_of(acts_text),
        crosswalks={name: read_crosswalk(name, text) for name, text in walks.items()},
        version=digest("\n".join([*sources.values(), acts_text, *walks.values()]))[:12],
    )


def codes() -> Mapping[str, tuple[str, ...]]:
    """Return the code lists of the formats that crosswalks lead to."""
    raw = tomllib.loads((files("tocsin.ontology") / "codes.toml").read_text())
    return {target: tuple(names) for target, names in raw.items()}


def _kinds_of(where: str, text: str) -> Iterable[KindDef]:
    try:
        table: Table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise OntologyError(f"{where}: not TOML: {error}.", advice="Mend the file.") from error
    family = str(table.get("family", ""))
    shared = cast("list[str]", table.get("slots", []))
    for entry in cast("list[Table]", table.get("kind", [])):
        missing = {"name", "definition", "examples"} - set(entry)
        if missing:
            raise OntologyError(
                f"{where}: a kind lacks {', '.join(sorted(missing))}.",
                advice="Give each kind a name, a definition and at least two examples.",
            )
        name = str(entry["name"])
        yield KindDef(
            name=name,
            family=str(entry.get("family", family)),
            label=str(entry.get("label", name.replace("_", " "))),
            definition=str(entry["definition"]),
            examples=tuple(cast("list[str]", entry["examples"])),
            slots=frozenset([*shared, *cast("list[str]", entry.get("slots", []))]),
            by_word=bool(entry.get("by_word", table.get("by_word", False))),
        )


def _acts_of(text: str) -> Mapping[str, ActDef]:
    table = cast("dict[str, dict[str, object]]", tomllib.loads(text)["act"])
    return {
        name: ActDef(
            name, str(act["label"]), str(act["side"]), tuple(cast("list[str]", act["marks"]))
        )
        for name, act in table.items()
    }
