"""Incidents in other formats: one module a format, listed here."""

from __future__ import annotations

from tocsin.export import jsonl
from tocsin.export.format import Format

FORMATS: dict[str, Format] = {"jsonl": jsonl.FORMAT}
