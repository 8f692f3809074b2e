"""Incident records as JSON lines, after a header line that says what they are not for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from tocsin import records
from tocsin.export.format import USE, Format
from tocsin.model import Incident


def write(incidents: Iterable[Incident]) -> Iterator[bytes]:
    """Yield a header line and one line an incident."""
    header = {"v": records.VERSION, "type": "header", "format": "tocsin incidents", "use": USE}
    yield msgspec.json.encode(header) + b"\n"
    yield from records.write_lines(incidents)


FORMAT = Format("jsonl", "incident records, whole, as JSON lines", write)
