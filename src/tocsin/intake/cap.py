"""CAP alerts: reports of an official issuer; an update or a cancellation is a new version."""

from __future__ import annotations

from lxml import etree

from tocsin.intake.dates import parse_date
from tocsin.intake.page import Page
from tocsin.intake.rejects import reject
from tocsin.model import Cut, Reject

CAP = "application/cap+xml"
_PUBLIC = "Public"
_ACTUAL = "Actual"


def page_of_alert(content: bytes, where: str) -> Page | Reject:
    """Return an alert as a page; only what is Actual and Public is one.

    An update or a cancellation has the key of the first alert that it refers to, so it becomes
    its next version; the text of a cancelled alert is cut whole, and nothing is claimed any more.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        alert = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        return reject("corrupt", where, str(error))
    if _child(alert, "status") != _ACTUAL:
        return reject("cap-not-actual", where, _child(alert, "status") or "no status")
    if _child(alert, "scope") != _PUBLIC:
        return reject("cap-not-public", where, _child(alert, "scope") or "no scope")
    info = _info(alert)
    if info is None:
        return reject("no-text", where)
    title, body = _child(info, "headline") or _child(info, "event"), _body(info)
    cancelled = _child(alert, "msgType") == "Cancel"
    sent = _child(alert, "sent")
    text = f"{title}\n\n{body}" if title else body
    if cancelled:  # another text than that of the alert, even where all its words are repeated
        title, text = None, f"Cancelled.\n\n{text}"
    return Page(
        body=text,
        title=title,
        outlet=_child(info, "senderName") or _child(alert, "sender"),
        lang=_child(info, "language"),
        published=parse_date(sent, "metadata") if sent else None,
        url=_child(info, "web"),
        key=_key(alert),
        cuts=(Cut(start=0, end=len(text), reason="cancelled"),) if cancelled and text else (),
    )


def _body(info: etree._Element) -> str:
    """Return the words of an alert: what, what to do, where, until when."""
    areas = [text for area in info.iter("{*}area") if (text := _child(area, "areaDesc"))]
    parts = [_child(info, "description"), _child(info, "instruction")]
    if areas:
        parts.append(f"Area: {'; '.join(areas)}.")
    for name, words in (("onset", "Begins"), ("expires", "Expires")):
        if value := _child(info, name):
            parts.append(f"{words}: {value}.")
    return "\n\n".join(part for part in parts if part)


def _info(alert: etree._Element) -> etree._Element | None:
    """Return the block in English, else the first."""
    blocks = list(alert.iter("{*}info"))
    english = [b for b in blocks if (_child(b, "language") or "en").lower().startswith("en")]
    return next(iter(english or blocks), None)


def _key(alert: etree._Element) -> str:
    """Return what all versions of an alert share: its first identifier with its sender."""
    identifier, sender = _child(alert, "identifier") or "", _child(alert, "sender") or ""
    for reference in (_child(alert, "references") or "").split():
        parts = reference.split(",")
        if len(parts) == 3:
            sender, identifier = parts[0], parts[1]
            break
    return f"cap/{sender}/{identifier}"


def _child(element: etree._Element, name: str) -> str | None:
    found = element.find(f"{{*}}{name}")
    text = (found.text or "").strip() if found is not None else ""
    return text or None
