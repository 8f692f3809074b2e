"""Every id and digest: short, stable, and derived from content only."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import urlsplit, urlunsplit

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
