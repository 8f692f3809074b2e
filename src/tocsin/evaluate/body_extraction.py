"""Article text of web pages, by the path that `tocsin read` uses."""

from __future__ import annotations

from tocsin.coding import Coder
from tocsin.evaluate.tasks import Fields
from tocsin.intake.page import page_body


def predict(record: Fields, coder: Coder) -> Fields:
    """Return the body of one page."""
    body = page_body(str(record["html"]), url=str(record.get("url") or "") or None)
    return {"id": record["id"], "body": body}
