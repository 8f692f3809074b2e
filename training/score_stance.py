"""How many marked cases are read right by the package as it stands.

    python -m training.score_stance training/data/stance-12.tsv

`stance-12.tsv` is the one file of cases that the encoder has not learnt. A speaker counts as right
where one name holds the other: the cases give some with their whole phrase ("a surgeon in Vitez").
"""

from __future__ import annotations

import argparse
from pathlib import Path

from training.stance_cases import Case, read_cases

from tocsin.coding.attribution import find_attributions
from tocsin.coding.attribution_speakers import is_same
from tocsin.coding.document import parse
from tocsin.coding.encoded import Encoded
from tocsin.coding.mentions import Readings
from tocsin.coding.stance import attribution_of
from tocsin.coding.who import find_actors
from tocsin.lang.parser import load_parser
from tocsin.model import Attribution, Report
from tocsin.models import load_tagger
from tocsin.settings import Settings


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", type=Path, nargs="+")
    nlp, tagger = load_parser(Settings().spacy_model), load_tagger()
    assert tagger is not None
    for path in parser.parse_args().files:
        cases = list(read_cases(path))
        rows = []
        for case in cases:
            document = parse(Report(id="r", text=case.text, text_digest="", raw_digest=""), nlp)
            actors, encoded = find_actors(document), Encoded(document, tagger)
            found = find_attributions(document, actors, encoded.tagged)
            readings = Readings(actors=actors, attributions=found, encoded=encoded)
            rows.append(right(case, attribution_of(document, readings, *case.content)))
        parts = [sum(column) / len(rows) for column in zip(*rows, strict=True)]
        names = ("certainty", "speaker", "kind", "certainty and speaker", "all three")
        shown = ", ".join(f"{name} {part:.3f}" for name, part in zip(names, parts, strict=True))
        print(f"{path.name}: {len(rows)} cases; {shown}", flush=True)


def right(case: Case, said: Attribution) -> tuple[bool, bool, bool, bool, bool]:
    """What of a reading agrees with a case."""
    certainty = said.certainty == case.certainty
    wanted = case.text[slice(*case.speaker)] if case.speaker else None
    speaker = is_same(said.speaker, wanted)
    kind = said.speaker_kind == case.kind
    return certainty, speaker, kind, certainty and speaker, certainty and speaker and kind


if __name__ == "__main__":
    main()
