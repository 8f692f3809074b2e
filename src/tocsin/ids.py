"""Every id and digest: short, stable, and derived from content only."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import msgspec

from tocsin.errors import StoreError

_ID_LENGTH = 16  # hex digits: 64 bits, one chance collision in about 4 billion records

# Parameters that publishers add for tracking and that never choose the page.
_TRACKING = re.compile(r"^(utm_\w+|fbclid|gclid|ocid|cmpid|ref|mc_cid|mc_eid|smid|taid)$")


def digest(content: bytes | str) -> str:
    """Return the SHA-256 of bytes or text in hex."""
    raw = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    return hashlib.sha256(raw).hexdigest()


def short_id(prefix: str, *parts: str) -> str:
    """Return `prefix-…` from parts joined unambiguously."""
    return f"{prefix}-{digest(chr(31).join(parts))[:_ID_LENGTH]}"


def canonical_address(url: str) -> str:
    """Return an address without scheme, `www.`, fragment and tracking parameters."""
    parts = urlsplit(url.strip())
    host = (parts.hostname or "").lower().removeprefix("www.")
    kept = [p for p in parts.query.split("&") if p and not _TRACKING.match(p.split("=")[0])]
    path = parts.path.rstrip("/") or "/"
    return urlunsplit(("", host, path, "&".join(sorted(kept)), "")).removeprefix("//")


def report_id(*, outlet: str | None, url: str | None, raw_digest: str) -> str:
    """Return a report's id: outlet and canonical address, or the digest of its bytes."""
    if url:
        return short_id("r", outlet or "", canonical_address(url))
    return short_id("r", raw_digest)


def account_id(report: str, kind: str, anchor: str, ordinal: int = 0) -> str:
    """Return an account's id from its report and the anchor's words, not the coder's version.

    `ordinal` tells apart accounts of one report with the same anchor words and kind.
    """
    return short_id("a", report, kind, " ".join(anchor.split()), str(ordinal))


def claim_id(account: str, slot: str, value: str, start: int) -> str:
    """Return a claim's id from its account, slot, value words and place in the text."""
    return short_id("c", account, slot, value, str(start))


def incident_id(founding_account: str) -> str:
    """Return an incident's id: the digest of its founding account."""
    return short_id("i", founding_account)


class Issued(msgspec.Struct, frozen=True, omit_defaults=True, tag="issued", tag_field="type"):
    """One line of the id ledger: an incident's id with its accounts, founder first, or its heir."""

    id: str
    accounts: tuple[str, ...] = ()
    to: str | None = None


@dataclass(frozen=True)
class IdLedger:
    """All incident ids ever issued, oldest first; the last line of an id holds."""

    lines: tuple[Issued, ...] = ()

    @cached_property
    def latest(self) -> dict[str, Issued]:
        """The line that holds for each id, in the order in which ids were first issued."""
        return {line.id: line for line in self.lines}

    @cached_property
    def founded(self) -> dict[str, tuple[str, ...]]:
        """The accounts of each id when it was last issued, founder first."""
        return {line.id: line.accounts for line in self.lines if line.accounts}

    def heir(self, incident: str) -> str:
        """Return the id that an id leads to: itself, or where merges redirect it."""
        seen = {incident}
        while (line := self.latest.get(incident)) is not None and line.to and line.to not in seen:
            seen.add(line.to)
            incident = line.to
        return incident


def read_ledger(path: Path) -> IdLedger:
    """Return the id ledger of a file; a line that a killed run cut short was never issued."""
    if not path.exists():
        return IdLedger()
    whole, _, _ = path.read_bytes().rpartition(b"\n")
    decoder = msgspec.json.Decoder(Issued)
    lines = []
    for number, line in enumerate(whole.splitlines(), 1):
        try:
            lines.append(decoder.decode(line))
        except msgspec.DecodeError as error:
            raise StoreError(
                f"{path}, line {number}: not a line of the id ledger: {error}.",
                advice="Bring the file back from a copy: published ids depend on it.",
            ) from error
    return IdLedger(tuple(lines))


def append_ledger(path: Path, issued: Iterable[Issued]) -> None:
    """Add lines to the id ledger, after dropping an unfinished last line."""
    lines = b"".join(b'{"v":1,' + msgspec.json.encode(line)[1:] + b"\n" for line in issued)
    if not lines:
        return
    with path.open("ab+") as ledger:
        ledger.seek(0)
        content = ledger.read()
        ledger.truncate(content.rfind(b"\n") + 1)
        ledger.write(lines)
