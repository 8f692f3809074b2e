"""What nouns tell of people and bodies: sector, kind of speaker, gender."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from tocsin.lang.lexicon import word_lists, word_maps
from tocsin.terms import SpeakerKind


@dataclass(frozen=True)
class Speakers:
    """The tables of one language, with look-ups over lower-cased lemmas."""

    sectors: Mapping[str, str]
    kinds: Mapping[str, SpeakerKind]
    by_sector: Mapping[str, SpeakerKind]
    titles: frozenset[str]
    male: frozenset[str]
    female: frozenset[str]
    men: frozenset[str]
    women: frozenset[str]
    generic: frozenset[str]
    private: frozenset[str]
    ages: Mapping[str, str]
    offices: frozenset[str]
    mouths: frozenset[str]
    lesser: frozenset[str]
    belonging: frozenset[str]
    names: Mapping[str, SpeakerKind]
    fields: Mapping[str, SpeakerKind]
    endings: Mapping[str, SpeakerKind]

    def knows(self, word: str) -> bool:
        """Whether a noun names a person, group or body, or speaks as a document does."""
        return word in self.sectors or word in self.kinds or word in self.generic

    def sector(self, words: Sequence[str]) -> str | None:
        """Sector of a noun phrase given its lemmas, head last; empty heads defer to modifiers."""
        return self._lookup(self.sectors, words)

    def kind(self, words: Sequence[str]) -> SpeakerKind | None:
        """Kind of speaker of a noun phrase given its lemmas, head last."""
        words = [word for word in words if word not in ("-", "–")]
        while len(words) > 1 and words[0] in self.lesser:
            words = words[1:]
        office = self._of_office(words)
        for phrase in self._phrases(words):
            if office is not None and " " not in phrase:
                return office
            if phrase in self.kinds:
                return self.kinds[phrase]
            if phrase in self.sectors:
                return self.by_sector.get(self.sectors[phrase])
        return office or self._by_ending(words)

    def _of_office(self, words: Sequence[str]) -> SpeakerKind | None:
        """Heads such as "officer" or "agency" are what stands before them makes of them."""
        if len(words) < 2 or self.singular(words[-1]) not in self.offices:
            return None
        return next((self.fields[w] for w in reversed(words[:-1]) if w in self.fields), None)

    def _by_ending(self, words: Sequence[str]) -> SpeakerKind | None:
        """Heads that no list has, by how they end: "churchgoer", "flower seller"."""
        head = self.singular(words[-1]) if words else ""
        return next((k for e, k in self.endings.items() if head.endswith(e)), None)

    def kind_of_name(self, name: str) -> SpeakerKind | None:
        """What a word in the name of a body makes of it: "Oxbridge Relief", "Orvex Mining"."""
        words = [word.strip("'’s.,") for word in name.lower().split()]
        return next((self.names[w] for w in reversed(words) if w in self.names), None)

    def gender(self, words: Sequence[str]) -> str | None:
        """`m` or `f` where a title or noun tells."""
        for word in words:
            if word in self.male:
                return "m"
            if word in self.female:
                return "f"
        return None

    def age_group(self, words: Iterable[str]) -> str | None:
        """The age group that nouns tell: "a teenager", "the toddler", "a sixth-grade student"."""
        words = list(words)
        pairs = (f"{left} {right}" for left, right in pairwise(words))
        return next((self.ages[form] for form in (*words, *pairs) if form in self.ages), None)

    def singular(self, word: str) -> str:
        """A plural that the tagger left as it stands in a name ("Workers")."""
        if not word.endswith("s") or self.knows(word):
            return word
        bare = (word[:-1], word.removesuffix("es"), word.removesuffix("ies") + "y")
        return next((form for form in bare if self.knows(form)), word)

    def gender_of_name(self, name: str | None) -> str | None:
        """`m` or `f` where the first of several names is plainly a man's or a woman's."""
        parts = name.lower().split() if name else []
        if len(parts) < 2 or (parts[0] in self.men) == (parts[0] in self.women):
            return None
        return "m" if parts[0] in self.men else "f"

    def _lookup(self, table: Mapping[str, str], words: Sequence[str]) -> str | None:
        for phrase in self._phrases(words):
            if phrase in table:
                return table[phrase]
        return None

    def _phrases(self, words: Sequence[str]) -> list[str]:
        """Pairs and words from the head leftwards; generic words come after telling ones."""
        words = [self.singular(word) for word in words]
        telling: list[str] = []
        empty: list[str] = []
        for i in range(len(words) - 1, -1, -1):
            if i:
                telling.append(f"{words[i - 1]} {words[i]}")
            (empty if words[i] in self.generic else telling).append(words[i])
        mouths = [word for word in empty if word in self.mouths]
        return telling + [word for word in empty if word not in self.mouths] + mouths


@cache
def speakers(lang: str = "en") -> Speakers:
    """The speaker tables of a language."""
    maps, lists = word_maps(lang, "speakers"), word_lists(lang, "speakers")
    kinds: dict[str, SpeakerKind] = {w: _KINDS[k] for w, k in maps["speaker"].items()}
    by_sector: dict[str, SpeakerKind] = {s: _KINDS[k] for s, k in maps["by_sector"].items()}
    return Speakers(
        sectors=maps["sector"],
        kinds=kinds,
        by_sector=by_sector,
        titles=frozenset(lists["titles"]),
        male=frozenset(lists["male"]),
        female=frozenset(lists["female"]),
        men=frozenset(lists["men"]),
        women=frozenset(lists["women"]),
        generic=frozenset(lists["generic"]),
        private=frozenset(lists["private"]),
        ages=word_maps(lang, "harm")["age_groups"],
        offices=frozenset(lists["offices"]),
        mouths=frozenset(lists["mouths"]),
        lesser=frozenset(lists["lesser"]),
        belonging=frozenset((*lists["generic"], *lists["belonging"])),
        names={w: _KINDS[k] for w, k in maps["naming"].items()},
        fields={w: _KINDS[k] for w, k in maps["field"].items()},
        endings={w: _KINDS[k] for w, k in maps["ending"].items()},
    )


_KINDS: Mapping[str, SpeakerKind] = {
    "police": "police",
    "official": "official",
    "prosecutor": "prosecutor",
    "medic": "medic",
    "witness": "witness",
    "victim": "victim",
    "family": "family",
    "lawyer": "lawyer",
    "organiser": "organiser",
    "ngo": "ngo",
    "crowd": "crowd",
    "armed_group": "armed_group",
    "footage": "footage",
    "document": "document",
    "other_outlet": "other_outlet",
    "outlet": "outlet",
    "unnamed": "unnamed",
}
