"""Count the words of news and what follows them: the table that slips are mended by.

Usage: python -m training.words   (writes src/tocsin/lang/en/words.txt)

Texts: the dev parts of incident_linking, attribution and geoparsing, ../shared/train, and our own
passages. Only words and pairs that several texts have are kept, so no sentence can be read back.
A line has a word, its count in lower case, with a capital inside a sentence, and what follows it
with how often; `^` stands for the opening of a sentence, `#` for a figure.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "src" / "tocsin" / "lang" / "en" / "words.txt"
SHARED = ROOT.parent / "shared"
SOURCES = (
    *(SHARED / "bench" / name / "dev.jsonl.gz" for name in
      ("incident_linking", "attribution", "geoparsing")),
    SHARED / "train" / "plover_synthetic.jsonl.gz",
)  # fmt: skip
LEAST_WORD, LEAST_PAIR = 5, 8
LEAST_TEXTS = 3
TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d[\d.,:]*|[.!?:;,()\"“”\n]")
OPENERS = frozenset('.!?:"“”\n')


def texts() -> Iterator[str]:
    """Yield every text to count, each once."""
    seen: set[int] = set()
    for path in SOURCES:
        for line in gzip.decompress(path.read_bytes()).splitlines():
            text = str(json.loads(line)["text"])
            if hash(text) not in seen:
                seen.add(hash(text))
                yield text
    for path in sorted((ROOT / "training" / "data").glob("passages-*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            yield str(json.loads(line)["text"])


def main() -> None:
    """Count and write the table."""
    lower: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    word_texts: Counter[str] = Counter()
    pair_texts: Counter[tuple[str, str]] = Counter()
    for text in texts():
        words, followers = set(), set()
        before = "^"
        for token in TOKEN.findall(text):
            if token in OPENERS:
                before = "^"
                continue
            if not token[0].isalnum():
                before = ","
                continue
            word = "#" if token[0].isdigit() else token.lower().replace("’", "'")
            pairs[before, word] += 1
            followers.add((before, word))
            if token[0].isupper() and before != "^":
                capital[word] += 1
            else:
                lower[word] += token[0].islower() or word == "#"
            words.add(word)
            before = word
        word_texts.update(words)
        pair_texts.update(followers)
    kept = {
        word for word in lower.keys() | capital.keys()
        if lower[word] + capital[word] >= LEAST_WORD and word_texts[word] >= LEAST_TEXTS
    }  # fmt: skip
    following: dict[str, list[tuple[int, str]]] = {}
    for (one, other), count in pairs.items():
        if count < LEAST_PAIR or pair_texts[one, other] < LEAST_TEXTS:
            continue
        if (one in kept or one in "^,") and other in kept:
            following.setdefault(one, []).append((count, other))
    lines = [
        " ".join((word, str(lower[word]), str(capital[word]),
                  *(f"{other}:{count}" for count, other in sorted(
                      following.get(word, ()), key=lambda p: (-p[0], p[1])))))
        for word in ("^", ",", *sorted(kept))
    ]  # fmt: skip
    TARGET.write_text("\n".join(lines) + "\n", "utf-8")
    print(len(kept), sum(map(len, following.values())), TARGET.stat().st_size, sum(lower.values()))


if __name__ == "__main__":
    main()
