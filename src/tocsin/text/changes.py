"""What changed between two versions of a text: the paragraphs that went, came or were rewritten."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True, slots=True)
class TextChange:
    """A paragraph before and after; None where it came new or is gone."""

    before: str | None
    after: str | None


def text_changes(old: str, new: str) -> tuple[TextChange, ...]:
    """Return the changed paragraphs of a text, in the order of the new one."""
    before, after = _paragraphs(old), _paragraphs(new)
    changes = []
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        gone, came = before[i:j], after[k:m]
        for n in range(max(len(gone), len(came))):
            changes.append(
                TextChange(
                    before=gone[n] if n < len(gone) else None,
                    after=came[n] if n < len(came) else None,
                )
            )
    return tuple(changes)


def _paragraphs(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.split("\n") if line.strip()]
